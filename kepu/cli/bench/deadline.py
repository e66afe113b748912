"""The day of a deadline: filings over HTTP at five times the nation's peak, on this machine, the load included.

A server with its workers and a ``kepu worker`` run beside on a PostgreSQL of their own, with the settings of a place of work.
Requests leave at their appointed instants whether or not earlier ones were answered, and what is measured is the time from
that instant to the answer. At the end every filing is looked for: in its state, in the tallies, in the trace.
"""

from __future__ import annotations

import http.client
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.workflow import Event, State
from kepu.cli.bench.filing import bare_rate
from kepu.cli.bench.measuring import Measurement, visitor
from kepu.cli.bench.scene import drafts, set_scene
from kepu.cli.serve import next_free
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core import audit, clock, tallies
from kepu.core.calendar import start_of_day
from kepu.core.models import AuditEntry
from kepu.core.queues import outbox_now
from kepu.orgs.actor import Actor
from kepu.web.actor import CHOSEN

PER_SECOND, SECONDS, AT_ONCE = 50, 300, 64
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Filing:
    """One request: which activity, at which version, and the cookies of who files it."""

    pk: int
    version: int
    cookies: str
    csrf: str


@dataclass
class Answers:
    """What came back: seconds of each from its appointed instant, how late each left, and the statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float, status: int) -> None:
        with self.lock:
            self.seconds.append(seconds)
            self.statuses[status] += 1

    def at(self, share: float) -> float:
        """The time within which this share of them was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(*, scale: float = 1.0) -> list[Measurement]:
    if postgres_server() is None:
        return [Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    count = int(PER_SECOND * SECONDS * scale)
    with (
        throwaway("postgres", safe=True) as address,
        tempfile.TemporaryDirectory(prefix="kepu-bench-") as folder,
    ):
        filings = _prepare(count)
        audited = _traced()
        with _server(address, Path(folder)) as port:
            began = time.perf_counter()
            answers = _press(filings, port)
            took = time.perf_counter() - began
            _wait_for_the_outbox()
        filed = Activity.objects.filter(pk__in=[f.pk for f in filings], state=State.FILED).count()
        traced = _traced() - audited
        while tallies.fold():
            pass
        differences = len(tallies.verify())
        broken = len(list(audit.verify()))
    bare = bare_rate("postgres", max(20, int(400 * scale)))
    rate = len(filings) / took
    words = _(
        "每秒%(rate)s次，共%(n)s次；回答%(statuses)s。p50 %(p50).0f ms，p99 %(p99).0f ms，最慢%(most).0f ms。"
    )
    said = {
        "rate": PER_SECOND, "n": f"{count:,}", "statuses": dict(answers.statuses), "p50": answers.at(0.5) * 1000,
        "p99": answers.at(0.99) * 1000, "most": max(answers.seconds) * 1000,
    }  # fmt: skip
    kept = _("已填报%(filed)s项，留痕%(traced)s条；计数对不上%(differences)s处，留痕断%(broken)s处。")
    counted = {"filed": filed, "traced": traced, "differences": differences, "broken": broken}
    return [
        Measurement(_("截止日，HTTP 填报：p95"), answers.at(0.95) * 1000, "ms", words % said),
        Measurement(_("丢失或重复"), abs(count - filed) + abs(count - traced), _("次"), kept % counted),
        Measurement(
            _("实际每秒"), rate, _("次/秒"),
            _("同样的行直接写，每秒%(bare).0f次；比值%(ratio).1f倍。网站、后台、数据库和发请求的都在这台机器上。")
            % {"bare": bare, "ratio": bare / rate},
        ),
    ]  # fmt: skip


def _traced() -> int:
    return AuditEntry.objects.filter(event=Event.FILED).count()


def _prepare(count: int) -> list[Filing]:
    """Drafts that are ready, each with the cookies of its filer."""
    scene = set_scene(units=300)
    at = start_of_day(scene.span.week_start - timedelta(days=10)) + timedelta(hours=9)
    ready = drafts(scene, count, at=at)
    clock.set_rehearsal_clock(at + timedelta(hours=1))
    csrf = secrets.token_hex(16)
    cookies: dict[tuple[int | None, int | None], str] = {}
    found = []
    for activity, by in ready:
        key = (by.person_id, by.unit_id)
        if key not in cookies:
            cookies[key] = (
                f"{settings.SESSION_COOKIE_NAME}={_session(by)}; {settings.CSRF_COOKIE_NAME}={csrf}"
            )
        found.append(Filing(activity.pk, activity.version, cookies[key], csrf))
    return found


def _session(by: Actor) -> str:
    """A session in which this person acts for this unit."""
    client = visitor()
    client.force_login(Person.objects.get(pk=by.person_id or 0))
    session = client.session
    session[CHOSEN] = by.unit_id
    session.save()
    return str(session.session_key)


@contextmanager
def _server(address: str, folder: Path) -> Iterator[int]:
    """The site and a worker in processes of their own, as a place of work runs them; gives the port."""
    port = next_free(HOST, 8800)
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "kepu.config.settings.production", "KEPU_DATABASE_URL": address,
        "KEPU_SECRET_KEY": settings.SECRET_KEY, "KEPU_PERSONAL_KEYS": settings.KEPU_PERSONAL_KEYS, "KEPU_HOSTS": HOST,
        "KEPU_HTTPS": "0", "KEPU_REHEARSAL": "1", "KEPU_LIMITS": "0", "KEPU_STATIC_DIR": str(folder / "static"),
        "KEPU_DATA_DIR": str(folder), "KEPU_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    kepu = [sys.executable, "-m", "kepu"]
    subprocess.run([*kepu, "manage", "collectstatic", "--noinput", "-v0"], env=environment, check=True)
    running = [
        subprocess.Popen([*kepu, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL),
        subprocess.Popen([*kepu, "worker", "--quiet"], env=environment, stdout=subprocess.DEVNULL),
    ]
    try:
        _wait_for(port)
        yield port
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("The server did not answer.")


def _press(filings: list[Filing], port: int) -> Answers:
    """Send every filing at its appointed instant."""
    answers, kept = Answers(), threading.local()
    began = time.perf_counter()

    def send(filing: Filing, due: float) -> None:
        connection = getattr(kept, "connection", None) or http.client.HTTPConnection(HOST, port, timeout=60)
        kept.connection = connection
        body = urlencode({"version": filing.version})
        headers = {
            "Cookie": filing.cookies, "X-CSRFToken": filing.csrf, "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        try:
            connection.request("POST", f"/workspace/activities/{filing.pk}/submission/", body, headers)
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, http.client.HTTPException):
            connection.close()
            kept.connection, status = None, 0
        answers.add(time.perf_counter() - began - due, status)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, filing in enumerate(filings):
            due = number / PER_SECOND
            if (wait := due - (time.perf_counter() - began)) > 0:
                time.sleep(wait)
            pool.submit(send, filing, due)
    return answers


def _wait_for_the_outbox(seconds: float = 30) -> None:
    """A worker that is behind may catch up for a while; what is left then does not change what was filed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and outbox_now().waiting:
        time.sleep(0.5)
