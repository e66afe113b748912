"""The figures as tables, each with its chart and with the words that say how it is counted. Values only; no query."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.facets import address
from kepu.web.portal.activities.finding import Inside
from kepu.web.portal.figures import counting
from kepu.web.portal.figures.counting import Counts
from kepu.web.portal.wording import day_words
from kepu.web.shared.charts import Bar, Column, bars, columns

MOST_BARS = 12
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


@dataclass(frozen=True, slots=True)
class Cell:
    """A word or a number; None is a number that is not there, which is not the same as 0."""

    value: str | int | None
    url: str = ""

    @property
    def is_number(self) -> bool:
        return not isinstance(self.value, str)

    @property
    def shown(self) -> str:
        return f"{self.value:,}" if isinstance(self.value, int) else self.value or ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``how`` says how it is counted; ``key`` which shapes its chart uses: "" , "part" or "open"."""

    code: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    how: str
    chart: str = ""  # markup, safe as it is
    key: str = ""
    more: str = ""  # what the chart leaves out


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the whole place: None while it cannot be known."""

    label: str
    value: int | None
    unit: str
    how: str

    @property
    def shown(self) -> str:
        return "—" if self.value is None else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that stand together: announced, held, or confirmed."""

    code: str
    title: str
    note: str
    figures: tuple[Figure, ...]


def groups(counts: Counts) -> list[Group]:
    """What is announced, what was held, and of what the report is complete: three things that are never added up."""
    held = counts.of(counting.HELD)

    def after(measure: str) -> int | None:
        return counts.of(measure) if held else None

    return [
        Group("announced", _("已经公布的"), _("计划要办的，举办以后仍然算在内"), (
            _activities(_("已发布活动"), counts.of(counting.PUBLISHED), _("通过审核并发布的活动，取消的不算。一项活动不管办几场、几家合办，都只算一次，算在举办单位所在地。")),
            _activities(_("其中线上可以参加"), counts.of(counting.ONLINE), _("举办方式是线上，或者线上线下结合的已发布活动。")),
            _activities(_("已取消"), counts.of(counting.CANCELLED), _("发布以后又取消的活动，不在已发布活动里。")),
        )),
        Group("held", _("已经举办的"), _("举办单位在活动结束以后报的"), (
            _activities(_("已举办活动"), held, _("举办单位确认办过的活动。")),
            Figure(_("现场参加"), after(counting.ON_SITE), _("人次"), _("举办单位报的实际到场人次；还没有活动报过，就写“—”。")),
            Figure(_("线上参加"), after(counting.FROM_AFAR), _("人次"), _("举办单位报的线上观看、参与人次；和现场参加不相加。")),
        )),
        Group("confirmed", _("材料齐全的"), _("已举办活动里，补齐了材料的"), (
            _activities(_("已完善"), after(counting.COMPLETED), _("举办后交了图片、链接等材料，符合通知要求的活动。")),
            _activities(_("已总结"), after(counting.SUMMARISED), _("交了活动总结的活动。")),
        )),
    ]  # fmt: skip


def _activities(label: str, value: int | None, how: str) -> Figure:
    return Figure(label, value, ngettext("场", "场", value or 0), how)


def totals(found: Sequence[Group]) -> Table:
    """The figures of the whole place as a table: for the sheet."""
    rows = tuple(
        (Cell(group.title), Cell(figure.label), Cell(figure.value), Cell(figure.unit))
        for group in found
        for figure in group.figures
    )
    return Table("totals", _("总数"), (_("分类"), _("项目"), _("数量"), _("单位")), rows, "")


def days(found: Mapping[date, int], *, today: date, of: Asked) -> Table:
    """How many activities are on on each day; days to come are announced only. ``of`` asks for the place's activities."""
    rows = tuple((Cell(day_words(day), address(of.but(day=str(day)))), Cell(n)) for day, n in found.items())
    title = _("每天在办的活动")
    most = max(found, key=lambda day: found[day])
    desc = _("从%(first)s到%(last)s，%(day)s最多，%(n)s场。数字见旁边的表。") % {
        "first": day_words(min(found), weekday=False), "last": day_words(max(found), weekday=False),
        "day": day_words(most, weekday=False), "n": f"{found[most]:,}",
    }  # fmt: skip
    shown = [Column(f"{day.month}/{day.day}", n, open=day > today) for day, n in found.items()]
    return Table(
        "days", title, (_("日期"), _("在办的活动（场）")), rows,
        _("按公布的时间数：持续几天的活动每天都算；同一天在几个县办的，每个县算一次；取消的也还在内。今天以后的是计划。"),
        columns(shown, name="chart-days", title=title, desc=desc) if found[most] else SafeString(""), "open",
    )  # fmt: skip


