"""Reads: what a unit has received, what became of a notice that was sent, what a receipt proves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of, start_of_day
from kepu.core.models import AuditEntry
from kepu.notices import rules
from kepu.notices.format.writing import write_notice
from kepu.notices.inheritance import ClauseView
from kepu.notices.models import Delivery, Notice, Sending, SendingKind, SentFile
from kepu.notices.queries.notices import clauses_of, file_of
from kepu.notices.rulebook import profile_of, rule_book
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Unit
from kepu.orgs.workflow import LEVELS

RECEIVED_ORDER = ("step", "-sent_at", "-id")
STEP_ORDER = ("part", "id")
FORWARDING_ORDER = ("id",)
SENT_ORDER = ("-id",)


class Step(StrEnum):
    """How far a unit has come with a notice."""

    UNOPENED = "unopened"
    OPENED = "opened"
    RECEIVED = "received"


_AT_STEP = {
    Step.UNOPENED: Q(opened_at=None),
    Step.OPENED: Q(opened_at__isnull=False, received_at=None),
    Step.RECEIVED: Q(received_at__isnull=False),
}


def step_of(delivery: Delivery) -> Step:
    """How far the unit has come."""
    if delivery.received_at is not None:
        return Step.RECEIVED
    return Step.UNOPENED if delivery.opened_at is None else Step.OPENED


def received(actor: Actor) -> QuerySet[Delivery]:
    """The notices sent to the unit acted for, those not yet opened first; page by :data:`RECEIVED_ORDER`. One query."""
    steps = [When(condition, then=Value(n)) for n, condition in enumerate(_AT_STEP.values())]
    rows = rules.received_by(actor).annotate(step=Case(*steps, output_field=IntegerField()))
    return rows.select_related("notice__season", "forwarded_from__unit")


def to_receive(actor: Actor) -> int:
    """How many notices the unit acted for has not received yet. One query."""
    return rules.received_by(actor).filter(received_at=None).count()


def delivery_to(actor: Actor) -> QuerySet[Delivery]:
    """The deliveries to the unit acted for, with what a page and the acts ask of them."""
    return rules.received_by(actor).select_related(
        "unit", "notice__season", "notice__place", "notice__line", "forwarded_from__unit", "opened_by", "received_by"
    )  # fmt: skip


def delivery_in_scope(actor: Actor) -> QuerySet[Delivery]:
    """The deliveries whose receipt an actor may see: the unit's own, and those of notices it may look after."""
    mine = Q(unit_id=actor.unit_id) if actor.unit_id else Q(pk__in=[])
    scope = Q() if actor.is_system else mine | Q(notice__in=rules.sent_by(actor))
    return Delivery.objects.filter(scope).select_related(
        "unit", "notice__season", "forwarded_from__unit", "opened_by", "received_by"
    )


def sent_notices(actor: Actor) -> QuerySet[Notice]:
    """The notices whose deliveries an actor may look at, with how many units each reached; page by :data:`SENT_ORDER`.

    One query.
    """
    delivering = Q(sendings__kind__in=[SendingKind.SEND, SendingKind.FORWARD])
    rows = rules.sent_by(actor).select_related("season", "place", "line", "issuer_unit")
    return rows.annotate(reached=Coalesce(Sum("sendings__reached", filter=delivering), 0))


def clauses_binding(notice: Notice, unit: Unit) -> list[ClauseView]:
    """The clauses of a notice that bind a unit, as the text goes. No query once the season's book is warm."""
    who, paths = profile_of(unit), rule_book(notice.season).paths
    return [
        clause for clause in clauses_of(notice)
        if who.place.startswith(clause.reach) and who.line.startswith(clause.notice.line) and clause.audience.binds(who, paths)
    ]  # fmt: skip


def deliveries_at(notice: Notice, step: Step, part: str | None = None) -> QuerySet[Delivery]:
    """Who has come how far with a notice, in one part of its area where one is named; page by :data:`STEP_ORDER`."""
    rows = Delivery.objects.filter(_AT_STEP[step], notice=notice)
    return rows.filter(part=part) if part is not None else rows


