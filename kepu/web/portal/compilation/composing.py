"""A compilation as one value, in words: what stands on its title, its contents by day and by place, and each activity.

Pure, but for the addresses of pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.core.calendar import day_of
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal import season as seasons
from kepu.web.portal.activities import showing
from kepu.web.portal.activities.finding import Line
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.wording import full_day, hour, hours_words, last_day, span_words
from kepu.web.shared.sources import Said

LONGEST_SUMMARY = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity; each part "" where nothing is said of it."""

    number: int
    pk: int
    title: str
    state: str  # cancelled or postponed, before anything else
    when: str
    where: str
    host: str
    what: str
    whom: str
    how: str
    link: str
    key: bool
    area: str  # the county, or the next place above it, by which it is found
    off: bool
    starts_at: datetime
    ends_at: datetime
    pending: bool  # its time is yet to be told


@dataclass(frozen=True, slots=True)
class Day:
    """The activities that begin on a day: the numbers of all of them, and those that are told."""

    day: date
    name: str
    first: int
    last: int
    entries: Sequence[Entry]

    @property
    def anchor(self) -> str:
        return f"day-{self.day:%Y%m%d}"

    @property
    def span(self) -> str:
        """第1—12项"""
        n = str(self.first) if self.first == self.last else f"{self.first}—{self.last}"
        return _("第%(n)s项") % {"n": n}