def places(found: Mapping[str, Mapping[str, int]], inside: Sequence[Inside], *, here: str) -> Table:
    """The places one level down: announced and held, each in its own column. ``here`` is the page of figures."""
    measures = (counting.PUBLISHED, counting.ONLINE, counting.HELD, counting.ON_SITE, counting.FROM_AFAR)
    rows = []
    for place in inside:
        counted = found[place.path]
        cells = [Cell(_known(counted, measure)) for measure in measures]
        rows.append((Cell(place.name, _with(here, place=place.code)), *cells))
    by_number = sorted(inside, key=lambda place: -found[place.path][counting.PUBLISHED])
    shown = [
        Bar(place.name, found[place.path][counting.PUBLISHED], found[place.path][counting.HELD])
        for place in by_number[:MOST_BARS]
        if found[place.path][counting.PUBLISHED]
    ]
    title = _("各地的活动")
    heads = (
        _("地区"),
        _("已发布（场）"),
        _("线上可以参加（场）"),
        _("已举办（场）"),
        _("现场参加（人次）"),
        _("线上参加（人次）"),
    )
    return Table(
        "places", title, heads, tuple(rows),
        _("活动算在举办单位所在的地区，包括下面各级；0 是没有，“—”是还没有活动举办，无从数起。"),
        bars(shown, name="chart-places", title=title, desc=_leading(shown)), "part",
        _("图里只有活动最多的%(n)s个地区，表里是全部。") % {"n": len(shown)} if 0 < len(shown) < len(inside) else "",
    )  # fmt: skip


def modes(counts: Counts) -> Table:
    """Where one can take part: the two add up to what is announced."""
    online, published = counts.of(counting.ONLINE), counts.of(counting.PUBLISHED)
    return split(
        "modes", _("怎样参加"), _("方式"),
        [(_("线上可以参加"), online, ""), (_("只在现场参加"), published - online, "")],
        _("两项相加就是已发布活动；线上线下结合的算“线上可以参加”。"),
    )  # fmt: skip


def split(code: str, title: str, head: str, found: Iterable[tuple[str, int, str]], how: str) -> Table:
    """Announced activities by one thing: label, number, where to find them."""
    lines = list(found)
    shown = [Bar(label, n) for label, n, _url in lines[:MOST_BARS]]
    return Table(
        code, title, (head, _("已发布（场）")), tuple((Cell(label, url), Cell(n)) for label, n, url in lines), how,
        bars(shown, name=f"chart-{code}", title=title, desc=_leading(shown)), "",
        _("图里只有最多的%(n)s项，表里是全部。") % {"n": MOST_BARS} if len(lines) > MOST_BARS else "",
    )  # fmt: skip


def ranked(
    counted: Mapping[str, int], words: Mapping[str, str], url: Callable[[str], str]
) -> list[tuple[str, int, str]]:
    """What is counted by the codes of a list, the most first, with the way to the activities of each code."""
    pairs = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(words.get(code, code), n, url(code)) for code, n in pairs]


def as_csv(table: Table, *, season: str, place: str, as_of: str) -> str:
    """The table as a sheet that spreadsheets open; each line says its season, its place and its instant.

    A number that is not there is an empty cell; no cell is taken for a formula.
    """
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow([_("届次"), _("范围"), _("截至"), *table.heads])
    for row in table.rows:
        cells: list[Any] = [season, place, as_of, *("" if cell.value is None else cell.value for cell in row)]
        write.writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in cells])
    return "\ufeff" + out.getvalue()


def in_track(of: Asked, code: str) -> str:
    """The activities of a track, among those asked for."""
    return _with(address(of), track=code)


def _known(counted: Mapping[str, int], measure: str) -> int | None:
    """How many took part is not known before anything was held."""
    if measure in (counting.ON_SITE, counting.FROM_AFAR) and not counted[counting.HELD]:
        return None
    return counted[measure]


def _leading(shown: Sequence[Bar]) -> str:
    if not shown:
        return ""
    first = max(shown, key=lambda one: one.whole)
    return _("最多的是%(label)s，%(n)s场。数字见旁边的表。") % {
        "label": first.label,
        "n": f"{first.whole:,}",
    }


def _with(url: str, **more: str) -> str:
    """An address with more in its query."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(more)}"
