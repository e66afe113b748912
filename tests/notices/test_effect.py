"""Whether a clause holds for somebody now, and which other goes before it."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.effect import ClauseEffect, Effect, effect_of
from kepu.notices.inheritance import fold
from kepu.notices.kinds.audience import Profile
from tests.notices.building import CITY, DAY, NATION, SCHOOL, TOWN, clause, lead

OVER = replace(CITY, id=7, ends_at=DAY - timedelta(days=1))


def effect(clause_, *others, who=SCHOOL):
    return effect_of(clause_, fold([clause_, *others], who, DAY), DAY)


def test_the_only_one_sets_the_rule():
    assert effect(lead(CITY, "C", 7)) == ClauseEffect(Effect.SETS)


def test_a_nearer_one_that_asks_for_more_goes_before_it():
    nearer = lead(TOWN, "T", 9)
    assert effect(lead(CITY, "C", 7), nearer) == ClauseEffect(Effect.TIGHTENED, nearer)


def test_a_nearer_one_that_asks_for_less_changes_nothing():
    wide, loose = lead(CITY, "C", 7), lead(TOWN, "T", 3)
    assert effect(wide, loose) == ClauseEffect(Effect.SETS, loose)


def test_a_nearer_list_adds_or_replaces():
    def listed(notice, code, mode):
        return clause(
            notice, code, "list", {"code": "fields", "title": "领域", "items": [{"code": code.lower(), "label": code}]}, mode=mode
        )  # fmt: skip

    first, more, other = (
        listed(NATION, "N", "replace"),
        listed(CITY, "C", "union"),
        listed(CITY, "D", "replace"),
    )
    assert effect(first, more) == ClauseEffect(Effect.ADDED_TO, more)
    assert effect(first, other) == ClauseEffect(Effect.REPLACED, other)


def test_a_fixed_rule_is_kept_by_those_below():
    theme, mine = (
        clause(NATION, "N", "theme", {"text": "爱科学"}),
        clause(CITY, "C", "theme", {"text": "爱别的"}),
    )
    assert effect(mine, theme) == ClauseEffect(Effect.KEEPS, theme)
    assert effect(theme, mine) == ClauseEffect(Effect.SETS)


def test_what_waits_is_pending_and_names_what_holds_until_then():
    waiting = clause(CITY, "C", "theme", {}, status="pending", mode="pending")
    theme = clause(NATION, "N", "theme", {"text": "爱科学"})
    assert effect(waiting) == ClauseEffect(Effect.PENDING)
    assert effect(waiting, theme) == ClauseEffect(Effect.PENDING, theme)


def test_what_binds_others_does_not_bind_here():
    assert effect(lead(CITY, "C", 7, audience={"kinds": ["museum"]})) == ClauseEffect(Effect.OTHERS)


def test_another_place_and_another_line_lie_elsewhere():
    far = Profile("/51/", "school", "province", "province")
    assert effect(lead(CITY, "C", 7), who=far) == ClauseEffect(Effect.ELSEWHERE)
    of_a_line = replace(CITY, id=8, line="/edu/")
    assert effect(lead(of_a_line, "L", 7)) == ClauseEffect(Effect.ELSEWHERE)


def test_a_notice_that_is_over_or_to_come_holds_nothing():
    to_come = replace(CITY, id=9, in_force_at=DAY + timedelta(days=1))
    assert effect(lead(OVER, "C", 7)) == ClauseEffect(Effect.NOT_NOW)
    assert effect(lead(to_come, "C", 7)) == ClauseEffect(Effect.NOT_NOW)
    assert effect(lead(replace(CITY, status="placeholder"), "C", 7)) == ClauseEffect(Effect.NOT_NOW)


def test_of_one_notice_the_narrower_clause_replaces_the_wider():
    wide = clause(CITY, "W", "quota", {"of": "key_activities", "min": 1}, position=1)
    narrow = clause(
        CITY, "S", "quota", {"of": "key_activities", "min": 7}, audience={"kinds": ["school"]}, position=2
    )
    assert effect(wide, narrow) == ClauseEffect(Effect.REPLACED, narrow)


def test_a_nearer_clause_of_another_kind_begins_anew():
    theme = clause(NATION, "N", "theme", {"text": "爱科学"})
    other = clause(CITY, "C", "text", {"topic": "burden", "code": "x", "title": "另说"}, key="theme")
    assert effect(theme, other) == ClauseEffect(Effect.REPLACED, other)


@given(
    st.lists(
        st.tuples(st.sampled_from([NATION, CITY, TOWN, OVER]), st.integers(0, 20), st.sampled_from(["school", "museum"])), max_size=7
    )
)  # fmt: skip
def test_exactly_the_clauses_of_the_chain_speak_and_one_sets_the_value(said):
    clauses = [lead(n, f"X-{i}", d, audience={"kinds": [k]}, position=i) for i, (n, d, k) in enumerate(said)]
    rules = fold(clauses, SCHOOL, DAY)

    answers = {c.code: effect_of(c, rules, DAY) for c in clauses}

    rule = rules.get("activity.lead_days")
    assert {code for code, it in answers.items() if it.speaks} == {
        c.code for c in (rule.chain if rule else ())
    }
    if rule is not None:
        assert answers[rule.clause.code] == ClauseEffect(Effect.SETS)
    assert all(it.by is None or it.by.code in answers for it in answers.values())
