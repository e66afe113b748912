"""What a notice would touch: whom, by which date, what keeps its rules; and that it is what then comes true."""

from __future__ import annotations

from typing import Any

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.db import transaction
from kepu.notices import actions as notices
from kepu.notices import rulebook
from kepu.notices.actions.taking_over import put_clauses, put_notice
from kepu.notices.format.columns import begins_at
from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import Notice, Season
from kepu.orgs.models import Unit
from kepu.oversight import impact
from kepu.oversight.impact import DutyTurn, impact_of
from kepu.returns.queries import duties_for
from kepu.returns.workflow import State as ReturnState
from tests.factories.activities import a_draft, an_activity
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_line, a_place, a_unit
from tests.factories.returns import PLAN, SUMMARY, TOWNS, a_return, more_towns

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 5, 10)


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


def file(*clauses: dict[str, Any], **head: Any) -> NoticeFile:
    start = {
        "code": "new",
        "season": "2023",
        "title": "补充通知",
        "issuer": "东莞市科协",
        "place": "441900",
    }
    return NoticeFile.model_validate({"notice": {**start, **head}, "clause": list(clauses)})


def clause(kind: str, params: dict[str, Any], code: str = "N-1", **more: Any) -> dict[str, Any]:
    return {"id": code, "kind": kind, "number": "二", "summary": "概述", kind: params, **more}


PLAN_EARLIER = clause(
    "duty", {"what": "plan_table", "title": "分会场活动表", "due": {"date": "2023-09-07"}, "to": "coordinator@city"}, strictness="in_principle", audience=TOWNS,
)  # fmt: skip
LEAD = clause("gate", {"fact": "lead_days", "min": 20}, "N-2")
QUOTA = clause(
    "quota",
    {"of": "activities", "min": 3, "unit": "项"},
    "N-3",
    audience=TOWNS,
    strictness="in_principle",
)


def looked(world, notice=None, *, at=AT, place=None, line=None, **more):
    season = Season.objects.get(pk=world.season.pk)
    begins = begins_at(notice.notice) if notice is not None else None
    return impact_of(
        notice, season=season, place=place or world.city, line=line, at=at, in_force_at=begins, **more
    )  # fmt: skip


def of_key(found, key):
    [one] = [d for d in (*found.duties, *found.quotas) if d.key == key]
    return one


@transaction
def written(notice, world):
    put, _new = put_notice(notice, world.season, world.city, None)
    put_clauses(put, notice)
    Season.objects.filter(pk=world.season.pk).update(
        edition=Season.objects.get(pk=world.season.pk).edition + 1
    )
    return put


# ── Duties and what was handed in for them ──────────────────────────────────────────────────────────────────────────


def test_an_earlier_date_binds_those_who_have_not_answered_and_nobody_else(world):
    more_towns(world)
    a_return(world, ReturnState.ACCEPTED)

    found = of_key(looked(world, file(PLAN_EARLIER)), PLAN)

    assert (found.what, found.before.words, found.after.words) == (
        DutyTurn.EARLIER,
        "2023年9月8日",
        "2023年9月7日",
    )
    assert (found.bound, found.handed_in, found.accepted, found.released, found.open) == (4, 1, 1, 0, 3)
    assert [v.sentence() for v in found.values] == ["期限：2023年9月8日 → 2023年9月7日"]
    assert (found.title, found.cite, found.who) == (
        "分会场活动表",
        "《补充通知》 二",
        "镇街级·association",
    )


@pytest.mark.parametrize(("state", "expected"), [
    (ReturnState.DRAFTING, (0, 0, 0, 1)), (ReturnState.HANDED_IN, (1, 0, 0, 0)), (ReturnState.RETURNED, (1, 0, 0, 0)),
    (ReturnState.ACCEPTED, (1, 1, 0, 0)), (ReturnState.RELEASED, (0, 0, 1, 0)),
])  # fmt: skip
def test_a_return_is_counted_where_it_stands(world, state, expected):
    a_return(world, state)
    found = of_key(looked(world, file(PLAN_EARLIER)), PLAN)
    assert (found.handed_in, found.accepted, found.released, found.open) == expected


def test_what_is_shown_is_what_comes_true(world):
    more_towns(world)
    a_return(world)
    notice = file(PLAN_EARLIER, QUOTA, in_force="2023-09-06")
    found = of_key(looked(world, notice), PLAN)

    written(notice, world)

    season, later = Season.objects.get(pk=world.season.pk), china(2023, 9, 6, 9)
    states = [s for u in Unit.objects.all() for s in duties_for(u, season, at=later) if s.key == PLAN]
    assert len(states) == found.bound
    assert [s.due for s in states if s.return_id] == [
        china(2023, 9, 8, 23, 59).replace(second=59, microsecond=999999)
    ]
    assert {s.due for s in states if not s.return_id} == {found.after.at}
    assert len([s for s in states if not s.return_id]) == found.open


