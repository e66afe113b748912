from uuid import uuid4

import pytest

from kepu.activities.actions import approve_activity, edit_draft, file_activity, file_new, return_activity
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.notices.models import RulesSnapshot
from kepu.orgs.models import Role
from tests.factories.activities import (
    ENDS,
    FILED,
    REVIEWED,
    a_draft,
    an_activity,
    content,
    events_of,
    loaded,
    tally,
    told,
    trace_of,
)
from tests.factories.notices import a_gate, china
from tests.factories.orgs import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def test_filing_hands_the_activity_to_the_unit_that_the_notice_lays_down(world):
    draft = a_draft(world)
    file_activity(draft, by=world.filer, at=FILED)
    row = loaded(draft)
    assert (row.state, row.filed_at, row.round, row.reviewing_unit, row.review_step, row.filed_by_id, row.version) == (
        State.FILED, FILED, 1, world.city_office, 1, world.filer.person_id, 2,
    )  # fmt: skip
    assert row.review_due_at.astimezone(FILED.tzinfo).date() == china(2023, 8, 28).date()
    assert trace_of(draft)[-1] == (
        "activity.filed", world.filer.person_id, {"before": "draft", "round": 1, "unmet": []},
    )  # fmt: skip
    assert told() == [(world.city_office.pk, "filed", "请审核：走进中医药（石龙中学填报）")]
    assert tally(world) == {"activity.filed": 1}


def test_the_object_in_hand_shows_the_row(world):
    draft = a_draft(world)
    file_activity(draft, by=world.filer, at=FILED)
    row = loaded(draft)
    assert {f.attname: getattr(draft, f.attname) for f in draft._meta.concrete_fields} == {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields
    }


def test_the_rules_it_was_filed_under_are_kept_with_it(world):
    first = an_activity(world, State.FILED)
    again = an_activity(world, State.FILED)
    a_gate(world.season.notices.get(), "DG-99", fact="title", required=True)
    later = an_activity(world, State.FILED)
    assert (first.rules_id == again.rules_id, first.rules_id == later.rules_id) == (True, False)
    kept = RulesSnapshot.objects.get(pk=loaded(first).rules_id).content
    assert (kept["activity.lead_days"]["clause"], kept["activity.lead_days"]["params"]["min"]) == ("DG-48", 7)
    assert "activity.title" not in kept


def test_hard_gates_refuse_with_every_reason_and_its_clause(world):
    draft = a_draft(world, theme="别的主题", safety_person="")
    with pytest.raises(GateClosed) as caught:
        file_activity(draft, by=world.filer, at=china(2023, 9, 12))
    assert [(r.clause_id, r.field) for r in caught.value.reasons] == [
        ("DG-07b", "theme"), ("DG-48", "starts_at"), ("CD-50a", "safety_person"),
    ]  # fmt: skip
    assert (loaded(draft).state, events_of(draft), tally(world), told()) == (State.DRAFT, ["drafted"], {}, [])


def test_what_falls_short_of_an_in_principle_is_filed_and_waits_for_a_waiver(world):
    draft = a_draft(world, participants_expected=20, in_principle_note="学校小")
    file_activity(draft, by=world.filer, at=FILED)
    assert loaded(draft).unmet == ["activity.participants_expected.offline"]
    assert trace_of(draft)[-1][2]["unmet"] == ["activity.participants_expected.offline"]


def test_an_unfinished_form_is_refused_by_field(world):
    draft = a_draft(world, title="", venue="", ends_at=None)
    with pytest.raises(Incomplete) as caught:
        file_activity(draft, by=world.filer, at=FILED)
    assert [reason.field for reason in caught.value.reasons] == ["title", "ends_at", "venue"]


def test_an_unknown_code_is_refused(world):
    with pytest.raises(Incomplete, match="“行业领域”里没有“magic”"):
        file_activity(a_draft(world, fields=["magic"]), by=world.filer, at=FILED)


def test_another_responsible_unit_than_the_fixed_one_is_refused_with_its_clause(world):
    with pytest.raises(GateClosed, match="归口单位是规定的") as caught:
        file_activity(a_draft(world, responsible_unit=world.town_office), by=world.filer, at=FILED)
    assert caught.value.reasons[0].clause_id == "DG-50"


