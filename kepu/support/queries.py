"""Reads: whom a unit may ask and how to reach them, questions and whose turn they are, answers for all, trainings,
reports of errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kepu.core.fields import ancestors
from kepu.core.paging import Page, page
from kepu.orgs.actor import Actor
from kepu.orgs.models import Coordination, Line, Place, Role, Unit
from kepu.support import rules
from kepu.support.models import ErrorReport, OfficeContact, Question, Remark, SharedAnswer, SignUp, Training
from kepu.support.workflow import ErrorState, State


@dataclass(frozen=True, slots=True)
class Level:
    """A place or a line over a unit: who coordinates it, and how its office is reached."""

    node: Place | Line
    unit: Unit | None
    contact: OfficeContact | None

    @property
    def is_place(self) -> bool:
        return isinstance(self.node, Place)


def levels_over(place_path: str, line_path: str = "") -> list[Level]:
    """The places and lines over a unit that somebody coordinates or has a contact for: places first, nearest first.

    Two queries.
    """
    lines = [path for path in ancestors(line_path) if path != "/"]
    over = Q(place__path__in=ancestors(place_path)) | Q(line__path__in=lines)
    found: dict[tuple[bool, str], tuple[Place | Line, Unit | None, OfficeContact | None]] = {}
    for one in Coordination.objects.filter(over).select_related("unit", "place", "line"):
        node = one.place or one.line
        assert node is not None
        found[one.place_id is None, node.path] = (node, one.unit, None)
    for contact in OfficeContact.objects.filter(over).select_related("unit", "place", "line"):
        node = contact.place or contact.line
        assert node is not None
        key = (contact.place_id is None, node.path)
        unit = found[key][1] if key in found else None
        found[key] = (node, unit, contact)
    order = sorted(found, key=lambda key: (key[0], -len(key[1])))
    return [Level(*found[key]) for key in order]


def whom_to_ask(unit: Unit, *, besides: Iterable[int] = ()) -> list[Level]:
    """The nearest unit above by place, and the nearest by line where there is a line: a question goes to one of them."""
    out = {unit.pk, *besides}
    nearest: dict[bool, Level] = {}
    for level in levels_over(unit.place_path, unit.line_path):
        if level.unit is not None and level.unit.pk not in out:
            nearest.setdefault(level.is_place, level)
    return [nearest[is_place] for is_place in (True, False) if is_place in nearest]


def nodes_kept_by(actor: Actor) -> list[Place | Line]:
    """The places and lines that the actor speaks for. Two queries at most."""
    places, lines = actor.places_as(Role.COORDINATOR), actor.lines_as(Role.COORDINATOR)
    found: list[Place | Line] = []
    if places:
        found += Place.objects.filter(path__in=places).order_by("path")
    if lines:
        found += Line.objects.filter(path__in=lines).order_by("path")
    return found


def questions_to_answer(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[Question]:
    """What waits for the unit acted for, the longest first."""
    rows = Question.objects.filter(receiver_id=actor.unit_id, state=State.ASKED).select_related(
        "asker", "receiver"
    )
    return page(rows, order=("turn_since", "id"), cursor=cursor, size=size)


def questions_asked(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[Question]:
    """What the unit acted for has asked, the latest move first."""
    rows = Question.objects.filter(asker_id=actor.unit_id).select_related("asker", "receiver")
    return page(rows, order=("-turn_since", "-id"), cursor=cursor, size=size)


def questions_done(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[Question]:
    """What others asked and the unit has answered or passed on, the latest move first."""
    ours = rules.questions_visible_to(actor).exclude(asker_id=actor.unit_id)
    rows = ours.exclude(receiver_id=actor.unit_id, state=State.ASKED).select_related("asker", "receiver")
    return page(rows, order=("-turn_since", "-id"), cursor=cursor, size=size)


def remarks_of(question: Question) -> QuerySet[Remark]:
    return question.remarks.select_related("unit").order_by("at", "id")


def to_answer(actor: Actor) -> int:
    """How many questions wait for the unit acted for."""
    return Question.objects.filter(receiver_id=actor.unit_id, state=State.ASKED).count()


def answers_over(unit: Unit, *, text: str = "", cursor: str = "", size: int = 20) -> Page[SharedAnswer]:
    """The answers that hold for a unit, the newest first; with ``text``, those in which it stands."""
    return _answers(rules.answers_for(unit), text, cursor, size)


def public_answers(
    place_path: str, *, text: str = "", cursor: str = "", size: int = 20
) -> Page[SharedAnswer]:
    """What the public may read of a place's answers and of those above it, the newest first."""
    over = SharedAnswer.objects.filter(place_path__in=ancestors(place_path), public=True, withdrawn_at=None)
    return _answers(over, text, cursor, size)


def _answers(rows: QuerySet[SharedAnswer], text: str, cursor: str, size: int) -> Page[SharedAnswer]:
    if text:
        rows = rows.filter(Q(question__icontains=text) | Q(answer__icontains=text))
    return page(rows.select_related("unit"), order=("-shared_at", "-id"), cursor=cursor, size=size)


def trainings_ahead(actor: Actor, *, at: datetime, cursor: str = "", size: int = 20) -> Page[Training]:
    """Trainings not over yet that the unit acted for hears of or announced, the next first."""
    rows = rules.trainings_visible_to(actor).filter(ends_at__gt=at).select_related("unit")
    return page(rows, order=("ends_at", "id"), cursor=cursor, size=size)


def trainings_past(actor: Actor, *, at: datetime, cursor: str = "", size: int = 20) -> Page[Training]:
    rows = rules.trainings_visible_to(actor).filter(ends_at__lte=at).select_related("unit")
    return page(rows, order=("-ends_at", "-id"), cursor=cursor, size=size)


def our_sign_ups(actor: Actor, trainings: Iterable[Training]) -> dict[int, int]:
    """How many people the unit acted for sends to each of these trainings. One query."""
    if actor.unit_id is None:
        return {}
    ids = [training.pk for training in trainings]
    rows = SignUp.objects.filter(unit_id=actor.unit_id, training_id__in=ids).order_by("pk")
    return dict(rows.values_list("training_id", "people"))


def sign_ups(training: Training, *, cursor: str = "", size: int = 50) -> Page[SignUp]:
    """Who comes, in the order of signing up: for the unit that announced it."""
    return page(training.sign_ups.select_related("unit"), order=("at", "id"), cursor=cursor, size=size)


def error_reports(
    actor: Actor, *, reviewed: bool = False, done: bool = False, cursor: str = "", size: int = 20
) -> Page[ErrorReport]:
    """About what the unit acted for holds, or (``reviewed``) what it reviewed: what waits, the longest first; or what is
    done, the latest first. One index each.
    """
    whose = {"reviewer_id": actor.unit_id} if reviewed else {"host_id": actor.unit_id}
    rows = rules.error_reports_visible_to(actor).filter(**whose).select_related("host")
    if done:
        rows = rows.exclude(state=ErrorState.OPEN)
        return page(rows, order=("-reported_at", "-id"), cursor=cursor, size=size)
    return page(rows.filter(state=ErrorState.OPEN), order=("reported_at", "id"), cursor=cursor, size=size)


def errors_to_answer(actor: Actor) -> int:
    """How many reports about what the unit acted for holds wait."""
    return ErrorReport.objects.filter(host_id=actor.unit_id, state=ErrorState.OPEN).count()