@dataclass(frozen=True, slots=True)
class Area:
    """A place with the numbers of its activities."""

    name: str
    numbers: Sequence[int]

    @property
    def words(self) -> str:
        return item_numbers(self.numbers)

    @property
    def count(self) -> str:
        """12场"""
        n = len(self.numbers)
        return ngettext("%(n)s场", "%(n)s场", n) % {"n": f"{n:,}"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a notice says, and which clause says so."""

    label: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Compilation:
    """Everything that any of its forms draws."""

    title: str
    season: str
    conditions: Sequence[str]
    sentences: Sequence[Sentence]
    days: Sequence[Day]
    areas: Sequence[Area]
    count: int
    as_of: str
    at: datetime
    list_url: str  # whole, for the code and for print
    name: str  # of its files, without an ending

    @property
    def counted(self) -> str:
        """共12场活动"""
        return ngettext("共%(n)s场活动", "共%(n)s场活动", self.count) % {"n": f"{self.count:,}"}

    @property
    def entries(self) -> list[Entry]:
        return [entry for day in self.days for entry in day.entries]


def compose(
    lines: Sequence[Line], copies: Mapping[int, Publication], *, season: Season, place: Place | None, rules: Rules,
    conditions: Sequence[str], list_path: str, names: dict[str, str], since: date | None, areas: Mapping[int, str],
    at: datetime,
) -> Compilation:  # fmt: skip
    """The compilation of lines; told are those of which ``copies`` holds a whole copy, the others are only counted.

    ``areas`` names the place of each by its id, ``names`` the lists of labels; what began before ``since`` stands under it.
    """

    def shown_under(line: Line) -> date:
        begins = day_of(line.starts_at)
        return max(begins, since) if since else begins

    days: list[Day] = []
    numbers: dict[str, list[int]] = {}
    number = 0
    ordered = sorted(lines, key=lambda line: (shown_under(line), line.starts_at, line.publication.pk))
    for day, found in groupby(ordered, key=shown_under):
        entries, first = [], number + 1
        for line in found:
            number += 1
            area = areas.get(line.publication.pk, "")
            numbers.setdefault(area, []).append(number)
            if copy := copies.get(line.publication.pk):
                entries.append(_entry(number, line, copy, names, area, at))
        days.append(Day(day, full_day(day), first, number, entries))
    numbers.pop("", None)
    most_first = sorted(numbers.items(), key=lambda it: (-len(it[1]), it[0]))
    return Compilation(
        _("%(where)s活动汇编") % {"where": place.name if place else season.name}, str(season.name), conditions,
        _sentences(season, rules, at), days, [Area(*it) for it in most_first], number,
        f"{full_day(day_of(at))} {hour(at)}", at, whole_address(list_path),
        f"kepu-{season.code}-{place.code if place else 'cn'}-{day_of(at):%Y%m%d}",
    )  # fmt: skip


def _entry(
    number: int, line: Line, copy: Publication, names: dict[str, str], area: str, at: datetime
) -> Entry:
    told = showing.told(copy, names=names)
    return Entry(
        number, copy.pk, copy.title, _state(copy, at), _when(line), _where(told, copy.mode),
        _("、").join(dict.fromkeys([copy.host_name, *told.hosts, *told.undertakers])), _short(told.summary),
        _("、").join(told.audiences), _how(told, copy.mode), told.online_link, copy.key_activity, area, told.off,
        line.starts_at, line.ends_at, copy.time_pending,
    )  # fmt: skip


def _state(copy: Publication, at: datetime) -> str:
    """That it is not held as announced, and why; small changes are in the copy itself."""
    moved = copy.status in (PublicationStatus.CANCELLED, PublicationStatus.POSTPONED) or copy.time_pending
    alert = showing.alert(copy, at) if moved else None
    return _("：").join(filter(None, (alert.title, alert.text))) if alert else ""


def _when(line: Line) -> str:
    if line.publication.time_pending:
        return _("时间待定")
    if line.sessions > 1:
        first = span_words(line.starts_at, line.ends_at)
        return _("%(first)s，当天共%(n)s场") % {"first": first, "n": line.sessions}
    if day_of(line.starts_at) == last_day(line.ends_at):
        return hours_words(line.starts_at, line.ends_at)
    return span_words(line.starts_at, line.ends_at)


def _where(told: showing.Told, mode: str) -> str:
    return "" if mode == Mode.ONLINE else " ".join(filter(None, (told.where, told.address, told.venue)))


def _how(told: showing.Told, mode: str) -> str:
    """The way to take part in one line."""
    if mode == Mode.ONLINE:
        way = _("线上参加") if told.online_link else told.mode
    else:
        way = _("到现场，或在线上参加") if mode == Mode.MIXED else _("到现场参加")
    full = _("名额已满") if told.full else ""
    return _("，").join(filter(None, (way, told.taking, told.booking_note, full)))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SUMMARY else plain[: LONGEST_SUMMARY - 1] + "…"


def _sentences(season: Season, rules: Rules, at: datetime) -> list[Sentence]:
    """Theme, sub-theme and main days, each with the clause that says so."""
    phase = seasons.phase(rules, season.first_day, season.last_day, at=at)
    said: list[tuple[str, Said | None]] = [
        (_("主题"), seasons.theme(rules)), (_("副主题"), seasons.subtheme(rules)),
    ]  # fmt: skip
    found = [Sentence(label, one.sentence, _cited(one)) for label, one in said if one is not None]
    return [*found, Sentence(_("时间"), phase.span, _cited(phase.said))]


def _cited(said: Said | None) -> str:
    return str(said.source) if said is not None and said.source is not None else ""


def item_numbers(numbers: Sequence[int]) -> str:
    """1—3、7、12—13: how an index names many numbers shortly."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return _("、").join(str(a) if a == b else f"{a}—{b}" for a, b in runs)


def page_of(entry: Entry) -> str:
    """The address that a reader of a print can type."""
    return whole_address(reverse("portal:activity", args=[entry.pk]))


def labels() -> dict[str, str]:
    """The words that stand before the parts of an activity, alike in every form, in their order."""
    return {
        "when": _("时间"), "where": _("地点"), "host": _("主办、承办"), "what": _("内容"), "whom": _("适合谁"), "how": _("怎么参加"),
    }  # fmt: skip


def parts(entry: Entry) -> list[tuple[str, str]]:
    """The parts of an activity with their words; what nothing is said of is left out."""
    how = " ".join(filter(None, (entry.how, entry.link)))
    said = {
        "when": entry.when, "where": entry.where, "host": entry.host, "what": entry.what, "whom": entry.whom, "how": how,
    }  # fmt: skip
    return [(label, said[name]) for name, label in labels().items() if said[name]]