@pytest.mark.parametrize(("due", "mode", "what"), [
    ("2023-09-20", "replace", DutyTurn.LATER), ("2023-09-20", "tighten", DutyTurn.SAME), ("2023-09-08", "tighten", DutyTurn.SAME),
    ("2023-09-01", "tighten", DutyTurn.EARLIER),
])  # fmt: skip
def test_a_supplement_may_put_a_date_off_only_where_it_replaces_it(world, due, mode, what):
    duty = {**PLAN_EARLIER["duty"], "due": {"date": due}}
    notice = file({**PLAN_EARLIER, "duty": duty, "mode": mode}, amends=["dg"], status="supplement")
    found = looked(world, notice)
    assert of_key(found, PLAN).what is what
    assert found.amends == ("东莞市全国科普日活动通知",)


def test_a_duty_that_is_new_and_one_that_is_no_more(world):
    new = clause(
        "duty",
        {"what": "photos", "title": "照片", "due": {"date": "2023-09-30"}},
        strictness="hard",
        audience=TOWNS,
    )
    found = looked(world, file(new, replaces=["dg"]))
    told = {
        d.key: (d.what, d.bound, d.before and d.before.words, d.after and d.after.words) for d in found.duties
    }
    assert told == {
        "duty.photos": (DutyTurn.NEW, 1, None, "2023年9月30日"), PLAN: (DutyTurn.GONE, 1, "2023年9月8日", None),
        SUMMARY: (DutyTurn.GONE, 1, "2023年9月23日", None), "duty.season_summary": (DutyTurn.GONE, 1, "", None),
        "duty.activity_summary": (DutyTurn.GONE, None, "活动结束后10日内", None),
    }  # fmt: skip
    assert found.replaces == ("东莞市全国科普日活动通知",)


def test_whom_a_lower_notice_binds_too_is_told(world):
    other = a_place("441900200", "虎门镇", parent=world.city)
    a_unit(other, "虎门镇科协", coordinates=[other])
    lower = a_notice(world.season, world.town, "shilong", number="石府〔2023〕1号")
    a_clause(
        lower, "SL-1", "duty", {"what": "plan_table", "title": "表", "due": {"date": "2023-09-02"}}, strictness="in_principle", audience=TOWNS,
    )  # fmt: skip
    found = of_key(looked(world, file(PLAN_EARLIER)), PLAN)
    assert (found.bound, found.under_others, found.what) == (2, 1, DutyTurn.EARLIER)


def test_a_duty_that_only_invites_is_told_and_not_counted(world):
    found = of_key(looked(world, file({**PLAN_EARLIER, "strictness": "strive"})), PLAN)
    assert (found.bound, found.what) == (None, DutyTurn.NEW)


# ── Units and rules ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_units_are_counted_by_level_and_kind_and_one_of_each_is_named(world):
    more_towns(world)
    found = looked(world, file(PLAN_EARLIER, LEAD))
    groups = [(g.level_name, str(g.kind_name), g.count, g.example, g.changes) for g in found.units.groups]
    assert groups == [
        ("市级", "association", 1, "东莞市科协", 1), ("镇街级", "association", 4, "石龙镇科协", 2),
        ("镇街级", "school", 1, "石龙中学", 1),
    ]  # fmt: skip
    assert found.units.total == 6


def test_each_change_of_a_rule_is_told_once_with_whom_it_concerns(world):
    found = looked(world, file(PLAN_EARLIER, LEAD))
    told = {e.change.key: (str(e.change.what), sorted(e.whom)) for e in found.rules}
    everybody = ["市级association", "镇街级association", "镇街级school"]
    assert told == {"activity.lead_days": ("stricter", everybody), PLAN: ("stricter", ["镇街级association"])}


AUDIENCES = [
    {}, {"kinds": ["school"]}, {"levels": ["city", "province"]}, {"roles": ["coordinator"], "exceptions": [{"levels": ["town"]}]},
    {"any_of": [{"kinds": ["school"]}, {"levels": ["city"], "kinds": ["association"]}]}, {"places": ["441900103"]}, {"units": ["SCH"]},
    {"kinds": ["nobody"]},
]  # fmt: skip


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("scope", [None, "CN"])
def test_the_units_touched_are_those_whose_rules_would_change(world, audience, scope):
    Unit.objects.filter(pk=world.school.pk).update(code="SCH")
    more_towns(world)
    notice = file(clause("text", {"code": "aim", "title": "要求"}, audience=audience, scope=scope))
    found = looked(world, notice)
    before = {
        u.pk: rulebook.rules_in_force(u, Season.objects.get(), at=AT).get("text.principle.aim")
        for u in Unit.objects.all()
    }

    written(notice, world)

    season = Season.objects.get()
    changed = [
        u for u in Unit.objects.all()
        if rulebook.rules_in_force(u, season, at=AT).get("text.principle.aim") is not before[u.pk]
    ]  # fmt: skip
    assert found.units.total == len(changed)
    assert found.is_empty is (not changed)


