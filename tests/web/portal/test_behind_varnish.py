"""A real Varnish in front, set up as docs/running.md says: it keeps pages for minutes, and lets go at once what an act has changed."""

import os
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest

from kepu.activities import actions
from kepu.activities.workflow import State
from kepu.cli.worker import Worker
from kepu.core import clock
from kepu.core.models import OutboxRow, OutboxState
from kepu.orgs.models import Role
from kepu.orgs.workflow import PlaceKind
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_place, an_actor

DOCS = Path(__file__).resolve().parents[3] / "docs" / "running.md"
ONE_SECOND, ONE_MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SECRET = "the-secret-of-kepu"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def moving(monkeypatch):
    """The clock of the site goes on from 1 September 2023; ``moving()`` lets it begin a minute, so that no page soon turns."""
    minutes, began = 0, time.monotonic()

    def begin_a_minute():
        nonlocal minutes, began
        minutes, began = minutes + 10, time.monotonic()

    def now():
        return china(2023, 9, 1) + minutes * ONE_MINUTE + (time.monotonic() - began) * ONE_SECOND

    monkeypatch.setattr("kepu.core.clock.now", now)
    return begin_a_minute


@pytest.fixture
def varnish(live_server, settings, moving, tmp_path):
    """The address of a Varnish that stands before the site; skipped where there is none, or none with xkey."""
    program = shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("Varnish is not installed")
    site = live_server.url.rpartition(":")[2]
    said = re.search(r"```vcl\n(.*?)```", DOCS.read_text("utf-8"), re.S)[1]
    (tmp_path / "kepu.vcl").write_text(said.replace('.port = "8000"', f'.port = "{site}"'))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "work"
    asked = [program, "-F", "-n", str(folder), "-f", str(tmp_path / "kepu.vcl"), "-a", f"127.0.0.1:{port}"]
    settings.ALLOWED_HOSTS, settings.KEPU_REHEARSAL, settings.KEPU_REMEMBER = ["*"], False, 2.0
    settings.KEPU_PURGE, settings.KEPU_PURGE_SECRET = (f"http://127.0.0.1:{port}/",), SECRET
    settings.KEPU_SHARED_SECONDS = 300
    address = f"http://127.0.0.1:{port}"
    with (tmp_path / "log").open("w+") as log:
        process = subprocess.Popen([*asked, "-s", "malloc,16m", "-j", "none"], stdout=log, stderr=log)
        try:
            _until_it_answers(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture
def worker(varnish):
    """``kepu worker``, beside."""
    one = Worker()
    running = threading.Thread(target=one.run)
    running.start()
    until = time.monotonic() + 20
    while not OutboxRow.objects.filter(state=OutboxState.SENT).exists() and time.monotonic() < until:
        time.sleep(0.1)  # its first turn has everything purged
    yield one
    one.stop()
    running.join()


def _until_it_answers(address, process, log):
    for _attempt in range(200):
        if process.poll() is not None:
            log.seek(0)
            if "vmod" in (said := log.read()):
                pytest.skip("Varnish has no xkey")
            pytest.fail(said)
        try:
            urllib.request.urlopen(f"{address}/healthz").read()
            return
        except OSError:
            time.sleep(0.05)


def fetch(address, **headers):
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(address, headers=asked)) as answer:
        return answer.headers["X-Cache"], answer.read().decode(), answer.headers


def purge(address, secret):
    headers = {"Surrogate-Key": "kepu", "Authorization": f"Bearer {secret}"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"{address}/", method="PURGE", headers=headers)
        ) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_it_keeps_pages_for_minutes_and_a_withdrawn_activity_goes_within_five_seconds(
    varnish, worker, moving
):
    world = a_world()
    activity = an_activity(world, State.PUBLISHED, title="台风天")
    a_place("110000", "北京市", kind=PlaceKind.PROVINCE, parent=world.nation)
    time.sleep(3.5)  # until the second call for what was published has come
    own, list_, elsewhere = (
        f"/activities/{activity.pk}/",
        "/activities/?place=441900",
        "/activities/?place=110000",
    )
    time.sleep(2.1)  # until nothing is remembered
    moving()
    for page in (own, list_, elsewhere):
        assert fetch(varnish + page)[0] == "MISS"
    time.sleep(4)  # longer than any other cache would keep it
    for page in (own, list_, elsewhere):
        cached, text, headers = fetch(varnish + page, Cookie="kepu_session=somebody")
        assert (cached, "已取消" in text) == ("1", False)
        assert headers["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
        assert {"Surrogate-Key", "Surrogate-Control", "xkey", "Age"} & set(headers) == set()
        assert fetch(varnish + page, Cookie="kepu_look=large; kepu_language=en")[0] == "MISS"
        assert fetch(varnish + page, Cookie="messages=x")[0] == "MISS"

    activity.refresh_from_db()
    host = an_actor(activity.unit, Role.FILER, places=[activity.unit.place])
    actions.cancel_activity(activity, reason="台风", by=host, at=clock.now())
    withdrawn, until = time.monotonic(), {}
    while len(until) < 2 and time.monotonic() < withdrawn + 10:
        for page in (own, list_):
            if page not in until and "已取消" in fetch(varnish + page)[1]:
                until[page] = time.monotonic() - withdrawn
        time.sleep(0.05)
    assert sorted(until) == sorted((own, list_))
    assert max(until.values()) < 5
    print(f"public after {max(until.values()):.2f} s")
    assert fetch(varnish + elsewhere)[0].isdecimal()  # nobody touched it, and it is still kept


def test_only_who_knows_the_secret_empties_it(varnish):
    a_place("CN", "中国")
    assert (purge(varnish, "guessed"), purge(varnish, SECRET)) == (403, 200)
