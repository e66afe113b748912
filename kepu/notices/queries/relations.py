"""Reads: how a notice stands to others of its season, and the words of its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from kepu.notices.models import Notice, NoticeStatus

MOST = 60  # a nation's notice is taken over in three thousand counties; the list of all notices has them


@dataclass(frozen=True, slots=True)
class Relations:
    """What a notice replaces and amends, what replaces and amends it, and which notices below stand on it."""

    replaces: tuple[Notice, ...] = ()
    replaced_by: tuple[Notice, ...] = ()
    amends: tuple[Notice, ...] = ()
    amended_by: tuple[Notice, ...] = ()
    below: tuple[Notice, ...] = ()
    more_below: bool = False

    def ended(self, notice: Notice, at: datetime) -> datetime | None:
        """Since when the notice holds no more; None while it does. One that is to be replaced still does."""
        ends = [n.in_force_at for n in self.replaced_by if n.in_force_at and n.in_force_at <= at]
        if notice.withdrawn_at and notice.withdrawn_at <= at:
            ends.append(notice.withdrawn_at)
        return min(ends) if ends else None


def relations_of(notice: Notice, *, most: int = MOST) -> Relations:
    """The notices related to one, by place. Two queries, however many notices the season has."""
    header_amends = tuple(notice.header.get("amends", ()))
    quoted = f'"{notice.code}"'
    named = Notice.objects.filter(season=notice.season).annotate(
        replaces_text=Cast("replaces", TextField()), amends_text=Cast(KeyTransform("amends", "header"), TextField())
    )  # fmt: skip
    around = (
        Q(code__in=[*notice.replaces, *header_amends])
        | Q(replaces_text__contains=quoted)
        | Q(amends_text__contains=quoted)
    )
    found = list(
        named.filter(around).exclude(pk=notice.pk).select_related("place").order_by("place__path", "pk")
    )
    below = _below(notice, quoted, most)
    return Relations(
        replaces=tuple(n for n in found if n.code in notice.replaces),
        replaced_by=tuple(n for n in found if notice.code in n.replaces and n.status != NoticeStatus.WITHDRAWN),
        amends=tuple(n for n in found if n.code in header_amends),
        amended_by=tuple(n for n in found if notice.code in n.header.get("amends", ())),
        below=tuple(below[:most]),
        more_below=len(below) > most,
    )  # fmt: skip


def _below(notice: Notice, quoted: str, most: int) -> list[Notice]:
    """Notices that name this one as a parent; where they name none, those of the places one level down."""
    rows = Notice.objects.filter(season=notice.season).annotate(parents_text=Cast("parents", TextField()))
    silent = Q(parents_text="[]", place__parent_id=notice.place_id, line_id=notice.line_id)
    found = rows.filter(Q(parents_text__contains=quoted) | silent).exclude(pk=notice.pk)
    return list(found.select_related("place").order_by("place__path", "pk")[: most + 1])


def wordings_of(notice: Notice) -> dict[str, str]:
    """What the text of the notice says, word for word, by clause; only where it is kept. One query."""
    return dict(notice.clauses.exclude(wording="").order_by("position").values_list("code", "wording"))