def test_a_notice_laid_over_itself_touches_nobody(world):
    same = file(PLAN_EARLIER, LEAD, QUOTA)
    written(same, world)
    found = looked(world, same)
    assert (found.is_empty, found.unchanged, found.rules, found.duties, found.quotas) == (True, 3, (), (), ())


def test_closed_units_are_not_touched(world):
    Unit.objects.filter(kind="association").update(closed_on=AT.date())
    assert looked(world, file(PLAN_EARLIER)).is_empty


# ── Advance and formal, withdrawal ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def advance(world):
    Notice.objects.filter(code="dg").update(withdrawn_at=china(2023, 8, 1))
    rulebook.forget()
    waiting = clause("theme", {"term": "活动主题"}, status="pending", waits_for="全国的通知")
    return written(
        file(waiting, PLAN_EARLIER | {"id": "N-9"}, code="advance", title="预备通知", status="advance"), world
    )


def test_a_formal_notice_settles_what_the_advance_one_left_open(world, advance):
    final = clause("theme", {"text": "提升全民科学素质"})
    found = looked(world, file(final, PLAN_EARLIER | {"id": "N-9"}, code="formal", replaces=["advance"]))
    told = {e.change.key: (str(e.change.what), e.change.after.sentence()) for e in found.rules}
    assert told == {
        "theme": ("settled", "主题：提升全民科学素质。"), PLAN: ("settled", "2023年9月7日前报送分会场活动表。"),
    }  # fmt: skip
    assert (of_key(found, PLAN).what, found.replaces) == (DutyTurn.SAME, ("预备通知",))


def test_activities_filed_under_the_advance_notice_are_not_entered_again(world, advance):
    gate = clause("gate", {"fact": "theme", "same_as": "theme"}, "N-5")
    draft = Activity.objects.get(pk=a_draft(world, theme="还没有定").pk)
    found = looked(
        world, file(clause("theme", {"text": "爱科学"}), gate, code="formal", replaces=["advance"])
    ).activities
    assert (found.with_host, found.stopped, [g.key for g in found.gates]) == (1, 1, ["activity.theme"])
    assert draft.state == State.DRAFT


def test_a_withdrawal_shows_what_nobody_has_to_do_any_more(world, system):
    a_return(world)
    found = looked(world, withdrawn=Notice.objects.get(code="dg"))
    plan = of_key(found, PLAN)
    assert (found.is_withdrawal, found.begins, found.notice) == (True, AT, "东莞市全国科普日活动通知")
    assert (plan.what, plan.handed_in, plan.open) == (DutyTurn.GONE, 1, 0)
    assert "activity.lead_days" in {e.change.key for e in found.rules if e.change.what == "gone"}

    notices.withdraw_notice(Notice.objects.get(code="dg"), by=system, at=AT, reason="发错了")
    assert duties_for(world.town_office, Season.objects.get(), at=AT)[0].owed is None


# ── Quotas ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_quota_is_told_before_and_after(world):
    written(file(QUOTA), world)
    more = {**QUOTA, "quota": {"of": "activities", "min": 5, "unit": "项"}}
    found = of_key(looked(world, file(more)), "quota.activities")
    assert (found.before, found.after, found.bound) == (
        "每个单位活动不少于3项。",
        "每个单位活动不少于5项。",
        1,
    )
    assert [v.sentence() for v in found.values] == ["数量：不少于3项 → 不少于5项"]
    without = of_key(looked(world, file()), "quota.activities")
    assert (without.before, without.after) == ("每个单位活动不少于3项。", "")


