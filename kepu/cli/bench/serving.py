"""Servers of a place of work beside a benchmark, with a season that a reader sees today, and one question over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

import kepu
from kepu.activities.models import Publication
from kepu.cli.bench.deadline import HOST
from kepu.cli.bench.scene import set_scene
from kepu.cli.serve import next_free
from kepu.core import clock, outbox, tallies
from kepu.core.calendar import start_of_day
from kepu.core.models import SpaceMark
from kepu.core.space import Space
from kepu.notices.models import Season
from kepu.rehearsal.season import open_rehearsal, play_until
from kepu.web.models import Drawn

KEPU = [sys.executable, "-m", "kepu"]
PRODUCTION = "kepu.config.settings.production"
OURS = {PRODUCTION: "/healthz"}
PATTERNS = 40


def a_real_season(address: str, folder: Path) -> tuple[int, list[int]]:
    """A season that is on today, in the database at hand, and its published activities; servers take it for a real one."""
    patterns = _published()
    season = Publication.objects.get(pk=patterns[0]).season_id
    Season.objects.filter(pk=season).update(
        first_day=now().date(), last_day=now().date() + timedelta(days=40)
    )
    # what was drawn here was drawn by the servers' release, which has its styles collected
    Drawn.objects.update(release=_collected(address, folder))
    SpaceMark.objects.update(kind=Space.REAL)  # a rehearsal's pages are nobody else's, and are never kept
    return season, patterns


def _published() -> list[int]:
    """A few published activities of a rehearsed season, drawn and counted."""
    scene = set_scene(units=300)
    open_rehearsal(scene.season, seed=7, activities=80)
    day = scene.span.week_start - timedelta(days=3)
    play_until(start_of_day(day))
    at = start_of_day(day) + timedelta(hours=9)
    clock.set_rehearsal_clock(at)
    while tallies.fold():
        pass
    while outbox.deliver(at=at, size=500):
        pass
    rows = Publication.objects.filter(status="on", time_pending=False).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:PATTERNS])


def _environment(address: str, folder: Path, remember: str = "0") -> dict[str, str]:
    return {
        **os.environ, "KEPU_DATABASE_URL": address, "KEPU_SECRET_KEY": settings.SECRET_KEY,
        "KEPU_PERSONAL_KEYS": settings.KEPU_PERSONAL_KEYS, "KEPU_HOSTS": HOST, "KEPU_HTTPS": "0", "KEPU_LIMITS": "0",
        "KEPU_STATIC_DIR": str(folder / "static"), "KEPU_DATA_DIR": str(folder), "KEPU_LOG_LEVEL": "ERROR",
        "KEPU_REMEMBER": remember, "KEPU_REHEARSAL": "0", "DJANGO_SETTINGS_MODULE": PRODUCTION,
    }  # fmt: skip


def _collected(address: str, folder: Path) -> str:
    """Styles and scripts as a place of work has them; gives the release that comes of it (:func:`caching.release`)."""
    subprocess.run(
        [*KEPU, "manage", "collectstatic", "--noinput", "-v0"], env=_environment(address, folder), check=True
    )
    manifest = json.loads((folder / "static" / "staticfiles.json").read_text())
    return f"{kepu.__version__} {manifest['hash']}"[:64]


@contextmanager
def serving(
    address: str, folder: Path, servers: Mapping[str, str], *, remember: str = "0"
) -> Iterator[list[int]]:
    """Servers on one database, each by its settings with an address at which it answers when it is ready; gives their ports."""
    ports: list[int] = []
    running = []
    for module in servers:
        own = _environment(address, folder, remember) | {"DJANGO_SETTINGS_MODULE": module}
        ports.append(next_free(HOST, 8900 + 20 * len(ports)))
        running.append(
            subprocess.Popen([*KEPU, "serve", "--port", str(ports[-1])], env=own, stdout=subprocess.DEVNULL)
        )
    try:
        for port, path in zip(ports, servers.values(), strict=True):
            _until_it_answers(port, path)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def _until_it_answers(port: int, path: str) -> None:
    for _attempt in range(300):
        try:
            answer = look(port, path)
            if answer is not None and answer.status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The server did not answer at {path}.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the bytes of the body, the entity tag."""

    status: int
    size: int
    tag: str


def exchange(
    line: socket.socket, back: BufferedReader, path: str, port: int, more: str = ""
) -> Answer | None:
    """One request on an open line; None where the server has ended it."""
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{more}\r\n".encode())
    first = back.readline()
    if not first:
        return None
    headers: dict[str, str] = {}
    while (text := back.readline().decode().rstrip()) != "":
        name, _colon, value = text.partition(": ")
        headers[name.lower()] = value
    size = int(headers["content-length"])
    back.read(size)
    return Answer(int(first.split()[1]), size, headers.get("etag", ""))


def look(port: int, path: str) -> Answer | None:
    with socket.create_connection((HOST, port), timeout=60) as line, line.makefile("rb") as back:
        return exchange(line, back, path, port)
