"""Announcing a training, changing and cancelling it; signing people up, never more than there are seats."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Term, Vocabulary
from kepu.support import rules
from kepu.support.actions.telling import What, begin
from kepu.support.models import SignUp, Training
from kepu.support.workflow import Event

MOST = 100_000  # people


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training is to be: what the announcer fills in."""

    title: str
    starts_at: datetime
    ends_at: datetime
    sign_up_until: datetime
    text: str = ""
    venue: str = ""
    link: str = ""
    cap: int | None = None


@transaction
def announce_training(
    node: Place | Line, plan: Plan, *, kinds: tuple[str, ...] = (), by: Actor, at: datetime
) -> Training:
    """Announce a training to the units of a place or a line, of some kinds or of all; the worker tells them."""
    rules.check_keep(by, node)
    assert by.unit is not None
    reasons = list(_wrong_with(plan, at))
    known = Term.objects.filter(vocabulary=Vocabulary.UNIT_KIND, code__in=kinds).count()
    if known != len(set(kinds)):
        reasons.append(Reason(_("请从名单里选单位类别。"), "kinds"))
    if reasons:
        raise Incomplete(reasons=reasons)
    is_place = isinstance(node, Place)
    training = Training.objects.create(
        unit=by.unit, place_path=node.path if is_place else "", line_path="" if is_place else node.path,
        kinds=sorted(set(kinds)), announced_at=at, **asdict(plan),
    )  # fmt: skip
    audit.record(
        Event.TRAINING_ANNOUNCED, training, by=by, at=at, node=node.code, title=plan.title, cap=plan.cap
    )
    begin(training, What.ANNOUNCED, at=at)
    return training


@transaction
def change_training(
    training: Training, plan: Plan, *, expected_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Change when, where, or for how many; those signed up are told. Seats that are taken stay taken."""
    rules.check_lead(by, training)
    if reasons := list(_wrong_with(plan, at)):
        raise Incomplete(reasons=reasons)
    if expected_version not in (None, training.version):
        raise StaleState
    here = Training.objects.filter(pk=training.pk, version=training.version, cancelled_at=None)
    if plan.cap is not None:
        here = here.filter(taken__lte=plan.cap)
    if not here.update(version=F("version") + 1, **asdict(plan)):
        training.refresh_from_db()
        if plan.cap is not None and training.taken > plan.cap:
            raise Incomplete(
                reasons=[
                    Reason(_("已经有 %(n)d 人报名，名额不能少于这个数。") % {"n": training.taken}, "cap")
                ]
            )
        raise StaleState
    training.refresh_from_db()
    audit.record(
        Event.TRAINING_CHANGED,
        training,
        by=by,
        at=at,
        title=plan.title,
        starts_at=plan.starts_at,
        cap=plan.cap,
    )
    begin(training, What.CHANGED, at=at)


@transaction
def cancel_training(training: Training, reason: str, *, by: Actor, at: datetime) -> None:
    """Call a training off; those signed up are told, with the reason."""
    rules.check_lead(by, training)
    reason = reason.strip()
    if not reason or len(reason) > 300:
        raise Incomplete(reasons=[Reason(_("请写明为什么取消，300 字以内；报了名的单位会看到。"), "reason")])
    here = Training.objects.filter(pk=training.pk, cancelled_at=None)
    if not here.update(cancelled_at=at, reason=reason, version=F("version") + 1):
        raise StaleState
    training.refresh_from_db()
    audit.record(Event.TRAINING_CANCELLED, training, by=by, at=at, title=training.title, reason=reason)
    begin(training, What.CANCELLED, at=at)


@transaction
def sign_up(training: Training, people: int, *, by: Actor, at: datetime) -> int:
    """Send so many people; the number replaces the one before, 0 signs off. Returns how many seats are taken then.

    Two units that take the last seat at once: one gets it, the other a sentence.
    """
    rules.check_sign_up(by, training, at)
    assert by.unit is not None
    if not 0 <= people <= MOST:
        raise Incomplete(reasons=[Reason(_("人数写 0 到 %(n)d；0 是不去了。") % {"n": MOST}, "people")])
    now = Training.objects.select_for_update().get(pk=training.pk)  # one after another from here on
    rules.check_sign_up(by, now, at)  # it may have been cancelled or changed since it was looked at
    ours = SignUp.objects.filter(training=now, unit=by.unit).first()
    before = ours.people if ours else 0
    _take_seats(now, people - before)
    if people:
        SignUp.objects.update_or_create(
            training=now,
            unit=by.unit,
            defaults={"people": people},
            create_defaults={"people": people, "at": at},
        )
    elif ours:
        ours.delete()
    if people != before:
        event = Event.TRAINING_SIGNED_UP if people else Event.TRAINING_SIGNED_OFF
        audit.record(event, now, by=by, at=at, title=now.title, people=people, before=before)
    training.refresh_from_db()
    return training.taken


@in_transaction
def _take_seats(training: Training, more: int) -> None:
    """The database itself keeps the promise: no row is updated where the seats would not do."""
    if not more:
        return
    here = Training.objects.filter(pk=training.pk)
    if more > 0:
        here = here.filter(Q(cap=None) | Q(taken__lte=F("cap") - more))
    if not here.update(taken=F("taken") + more):
        left = (training.cap or 0) - training.taken
        sentence = _("名额已满。") if left <= 0 else _("只剩 %(n)d 个名额。") % {"n": left}
        raise NotAllowed(
            reasons=[
                Reason(sentence + _("要加人，请联系“%(unit)s”。") % {"unit": training.unit.name}, "people")
            ]
        )


def _wrong_with(plan: Plan, at: datetime) -> Iterator[Reason]:
    if not plan.title.strip() or len(plan.title) > 120:
        yield Reason(_("请写明培训名称，120 字以内。"), "title")
    if plan.starts_at <= at:
        yield Reason(_("开始时间已经过了。请写将来的时间。"), "starts_at")
    if plan.ends_at <= plan.starts_at:
        yield Reason(_("结束时间应晚于开始时间。"), "ends_at")
    if plan.sign_up_until > plan.starts_at:
        yield Reason(_("报名截止不能晚于培训开始。"), "sign_up_until")
    if not (plan.venue.strip() or plan.link):
        yield Reason(_("请写地点，或者线上网址。"), "venue")
    if plan.link and not _is_link(plan.link):
        yield Reason(_("网址要以 https:// 开头，例如 https://meeting.example.cn/123。"), "link")
    if plan.cap is not None and not 1 <= plan.cap <= MOST:
        yield Reason(_("名额写 1 到 %(n)d；不限名额就空着。") % {"n": MOST}, "cap")
    if len(plan.text) > 4000:
        yield Reason(_("说明最多 4000 字。"), "text")


def _is_link(text: str) -> bool:
    """A public https page: what a whole county opens must not lead into somebody's own network."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    if (
        parts.scheme != "https"
        or "@" in parts.netloc
        or "." not in host
        or any(c.isspace() for c in text)
        or len(text) > 300
    ):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