# ── Activities ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_filed_keeps_its_rules_and_drafts_are_tried_against_the_new_ones(world):
    for state in (
        State.FILED,
        State.APPROVED,
        State.PUBLISHED,
        State.HELD,
        State.CANCELLED,
        State.RETURNED,
        State.DRAFT,
    ):
        an_activity(world, state)
    found = looked(world, file(LEAD)).activities
    assert (found.waiting, found.approved, found.public, found.held, found.kept) == (1, 1, 1, 1, 4)
    assert (found.with_host, found.looked_at, found.stopped, found.freed, found.is_more) == (
        2,
        2,
        2,
        0,
        False,
    )
    [gate] = found.gates
    assert (gate.sentence, gate.stopped, gate.warned) == (
        "填报时、发布时，距活动开始的天数不少于20天。",
        2,
        0,
    )
    assert gate.cite == "《补充通知》 二"
    [later] = found.later  # it combines with the city's own, which is asked at publication too
    assert (later.stage, later.count) == ("publication", 2)


def test_a_gate_of_a_later_stage_waits_for_those_who_have_not_come_so_far(world):
    for state in (State.FILED, State.APPROVED, State.PUBLISHED):
        an_activity(world, state)
    gate = clause("gate", {"fact": "photos", "min": 3, "stages": ["completion"]})
    [later] = looked(world, file(gate)).activities.later
    assert (later.stage, later.count, later.sentences) == (
        "completion",
        3,
        ("完善活动信息时，活动照片不少于3张。",),
    )


def test_an_in_principle_asks_for_a_reason_and_an_eased_gate_lets_through(world):
    an_activity(world, State.DRAFT, starts_at=china(2023, 9, 8), ends_at=china(2023, 9, 8, 17))
    asks = clause(
        "gate",
        {"fact": "participants_expected", "min": 500},
        "N-4",
        strictness="in_principle",
        key="activity.more",
    )
    eases = clause("gate", {"fact": "lead_days", "min": 1}, mode="replace")
    found = looked(world, file(asks, eases)).activities
    assert (found.stopped, found.freed, [(g.key, g.stopped, g.warned) for g in found.gates]) == (
        0,
        1,
        [("activity.more", 0, 1)],
    )


def test_only_the_newest_drafts_are_tried_and_it_says_so(world, monkeypatch):
    monkeypatch.setattr("kepu.oversight.impact.activities.LOOKED_AT", 2)
    monkeypatch.setattr("kepu.oversight.impact.activities.COUNTED", 3)
    drafts = [an_activity(world, State.DRAFT, title=f"第{n}场") for n in range(5)]
    found = looked(world, file(LEAD)).activities
    assert (found.with_host, found.is_more, found.looked_at, found.stopped) == (3, True, 2, 2)
    assert not any(draft.title in repr(found) for draft in drafts)  # a draft is its unit's own


def test_activities_of_other_places_and_lines_are_no_concern(world):
    education = a_line("education", "教育系统")
    Unit.objects.filter(pk=world.school.pk).update(line=education, line_path=education.path)
    world.school.refresh_from_db()
    world.filer = type(world.filer)(
        person_id=world.filer.person_id, person_name="", unit=world.school, posts=world.filer.posts
    )
    for state in (State.DRAFT, State.FILED, State.PUBLISHED):
        an_activity(world, state)
    elsewhere = a_place("440300", "深圳市", kind="city", parent=world.province)
    health = a_line("health", "卫生系统")

    def counted(**where):
        found = looked(world, file(LEAD), **where).activities
        return found.with_host, found.waiting, found.public

    assert counted() == counted(line=education) == counted(place=world.nation, line=education) == (1, 1, 1)
    assert (
        counted(place=elsewhere)
        == counted(line=health)
        == counted(place=world.nation, line=health)
        == (0, 0, 0)
    )


# ── Cost ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("n", [1, 30])
def test_it_costs_the_same_whatever_the_season(
    world, n, django_assert_max_num_queries, django_assert_num_queries
):
    for number in range(n):
        an_activity(world, State.DRAFT, title=f"第{number}场")
        an_activity(world, State.FILED, title=f"第{number}次")
    more_towns(world, tuple(f"第{number}镇" for number in range(n)))
    notice = file(PLAN_EARLIER, LEAD, QUOTA)
    rulebook.forget()
    with django_assert_max_num_queries(impact.QUERIES):
        looked(world, notice)
    with django_assert_num_queries(11):  # the season, two for units, four for duties, four for activities
        looked(world, notice)


def test_of_many_duties_only_some_are_counted_and_it_says_how_many_are_not(world, monkeypatch):
    monkeypatch.setattr("kepu.oversight.impact.COUNTED", 2)
    many = [clause("duty", {"what": f"w{n}", "title": "表"}, f"N-{n}", strictness="hard") for n in range(5)]
    found = looked(world, file(*many))
    assert (len(found.duties), found.not_looked_at) == (2, 3)


def test_of_a_draft_the_clauses_that_are_not_whole_are_named(world):
    notice = file(LEAD, {**QUOTA, "scope": "999999"})
    assert looked(world, notice).left_out == ("N-3",)
