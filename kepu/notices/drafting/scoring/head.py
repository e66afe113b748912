"""The head of a notice.

=============== =============================================================================================
title           the same words apart from 关于…的通知, the issuer's name before them, and a short verb such as 开展
number          the same characters, whatever the brackets
issuer          the same body, in full or in short
joint_issuers   each body but the issuer once, from the head or from a clause of the parties (联合主办); in full or
                in short
recipients      each group or named body once: same role; the words alike, or more than half of the codes of kind,
                line, level … the same
attachments     each once: titles alike; the number decides between several
issued          the same day
=============== =============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.items import Group, Item, clauses
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain, same_body
from kepu.notices.format.schema import NoticeFile

JOINT = "joint_issuer"
_AROUND = re.compile("^(?:组织|开展|举办|举行|做好|印发)+|(?:活动|工作)?的?通知$")
_MOST = 0.8  # of a title's words: what a person leaves out when they shorten it is less
_CODES = ("kinds", "lines", "levels", "members_of", "designations", "place_kinds", "places", "units")


def _titles(notice: NoticeFile) -> Iterator[Item]:
    head = notice.notice
    issuer, about, own = plain(head.title).partition("关于")
    own = own if about else issuer.removeprefix(plain(head.issuer))
    yield Item(head.title, _AROUND.sub("", own))


def _same_title(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    return float(shorter in longer and len(shorter) >= _MOST * len(longer))


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
    yield from (
        Item(name, name) for name in dict.fromkeys(names) if not same_body(name, notice.notice.issuer)
    )


def _recipients(notice: NoticeFile) -> Iterator[Item]:
    for recipient in notice.notice.recipients:
        if recipient.names:
            yield from (Item(name, (recipient.role, name, frozenset())) for name in recipient.names)
        else:
            codes = frozenset((key, code) for key in _CODES for code in getattr(recipient, key))
            yield Item(recipient.title, (recipient.role, recipient.title, codes))


def _same_recipient(one: Any, other: Any) -> float:
    (role, title, codes), (their_role, their_title, their_codes) = one, other
    if role != their_role:
        return 0.0
    words = max(same_body(title, their_title), alike(title, their_title))
    shared = len(codes & their_codes) / len(codes | their_codes) if codes and their_codes else 0.0
    return words + shared if words >= 0.6 or shared > ENOUGH else 0.0


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
    Group("title", _("标题"), _titles, _same_title),
    Group("number", _("发文字号"), _numbers, equal),
    Group("issuer", _("发文单位"), _issuers, same_body),
    Group("joint_issuers", _("联合发文单位"), _joint_issuers, same_body),
    Group("recipients", _("主送和抄送"), _recipients, _same_recipient),
    Group("attachments", _("附件"), _attachments, _same_attachment),
    Group("issued", _("落款日期"), _issued, equal),
)
