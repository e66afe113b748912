"""The portal over HTTP against bare Django views, with a thousand, a hundred thousand and a million published activities.

Both run on the server of a place of work, side by side on one database, each asked by itself. Addresses differ from one
request to the next and nothing is remembered, so that every page is made; then one address is asked again and again.
"""

from __future__ import annotations

import random
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import click
from django.utils.timezone import now
from django.utils.translation import gettext as _

from kepu.activities import lists
from kepu.activities.listing import partition_of
from kepu.activities.models import Publication
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.activities.questions import Question
from kepu.cli.bench.crowd import FIRST, beside_each, crowd, say_once_in_a_while, spots
from kepu.cli.bench.deadline import HOST
from kepu.cli.bench.measuring import Measurement
from kepu.cli.bench.serving import OURS, a_real_season, exchange, look, serving
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core.calendar import start_of_day
from kepu.core.search import phrases
from kepu.core.searching import Search
from kepu.notices.models import Season

T = TypeVar("T")
SERVERS = {**OURS, "kepu.cli.bench.bare_settings": "/memory"}
SIZES = (1_000, 100_000, 1_000_000)
ROUNDS, SECONDS, AT_ONCE = 4, 1.0, 8
ROWS = 20
FIELDS = ("health", "agriculture", "education", "emergency", "ecology", "space")
ALL = 1 << 40  # counted without end
WORDS = {"rare": "曙暮光", "middling": "天文", "common": "科普"}


@dataclass(frozen=True, slots=True)
class Rate:
    """What came of asking for a few seconds."""

    per_second: float
    p50: float
    p99: float
    size: int


