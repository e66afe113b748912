"""The head of a notice.

=============== =============================================================================================
title           the same words apart from 关于…的通知 and the issuer's name before them
number          the same characters, whatever the brackets
issuer          the same body, in full or in short
joint_issuers   each body once, from the head or from a clause of the parties (联合主办); in full or in short
recipients      each group or named body once: same role; same words, or the same codes of kind, line and level
attachments     each once: titles alike; the number decides between several
issued          the same day
=============== =============================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.items import Group, Item, clauses
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain, same_body
from kepu.notices.format.schema import NoticeFile

JOINT = "joint_issuer"
_CODES = ("kinds", "lines", "levels", "members_of", "designations", "place_kinds", "places", "units")


def _titles(notice: NoticeFile) -> Iterator[Item]:
    head = notice.notice
    issuer, about, own = plain(head.title).partition("关于")
    own = own if about else issuer.removeprefix(plain(head.issuer))
    yield Item(head.title, own.removesuffix("通知").removesuffix("的"))


def _numbers(notice: NoticeFile) -> Iterator[Item]:
    if notice.notice.number:
        yield Item(notice.notice.number, plain(notice.notice.number))


def _issuers(notice: NoticeFile) -> Iterator[Item]:
    yield Item(notice.notice.issuer, notice.notice.issuer)


def _joint_issuers(notice: NoticeFile) -> Iterator[Item]:
    names = [
        *notice.notice.joint_issuers,
        *(m.name for c in clauses(notice, "party") if c.party.role == JOINT for m in c.party.members),
    ]
    yield from (Item(name, name) for name in dict.fromkeys(names))


def _recipients(notice: NoticeFile) -> Iterator[Item]:
    for recipient in notice.notice.recipients:
        if recipient.names:
            yield from (Item(name, (recipient.role, name, None)) for name in recipient.names)
        else:
            codes = tuple(frozenset(getattr(recipient, name)) for name in _CODES)
            yield Item(recipient.title, (recipient.role, recipient.title, codes if any(codes) else None))


def _same_recipient(one: Any, other: Any) -> float:
    (role, title, codes), (their_role, their_title, their_codes) = one, other
    if role != their_role:
        return 0.0
    words = max(same_body(title, their_title), alike(title, their_title))
    return words + 0.1 if words >= 0.6 else 0.6 if codes and codes == their_codes else 0.0


def _attachments(notice: NoticeFile) -> Iterator[Item]:
    yield from (Item(a.title, a) for a in notice.notice.attachments)


def _same_attachment(one: Any, other: Any) -> float:
    words = alike(one.title, other.title)
    return words + 0.2 * (one.number == other.number) if words >= ENOUGH + 0.1 else 0.0


def _issued(notice: NoticeFile) -> Iterator[Item]:
    if notice.notice.issued:
        yield Item(notice.notice.issued.isoformat(), notice.notice.issued)


def equal(one: Any, other: Any) -> float:
    """1 where two are the same."""
    return float(one == other)


GROUPS = (
    Group("title", _("标题"), _titles, equal),
    Group("number", _("发文字号"), _numbers, equal),
    Group("issuer", _("发文单位"), _issuers, same_body),
    Group("joint_issuers", _("联合发文单位"), _joint_issuers, same_body),
    Group("recipients", _("主送和抄送"), _recipients, _same_recipient),
    Group("attachments", _("附件"), _attachments, _same_attachment),
    Group("issued", _("落款日期"), _issued, equal),
)
