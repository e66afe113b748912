"""What people name on the command line, found in the database; what is not there is answered with a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete
from kepu.notices.models import Season
from kepu.notices.queries import current_season
from kepu.orgs.models import Line, Place, Unit


def season_named(code: str) -> Season:
    """The season with this code, the open one where none is named. Raises :class:`Incomplete` for none."""
    season = Season.objects.filter(code=code).first() if code else current_season()
    if season is None:
        raise Incomplete(_("没有这一届。请先用 kepu setup 准备，或用 --season 指明。"))
    return season


def unit_named(text: str) -> Unit:
    """The unit with this code, else with this name. Raises :class:`Incomplete` for none, or for several of one name."""
    found = list(Unit.objects.filter(code=text)[:1] or Unit.objects.filter(name=text).order_by("pk")[:5])
    if len(found) == 1:
        return found[0]
    if found:
        raise Incomplete(_similar(found))
    similar = list(Unit.objects.filter(name__contains=text).order_by("pk")[:5])
    raise Incomplete(
        _("没有编号或名称为“%(code)s”的单位。%(hint)s")
        % {"code": text, "hint": _similar(similar) if similar else ""}
    )


def place_or_line(place: str, line: str) -> Place | Line:
    """The place, or the line, with this code. Raises :class:`Incomplete` where there is none."""
    found = Line.objects.filter(code=line).first() if line else Place.objects.filter(code=place).first()
    if found is None:
        missing = _("没有代码为“%(code)s”的系统。") if line else _("没有代码为“%(code)s”的地区。")
        raise Incomplete(missing % {"code": line or place})
    return found


def _similar(units: Iterable[Unit]) -> str:
    return _("相近的有：%(s)s") % {"s": _("；").join(f"{unit.code} {unit.name}" for unit in units)}
