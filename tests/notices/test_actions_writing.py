"""Writing a draft: nothing typed is lost, nobody overtakes anybody unseen, and what is open above is open here."""

import pytest

from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.notices import actions
from kepu.notices.kinds import Mode
from kepu.notices.models import ClauseState, DraftClause, NoticeDraft
from kepu.notices.queries import clauses_in_order, drafts_for, from_above, rules_above, standing_of
from kepu.notices.rulebook import rules_in_force
from tests.factories.drafts import AT, a_county, a_draft, fill, ready, row
from tests.factories.orgs import an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_county()


def test_our_own_notice_leaves_open_only_what_this_level_decides(world):
    draft = a_draft(world)
    rows = [(c.kind, c.state, c.above) for c in clauses_in_order(draft)]
    assert rows == [
        ("theme", "confirmed", "city-2023#TS-01"), ("window", "confirmed", "city-2023#TS-02"),
        ("quota", "proposed", "city-2023#TS-04"), ("duty", "proposed", "city-2023#TS-05"), ("routing", "proposed", ""),
        ("contact", "proposed", ""),
    ]  # fmt: skip
    assert draft.header["parents"] == ["city-2023"]


def test_the_open_quota_and_deadline_are_those_of_the_towns(world):
    draft = a_draft(world)
    quota, duty = row(draft, "quota").data, row(draft, "duty").data
    assert quota["quota"] == {"of": "key_activities", "per": "place", "place_level": "town", "unit": "项"}
    assert (duty["duty"]["to"], duty["audience"]) == (
        "coordinator@county", {"levels": ["town"], "kinds": ["association"]},
    )  # fmt: skip
    assert "due" not in duty["duty"]


def test_a_draft_that_is_not_whole_says_what_is_missing(world):
    draft = a_draft(world)
    standing = standing_of(draft)
    assert (standing.undecided, standing.may_be_issued) == (4, False)
    actions.decide_clauses(draft, [row(draft, "quota").code], ClauseState.CONFIRMED, by=world.by, at=AT)
    assert [(p.clause, p.sentence) for p in standing_of(draft).errors] == [
        ("C-03", "这一条有1处没有填好，请打开照提示补上。")
    ]


def test_a_later_deadline_than_the_parents_is_a_conflict_in_words(world):
    draft = ready(world, due="2023-09-30")
    said = [p.sentence for p in standing_of(draft).errors]
    assert said == [
        "比上级放宽了（唐科协〔2023〕9号 四，TS-05）：“工作总结”的期限（2023年9月30日）晚于上级的期限（2023年9月26日）。"
        "下级只能收紧；确属另一件事的，请另取规则名 key。"
    ]


def test_rubbish_is_kept_as_it_was_typed(world):
    draft = a_draft(world)
    duty = row(draft, "duty")
    typed = {**duty.data, "duty": {**duty.data["duty"], "due": {"date": "2023-09-31"}}}
    actions.save_clause(duty, typed, version=duty.version, by=world.by, at=AT)
    assert row(draft, "duty").data["duty"]["due"] == {"date": "2023-09-31"}


def test_who_saves_over_a_newer_clause_is_told_and_nothing_is_overwritten(world):
    draft = a_draft(world)
    mine, theirs = row(draft, "duty"), row(draft, "duty")
    actions.save_clause(theirs, {**theirs.data, "summary": "甲写的"}, version=1, by=world.by, at=AT)
    with pytest.raises(StaleState, match="另一位同事"):
        actions.save_clause(mine, {**mine.data, "summary": "乙写的"}, version=1, by=world.by, at=AT)
    assert row(draft, "duty").data["summary"] == "甲写的"


def test_two_clauses_are_saved_side_by_side(world):
    draft = a_draft(world)
    fill(draft, "duty", by=world.by, due={"date": "2023-09-20"})
    fill(draft, "quota", by=world.by, min=2)
    assert [c.state for c in clauses_in_order(draft)][2:4] == ["confirmed", "confirmed"]


def test_the_head_is_kept_with_its_season_and_place(world):
    draft = a_draft(world)
    typed = {"title": "关于举办科普日的通知", "place": "CN", "season": "other"}
    actions.save_header(draft, typed, version=1, by=world.by, at=AT)
    draft.refresh_from_db()
    assert (draft.title, draft.header["place"], draft.header["season"], draft.version) == (
        "关于举办科普日的通知", "130224", world.season.code, 2,
    )  # fmt: skip
    with pytest.raises(StaleState, match="文头"):
        actions.save_header(draft, {"title": "别的"}, version=1, by=world.by, at=AT)


