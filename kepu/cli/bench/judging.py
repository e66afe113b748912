"""Sixty questions to a hundred and twenty made-up activities, judged by hand before anything was tuned, and how well an order answers them.

The files lie in ``judged/``: what there is, what is asked, and how well each activity answers it (3 what was looked for, 2 useful,
1 touches it; what is not named, 0). Every third question is held out: nothing is tuned by it.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import log2
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from kepu.activities import frozen, listing, lists
from kepu.activities.models import Activity, Publication, PublicationDay
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.activities.workflow import State
from kepu.core.calendar import CHINA
from kepu.core.db import engine
from kepu.core.fields import ancestors
from kepu.core.search import key, of_partition, tokens
from kepu.notices.models import RulesSnapshot, Season
from kepu.orgs.divisions import LEVEL_OF_KIND
from kepu.orgs.models import Level, Place, PlaceKind, Unit
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.facets import Words
from kepu.web.portal.activities.finding import question_of
from kepu.web.portal.activities.understanding import understood

FOLDER = Path(__file__).parent / "judged"
FIRST_PAGE = 10
HELD_OUT = 3  # each so manieth question


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, and how well each activity answers it by its number."""

    number: int
    text: str
    worth: Mapping[int, int]

    @property
    def is_held_out(self) -> bool:
        return self.number % HELD_OUT == 0


@cache
def frame() -> dict[str, Any]:
    """The country, the season, the words and the day of it all."""
    return tomllib.loads((FOLDER / "frame.toml").read_text("utf-8"))


