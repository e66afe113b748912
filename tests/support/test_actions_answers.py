"""An answer for all holds below the place or line it was given for; the public reads what is marked so."""

import pytest

from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.support.actions import ask, change_answer, share_answer, withdraw_answer
from kepu.support.queries import answers_over, public_answers
from tests.conftest import NOON
from tests.support.conftest import events


def share(node, by, question="线上活动要写地点吗？", **more):
    return share_answer(node, question=question, answer="写直播的网址。", by=by, at=NOON, **more)


def read_by(unit, **more):
    return [one.question for one in answers_over(unit, **more).items]


def test_everybody_below_reads_it_and_nobody_beside(desk):
    share(desk.city.place, desk.city_office)
    share(desk.bureau.line, desk.line_office, "学校由谁审核？")
    assert read_by(desk.school) == ["学校由谁审核？", "线上活动要写地点吗？"]
    assert read_by(desk.town) == ["线上活动要写地点吗？"]
    assert read_by(desk.province) == []
    assert read_by(desk.school, text="审核") == ["学校由谁审核？"]


def test_the_public_reads_only_what_is_marked_so(desk):
    share(desk.city.place, desk.city_office, "内部的？")
    share(desk.city.place, desk.city_office, "公开的？", public=True)
    share(desk.town.place, desk.town_office, "镇里公开的？", public=True)
    assert [one.question for one in public_answers(desk.city.place_path).items] == ["公开的？"]
    assert [one.question for one in public_answers("/").items] == []


def test_it_is_corrected_and_withdrawn_by_its_coordinator_or_the_one_above(desk):
    shared = share(desk.town.place, desk.town_office)
    change_answer(
        shared,
        question="线上？",
        answer="写平台。",
        public=True,
        expected_version=1,
        by=desk.city_office,
        at=NOON,
    )
    assert (shared.question, shared.public, shared.version) == ("线上？", True, 2)
    with pytest.raises(StaleState):
        change_answer(
            shared,
            question="线上？",
            answer="x",
            public=True,
            expected_version=1,
            by=desk.town_office,
            at=NOON,
        )
    for by in (desk.teacher, desk.line_office):
        with pytest.raises(NotAllowed):
            withdraw_answer(shared, by=by, at=NOON)
    withdraw_answer(shared, by=desk.town_office, at=NOON)
    assert (read_by(desk.school), public_answers(desk.town.place_path).items) == ([], [])
    with pytest.raises(StaleState):
        withdraw_answer(shared, by=desk.town_office, at=NOON)
    assert events() == ["answer.shared", "answer.changed", "answer.withdrawn"]


def test_it_may_be_drawn_from_a_question_that_was_asked_of_us(desk):
    question = ask(subject="线上", text="？", by=desk.teacher, at=NOON)
    assert share(desk.town.place, desk.town_office, source=question).source == question
    with pytest.raises(NotAllowed, match="没有提给贵单位"):
        share(desk.city.place, desk.city_office, source=question)
    with pytest.raises(NotAllowed):
        share(desk.city.place, desk.town_office)
    with pytest.raises(Incomplete):
        share(desk.town.place, desk.town_office, " ")
