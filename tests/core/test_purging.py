"""Caches in front are told what acts have changed: once for many acts, again when they do not answer, and never with a secret lost."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from kepu.core import outbox, public, purging
from kepu.core.db import transaction
from kepu.core.models import OutboxRow, OutboxState
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SECRET = "only-caches-know-this"


@pytest.fixture
def cache(settings):
    """A cache on this machine: ``cache.told`` are the names of each call; ``cache.status`` is what it answers."""

    class Cache(BaseHTTPRequestHandler):
        told, status = [], 200

        def do_PURGE(self):
            known = self.headers["Authorization"] == f"Bearer {SECRET}"
            if known and Cache.status == 200:
                Cache.told.append(self.headers["Surrogate-Key"].split(" "))
            self.send_response(Cache.status if known else 403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.KEPU_PURGE = (f"http://127.0.0.1:{server.server_port}/",)
    settings.KEPU_PURGE_SECRET, settings.KEPU_SHARED_SECONDS, settings.KEPU_REMEMBER = SECRET, 300, 2.0
    yield Cache
    server.shutdown()
    server.server_close()


@transaction
def act(*names, at=NOON):
    for name in names:
        public.changed([name], at=at)


def deliver(at):
    return outbox.deliver_together(public.CHANGED, at=at)


def states():
    return list(OutboxRow.objects.order_by("id").values_list("state", flat=True))


def test_where_no_cache_is_named_nothing_is_written():
    act("a-1", "p-44")
    assert not OutboxRow.objects.exists()


def test_an_act_is_one_row_and_its_names_are_told_after_the_commit(cache):
    act("p-44", "a-1", "a-1")
    assert (OutboxRow.objects.count(), cache.told) == (1, [])
    assert deliver(NOON) == 1
    assert cache.told == [["a-1", "p-44"]]


def test_a_hundred_acts_are_one_call(cache):
    for n in range(100):
        act(f"a-{n % 40}", "p-CN", at=NOON + n * SECOND / 100)
    assert deliver(NOON + SECOND) == 100
    assert [len(names) for names in cache.told] == [41]
    assert states() == [OutboxState.SENT] * 100 + [OutboxState.WAITING]


def test_one_call_is_bounded_and_all_there_is_needs_one_name(cache):
    act(*(f"a-{n}" for n in range(250)))
    deliver(NOON)
    assert [len(names) for names in cache.told] == [100, 100, 50]
    cache.told.clear()
    act("a-7")
    act(public.EVERYTHING)
    deliver(NOON + SECOND)
    assert cache.told == [["kepu"]]


def test_what_was_being_made_meanwhile_is_let_go_by_a_second_call_and_no_third(cache):
    act("a-1")
    deliver(NOON)
    assert deliver(NOON + 2.9 * SECOND) == 0
    assert deliver(NOON + 3 * SECOND) == 1
    assert cache.told == [["a-1"], ["a-1"]]
    assert deliver(NOON + 600 * SECOND) == 0


def test_a_cache_that_is_away_is_told_when_it_is_back(cache):
    cache.status = 503
    act("a-1")
    waits, now = [], NOON
    for _attempt in range(3):
        deliver(now)
        row = OutboxRow.objects.get()
        waits.append((row.due_at - now).total_seconds())
        now = row.due_at
    assert (waits, row.state, cache.told) == ([3, 6, 12], OutboxState.WAITING, [])
    assert "HTTP 503" in row.last_error

    cache.status = 200
    act("a-2", at=now - 5 * SECOND)
    deliver(now - 5 * SECOND)
    assert cache.told == [["a-2"]]
    deliver(now - 5 * SECOND)  # what failed before waits no longer
    assert cache.told == [["a-2"], ["a-1"]]


def test_what_no_cache_can_hold_any_more_is_not_told_and_is_no_failure(cache, settings):
    settings.KEPU_PURGE = ("http://127.0.0.1:1/",)
    act("a-1")
    now = NOON
    while (row := OutboxRow.objects.get()).state == OutboxState.WAITING:
        now = max(now, row.due_at)
        deliver(now)
    assert row.state == OutboxState.SENT
    assert 300 <= (now - NOON).total_seconds() <= 600


def test_every_cache_is_told_though_one_of_them_is_away(cache, settings):
    settings.KEPU_PURGE = ("http://127.0.0.1:1/", *settings.KEPU_PURGE)
    with pytest.raises(purging.NotPurged) as fault:
        purging.purge(["a-1"])
    assert cache.told == [["a-1"]]
    assert str(fault.value).startswith("http://127.0.0.1:1: ")


def test_the_secret_stands_in_no_row_and_no_line_of_the_log(cache, settings, caplog):
    settings.KEPU_PURGE_SECRET = "a-wrong-secret-nobody-shall-read"
    act("a-1")
    deliver(NOON)
    row = OutboxRow.objects.get()
    assert "HTTP 403" in row.last_error
    assert settings.KEPU_PURGE_SECRET not in f"{row.payload} {row.last_error} {caplog.text}"


def test_other_rows_are_left_to_their_own_way(cache, monkeypatch):
    rung = []
    monkeypatch.setitem(outbox._handlers, "bell", lambda payload, at: rung.append(payload))
    act("a-1")
    transaction(lambda: outbox.send("bell", at=NOON))()
    assert outbox.deliver(at=NOON) == 1
    assert (len(rung), cache.told) == (1, [])


def test_names_of_places_go_up_to_the_nation():
    assert public.of_places(["/440000/441900/", "/"]) == {"p-CN", "p-440000", "p-441900"}
