"""The impact of a notice in plain sentences, and as a page draws it."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from kepu.activities.workflow import State
from kepu.notices.models import Notice, Season
from kepu.oversight.impact import impact_of
from kepu.returns.workflow import State as ReturnState
from kepu.web.shared.impacts import shown_impact
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_term
from tests.factories.returns import TOWNS, a_reporting_world, a_return, more_towns
from tests.oversight.test_impact import AT, LEAD, PLAN_EARLIER, QUOTA, clause, file
from tests.web.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    a_term("unit_kind", "association", "科协")
    a_term("unit_kind", "school", "学校")
    return a_reporting_world()


def shown(world, notice=None, **more):
    season = Season.objects.get()
    found = impact_of(
        notice, season=season, place=world.city, at=AT, in_force_at=china(2023, 9, 6, 0), **more
    )
    return shown_impact(found)


def drawn(impact):
    """The piece as a page would draw it, with everything checked that can be checked of a piece."""
    piece = Page(render_to_string("workspace/desk/_impact.html", {"impact": impact}))
    assert [*piece.misnested, *piece.wrong_with_piece()] == []
    return piece


def test_a_supplement_is_told_in_sentences(world):
    more_towns(world)
    a_return(world, ReturnState.ACCEPTED)
    for state in (State.PUBLISHED, State.DRAFT):
        an_activity(world, state)

    found = shown(world, file(PLAN_EARLIER, LEAD, QUOTA, amends=["dg"], status="supplement"))

    assert list(found.lead) == [
        "《补充通知》从2023年9月6日 00:00起适用，东莞市会有下面这些变化。",
        "它补充或更正《东莞市全国科普日活动通知》：那一份仍然适用，本通知说到的以本通知为准。",
    ]
    assert list(found.units) == [
        "市级科协1家：东莞市科协，有1条规定变化。",
        "镇街级科协4家，如石龙镇科协，有3条规定变化。",
        "镇街级学校1家：石龙中学，有1条规定变化。",
    ]
    [duty] = found.duties
    assert (duty.title, duty.word, duty.who, [v.sentence() for v in duty.values]) == (
        "分会场活动表", "提前", "镇街级·科协", ["期限：2023年9月8日 → 2023年9月7日"],
    )  # fmt: skip
    assert list(duty.sentences) == [
        "管到4家。", "1家已经报过（其中1家已接收），按原来的期限算，不用重报。", "3家还没有报，最迟2023年9月7日 23:59。",
    ]  # fmt: skip
    [quota] = found.quotas
    assert (quota.word, [v.sentence() for v in quota.values], list(quota.sentences)) == (
        "新增", ["要求：加上每个单位活动不少于3项。"], ["管到4家。"],
    )  # fmt: skip
    assert list(found.activities) == [
        "已经填报的1项（待审核0，已通过0，已发布1，已举办0）照填报时的规定，不受影响。",
        "草稿和退回的1项，填报时照新的规定。其中1项现在能过，到时会被拦下。",
    ]
    assert list(found.gates) == [
        ("填报时、发布时，距活动开始的天数不少于20天。", "《补充通知》 二", "拦下1项")
    ]


def test_what_changes_is_struck_out_and_underlined_and_said_in_words(world):
    piece = drawn(shown(world, file(PLAN_EARLIER, LEAD)))
    duties = piece.one(class_="impact-list")
    assert (duties.one("del").text, duties.one("ins").text) == (
        "原来是： 2023年9月8日",
        "现在是： 2023年9月7日",
    )
    assert [h.text for h in piece.all("h3")] == ["影响到的单位", "规定怎么变", "报送", "活动"]


def test_where_nobody_is_touched_it_says_so(world):
    nobody = clause("gate", {"fact": "lead_days", "min": 20}, audience={"kinds": ["nobody"]})
    piece = drawn(shown(world, file(nobody)))
    assert piece.one(class_="empty").text.startswith("没有谁受影响")
    assert piece.one(class_="empty").text in piece.text
    assert "这里还没有活动。" in piece.text


def test_a_withdrawal_is_told_in_sentences(world):
    found = shown(world, withdrawn=Notice.objects.get())
    assert list(found.lead) == ["《东莞市全国科普日活动通知》撤回以后，东莞市会有下面这些变化。"]
    told = {d.title: (d.word, list(d.sentences)) for d in found.duties}
    assert told["分会场活动表"] == ("不再要报", ["管到1家。", "1家还没有报，不用再报了。"])
    assert told["活动总结"] == ("不再要报", ["这一项不是每个单位报一份，或者不是必须报的，没有逐家数。"])
    drawn(found)


def test_what_was_not_counted_is_said(world, monkeypatch):
    monkeypatch.setattr("kepu.oversight.impact.COUNTED", 1)
    found = shown(world, file(PLAN_EARLIER, QUOTA, {**LEAD, "scope": "999999"}))
    assert list(found.notes) == [
        "还有1项报送或数量要求没有逐项数。",
        "没有写完整的条款没有算进来：N-2。",
    ]


def test_drafts_that_are_too_many_to_try_are_said_to_be_so(world, monkeypatch):
    monkeypatch.setattr("kepu.oversight.impact.activities.LOOKED_AT", 1)
    monkeypatch.setattr("kepu.oversight.impact.activities.COUNTED", 2)
    for number in range(4):
        an_activity(world, State.DRAFT, title=f"第{number}场")
    [said] = shown(world, file(QUOTA)).activities
    assert said == "草稿和退回的超过2项，填报时照新的规定。只试了最近的1项：没有一项会因此被拦下。"


def test_later_stages_are_told_with_their_gates(world):
    an_activity(world, State.PUBLISHED)
    gate = clause("gate", {"fact": "photos", "min": 3, "stages": ["completion"]}, audience=TOWNS)
    said = list(shown(world, file(gate)).activities)
    assert (
        said[1]
        == "完善活动信息时的条件有变，还没有到这一步的1项到时照新的：完善活动信息时，活动照片不少于3张。"
    )
