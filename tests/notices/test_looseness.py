"""A child that loosens its parent: what the check says agrees with what the fold makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kepu.notices.format.checking import Surroundings, check_notice
from kepu.notices.format.reading import read_notice
from kepu.notices.kinds import Mode, kinds
from kepu.notices.kinds.base import Bound

HEAD = """\
format = 1

[notice]
code = "%s"
season = "sample-2025"
title = "样例通知"
issuer = "样例单位"
place = "%s"
"""
CLAUSE = """
[[clause]]
id = "%s"
kind = "%s"
summary = "样例"
%s
[clause.%s]
%s
"""


def made(kind: str, **params: Any) -> Any:
    return kinds()[kind].model_validate(params)


def file(kind: str, body: str, plain: str = "", *, code="below", place="441900", status=""):
    return HEAD % (code, place) + status + CLAUSE % ("S-1", kind, plain, kind, body)


def said(below: str, above: str = "", amended: str = ""):
    around = Surroundings(
        parents=[read_notice(above)] if above else [], amended=[read_notice(amended)] if amended else []
    )
    return [(p.is_error, p.sentence) for p in check_notice(read_notice(below), below, "n.toml", around)]


# ── Tables: a loosened parent is noticed ────────────────────────────────────────────────────────────────────────────

GATE = {"fact": "x", "label": "样"}
RULE = {"call": "c", "material": "video"}
DUTY = {"what": "w", "title": "样表"}
QUOTA = {"of": "entries", "max": 3, "cap": True}
COLUMN = {"code": "a", "title": "甲"}
FORM = {"code": "f", "title": "样表"}

LOOSENED = [
    ("gate", GATE | {"over": 5}, GATE | {"min": 5}),
    ("gate", GATE | {"under": 5}, GATE | {"max": 5}),
    ("gate", GATE | {"max": 500, "unit": "元"}, GATE | {"max": 50, "unit": "percent", "share_of": "budget"}),
    ("gate", GATE | {"one_of": ["a"]}, GATE | {"one_of": ["a", "b"]}),
    ("gate", GATE | {"equals": "a"}, GATE | {"equals": "b"}),
    ("gate", GATE | {"required": True, "stages": ["filing", "summary"]}, GATE | {"required": True, "stages": ["filing"]}),
    ("gate", GATE | {"required": True}, GATE | {"required": False}),
    ("gate", GATE | {"min": 1, "preferred": {"min": 9}}, GATE | {"min": 1, "preferred": {"min": 5}}),
    (
        "gate",
        GATE | {"required": True, "when": {"participants_expected": {"min": 300}}},
        GATE | {"required": True, "when": {"participants_expected": {"min": 500}}},
    ),
    ("gate", GATE | {"required": True}, GATE | {"required": True, "when": {"mode": ["online"]}}),
    ("gate", GATE | {"not_after": {"date": "2025-05-01", "time": "16:00"}}, GATE | {"not_after": {"date": "2025-05-01", "time": "17:00"}}),
    ("file_rule", RULE | {"size_mb": {"max": 100}}, RULE | {"size_mb": {"max": 200}}),
    ("file_rule", RULE | {"dpi": {"min": 300}}, RULE | {"dpi": {"min": 72}}),
    ("file_rule", RULE | {"count": {"max": 3}}, RULE | {"count": {"max": 4}}),
    ("file_rule", RULE | {"long_side": {"min": 3000}}, RULE | {"long_side": {"min": 1000}}),
    ("file_rule", RULE | {"formats": ["mp4"]}, RULE | {"formats": ["mp4", "avi"]}),
    ("file_rule", RULE | {"aspect": ["16:9"]}, RULE | {"aspect": ["4:3"]}),
    ("file_rule", RULE | {"orientation": "landscape"}, RULE | {"orientation": "portrait"}),
    ("file_rule", RULE | {"anonymous": True}, RULE | {"anonymous": False, "formats": ["mp4"]}),
    ("duty", DUTY | {"due": {"date": "2025-05-01", "time": "16:00"}}, DUTY | {"due": {"date": "2025-05-01", "time": "17:00"}}),
    ("duty", DUTY | {"due": {"date": "2025-05-01"}}, DUTY | {"due": {"reference": "另行通知"}}),
    ("duty", DUTY | {"due": {"days": 5, "after": "activity_end"}}, DUTY | {"due": {"working_days": 7, "after": "activity_end"}}),
    ("duty", DUTY | {"opens": {"date": "2025-05-01"}}, DUTY | {"opens": {"date": "2025-04-01"}}),
    ("duty", DUTY | {"parts": [{"code": "p", "label": "扫描件"}]}, DUTY | {"parts": [{"code": "p", "label": "扫描件", "required": False}]}),
    ("quota", QUOTA, QUOTA | {"max": 4}),
    ("quota", QUOTA, QUOTA | {"cap": False}),
    ("quota", QUOTA, QUOTA | {"classes": [{"code": "a", "label": "甲", "exempt": True}]}),
    ("quota", QUOTA | {"classes": [{"code": "a", "label": "甲", "max": 1}]}, QUOTA | {"classes": [{"code": "a", "label": "甲", "max": 2}]}),
    ("quota", QUOTA | {"classes": [{"code": "a", "label": "甲", "max": 1}]}, QUOTA | {"classes": [{"code": "a", "label": "甲", "max": 2, "percent": True}]}),
    ("coverage", {"of": "village", "percent": 80}, {"of": "village", "percent": 60}),
    ("coverage", {"of": "village", "min": 2}, {"of": "village", "min": 1}),
    ("form", FORM | {"columns": [COLUMN]}, FORM | {"columns": [COLUMN | {"required": False}]}),
    ("form", FORM | {"columns": [COLUMN | {"min_chars": 50}]}, FORM | {"columns": [COLUMN | {"min_chars": 30}]}),
    ("form", FORM | {"columns": [COLUMN | {"type": "number", "max": 5}]}, FORM | {"columns": [COLUMN | {"type": "number", "max": 9}]}),
    ("form", FORM | {"columns": [COLUMN], "rows_min": 3}, FORM | {"columns": [COLUMN], "rows_min": 1}),
    ("form", FORM | {"columns": [COLUMN], "min_chars": 300}, FORM | {"columns": [COLUMN], "min_chars": 100}),
    ("form", FORM | {"columns": [COLUMN], "stamped": True}, FORM | {"columns": [COLUMN], "stamped": False}),
    ("form", FORM | {"columns": [COLUMN]}, FORM | {"columns": [COLUMN], "variants": [{"title": "乙", "without": ["a"]}]}),
    ("window", {"code": "w", "title": "样", "end": {"date": "2025-05-01"}}, {"code": "w", "title": "样", "end": {"date": "2025-05-02"}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "parent", "child"), LOOSENED)
def test_what_lets_more_through_than_the_parent_is_called_looser(kind, parent, child):
    above, below = made(kind, **parent), made(kind, **child)

    assert below.looser_than(above)
    assert not above.looser_than(above)


@pytest.mark.parametrize(("kind", "parent", "child"), LOOSENED)
def test_tightened_together_nothing_is_looser_than_the_parent(kind, parent, child):
    above, below = made(kind, **parent), made(kind, **child)
    if kind == "gate" and (above.unit, above.share_of) != (below.unit, below.share_of):
        return  # another measure: refused, never folded
    if kind == "form" and below.variants:
        return
    both = below.combine(above, Mode.TIGHTEN)

    assert kinds()[kind].model_validate({**both.model_dump(exclude_defaults=True)}).looser_than(above) == []


def test_limits_that_cannot_both_be_kept_are_told():
    [why] = made("gate", **GATE, max=3).looser_than(made("gate", **GATE, min=5))

    assert why == "上级要求不少于5，与这里写的不超过3不能同时做到"


def test_silence_is_no_loosening_and_loses_nothing():
    above = made(
        "quota", of="entries", max=9, cap=True, unit="件", window="window.w",
        classes=[{"code": "a", "label": "甲", "max": 1}],
    )  # fmt: skip
    below = made("quota", of="entries", max=6)

    assert below.looser_than(above) == []
    both = below.combine(above, Mode.TIGHTEN)
    assert (both.max, both.cap, both.unit, both.window, [c.code for c in both.classes]) == (
        6,
        True,
        "件",
        "window.w",
        ["a"],
    )


def test_formats_with_nothing_in_common_leave_the_parent_s_and_not_all():
    both = made("file_rule", **RULE, formats=["avi"]).combine(
        made("file_rule", **RULE, formats=["mp4"]), Mode.TIGHTEN
    )

    assert both.formats == ("mp4",)


def test_channels_that_a_child_does_not_name_are_the_parent_s():
    above = made("duty", **DUTY, channels=[{"code": "platform", "label": "平台"}], channels_needed="all")

    both = made("duty", **DUTY).combine(above, Mode.TIGHTEN)

    assert ([c.code for c in both.channels], both.channels_needed) == (["platform"], "all")


# ── Properties ──────────────────────────────────────────────────────────────────────────────────────────────────────

ends = st.one_of(st.none(), st.integers(0, 12))


@st.composite
def bounds(draw):
    bound = Bound(min=draw(ends), max=draw(ends), over=draw(ends), under=draw(ends))
    assume(bound.is_set() and not bound.is_empty())
    return bound


@given(bounds(), bounds(), st.lists(st.integers(-2, 30).map(lambda n: n / 2), min_size=1, max_size=20))
def test_a_bound_not_called_looser_lets_nothing_through_once_its_silence_is_filled(parent, child, numbers):
    both = Bound(**child.tightened(parent))

    assert all(both.holds(n) == (parent.holds(n) and child.holds(n)) for n in numbers)
    assert both.looser_words(parent) == [] or both.is_empty()
    if not child.looser_words(parent):
        silent_low, silent_high = child.floor() is None, child.ceiling() is None
        for n in numbers:
            if child.holds(n) and not parent.holds(n):  # only on a side on which the child says nothing
                low, high = parent.floor(), parent.ceiling()
                assert (silent_low and low and n <= low[0]) or (silent_high and high and n >= high[0])


@given(bounds(), bounds())
def test_whatever_the_fold_overrules_the_check_has_said(parent, child):
    rule = {"call": "c", "material": "video"}
    above, below = made("file_rule", **rule, size_mb=parent), made("file_rule", **rule, size_mb=child)
    both = below.combine(above, Mode.TIGHTEN).size_mb

    overruled = (child.floor() and both.floor() != child.floor()) or (
        child.ceiling() and both.ceiling() != child.ceiling()
    )
    assert bool(overruled) <= bool(below.looser_than(above))


@given(st.dates(), st.dates(), st.integers(0, 23), st.integers(0, 23))
def test_the_deadline_that_holds_is_never_later_than_the_parent_s(a, b, hour_a, hour_b):
    above = made("duty", **DUTY, due={"date": a, "time": f"{hour_a:02}:00"})
    below = made("duty", **DUTY, due={"date": b, "time": f"{hour_b:02}:00"})
    both = below.combine(above, Mode.TIGHTEN)

    assert both.due.resolve().at == min(above.due.resolve().at, below.due.resolve().at)
    assert bool(below.looser_than(above)) == (below.due.resolve().at > above.due.resolve().at)


cases = st.one_of(
    st.just({}),
    st.sets(st.sampled_from(["online", "offline", "mixed"]), min_size=1).map(lambda s: {"mode": sorted(s)}),
    bounds().map(lambda b: {"budget": b.model_dump(exclude_none=True)}),
)


@given(cases, cases, st.sampled_from(["online", "offline", "mixed"]), st.integers(0, 15))
def test_a_tightened_gate_is_for_every_case_of_its_parent(parent, child, mode, budget):
    above, below = (
        made("gate", **GATE, required=True, when=parent),
        made("gate", **GATE, required=True, when=child),
    )
    facts = {"mode": mode, "budget": budget}

    assert below.combine(above, Mode.TIGHTEN).applies(facts) >= above.applies(facts)
    if not below.looser_than(above):
        assert below.applies(facts) >= above.applies(facts)


# ── In a file ───────────────────────────────────────────────────────────────────────────────────────────────────────

LEAD = 'fact = "lead_days"\nmin = 7'


@pytest.mark.parametrize(("above", "below", "refused"), [
    ("hard", "in_principle", True), ("in_principle", "strive", True), ("in_principle", "hard", False), ("hard", "hard", False),
])  # fmt: skip
def test_a_child_softer_than_its_parent_is_refused(above, below, refused):
    parent = file("gate", LEAD, f'strictness = "{above}"', code="above", place="CN")

    errors = [s for is_error, s in said(file("gate", LEAD, f'strictness = "{below}"'), parent) if is_error]

    assert bool(errors) == refused
    if refused:
        assert "这里写的是“" in errors[0]
    assert said(file("gate", LEAD), parent) == []


def test_clauses_for_different_units_do_not_limit_each_other():
    parent = file(
        "quota", 'of = "entries"\nmax = 3', 'audience = { kinds = ["society"] }', code="above", place="CN"
    )

    assert said(file("quota", 'of = "entries"\nmax = 9', 'audience = { kinds = ["school"] }'), parent) == []
    assert said(file("quota", 'of = "entries"\nmax = 9'), parent) != []


def test_a_grandparent_s_limit_is_kept_where_the_parent_says_nothing_of_it():
    top = read_notice(file("quota", 'of = "entries"\nmax = 9', code="top", place="CN"))
    middle = read_notice(file("quota", 'of = "entries"\nmin = 2', code="middle", place="440000"))
    below = file("quota", 'of = "entries"\nmax = 12')

    problems = check_notice(read_notice(below), below, "n.toml", Surroundings(parents=[middle, top]))

    assert [p.is_error for p in problems] == [True]


def test_a_supplement_that_eases_a_rule_must_replace_it():
    duty = 'what = "w"\ntitle = "样表"\ndue = %s'
    first = file("duty", duty % "2025-05-01", code="first")
    more = 'status = "supplement"\namends = ["first"]\n'

    [(is_error, sentence)] = said(file("duty", duty % "2025-05-09", status=more), amended=first)
    assert is_error
    assert sentence.endswith('这样写，原来的规定照旧；要以本通知为准，请写 mode = "replace"。')
    assert said(file("duty", duty % "2025-05-09", 'mode = "replace"', status=more), amended=first) == []
    assert said(file("duty", duty % "2025-04-20", status=more), amended=first) == []


def test_a_supplement_that_puts_a_deadline_off_beyond_the_parent_s_is_worth_a_look():
    duty = 'what = "w"\ntitle = "样表"\ndue = %s'
    parent = file("duty", duty % "2025-05-05", code="above", place="CN")
    first = file("duty", duty % "2025-05-01", code="first")
    below = file(
        "duty", duty % "2025-05-09", 'mode = "replace"', status='status = "supplement"\namends = ["first"]\n'
    )

    [(is_error, sentence)] = said(below, parent, first)

    assert not is_error
    assert sentence.endswith("请核对。")


def test_a_wider_window_is_worth_a_look():
    window = 'code = "w"\ntitle = "样"\npurpose = "%s"\nend = %s'

    def remarks(purpose):
        above = file("window", window % (purpose, "2025-05-05"), code="above", place="CN")
        return [is_error for is_error, _ in said(file("window", window % (purpose, "2025-05-09")), above)]

    assert remarks("filing") == [False]
    assert remarks("activity") == [False]