@pytest.mark.parametrize(
    ("key", "mode", "sentence"),
    [
        ("theme", Mode.REPLACE, "主题由唐科协〔2023〕9号 一定，下级照写，不能改。"),
        ("activity.lead_days", Mode.REPLACE, "唐科协〔2023〕9号 三的这一条，下级只能收紧，不能另定一套。确是另一件事的，请新写一条。"),
        ("activity.lead_days", Mode.UNION, "这一条不是清单，没有可以增加的项。要另说一件事，请新写一条。"),
        ("list.fields", Mode.TIGHTEN, "这一条没有松紧之分，不能收紧。"),
        ("list.fields", Mode.SHIFT, "这一条没有级别，不能下移。"),
    ],
)  # fmt: skip
def test_a_way_that_the_mode_does_not_allow_is_refused_in_words(world, key, mode, sentence):
    draft = a_draft(world)
    rule = rules_above(draft, AT)[key]
    with pytest.raises(Incomplete) as refusal:
        actions.take_over_rule(draft, rule, mode, by=world.by, at=AT)
    assert str(refusal.value) == sentence


def test_a_rule_is_taken_over_once(world):
    draft = a_draft(world)
    rule = rules_above(draft, AT)["activity.lead_days"]
    made = actions.take_over_rule(draft, rule, Mode.TIGHTEN, by=world.by, at=AT)
    assert made.data["gate"] == {"fact": "lead_days", "min": 3.0}
    assert (made.data["relates"], made.data["mode"]) == (["narrows:TS-03"], "tighten")
    with pytest.raises(StaleState, match=made.code):
        actions.take_over_rule(draft, rule, Mode.FIXED, by=world.by, at=AT)


def test_shifting_moves_every_level_one_down(world):
    draft = a_draft(world, origin="blank")
    rule = rules_above(draft, AT)["quota.key_activities"]
    made = actions.take_over_rule(draft, rule, Mode.SHIFT, by=world.by, at=AT)
    assert (made.data["audience"]["levels"], made.data["quota"]["place_level"]) == (["town"], "town")


def test_only_rules_of_a_higher_level_come_from_above(world):
    draft = a_draft(world)
    assert {r.clause.notice.code for r in from_above(rules_above(draft, AT), draft)} == {"city-2023"}


def test_clauses_change_places(world):
    draft = a_draft(world)
    order = [c.code for c in clauses_in_order(draft)]
    actions.move_clause(row(draft, "duty"), up=True, by=world.by, at=AT)
    assert [c.code for c in clauses_in_order(draft)] == [*order[:2], order[3], order[2], *order[4:]]
    first = clauses_in_order(draft)[0]
    actions.move_clause(first, up=True, by=world.by, at=AT)
    assert clauses_in_order(draft)[0] == first


def test_a_new_clause_stands_after_another_and_has_a_free_code(world):
    draft = a_draft(world)
    first = clauses_in_order(draft)[0]
    made = actions.add_clause(draft, "mark", by=world.by, at=AT, after=first)
    assert [c.code for c in clauses_in_order(draft)][1] == made.code
    assert made.data == {"id": "C-07", "number": "一", "kind": "mark"}
    with pytest.raises(Incomplete, match="没有这一种"):
        actions.add_clause(draft, "nothing", by=world.by, at=AT)


def test_what_is_rejected_stays_and_may_be_taken_back(world):
    draft = a_draft(world)
    code = row(draft, "routing").code
    assert actions.decide_clauses(draft, [code], ClauseState.REJECTED, by=world.by, at=AT) == 1
    assert actions.decide_clauses(draft, [code], ClauseState.REJECTED, by=world.by, at=AT) == 0
    actions.decide_clauses(draft, [code], ClauseState.PROPOSED, by=world.by, at=AT)
    assert row(draft, "routing").state == "proposed"


