"""Gates: one condition on one fact, answered with a sentence."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kepu.core.calendar import CHINA
from kepu.notices.kinds.base import Mode
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.window import Window

AUGUST_20 = datetime(2023, 8, 20, 23, 59, tzinfo=CHINA)
AUGUST_21 = datetime(2023, 8, 21, 0, 0, tzinfo=CHINA)


def answer(gate, facts, rules=None):
    failing = Gate.model_validate(gate).check(facts, rules or {})
    return failing.sentence if failing else None


@pytest.mark.parametrize(
    ("gate", "facts", "sentence"),
    [
        ({"fact": "lead_days", "min": 7}, {"lead_days": 7}, None),
        ({"fact": "lead_days", "min": 7}, {"lead_days": 3},
         "距活动开始的天数不少于7天；现在是3天。请提前填报，或把开始时间往后调。"),
        ({"fact": "participants_expected", "min": 50, "when": {"mode": ["offline"]}},
         {"mode": "offline", "participants_expected": 20},
         "举办方式为线下时，预计参与人数不少于50人；现在是20人。确有原因的，请在说明里写明，由审核单位决定。"),
        ({"fact": "participants_expected", "min": 50, "when": {"mode": ["offline"]}},
         {"mode": "online", "participants_expected": 20}, None),
        ({"fact": "safety_person", "required": True}, {"safety_person": ""},
         "安全责任人必须填写；还没有填写。请写明谁对现场安全负责。"),
        ({"fact": "media_links", "min": 1}, {"media_links": []},
         "媒体报道链接不少于1篇；还没有填写。请补上报道的网址。"),
        ({"fact": "media_links", "min": 2}, {"media_links": ["a"]},
         "媒体报道链接不少于2篇；现在是1篇。请补上报道的网址。"),
        ({"fact": "sections", "contains": ["basics", "results"], "labels": {"results": "主要成效"}},
         {"sections": ["basics"]}, "总结内容必须包括：basics、主要成效；还缺主要成效。请把缺的部分补上。"),
        ({"fact": "budget", "max": 30, "unit": "percent", "share_of": "total", "label": "差旅费"},
         {"budget": 40, "total": 100}, "差旅费（占total的比例）不超过30%；现在是40%。"),
        ({"fact": "budget", "max": 5000}, {"budget": 5000}, None),
        ({"fact": "mode", "one_of": ["online"]}, {"mode": "offline"}, "举办方式只能是线上之一；现在是线下。"),
        ({"fact": "mode", "none_of": ["offline"]}, {"mode": "offline"}, "举办方式不能是线下；现在是线下。"),
        ({"fact": "team_size", "label": "队伍人数", "min": 2, "max": 4}, {"team_size": 5}, "队伍人数2—4；现在是5。"),
    ],
)  # fmt: skip
def test_a_gate_answers_with_a_sentence(gate, facts, sentence):
    assert answer(gate, facts) == sentence


def test_a_gate_may_point_at_another_rule():
    gate = {"fact": "theme", "same_as": "theme"}

    assert answer(gate, {"theme": "爱科学"}, {"theme": "爱科学"}) is None
    assert (
        answer(gate, {"theme": "别的"}, {"theme": "爱科学"})
        == "活动主题必须与通知规定的一致；规定的是“爱科学”。"
    )
    assert answer(gate, {"theme": "别的"}, {}) is None  # the theme is still pending


def test_a_publishing_date_opens_at_midnight_in_china():
    gate = {"fact": "published_at", "not_before": {"date": "2023-08-21"}}

    assert answer(gate, {"published_at": AUGUST_20}) == (
        "发布时间不早于2023年8月21日；还没有到时间。可以先保存草稿、填报和审核，到时间再发布。"
    )
    assert answer(gate, {"published_at": AUGUST_21}) is None


def test_a_gate_may_demand_a_window():
    window = Window.model_validate(
        {"code": "w", "title": "集中开展", "start": {"date": "2023-08-21"}, "end": {"date": "2023-08-31"}}
    )
    gate = {"fact": "starts_at", "within": "window.w"}

    assert answer(gate, {"starts_at": AUGUST_21}, {"window.w": window}) is None
    assert answer(gate, {"starts_at": AUGUST_20}, {"window.w": window}) == (
        "开始时间要在规定的时间段内；集中开展：2023年8月21日至2023年8月31日。"
    )


def test_what_is_preferred_beside_what_is_required_is_told_apart():
    gate = Gate.model_validate({"fact": "participants_expected", "min": 50, "preferred": {"min": 200}})

    assert gate.check({"participants_expected": 100}, {}).preferred_only is True
    assert gate.check({"participants_expected": 40}, {}).preferred_only is False
    assert gate.check({"participants_expected": 200}, {}) is None


@pytest.mark.parametrize(
    "gate", [{"fact": "mode"}, {"fact": "budget", "min": 5, "max": 4}, {"fact": "x", "mim": 3}]
)
def test_a_gate_without_a_sane_condition_is_refused(gate):
    with pytest.raises(ValidationError):
        Gate.model_validate(gate)


bounds = st.one_of(st.none(), st.integers(0, 50))


@given(bounds, bounds, bounds, bounds, st.integers(0, 60))
def test_a_tightened_gate_lets_through_exactly_what_both_let_through(a_min, a_max, b_min, b_max, n):
    def made(low, high):
        if low is None and high is None:
            return Gate(fact="x", max=1000)
        if low is not None and high is not None:
            low, high = min(low, high), max(low, high)
        return Gate(fact="x", min=low, max=high)

    parent, child = made(a_min, a_max), made(b_min, b_max)
    both = child.combine(parent, Mode.TIGHTEN)

    passes = {
        name: gate.check({"x": n}, {}) is None for name, gate in (("p", parent), ("c", child), ("b", both))
    }
    assert passes["b"] == (passes["p"] and passes["c"])


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_child_is_called_looser_exactly_when_it_lets_more_through(parent, child):
    said = Gate(fact="x", min=child).looser_than(Gate(fact="x", min=parent))

    assert bool(said) == (child < parent)