def questions() -> list[Judged]:
    return [
        Judged(int(row["n"]), row["text"], {int(pk): int(worth) for pk, worth in _pairs(row["judged"])})
        for row in _rows("queries.csv")
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions are asked: a season with its activities, the words of its kinds, the instant."""

    season: Season
    words: Words
    at: datetime

    def answers(self, text: str, sort: str) -> list[int]:
        """The numbers on the first page, as the search box would answer the text."""
        asked = understood(Asked(text=text, sort=sort), self.words, at=self.at)
        place = Place.objects.get(code=asked.place) if asked.place else None
        question = question_of(asked, self.season, place, at=self.at)
        return [line.publication.pk for line in lists.page_of(question, size=FIRST_PAGE).items]

    def worth(self, judged: Sequence[Judged], sort: str) -> float:
        """The mean nDCG@10 of questions in an order."""
        return sum(ndcg(self.answers(one.text, sort), one.worth) for one in judged) / len(judged)


def ndcg(answered: Sequence[int], worth: Mapping[int, int]) -> float:
    """How much of what the best ten would give these ten give; what stands lower counts less."""
    best = sorted(worth.values(), reverse=True)[:FIRST_PAGE]
    return _gain([worth.get(pk, 0) for pk in answered[:FIRST_PAGE]]) / _gain(best)


def _gain(worths: Sequence[int]) -> float:
    return sum((2**worth - 1) / log2(n + 2) for n, worth in enumerate(worths))


def set_up() -> Desk:
    """All of it in the database at hand, put there as publishing would, without the acts before it."""
    said = frame()
    places = _places(said["places"])
    season = Season.objects.create(**said["season"], campaign="judged", year=said["at"].year)
    units: dict[str, Unit] = {}
    snapshot = RulesSnapshot.objects.create(digest="judged", content={})
    rows = [_Row(row, places, said) for row in _rows("activities.csv")]
    for row in rows:
        if row.host not in units:
            units[row.host] = row.unit(len(units) + 1)
    Unit.objects.bulk_create(units.values())
    Activity.objects.bulk_create(row.activity(season, units[row.host], snapshot) for row in rows)
    Publication.objects.bulk_create(row.publication(season) for row in rows)
    PublicationDay.objects.bulk_create(row.on(season) for row in rows)
    part = listing.partition_of(season.pk)
    with connection.cursor() as cursor:
        for row in rows:
            labels = listing.labels_of(
                row.columns(), unit_id=units[row.host].pk, site=row.site, days=row.days
            )
            by_time, by_news = key(row.starts_at, row.pk), key(said["at"], row.pk)
            engine().put_search(
                cursor, SEARCH_TABLE, row=by_time, news=by_news, labels=of_partition(part, labels),
                words=of_partition(part, tokens(*frozen.searchable(row.content()))),
            )  # fmt: skip
    return Desk(season, said["words"], said["at"])


class _Row:
    """One activity of the file, as each table has it."""

    def __init__(self, row: Mapping[str, str], places: Mapping[str, Place], said: Mapping[str, Any]) -> None:
        self.pk, self.title, self.summary = int(row["id"]), row["title"], row["summary"]
        self.host, self.venue, self.mode = row["host"], row["venue"], row["mode"]
        self.place, self.now = places[row["place"]], said["at"]
        month, day = int(row["day"][:2]), int(row["day"][2:])
        self.starts_at = datetime(said["at"].year, month, day, int(row["hour"]), tzinfo=CHINA)
        self.ends_at = self.starts_at + timedelta(hours=2)
        self.codes = {name: row[name].split() for name in ("fields", "formats", "audiences")}
        self.labels = {
            name: [{"code": code, "label": said["words"][name[:-1]][code]} for code in codes]
            for name, codes in self.codes.items()
        }
        chain = [
            one
            for one in places.values()
            if one.path in ancestors(self.place.path) and one.level != Level.NATION
        ]
        self.where = frozen.Where(
            self.place.path, {str(one.level): one.code for one in chain}, "".join(one.name for one in chain)
        )
        self.site = frozen.Site(self.where, {})
        self.days = [frozen.Day(self.starts_at.date(), self.where, self.starts_at, self.ends_at)]

    def unit(self, number: int) -> Unit:
        return Unit(
            code=f"judged-{number}", name=self.host, kind="association", place=self.place, place_path=self.place.path,
            place_kind=self.place.kind, level=self.place.level,
        )  # fmt: skip

    def activity(self, season: Season, unit: Unit, snapshot: RulesSnapshot) -> Activity:
        return Activity(
            pk=self.pk, season=season, unit=unit, place_path=self.place.path, place=self.place, token=UUID(int=self.pk),
            title=self.title, mode=self.mode, activity_level=self.place.level, starts_at=self.starts_at, ends_at=self.ends_at,
            state=State.PUBLISHED, rules=snapshot, public_version=1, turn_since=self.now, drafted_at=self.now,
            filed_at=self.now, approved_at=self.now, published_at=self.now,
        )  # fmt: skip

    def columns(self) -> dict[str, Any]:
        codes = [f"{name}:{code}" for name, codes in self.codes.items() for code in codes]
        return {
            "mode": self.mode, "labels": f" {' '.join(codes)} ", "key_activity": False, "main_venue": False,
            "latitude": None, "longitude": None, "next_at": self.starts_at,
        }  # fmt: skip

    def publication(self, season: Season) -> Publication:
        day = self.starts_at.date()
        return Publication(
            activity_id=self.pk, season=season, version=1, title=self.title, host_name=self.host, starts_at=self.starts_at,
            ends_at=self.ends_at, first_day=day, last_day=day, place_path=self.place.path, place_words=self.where.words,
            content=self.content(), digest=str(self.pk), published_at=self.now, updated_at=self.now,
            listed=listing.listed_of(self.columns(), site=self.site, days=self.days), **self.columns(), **self.where.columns(),
        )  # fmt: skip

    def on(self, season: Season) -> PublicationDay:
        where = self.where.columns()
        return PublicationDay(
            publication_id=self.pk, season=season, day=self.starts_at.date(), starts_at=self.starts_at, ends_at=self.ends_at,
            mode=self.mode, **{level: where[level] for level in (Level.PROVINCE, Level.CITY, Level.COUNTY)},
        )  # fmt: skip

    def content(self) -> dict[str, Any]:
        return {
            "title": self.title, "host": self.host, "place": self.where.words, "venue": self.venue, "summary": self.summary,
            "co_hosts": [], "undertakers": [], "labels": self.labels, "sessions": [],
        }  # fmt: skip


def _places(listed: Sequence[Sequence[str]]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for code, name, kind, above in listed:
        parent = found.get(above)
        path = f"{parent.path}{code}/" if parent else "/"
        level = LEVEL_OF_KIND[PlaceKind(kind)]
        found[code] = Place.objects.create(
            code=code, name=name, kind=kind, level=level, parent=parent, path=path
        )
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _pairs(text: str) -> list[list[str]]:
    return [pair.split(":") for pair in text.split()]
