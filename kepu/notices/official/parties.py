"""Who a document is from and to: the mark in the red head, 主送, 抄送, and the signatures."""

from __future__ import annotations

import re

from kepu.notices.format.schema import Header, Recipient
from kepu.notices.official.measures import CHARACTERS, width
from kepu.notices.official.text import chinese_date, one_line

_COLLECTIVE = re.compile(r"等\s*[\d一二三四五六七八九十]+\s*[个家]?(部门|单位|机关|家)$")


def signers(head: Header) -> tuple[str, ...]:
    """Who signs, in order: the issuer and the joint issuers.

    The list of joint issuers often begins with the issuer itself, in full or by its short name (市科协); the signature
    has it once, in full. A collective issuer (“某某等21部门”) is signed for by those it stands for.
    """
    issuer = one_line(head.issuer)
    joint = tuple(dict.fromkeys(one_line(name) for name in head.joint_issuers))
    if not joint:
        return (issuer,)
    if issuer in joint or _COLLECTIVE.search(issuer):
        return joint
    return (issuer, *(joint[1:] if _is_short_for(joint[0], issuer) else joint))


def rows_of_signers(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Three in a row, or as many as fit beside each other; one or two stand each on a line of its own."""
    if len(names) <= 2:
        return tuple((name,) for name in names)
    room = max(width(name) for name in names) + 1
    columns = max(1, min(3, int(CHARACTERS // room)))
    return tuple(names[i : i + columns] for i in range(0, len(names), columns))


def lead(head: Header) -> str:
    """Whose name stands in the red head: the issuer's, for a collective one that of the first who signs."""
    return signers(head)[0] if _COLLECTIVE.search(one_line(head.issuer)) else one_line(head.issuer)


def sent_to(head: Header) -> str:
    """主送机关 with the colon, kinds of recipients apart by commas; empty where the notice names none."""
    names = _named(head.recipients, "to")
    return f"{names}：" if names else ""


def copied_to(head: Header) -> str:
    """抄送机关 with the full stop; empty where there is none."""
    names = _named(head.recipients, "cc")
    return f"{names}。" if names else ""


def printed_on(head: Header) -> str:
    """印发日期: the day of printing, else of issue; empty where neither is known."""
    day = head.printed or head.issued
    return f"{chinese_date(day)}印发" if day else ""


def _named(recipients: tuple[Recipient, ...], role: str) -> str:
    return "，".join(name for r in recipients if r.role == role and (name := _name(r)))


def _name(recipient: Recipient) -> str:
    """Names where all are given, else what they are called together."""
    whole = recipient.names and (recipient.count is None or len(recipient.names) >= recipient.count)
    told = "、".join(one_line(n) for n in recipient.names) if whole else one_line(recipient.title)
    return told.rstrip("：:，,。、")


def _is_short_for(short: str, full: str) -> bool:
    """Whether the characters of ``short`` stand in ``full`` in this order: 市科协 in 唐山市科学技术协会."""
    left = iter(full)
    return all(c in left for c in short)