def test_others_neither_see_nor_write_a_draft(world):
    draft = a_draft(world)
    stranger = an_actor(world.towns[0], "coordinator", places=[])
    filer = an_actor(world.office, "filer")
    for actor in (stranger, filer, world.above):
        assert list(drafts_for(actor, world.season)) == []
        with pytest.raises(NotAllowed, match="滦南县科协"):
            actions.save_header(draft, {"title": "抢写"}, version=1, by=actor, at=AT)
    assert [d.pk for d in drafts_for(world.by, world.season)] == [draft.pk]


def test_a_draft_for_another_place_is_not_begun(world):
    with pytest.raises(NotAllowed, match="唐山市"):
        actions.start_draft(
            season=world.season, place=world.city, line=None, origin="blank", header={}, by=world.by, at=AT
        )


def test_a_discarded_draft_takes_nothing_more_until_it_is_restored(world):
    draft = a_draft(world)
    actions.discard_draft(draft, by=world.by, at=AT)
    with pytest.raises(StaleState, match="作废"):
        actions.add_clause(draft, "mark", by=world.by, at=AT)
    assert list(drafts_for(world.by, world.season)) == []
    actions.restore_draft(draft, by=world.by, at=AT)
    actions.add_clause(draft, "mark", by=world.by, at=AT)
    assert NoticeDraft.objects.get().state == "open"


def test_every_act_leaves_its_trace(world):
    draft = a_draft(world)
    fill(draft, "quota", by=world.by, min=2)
    actions.move_clause(row(draft, "quota"), up=True, by=world.by, at=AT)
    actions.discard_draft(draft, by=world.by, at=AT)
    assert [e.event for e in audit.of(draft)] == [
        "notice_draft.started", "notice_draft.clause_saved", "notice_draft.clause_moved", "notice_draft.discarded",
    ]  # fmt: skip


def test_a_draft_changes_no_rule(world):
    before = rules_in_force(world.towns[0], world.season, at=AT).snapshot
    ready(world)
    assert rules_in_force(world.towns[0], world.season, at=AT).snapshot == before


def test_a_draft_has_no_room_without_end(world, monkeypatch):
    draft = a_draft(world)
    monkeypatch.setattr("kepu.notices.actions.writing.MOST_CLAUSES", DraftClause.objects.count())
    with pytest.raises(Incomplete, match="分成几份"):
        actions.add_clause(draft, "mark", by=world.by, at=AT)


def test_who_says_what_stands_there_already_is_in_nobodys_way(world):
    draft = a_draft(world)
    found = row(draft, "quota")
    typed = {**found.data, "quota": {**found.data["quota"], "min": 2}}
    actions.save_clause(found, typed, version=1, by=world.by, at=AT)
    kept = actions.save_clause(
        row(draft, "quota"), typed, version=1, by=world.by, at=AT, state=ClauseState.CONFIRMED
    )
    assert (kept.state, kept.data["quota"]["min"]) == ("confirmed", 2)


def test_a_clause_may_be_given_another_code(world):
    draft = a_draft(world)
    found, other = row(draft, "quota"), row(draft, "duty")
    kept = actions.save_clause(found, {**found.data, "id": "LN-05"}, version=1, by=world.by, at=AT)
    assert (kept.code, kept.data["id"]) == ("LN-05", "LN-05")
    for code, sentence in (
        (other.code, "已经用在另一条上"),
        ("甲:confirm", "写法不对"),
        ("x" * 41, "写法不对"),
    ):
        with pytest.raises(Incomplete, match=sentence):
            actions.save_clause(kept, {**kept.data, "id": code}, version=kept.version, by=world.by, at=AT)
    assert row(draft, "quota").code == "LN-05"


def test_several_clauses_move_together_behind_another_or_to_the_front(world):
    draft = a_draft(world)
    a, b, c, *others = clauses_in_order(draft)
    last = others[-1]
    assert actions.move_clauses(draft, [b.code, a.code], after=last, by=world.by, at=AT) == 2
    assert clauses_in_order(draft) == [c, *others, a, b]
    actions.move_clauses(draft, [b.code], after=None, by=world.by, at=AT)
    assert clauses_in_order(draft) == [b, c, *others, a]
    before = audit.of(draft).count()
    actions.move_clauses(draft, [b.code, c.code], after=b, by=world.by, at=AT)
    assert (clauses_in_order(draft), audit.of(draft).count()) == ([b, c, *others, a], before)
