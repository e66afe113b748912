"""What an application says, and what must be right of it before anybody looks at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, Reason
from kepu.orgs import coming_queries
from kepu.orgs.actions.units import check_particulars, check_term
from kepu.orgs.models import Line, Place, Vocabulary

_PHONE = re.compile(r"\+?[0-9][0-9 \-()（）]{5,24}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: kept closed, shown to nobody but who decides."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an application says of the unit."""

    name: str
    kind: str
    place: Place
    line: Line | None = None
    credit_code: str = ""
    purpose: str = ""
    is_another: bool = False


def columns(said: Said) -> dict[str, Any]:
    return {
        "name": plain(said.name), "unit_kind": said.kind, "place": said.place, "place_path": said.place.path,
        "line": said.line, "line_path": said.line.path if said.line else "", "credit_code": said.credit_code,
        "purpose": plain(said.purpose), "is_another": said.is_another,
    }  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\0", "").strip()


def check_said(said: Said, contact: Contact, *, but: int | None = None) -> None:
    """Raise :class:`Incomplete` with everything that cannot be right, and with units that look the same."""
    reasons = [*of_contact(contact), *of_purpose(said.purpose)]
    for check in (
        lambda: check_particulars(code="x", name=plain(said.name), credit_code=said.credit_code),
        lambda: check_term(Vocabulary.UNIT_KIND, said.kind, field="kind"),
    ):
        try:
            check()
        except Incomplete as refusal:
            reasons += refusal.reasons
    raise_if(reasons or list(_of_lookalikes(said, but)))


def _of_lookalikes(said: Said, but: int | None) -> list[Reason]:
    """The same credit code is the same unit; the same name may be, and the applicant is asked."""
    found = coming_queries.lookalikes(name=said.name, place=said.place, credit_code=said.credit_code)
    reasons = [
        Reason(f"{one}{_('请改为认领这个单位。')}", "credit_code", code="lookalike")
        for one in found
        if one.by_code
    ]
    waiting = coming_queries.applications_alike(
        name=said.name, place=said.place, credit_code=said.credit_code, but=but
    )
    if said.credit_code and waiting.filter(credit_code=said.credit_code).exists():
        sentence = _("已经有人用这个统一社会信用代码提交了登记申请，正在审核。请先问本单位的同事。")
        reasons.append(Reason(sentence, "credit_code", code="waiting"))
    if reasons or said.is_another:
        return reasons
    reasons = [
        Reason(
            f"{one}{_('如果就是它，请认领；如果不是，请勾选“不是上面的单位”。')}", "name", code="lookalike"
        )
        for one in found
    ]
    if waiting.exists():
        sentence = _(
            "已经有人为同一地区的同名单位提交了登记申请，正在审核。如果不是同一个单位，请勾选“不是上面的单位”。"
        )
        reasons.append(Reason(sentence, "name", code="waiting"))
    return reasons


def of_contact(contact: Contact) -> list[Reason]:
    reasons = []
    if not plain(contact.name) or len(contact.name) > 60:
        reasons.append(Reason(_("联系人空着或超过 60 字。请填写姓名。"), "contact_name"))
    if not _PHONE.fullmatch(plain(contact.phone)):
        reasons.append(Reason(_("电话不对：写手机号，或区号和固定电话。"), "contact_phone"))
    try:
        if len(contact.email) > 120:
            raise ValidationError("")
        validate_email(plain(contact.email))
    except ValidationError:
        reasons.append(
            Reason(_("邮箱不对：应像 name@example.cn。审核结果和登录的链接会发到这里。"), "contact_email")
        )
    return reasons


def of_purpose(purpose: str) -> list[Reason]:
    if not plain(purpose) or len(purpose) > 500:
        return [Reason(_("用途空着或超过 500 字。请写一句登记以后要办什么，如填报科普日活动。"), "purpose")]
    return []


def raise_if(reasons: list[Reason]) -> None:
    if reasons:
        raise Incomplete(reasons=reasons)
