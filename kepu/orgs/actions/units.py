"""Registering units, and what they bear: titles, seats, coordination."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason
from kepu.core.sheets import Suggestions
from kepu.orgs import queries, rules
from kepu.orgs.actions.history import register_in_history
from kepu.orgs.actions.receiving import send_anew
from kepu.orgs.actions.traits import retrait, retrait_under
from kepu.orgs.actor import Actor
from kepu.orgs.credit_code import is_credit_code
from kepu.orgs.models import Coordination, Designation, Line, Membership, Place, Unit, Vocabulary
from kepu.orgs.unit_rows import unknown_word
from kepu.orgs.workflow import Event


@transaction
def register_unit(
    *, code: str, name: str, kind: str, place: Place, line: Line | None = None, credit_code: str = "",
    made_up: bool = False, by: Actor, at: datetime,
) -> Unit:  # fmt: skip
    """Enter a unit under a place and, if it has one, a line. Its code and its credit code are its own."""
    rules.check_register(by, place, line)
    check_particulars(code=code, name=name, credit_code=credit_code)
    check_term(Vocabulary.UNIT_KIND, kind, field="kind")
    _check_free(code, credit_code)
    unit = new_unit(
        code=code, name=name, kind=kind, place=place, line=line, credit_code=credit_code, made_up=made_up
    )
    try:
        unit.save()
    except IntegrityError:  # somebody was faster with the same code
        raise _taken("code", code) from None
    retrait([unit], day=day_of(at))
    audit.record(Event.UNIT_REGISTERED, unit, by=by, at=at, code=code)
    register_in_history(unit, by=by, at=at)
    return unit


@transaction
def designate(
    holder: Unit | Place,
    code: str,
    *,
    since: date | None = None,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> Designation:
    """Enter a title of a unit or of a whole place; ``until`` is its last day.

    Idempotent on the title and its first day: given again, its last day is corrected, which also ends it.
    """
    if isinstance(holder, Place):
        rules.check_designate_place(by, holder)
    else:
        rules.check_change_unit(by, holder)
    check_term(Vocabulary.DESIGNATION, code, field="code")
    _check_days(since, until)
    whose = {"place": holder} if isinstance(holder, Place) else {"unit": holder}
    designation, _new = Designation.objects.update_or_create(
        **whose, code=code, since=since, defaults={"until": until}
    )
    if isinstance(holder, Place):
        retrait_under(holder.path, day=day_of(at))
    else:
        retrait([holder], day=day_of(at))
    audit.record(Event.DESIGNATED, holder, by=by, at=at, code=code, since=since, until=until)
    return designation


@transaction
def add_membership(
    unit: Unit, body: str, *, since: date | None = None, until: date | None = None, by: Actor, at: datetime
) -> Membership:
    """Give a unit its seat in a body; ``until`` is its last day. Idempotent: given again, the days are corrected."""
    rules.check_change_unit(by, unit)
    check_term(Vocabulary.BODY, body, field="body")
    _check_days(since, until)
    membership, _new = Membership.objects.update_or_create(
        unit=unit, body=body, defaults={"since": since, "until": until}
    )
    retrait([unit], day=day_of(at))
    audit.record(Event.MEMBERSHIP_ADDED, unit, by=by, at=at, body=body, since=since, until=until)
    return membership


@transaction
def name_coordinator(unit: Unit, node: Place | Line, *, by: Actor, at: datetime) -> Coordination:
    """Let a unit coordinate a place or a line, in the stead of whoever did. Idempotent."""
    rules.check_name_coordinator(by, node)
    which = {"place": node} if isinstance(node, Place) else {"line": node}
    type(node).objects.select_for_update().get(pk=node.pk)  # one naming at a time
    before = Coordination.objects.filter(**which).select_related("unit").first()
    if before is not None and before.unit_id == unit.pk:
        return before
    coordination, _new = Coordination.objects.update_or_create(**which, defaults={"unit": unit})
    retrait([unit, *([before.unit] if before else [])], day=day_of(at))
    send_anew(node)
    audit.record(
        Event.COORDINATOR_NAMED, unit, by=by, at=at, of=node._meta.model_name, code=node.code,
        before=before.unit_id if before else None,
    )  # fmt: skip
    return coordination


def new_unit(
    *,
    code: str,
    name: str,
    kind: str,
    place: Place,
    line: Line | None,
    credit_code: str,
    made_up: bool = False,
) -> Unit:
    """A unit with its copies of place and line, not yet saved."""
    return Unit(
        code=code, name=name, kind=kind, credit_code=credit_code or None, made_up=made_up,
        place=place, place_path=place.path, place_kind=place.kind, level=place.level,
        line=line, line_path=line.path if line else "",
    )  # fmt: skip


def check_particulars(*, code: str, name: str, credit_code: str) -> None:
    """Raise :class:`Incomplete` with every particular that cannot be right."""
    reasons = []
    if not code or len(code) > 40 or not all(c.isalnum() or c in "-_." for c in code):
        reasons.append(
            Reason(
                _("编号“%(code)s”不能用。编号只用文字、数字、横线和点，最多 40 个字符。") % {"code": code},
                "code",
            )
        )
    if not name or len(name) > 120:
        reasons.append(Reason(_("单位名称空着或超过 120 字。请填写全称。"), "name"))
    if credit_code and not is_credit_code(credit_code):
        reasons.append(
            Reason(
                _("统一社会信用代码“%(code)s”不对：应为 18 位，且与末位校验码相符。请对照证书核对。")
                % {"code": credit_code},
                "credit_code",
            )
        )
    if reasons:
        raise Incomplete(reasons=reasons)


def check_term(vocabulary: Vocabulary, code: str, *, field: str) -> None:
    """Raise :class:`Incomplete` for a word that the vocabulary does not have, with the nearest it has."""
    known = list(queries.terms(vocabulary).values_list("code", flat=True))
    if code not in known:
        raise Incomplete(reasons=[Reason(unknown_word(vocabulary, code, Suggestions(known)), field)])


@in_transaction
def _check_free(code: str, credit_code: str) -> None:
    same = Unit.objects.filter(code=code)
    if same.exists():
        raise _taken("code", code)
    if credit_code and (other := Unit.objects.filter(credit_code=credit_code).first()):
        raise Incomplete(reasons=[Reason(credit_code_taken(credit_code, other.name), "credit_code")])


def credit_code_taken(credit_code: str, name: str) -> str:
    return _("统一社会信用代码 %(code)s 已登记给“%(name)s”。一个单位只登记一次，请核对。") % {
        "code": credit_code,
        "name": name,
    }


def _taken(field: str, code: str) -> Incomplete:
    sentence = _("编号 %(code)s 已经有单位在用。请换一个编号，或查看那个单位是否就是它。") % {"code": code}
    return Incomplete(reasons=[Reason(sentence, field)])


def _check_days(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise Incomplete(reasons=[Reason(_("截止日期早于起始日期。请改正。"), "until")])