def to_remind(notice: Notice, which: SendingKind, at: datetime) -> QuerySet[Delivery]:
    """Whom a reminder would reach: those who have not opened, or not received, and were not reminded on the day."""
    waiting = Q(opened_at=None) if which == SendingKind.UNOPENED else Q(received_at=None)
    not_today = Q(reminded_at=None) | Q(reminded_at__lt=start_of_day(day_of(at)))
    return Delivery.objects.filter(waiting, not_today, notice=notice)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of some deliveries were sent, opened, received, and came by forwarding."""

    sent: int = 0
    opened: int = 0
    received: int = 0
    forwarded: int = 0

    @property
    def unopened(self) -> int:
        return self.sent - self.opened

    @property
    def unreceived(self) -> int:
        return self.opened - self.received

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.sent + other.sent,
            self.opened + other.opened,
            self.received + other.received,
            self.forwarded + other.forwarded,
        )


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """What became of a notice: in all, by level from the nation down, and by the places directly below its own."""

    total: Counted
    by_level: tuple[tuple[str, Counted], ...]
    by_part: tuple[tuple[str, Counted], ...]  # paths; "" is the notice's own place


def delivery_counts(notice: Notice) -> DeliveryCounts:
    """One query, one pass over one index, however many there are."""
    rows = Delivery.objects.filter(notice=notice).order_by().values("part", "level")
    counted = rows.annotate(
        sent=Count("*"), opened=Count("opened_at"), received=Count("received_at"), forwarded=Count("forwarded_from")
    )  # fmt: skip
    levels: dict[str, Counted] = {}
    parts: dict[str, Counted] = {}
    for row in counted:
        n = Counted(row["sent"], row["opened"], row["received"], row["forwarded"])
        levels[row["level"]] = levels.get(row["level"], Counted()) + n
        parts[row["part"]] = parts.get(row["part"], Counted()) + n
    ranks = {str(level): rank for rank, level in enumerate(LEVELS)}
    return DeliveryCounts(
        sum(levels.values(), Counted()),
        tuple(sorted(levels.items(), key=lambda pair: ranks.get(pair[0], len(ranks)))),
        tuple(sorted(parts.items())),
    )


def parts_named(paths: Iterable[str]) -> dict[str, Place]:
    """Places by path. One query."""
    return {place.path: place for place in Place.objects.filter(path__in=[p for p in paths if p])}


def forwarding(notice: Notice) -> QuerySet[Delivery]:
    """The units that forwarded a notice; page by :data:`FORWARDING_ORDER`. One query."""
    return Delivery.objects.filter(notice=notice, forwards__gt=0).select_related("unit")


def forwarded_counts(deliveries: Iterable[Delivery]) -> dict[int, Counted]:
    """What became of what some units forwarded directly, by their deliveries' ids. One query."""
    ids = [d.pk for d in deliveries]
    rows = Delivery.objects.filter(forwarded_from__in=ids).order_by().values("forwarded_from")
    counted = rows.annotate(sent=Count("*"), opened=Count("opened_at"), received=Count("received_at"))
    found = {
        row["forwarded_from"]: Counted(row["sent"], row["opened"], row["received"], row["sent"]) for row in counted
    }  # fmt: skip
    return {pk: found.get(pk, Counted()) for pk in ids}


def sendings_of(notice: Notice, most: int = 10) -> list[Sending]:
    """The last sendings and reminders of a notice, newest first. One query."""
    return list(Sending.objects.filter(notice=notice).select_related("file").order_by("-pk")[:most])


class Verdict(StrEnum):
    """What checking one thing of a receipt came to."""

    HOLDS = "holds"
    DIFFERS = "differs"  # worth knowing, nothing wrong
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing of a receipt that was checked now, in a sentence."""

    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a delivery's receipt (送达回执) says, and what of it can be proved now."""

    delivery: Delivery
    number: int | None  # which wording of the notice was sent
    wordings: int  # how many there have been
    is_kept: bool  # the file is kept, and its digest is the one of the delivery
    is_current: bool  # the notice still reads as it was sent
    trace: AuditEntry | None  # of the receiving
    is_traced: bool  # the trace holds: its hash is that of its content, which names this digest

    @property
    def holds(self) -> bool:
        return self.is_kept and (self.delivery.received_at is None or self.is_traced)

    def proofs(self) -> list[Proof]:
        """What was checked: the kept file, the notice as it reads now, and the trace where it was received."""
        kept = _("送达的文件原样保存着，是这份通知发出的第 %(number)s 版（共 %(wordings)s 版），摘要相符。")
        said = [
            Proof(Verdict.HOLDS, kept % {"number": self.number, "wordings": self.wordings})
            if self.is_kept
            else Proof(Verdict.BROKEN, _("保存的文件和摘要对不上。请联系系统管理员核查留痕。")),
            Proof(Verdict.HOLDS, _("现在的通知和送达时一字不差。"))
            if self.is_current
            else Proof(Verdict.DIFFERS, _("送达以后，通知的内容改过。送达的那一版仍可下载。")),
        ]
        if self.delivery.received_at is not None:
            said.append(
                Proof(Verdict.HOLDS, _("签收的留痕完好，记的是同一个人、同一时间、同一份文件。"))
                if self.is_traced
                else Proof(Verdict.BROKEN, _("签收的留痕对不上。请联系系统管理员核查留痕。"))
            )
        return said


def receipt_of(delivery: Delivery) -> Receipt:
    """The receipt of a delivery, checked against the kept file, the notice as it reads now and the trace. Five queries."""
    files = list(SentFile.objects.filter(notice_id=delivery.notice_id).order_by("number"))
    file = next((f for f in files if f.digest == delivery.digest), None)
    trace = audit.of(delivery).filter(event="delivery.received").first()
    traced = (
        trace is not None
        and audit.digest(trace) == trace.hash
        and trace.detail.get("digest") == delivery.digest
        and (trace.at, trace.person_id) == (delivery.received_at, delivery.received_by_id)
    )
    return Receipt(
        delivery, file.number if file else None, len(files),
        file is not None and hashlib.sha256(file.text.encode()).hexdigest() == delivery.digest,
        is_as_sent(delivery), trace, traced,
    )  # fmt: skip


def is_as_sent(delivery: Delivery) -> bool:
    """Whether the notice still reads as it was sent to the unit. One query."""
    now = write_notice(file_of(delivery.notice))
    return hashlib.sha256(now.encode()).hexdigest() == delivery.digest


def file_sent(delivery: Delivery) -> SentFile | None:
    """The notice's file as it was sent to a unit. One query."""
    return SentFile.objects.filter(notice_id=delivery.notice_id, digest=delivery.digest).first()
