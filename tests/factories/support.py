"""Something in each corner of the support desk: a question, an answer for all, a training, a report of an error."""

from datetime import timedelta
from uuid import uuid4

from kepu.orgs.actor import Actor
from kepu.support.actions import About, Plan, announce_training, ask, report_error, share_answer
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator

AT = china(2023, 8, 20)
STARTS = china(2023, 9, 12, 9)
PLAN = Plan(
    "填报培训", STARTS, STARTS + timedelta(hours=2), STARTS - timedelta(days=2), venue="市科学馆", link="https://meeting.example.cn/1", cap=40,
    text="讲怎么填报活动。",
)  # fmt: skip


def a_question(world, *, subject="线上活动要写地点吗", text="直播没有场地。"):
    """The school asks the town."""
    return ask(subject=subject, text=text, by=world.filer, at=AT)


def an_answer(world, *, public=True, question="线上活动要写地点吗？"):
    """The city's, for everybody below."""
    by = a_coordinator(world.city_office)
    return share_answer(
        world.city, question=question, answer="写直播平台的名称和网址。", public=public, by=by, at=AT
    )


def a_training(world, plan=PLAN):
    """The city's, for everybody below."""
    return announce_training(world.city, plan, by=a_coordinator(world.city_office), at=AT)


def an_error_report(
    season, host, reviewer=None, *, about=7, words="海报上写的是上午。", contact="13912345678"
):
    """By somebody from the street, about an activity of the host."""
    return report_error(
        About(about, "走进中医药", season, host, reviewer), key=uuid4(), wrong="time", words=words, contact=contact,
        by=Actor(person_id=None, person_name="", unit=None), at=AT,
    )  # fmt: skip


def help_for(world):
    """By the beginnings of the names of their pages."""
    return {
        "help-question": a_question(world),
        "help-answer": an_answer(world),
        "help-training": a_training(world),
        "help-error-report": an_error_report(world.season, world.school, world.city_office),
    }
