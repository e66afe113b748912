"""Looking for what stands beside an activity. A few bounded look-ups in the lists; nothing that grows with the season."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kepu.activities.listing import by_host, in_place, on_day, partition_of
from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core.calendar import day_of, start_of_day
from kepu.core.search import label, pk_of
from kepu.core.searching import Search

OF_HOST, ALIKE = 5, 7  # how many are kept: more than are shown, so that some may drop out
LOOKED_AT = 12  # of each question, the next ones
ENOUGH = 30  # candidates, after which no further question is asked
DAYS = 3  # of its own to come, on which others are looked for
AROUND = timedelta(days=2)  # how long before its own day others are looked for
KINDS = ("formats", "fields", "tracks", "audiences")
_WEIGHTS = {"formats": 3, "fields": 3, "tracks": 2, "audiences": 1}
_LEVELS = ("town", "county", "city")
_COLUMNS = (
    "activity_id", "digest", "labels", "mode", "next_at", "turns_at", "ends_at", "title", "host_name", "place_words", *_LEVELS,
)  # fmt: skip

Codes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Other:
    """One that was found: its columns as they then were, and the words of each kind that both have."""

    row: Mapping[str, Any]
    shared: Mapping[str, str]

    @property
    def pk(self) -> int:
        return int(self.row["activity_id"])

    @property
    def ends_at(self) -> datetime:
        at: datetime = self.row["ends_at"]
        return at


@dataclass(frozen=True, slots=True)
class Found:
    """What stands beside one activity: of its host the next first, of those like it the most alike first."""

    of_host: list[Other]
    alike: list[Other]


def find(publication: Publication, unit_id: int, *, at: datetime) -> Found:
    """What is to come beside an activity of a unit. Eight queries at most."""
    today = start_of_day(day_of(at))
    own = _search(publication, [(by_host(unit_id),)], today)
    host = [pk for pk in map(pk_of, own.first(OF_HOST + 1)) if pk != publication.pk]
    near: dict[int, None] = {}
    for search in _questions(publication, today):
        near.update(dict.fromkeys(map(pk_of, search.first(LOOKED_AT))))
        if len(near) >= ENOUGH:
            break
    near.pop(publication.pk, None)
    rows = {row["activity_id"]: row for row in _rows([*host, *near], at)}
    ours = {row["activity_id"] for row in rows.values() if row["activity__unit_id"] == unit_id}
    ranked = [(_likeness(publication, row), row) for pk in near if (row := rows.get(pk)) and pk not in ours]
    ranked.sort(key=lambda one: (-one[0], one[1]["next_at"], one[1]["activity_id"]))
    words = _words(publication)
    return Found(
        [_other(rows[pk], {}) for pk in host if pk in rows][:OF_HOST],
        [_other(row, words) for score, row in ranked if score][:ALIKE],
    )


def _rows(pks: list[int], at: datetime) -> list[dict[str, Any]]:
    """Those of some activities to which one can go. One query."""
    going = Publication.objects.filter(pk__in=pks, ends_at__gt=at, time_pending=False)
    going = going.exclude(status__in=[PublicationStatus.CANCELLED, PublicationStatus.OVER]).order_by("pk")
    return list(going.values(*_COLUMNS, "activity__unit_id"))


def _questions(publication: Publication, today: datetime) -> Iterator[Search]:
    """From the nearest to the widest: there on its days and of its kind, of its kind in the area, there on its days, …"""
    kinds = codes_of(publication.labels)
    here, area = ([(in_place(code),)] if code else [] for code in _places(publication))
    days = tuple(on_day(day) for day in _days(publication, today))
    labels = {name: tuple(label(name, code) for code in sorted(kinds.get(name, ()))) for name in KINDS}
    kind = labels["formats"] + labels["fields"]
    since = max(today, publication.next_at - AROUND)
    if publication.mode == Mode.ONLINE:
        area = here = []
        days = ()
        kind = kind or (label("mode", Mode.ONLINE),)
    if days and kind:
        yield _search(publication, [*here, days, kind], today)
    if labels["formats"] and labels["fields"]:
        yield _search(publication, [*area, labels["formats"], labels["fields"]], since)
    if days:
        yield _search(publication, [*here, days], today)
    if labels["tracks"]:
        yield _search(publication, [*area, labels["tracks"]], since)
    if anyhow := kind + labels["audiences"]:
        yield _search(publication, [*here, anyhow], since)
        yield _search(publication, [*area, anyhow], today)


def _search(publication: Publication, labels: Sequence[tuple[str, ...]], since: datetime) -> Search:
    """What is to come in its season and has of each of these labels one."""
    return Search(SEARCH_TABLE, labels=labels, since=since, partition=partition_of(publication.season_id))


def codes_of(labels: str) -> Codes:
    """The codes of each list, from the column of a publication."""
    found: dict[str, set[str]] = {}
    for code in labels.split():
        name, _colon, rest = code.partition(":")
        found.setdefault(name, set()).add(rest)
    return {name: frozenset(codes) for name, codes in found.items()}


def _places(publication: Publication) -> tuple[str, str]:
    """The code of its town or county, and of the area around."""
    near = publication.county or publication.town or publication.city or publication.province
    return near, publication.city or publication.province


def _days(publication: Publication, today: datetime) -> list[date]:
    """The first of its days that are still to come."""
    days = (date.fromisoformat(day) for day in sorted(publication.listed.get("on", {})))
    return [day for day in days if day >= day_of(today)][:DAYS]


def _likeness(publication: Publication, row: Mapping[str, Any]) -> int:
    """How alike another is: its kind, its day and its place each count; 0 where only one of the three is near."""
    mine, its = codes_of(publication.labels), codes_of(row["labels"])
    kind = sum(_WEIGHTS[name] for name in KINDS if mine.get(name, frozenset()) & its.get(name, frozenset()))
    apart = abs((day_of(row["next_at"]) - day_of(publication.next_at)).days)
    day = 3 if apart == 0 else 2 if apart == 1 else 1 if apart <= DAYS else 0
    place = 0
    for weight, level in zip((4, 3, 1), _LEVELS, strict=True):
        if row[level] and row[level] == getattr(publication, level):
            place = max(place, weight)
    if publication.mode == row["mode"] == Mode.ONLINE:
        place = 2
    return kind + day + place if sum(map(bool, (kind, day, place))) > 1 else 0


def _words(publication: Publication) -> dict[str, dict[str, str]]:
    """The words of its codes, as its copy has them."""
    labels = publication.content.get("labels", {})
    return {name: {one["code"]: one["label"] for one in labels.get(name, ())} for name in KINDS}


def _other(row: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> Other:
    its = codes_of(row["labels"])
    shared = {
        name: next((said for code, said in known.items() if code in its.get(name, ())), "")
        for name, known in words.items()
    }
    return Other(row, {name: said for name, said in shared.items() if said})
