"""Save what is being written, hand in, amend, send back, accept, release."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.notices.duties import Owed
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force, snapshot_id
from kepu.orgs.actor import Actor
from kepu.orgs.coming_rules import check_goes_on
from kepu.orgs.models import Unit
from kepu.returns import checking, drawing, messages, rules
from kepu.returns.checking import Content
from kepu.returns.delegation_rules import check_write_duty
from kepu.returns.models import Delegation, Return, ReturnVersion
from kepu.returns.receivers import receiver_of
from kepu.returns.sealing import SEAL, digest_of
from kepu.returns.tallying import count_change, counted
from kepu.returns.workflow import AMENDABLE, HANDED, Event, State

Texts = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


@transaction
def save_return(
    unit: Unit, season: Season, duty: str, *, sections: Texts | None = None, rows: Rows = (), parts: Texts | None = None,
    channels: Sequence[str] = (), by: Actor, at: datetime, expected_version: int = 0,
) -> Return:  # fmt: skip
    """Keep what a unit is writing, whatever is still missing. Nobody else sees it before it is handed in.

    ``expected_version`` is the version the page was drawn from, 0 for none: whoever saw an older one gets StaleState.
    """
    delegation = check_write_duty(by, unit, season, duty, at=at)
    rules.check_open(season)
    row = _seen(unit, season, duty, expected_version)
    owed, _in_force = asked(unit, season, duty, at)
    state = State(row.state) if row.pk else State.OPEN
    to = State.RETURNED if state is State.RETURNED else State.DRAFTING
    if state in AMENDABLE:
        raise NotAllowed(_("“%(title)s”已经报送。要改动，请用“修改后重报”。") % {"title": owed.title})
    content = checking.cleaned(sections or {}, rows, parts or {}, channels)
    values = {**_content(content), **_about(owed, unit)}
    _write(row, to, Event.DRAFTED, values, by=by, at=at, **_through(delegation))
    return row


@transaction
def hand_in_return(
    unit: Unit, season: Season, duty: str, *, sections: Texts | None = None, rows: Rows = (), parts: Texts | None = None,
    channels: Sequence[str] = (), by: Actor, at: datetime, expected_version: int = 0,
) -> Return:  # fmt: skip
    """Hand in what a unit owes, with the figures as of now frozen beside it. Late is accepted and marked.

    Handed in again after it was sent back, it is late only if the first time was. Raises :class:`Incomplete` with
    every part and column that is missing, :class:`StaleState` where the page was older than the return.
    """
    delegation = check_write_duty(by, unit, season, duty, at=at)
    rules.check_open(season)
    row = _seen(unit, season, duty, expected_version)
    if row.pk and row.state in AMENDABLE:
        raise NotAllowed(_("“%(title)s”已经报送。要改动，请用“修改后重报”。") % {"title": row.title})
    owed, in_force = asked(unit, season, duty, at)
    rules.check_begun(owed, at=at)
    content = checking.cleaned(sections or {}, rows, parts or {}, channels)
    checking.check(content, owed, in_force)
    values = _about(owed, unit)
    if not row.pk or row.state not in HANDED:
        values |= _in_time(owed, at)
    through = _through(delegation)
    _hand_in(
        row,
        Event.HANDED_IN,
        content,
        in_force,
        values,
        through=through,
        unit=unit,
        season=season,
        by=by,
        at=at,
    )
    return row


@transaction
def amend_return(
    row: Return, *, sections: Texts | None = None, rows: Rows = (), parts: Texts | None = None,
    channels: Sequence[str] = (), note: str = "", by: Actor, at: datetime, expected_version: int,
) -> Return:  # fmt: skip
    """Hand in a better version of what stands handed in or accepted; the versions before stay as they were (DG-59).

    ``note`` says what is new. The figures are taken as of now. What was in time stays in time.
    """
    unit, season = row.unit, row.season
    delegation = check_write_duty(by, unit, season, row.duty, at=at)
    rules.check_open(season)
    row = _seen(unit, season, row.duty, expected_version)
    if row.state not in AMENDABLE:
        raise StaleState()
    owed, in_force = asked(unit, season, row.duty, at)
    content = checking.cleaned(sections or {}, rows, parts or {}, channels)
    checking.check(content, owed, in_force)
    values = {**_about(owed, unit), "amended_at": at, "accepted_at": None}
    through = _through(delegation)
    _hand_in(
        row, Event.AMENDED, content, in_force, values, note=note, through=through, unit=unit, season=season, by=by, at=at
    )  # fmt: skip
    return row


@transaction
def return_return(
    row: Return, *, reason: str, by: Actor, at: datetime, expected_version: int | None = None
) -> Return:
    """Send a return back to its unit with a reason. It keeps its place: handed in again it is no later than before."""
    rules.check_receive(by, row)
    _check_version(row, expected_version)
    rules.check_move(row, State.RETURNED)
    values = {"reason": _reason(reason, _("请写明退回的原因，让报送单位知道要改什么。"))}
    _write(row, State.RETURNED, Event.RETURNED, values, by=by, at=at)
    messages.returned(row, at=at)
    return row


@transaction
def accept_return(row: Return, *, by: Actor, at: datetime, expected_version: int | None = None) -> Return:
    """Accept a return: the unit has its receipt."""
    rules.check_receive(by, row)
    _check_version(row, expected_version)
    rules.check_move(row, State.ACCEPTED)
    _write(row, State.ACCEPTED, Event.ACCEPTED, {"accepted_at": at}, by=by, at=at)
    messages.accepted(row, at=at)
    return row


@transaction
def release_duty(unit: Unit, season: Season, duty: str, *, reason: str, by: Actor, at: datetime) -> Return:
    """Let a unit off a duty it has not handed in. It still may; what it has drafted is kept."""
    owed, _in_force = asked(unit, season, duty, at)
    rules.check_release(by, unit, owed)
    row = _row(unit, season, duty)
    if row.pk and row.state in HANDED:
        raise NotAllowed(_("“%(title)s”已经报送，不用再免除。") % {"title": owed.title})
    values = {"reason": _reason(reason, _("请写明免报的原因。")), "released_at": at, **_about(owed, unit)}
    if not row.pk or row.state != State.RELEASED:  # idempotent
        _write(row, State.RELEASED, Event.RELEASED, values, by=by, at=at)
        messages.released(row, at=at)
    return row


def asked(unit: Unit, season: Season, duty: str, at: datetime) -> tuple[Owed, Rules]:
    """The duty as the rules in force lay it on the unit. Raises NotAllowed where none does."""
    in_force = rules_in_force(unit, season, at=at)
    for owed in rules.owed_under(in_force):
        if owed.key == duty:
            return owed, in_force
    raise NotAllowed(_("现在没有通知要求“%(unit)s”报送这一项。") % {"unit": unit.name})


def _through(delegation: Delegation | None) -> dict[str, int]:
    """What the trace says where another wrote for the unit."""
    return {"delegation": delegation.pk} if delegation is not None else {}


def _row(unit: Unit, season: Season, duty: str) -> Return:
    """The row of a duty, or a new one that is not yet written."""
    found = Return.objects.filter(season=season, unit=unit, duty=duty).first()
    if found is None or found.state not in HANDED:
        check_goes_on(unit)
    return found or Return(
        season=season, unit=unit, duty=duty, place_path=unit.place_path, line_path=unit.line_path, version=0
    )


def _seen(unit: Unit, season: Season, duty: str, expected_version: int) -> Return:
    """The row as the caller saw it. Raises StaleState where it has moved on."""
    row = _row(unit, season, duty)
    _check_version(row, expected_version)
    return row


def _check_version(row: Return, expected_version: int | None) -> None:
    if expected_version is not None and row.version != expected_version:
        raise StaleState()


def _about(owed: Owed, unit: Unit) -> dict[str, Any]:
    """What the duty says of itself: to whom it goes, and by which clause."""
    with override(settings.LANGUAGE_CODE):  # kept as the notice says it, whoever's page is open
        receiver, clause = receiver_of(owed, unit), owed.rule.clause
    return {
        "title": owed.title[:200], "receiver_id": receiver.unit_id, "receiver_name": str(receiver)[:200],
        "notice_code": clause.notice.code, "clause_code": clause.code, "cite": clause.cite[:200],
    }  # fmt: skip


def _in_time(owed: Owed, at: datetime) -> dict[str, Any]:
    """When it was first handed in, and by when it should have been."""
    with override(settings.LANGUAGE_CODE):
        words = owed.params.due.words() if owed.params.due else ""
    return {
        "handed_in_at": at, "due_at": rules.deadline_of(owed), "due_words": words[:120], "late": rules.is_late(owed, at)
    }  # fmt: skip


def _content(content: Content) -> dict[str, Any]:
    return {
        "sections": dict(content.sections), "rows": [dict(row) for row in content.rows], "parts": dict(content.parts),
        "channels": list(content.channels),
    }  # fmt: skip


def _reason(reason: str, missing: str) -> str:
    text = reason.replace("\0", "").strip()
    if not text or len(text) > 2000:
        raise Incomplete(reasons=[Reason(missing if not text else _("说明最多 2000 字。"), "reason")])
    return text


@in_transaction
def _hand_in(
    row: Return, event: Event, content: Content, in_force: Rules, values: dict[str, Any], *, through: Mapping[str, int],
    note: str = "", unit: Unit, season: Season, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Move the row with its content and figures, and keep the frozen copy."""
    frozen = {**_content(content), "figures": drawing.figures_of(unit, season, at=at)}
    values |= {
        **frozen,
        "handed": row.handed + 1,
        "reason": "",
        "released_at": None,
        "rules_id": snapshot_id(in_force),
    }
    copy: Any = {
        **frozen, "unit": unit.name, "title": values["title"], "receiver": values["receiver_name"],
        "cite": values["cite"], "notice": values["notice_code"], "clause": values["clause_code"], "rules": in_force.digest,
        "late": values.get("late", row.late), SEAL: secrets.token_hex(16),
    }  # fmt: skip
    digest = digest_of(copy)
    _write(row, State.HANDED_IN, event, values, by=by, at=at, number=row.handed + 1, digest=digest, **through)
    ReturnVersion.objects.create(
        handed_in=row, number=row.handed, content=copy, digest=digest, note=note.replace("\0", "").strip()[:2000], at=at,
        person_id=by.person_id,
    )  # fmt: skip
    if (
        row.receiver_id == unit.pk
    ):  # the city's own summary of the season: nobody else is to take it in (DG-62)
        _write(row, State.ACCEPTED, Event.ACCEPTED, {"accepted_at": at}, by=by, at=at)
    else:
        messages.handed_in(row, in_force, unit_name=unit.name, at=at)


@in_transaction
def _write(
    row: Return, to: State, event: Event, values: dict[str, Any], *, by: Actor, at: datetime, **detail: Any
) -> None:
    """Move the row only if it is still where the caller saw it; count it and trace it. Raises StaleState."""
    new = row.pk is None
    before, state, version = counted(row), State.OPEN if new else State(row.state), row.version
    if not new:
        rules.check_move(row, to)
    values |= {"state": to, "version": version + 1, "turn_since": at}
    if not new and not Return.objects.filter(pk=row.pk, version=version, state=state).update(**values):
        raise StaleState()
    for name, value in values.items():
        setattr(row, name, value)
    if new:
        try:
            row.save(force_insert=True)
        except IntegrityError:  # the same duty was begun at the same time
            raise StaleState() from None
    count_change(row, before)
    audit.record(event, row, by=by, at=at, duty=row.duty, unit=row.unit_id, before=str(state), **detail)
