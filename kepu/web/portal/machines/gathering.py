"""A page of activities with all that the public may know of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities.lines import Line
from kepu.activities.models import Publication
from kepu.core.calendar import day_of, start_of_day
from kepu.notices.models import Season
from kepu.web.portal.activities import finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.finding import Found
from kepu.web.portal.machines.problems import not_understood
from kepu.web.portal.machines.question import Question


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines whose publications are whole, each activity once, and the question for what follows (None at the end)."""

    lines: Sequence[Line] = ()
    after: Asked | None = None


def gather(question: Question, *, at: datetime, size: int) -> Gathered:
    """The page that is asked for. Two queries where only place and time are asked, else three; by days four.

    Raises :class:`Problem` for a cursor that leads nowhere.
    """
    if question.season is None:
        return Gathered()
    found = _found(question.asked, question, at=at, size=size)
    return Gathered(whole(once(found.items)), following(question.asked, found.next))


def gather_for_calendar(question: Question, *, at: datetime, size: int) -> Gathered:
    """The same with what began earlier and is on today, where no day is asked for: it belongs on a calendar.

    Three queries where only a place is asked, else six at most.
    """
    asked = question.asked
    if question.season is None or asked.cursor or asked.when or asked.day:
        return gather(question, at=at, size=size)
    running = _found(asked.but(when="today"), question, at=at, size=size)
    found = _found(asked, question, at=at, size=size)
    return Gathered(whole(once([*running.items, *found.items])), following(asked, found.next))


def by_news(question: Question) -> Question:
    """The same question with what is new first, where it asks for no other order: for who reads a list again and again."""
    asked = question.asked
    if asked.sort or asked.near or asked.when or asked.day:
        return question
    return replace(question, asked=replace(asked, sort="new"))


def once(lines: Sequence[Line]) -> list[Line]:
    """Each activity on its first line: a list by days may have it on several."""
    return list({line.publication.pk: line for line in reversed(lines)}.values())[::-1]


def whole(lines: Sequence[Line]) -> list[Line]:
    """The lines with whole copies: lists load few columns of theirs, and each other one would cost a query a line.

    One query, none where there is no line.
    """
    pks = [line.publication.pk for line in lines]
    copies = {copy.pk: copy for copy in Publication.objects.filter(pk__in=pks).order_by()}
    found = ((line, copies.get(line.publication.pk)) for line in lines)
    return [
        replace(line, publication=copy) for line, copy in found if copy is not None
    ]  # the rest was withdrawn


def following(asked: Asked, cursor: str) -> Asked | None:
    """The same question from where a page ended."""
    return replace(asked, cursor=cursor) if cursor else None


def updated(season: Season | None, lines: Sequence[Line], at: datetime) -> datetime:
    """When anything that a page says was last changed; an empty one is as old as its season's first day."""
    changes = [line.publication.updated_at for line in lines]
    return max(changes) if changes else start_of_day(season.first_day if season else day_of(at))


def _found(asked: Asked, question: Question, *, at: datetime, size: int) -> Found:
    assert question.season is not None
    found = finding.find(asked, question.season, question.place, at=at, size=size)
    # behind a cursor of ours there is always something before; without it the cursor was not understood, and a program
    # that follows it would read the first page for ever
    if asked.cursor and found.items and not found.previous:
        raise not_understood([_("“cursor”看不懂，或者条件变了。请去掉它，从第一页取起。")])
    return found
