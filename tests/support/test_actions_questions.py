"""A question goes to the unit above, is always somebody's turn, and is read by those who had a word in it."""

import pytest

from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from kepu.support import queries, rules
from kepu.support.actions import add_to_question, answer_question, ask, close_question, pass_on_question
from kepu.support.models import Question
from kepu.support.workflow import State, Turn
from tests.conftest import NOON
from tests.factories.orgs import an_actor
from tests.support.conftest import events, reviewer_of


@pytest.fixture
def question(desk):
    return ask(subject="线上活动要写地点吗", text="直播没有场地。", by=desk.teacher, at=NOON)


def stands(question):
    question.refresh_from_db()
    return question.state, question.turn, question.receiver.name


def thread(question):
    return [(remark.unit.name, remark.kind, remark.text) for remark in queries.remarks_of(question)]


def test_it_goes_to_the_nearest_unit_above_and_comes_back_answered(desk, question, worked):
    assert stands(question) == (State.ASKED, Turn.RECEIVER, "石龙镇科协")
    answer_question(question, "写直播的网址。", by=desk.town_office, at=NOON)
    assert stands(question) == (State.ANSWERED, Turn.ASKER, "石龙镇科协")
    close_question(question, by=desk.teacher, at=NOON)
    assert stands(question) == (State.CLOSED, Turn.NOBODY, "石龙镇科协")

    assert thread(question) == [
        ("石龙中学", "question", "直播没有场地。"), ("石龙镇科协", "answer", "写直播的网址。"), ("石龙中学", "closed", ""),
    ]  # fmt: skip
    assert worked() == [
        ("石龙镇科协", "question.asked", "石龙中学提问：线上活动要写地点吗"),
        ("石龙中学", "question.answered", "石龙镇科协已答复：线上活动要写地点吗"),
    ]
    assert events() == ["question.asked", "question.answered", "question.closed"]


def test_with_a_line_the_unit_chooses_which_one_to_ask(desk):
    assert (
        ask(subject="学校的课", text="？", to=desk.bureau, by=desk.teacher, at=NOON).receiver == desk.bureau
    )
    with pytest.raises(NotAllowed, match="问题只能提给上一级统筹单位：石龙镇科协、广东省教育厅。"):
        ask(subject="x", text="y", to=desk.nation, by=desk.teacher, at=NOON)


def test_what_was_answered_or_closed_is_asked_again(desk, question):
    answer_question(question, "写网址。", by=reviewer_of(desk.town), at=NOON)
    add_to_question(question, "哪个网址？", by=desk.teacher, at=NOON)
    assert stands(question) == (State.ASKED, Turn.RECEIVER, "石龙镇科协")
    close_question(question, by=desk.teacher, at=NOON)
    add_to_question(question, "又想起来了。", by=desk.teacher, at=NOON)
    assert [kind for _unit, kind, _text in thread(question)] == [
        "question",
        "answer",
        "reopened",
        "closed",
        "reopened",
    ]
    assert events()[-1] == "question.reopened"


def test_passed_on_it_is_the_next_ones_turn_and_who_passed_it_goes_on_reading(desk, question, worked):
    pass_on_question(question, "我们也不清楚。", by=desk.town_office, at=NOON)
    assert stands(question) == (State.ASKED, Turn.RECEIVER, "东莞市科协")
    answer_question(question, "写平台名称。", by=desk.city_office, at=NOON)
    for actor in (desk.teacher, desk.town_office, desk.city_office):
        assert list(rules.questions_visible_to(actor)) == [question]
    for actor in (desk.province_office, desk.line_office):
        assert list(rules.questions_visible_to(actor)) == []
    assert ("石龙中学", "question.passed_on", "您的问题已转给东莞市科协：线上活动要写地点吗") in worked()
    with pytest.raises(NotAllowed):
        answer_question(question, "写校门口。", by=desk.town_office, at=NOON)


def test_above_the_nation_there_is_nobody_to_pass_it_to(desk):
    question = ask(subject="总则", text="？", by=desk.province_office, at=NOON)
    nation = an_actor(desk.nation, Role.COORDINATOR)
    with pytest.raises(NotAllowed, match="之上没有统筹单位，不能再转"):
        pass_on_question(question, by=nation, at=NOON)
    with pytest.raises(NotAllowed, match="问题没有地方可送"):
        ask(subject="总则", text="？", by=nation, at=NOON)


def test_of_two_who_answer_at_once_one_wins(desk, question):
    seen = Question.objects.get(pk=question.pk)
    pass_on_question(question, by=desk.town_office, at=NOON)
    with pytest.raises(StaleState):
        answer_question(seen, "写网址。", by=desk.town_office, at=NOON)
    with pytest.raises(StaleState):
        answer_question(question, "写网址。", expected_version=1, by=desk.city_office, at=NOON)
    assert [kind for _u, kind, _t in thread(question)] == ["question", "passed_on"]


def test_a_word_more_does_not_send_a_waiting_question_to_the_end_of_the_queue(desk, question):
    since = question.turn_since
    add_to_question(question, "另外，时间呢？", by=desk.teacher, at=NOON.replace(hour=18))
    assert question.turn_since == since
    assert queries.to_answer(desk.town_office) == 1


@pytest.mark.parametrize(
    ("subject", "text", "field"),
    [("", "x", "subject"), ("长" * 121, "x", "subject"), ("x", " ", "text"), ("x", "长" * 4001, "text")],
)
def test_a_question_needs_its_words(desk, subject, text, field):
    with pytest.raises(Incomplete) as refusal:
        ask(subject=subject, text=text, by=desk.teacher, at=NOON)
    assert [reason.field for reason in refusal.value.reasons] == [field]


def test_only_the_two_units_speak_and_only_in_their_posts(desk, question):
    auditor = an_actor(desk.school, Role.AUDITOR)
    for act, by in (
        (answer_question, desk.city_office), (answer_question, an_actor(desk.town, Role.FILER)), (answer_question, desk.teacher),
        (add_to_question, desk.town_office), (add_to_question, auditor),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act(question, "x", by=by, at=NOON)
    with pytest.raises(NotAllowed):
        close_question(question, by=desk.town_office, at=NOON)  # not before it is answered
    with pytest.raises(NotAllowed):
        ask(subject="x", text="y", by=auditor, at=NOON)
    assert len(thread(question)) == 1