def test_filing_twice_from_two_tabs_counts_once(world):
    draft = a_draft(world)
    one, other = loaded(draft), loaded(draft)
    file_activity(one, by=world.filer, at=FILED)
    with pytest.raises(StaleState, match="已经被别人处理过"):
        file_activity(other, by=world.filer, at=FILED)
    with pytest.raises(NotAllowed, match="现在是“待审核”，不用再填报一次"):
        file_activity(one, by=world.filer, at=FILED)
    assert (events_of(draft), len(told()), tally(world)) == (["drafted", "filed"], 1, {"activity.filed": 1})


def test_what_was_edited_meanwhile_is_not_filed_unseen(world):
    draft = a_draft(world)
    open_page = loaded(draft)
    edit_draft(draft, changes={"title": "新名称"}, by=world.filer, at=FILED)
    with pytest.raises(StaleState):
        file_activity(open_page, by=world.filer, at=FILED)
    with pytest.raises(StaleState):
        file_activity(draft, expected_version=1, by=world.filer, at=FILED)


def test_filing_again_after_a_return_is_the_next_round_and_counts_once(world):
    activity = an_activity(world, State.RETURNED)
    file_activity(activity, by=world.filer, at=REVIEWED)
    row = loaded(activity)
    assert (row.state, row.round, row.filed_at, tally(world)) == (
        State.FILED,
        2,
        REVIEWED,
        {"activity.filed": 1},
    )


def test_a_waiver_of_an_earlier_round_does_not_stand(world):
    activity = an_activity(world, State.FILED, participants_expected=20)
    return_activity(activity, words="请说明", by=world.reviewer, at=REVIEWED)
    file_activity(activity, by=world.filer, at=REVIEWED)
    assert (activity.waivers, activity.unwaived) == ({}, ["activity.participants_expected.offline"])
    with pytest.raises(GateClosed):
        approve_activity(activity, by=world.reviewer, at=REVIEWED)


def test_a_closed_season_takes_no_filing(world):
    draft = a_draft(world)
    world.season.is_open = False
    with pytest.raises(NotAllowed, match="已经结束"):
        file_activity(draft, by=world.filer, at=FILED)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FILER}))
def test_only_a_filer_of_the_unit_files(world, role):
    with pytest.raises(NotAllowed, match="只有举办单位的填报岗位"):
        file_activity(a_draft(world), by=an_actor(world.school, role), at=FILED)


def test_where_no_notice_says_anything_the_town_reviews_and_nothing_is_asked(world):
    world.season.notices.get().clauses.all().delete()
    from kepu.notices.rulebook import forget

    forget()
    draft = a_draft(world, theme="", safety_person="", host_place_person="", participants_expected=None)
    file_activity(draft, by=world.filer, at=ENDS)
    assert (draft.reviewing_unit_id, draft.review_due_at, draft.unmet) == (world.town_office.pk, None, [])


def test_drafted_and_filed_as_one_act_it_is_as_if_it_had_been_two(world):
    token = uuid4()
    made = file_new(token, season=world.season, content=content(), by=world.filer, at=FILED)
    assert (loaded(made).state, events_of(made)) == (State.FILED, ["drafted", "filed"])
    assert (tally(world), len(told())) == ({"activity.filed": 1}, 1)
    again = file_new(token, season=world.season, content=content(title="另一个"), by=world.filer, at=FILED)
    assert (again.pk, again.title) == (made.pk, made.title)
    other = an_actor(world.city_office, Role.FILER)
    with pytest.raises(NotAllowed, match="已经由另一个单位提交过"):
        file_new(token, season=world.season, content=content(), by=other, at=FILED)


def test_what_cannot_be_filed_leaves_no_draft(world):
    reader = an_actor(world.school, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        file_new(uuid4(), season=world.season, content=content(), by=reader, at=FILED)
    with pytest.raises(Incomplete):
        file_new(uuid4(), season=world.season, content=content(title=""), by=world.filer, at=FILED)
    assert Activity.objects.whole().count() == 0