def measure(*, scale: float = 1.0) -> list[Measurement]:
    found = _on("sqlite", "SQLite", scale)
    if postgres_server() is None:
        return [*found, Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    return found + _on("postgres", "PostgreSQL", scale)


def _on(engine: str, name: str, scale: float) -> list[Measurement]:
    rows: list[Measurement] = []
    with throwaway(engine, safe=True) as address, tempfile.TemporaryDirectory(prefix="kepu-bench-") as folder:
        season, patterns = a_real_season(address, Path(folder))
        first: dict[str, Rate] = {}
        for total in SIZES:
            wanted = max(SIZES[0], int(total * scale)) if total > SIZES[0] else total
            crowd(patterns, wanted, since=start_of_day(now().date() + timedelta(days=1)) + timedelta(hours=9))
            say_once_in_a_while(WORDS["rare"])
            with serving(address, Path(folder), SERVERS) as (ours, bare):
                for what, theirs, addresses in _asked(season):
                    against, rate = _side_by_side([(bare, theirs, ""), (ours, addresses, "")])
                    first.setdefault(what, rate)
                    rows.append(_said(f"{name} {wanted:,}: {what}", rate, against, first[what]))
                    tell(rows[-1])
            rows += _looked_up(f"{name} {wanted:,}", Season.objects.get(pk=season))
        rows += _remembered(name, address, Path(folder))
    return rows


def tell(row: Measurement) -> None:
    """What is measured shows at once: a run takes minutes."""
    click.echo(f"  {row.line()}", err=True)


def _asked(season: int) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """What is asked of ours, and what of the bare views; each many addresses in a mixed order."""
    places = spots()
    counties = [spot.codes["county"] for spot in places]
    cities = sorted({spot.codes.get("city", spot.codes["county"]) for spot in places})
    provinces = sorted({spot.codes["province"] for spot in places})
    copies = Publication.objects.filter(pk__gte=FIRST).order_by("pk")
    pks = _mixed(list(copies.values_list("pk", flat=True)[:900]))
    bare_list = [f"/list?season={season}"]  # twenty rows each, of as many places as have so many
    if copies.count() >= 2 * ROWS * len(places):
        bare_list = [f"/list?season={season}&county={code}" for code in counties]
    anywhere = [*provinces, *cities, *counties]
    yield "list", bare_list, _mixed([f"/activities/?place={code}" for code in anywhere])
    yield "list, nation", bare_list[:1], ["/activities/"]
    facets = [
        f"/activities/?place={code}&field={field}" for code in (*provinces, *cities[:60]) for field in FIELDS
    ]
    yield "facet", bare_list, _mixed(facets)
    days = [(now() + timedelta(days=n)).date().isoformat() for n in range(1, 15)]
    yield (
        "day",
        bare_list,
        _mixed([f"/activities/?day={day}&place={code}" for code in cities[:60] for day in days]),
    )
    beside_each(pks)
    yield "detail", [f"/one/{pk}" for pk in pks], [f"/activities/{pk}/" for pk in pks]
    for how, word in WORDS.items():
        asked = quote(f"“{word}”")
        yield f"search, {how}", [f"/word?season={season}&q={quote(word)}"], [f"/activities/?q={asked}"]
    yield (
        "search, newest",
        [f"/word?season={season}&q={quote(WORDS['common'])}"],
        [f"/activities/?q={quote('“科普”')}&sort=new"],
    )


def _looked_up(name: str, season: Season) -> list[Measurement]:
    """The statements alone: a page in order with its total, against looking the word up in the index for as many rows and
    counting all that have it."""
    rows = []
    for how, word in WORDS.items():
        bare = Search(SEARCH_TABLE, phrases(word), partition=partition_of(season.pk))
        by_time = Question(season, now(), text=word)
        by_newness = replace(by_time, when="all", sort="new")
        alone = _seconds(partial(bare.first, 20))
        counted = _seconds(partial(bare.count, to=ALL), times=10)
        for order, question in (("soonest", by_time), ("newest", by_newness)):
            taken = _seconds(partial(_keys_and_total, question))
            rows.append(Measurement(
                f"{name}: {_('只算数据库')}, {how}, {order}", taken / (alone + counted), _("倍"),
                _("一页带总数%(taken).2f ms；只查索引%(alone).2f ms，数出全部%(counted).2f ms。")
                % {"taken": taken * 1000, "alone": alone * 1000, "counted": counted * 1000},
            ))  # fmt: skip
            tell(rows[-1])
    return rows


def _keys_and_total(question: Question) -> None:
    """What the portal asks of the search table for a page."""
    assert lists.first_of(question, {}) is not None


def _seconds(ask: Callable[[], object], times: int = 60) -> float:
    """How long it takes, the middle one of some."""
    taken = []
    for _n in range(times):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[times // 2]


def _mixed(some: list[T]) -> list[T]:
    random.Random(1).shuffle(some)
    return some


def _said(what: str, rate: Rate, against: Rate, first: Rate) -> Measurement:
    words = _(
        "每秒%(rate).0f页，裸视图%(bare).0f；p50 %(p50).1f ms，p99 %(p99).1f ms，%(size)s字节；与最少时相比用时%(growth).2f倍。"
    )
    return Measurement(
        what, rate.per_second / against.per_second, _("倍"),
        words % {
            "rate": rate.per_second, "bare": against.per_second, "p50": rate.p50 * 1000, "p99": rate.p99 * 1000,
            "size": f"{rate.size:,}", "growth": first.per_second / rate.per_second,
        },
    )  # fmt: skip


def _remembered(name: str, address: str, folder: Path) -> list[Measurement]:
    """One page again and again: from memory, and as a question whether it has changed."""
    with serving(address, folder, SERVERS, remember="2") as (ours, bare):
        answer = look(ours, "/activities/")
        assert answer is not None
        known = f"If-None-Match: {answer.tag}\r\n"
        against, whole, asked = _side_by_side([
            (bare, ["/memory"], ""), (ours, ["/activities/"], ""), (ours, ["/activities/"], known),
        ])  # fmt: skip
    return [
        _said(f"{name}: /activities/, remembered", whole, against, whole),
        _said(f"{name}: /activities/, If-None-Match", asked, against, asked),
    ]


def _side_by_side(askings: Sequence[tuple[int, Sequence[str], str]]) -> list[Rate]:
    """Each asked in turn for :data:`SECONDS`, in :data:`ROUNDS` rounds after a breath to warm up: whatever else the machine
    does falls on all of them. A port, its addresses and more headers each."""
    for asking in askings:
        _pressed(*asking)
    found: list[list[Pressed]] = [[] for _asking in askings]
    for _round in range(ROUNDS):
        for rounds, asking in zip(found, askings, strict=True):
            rounds.append(_pressed(*asking))
    return [_rate_of(rounds) for rounds in found]


@dataclass(frozen=True, slots=True)
class Pressed:
    """One round: seconds, and of each answer how long it took, and the most bytes that one had."""

    spent: float
    taken: list[float]
    size: int


def _rate_of(rounds: Sequence[Pressed]) -> Rate:
    ordered = sorted(one for found in rounds for one in found.taken)
    spent = sum(found.spent for found in rounds)
    return Rate(
        len(ordered) / spent, ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)],
        max(found.size for found in rounds),
    )  # fmt: skip


def _pressed(port: int, addresses: Sequence[str], more: str) -> Pressed:
    """Ask in turn from several lines for :data:`SECONDS`."""
    taken: list[float] = []
    sizes: list[int] = []
    faults: list[str] = []
    began = time.perf_counter()
    until = began + SECONDS
    start = random.randrange(len(addresses))

    def press(offset: int) -> None:
        n = start + offset
        while time.perf_counter() < until:
            # a server may end a line whenever it likes: then it is a new one
            with socket.create_connection((HOST, port), timeout=60) as line, line.makefile("rb") as back:
                while time.perf_counter() < until:
                    path = addresses[n % len(addresses)]
                    asked_at = time.perf_counter()
                    answer = exchange(line, back, path, port, more)
                    if answer is None:
                        break
                    taken.append(time.perf_counter() - asked_at)
                    sizes.append(answer.size)
                    if answer.status not in (200, 304):
                        faults.append(f"{path} answered {answer.status}")
                        return
                    n += AT_ONCE

    lines = [threading.Thread(target=press, args=(n,)) for n in range(AT_ONCE)]
    for line in lines:
        line.start()
    for line in lines:
        line.join()
    if faults:
        raise RuntimeError(faults[0])
    return Pressed(time.perf_counter() - began, taken, max(sizes))
