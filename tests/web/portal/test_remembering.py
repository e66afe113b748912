"""What a process remembers for a moment: the same answer, for everybody who would get the same, and never for long."""

import threading
import time

import pytest

from kepu.activities import actions
from kepu.activities.workflow import State
from kepu.web import remembering
from tests.factories.activities import PUBLISHED, a_world, an_activity
from tests.factories.notices import china

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch, settings):
    """The process remembers for two seconds of a clock that only the test moves."""
    settings.KEPU_REMEMBER, settings.KEPU_REHEARSAL = 2.0, False
    now = [100.0]
    monkeypatch.setattr(remembering.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def activity(clock):
    clock(china(2023, 9, 1))
    return an_activity(a_world(), State.PUBLISHED)


def test_a_second_reader_costs_no_query(client, activity, moment, django_assert_num_queries):
    first = client.get("/activities/")
    with django_assert_num_queries(0):
        again = client.get("/activities/")
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    with django_assert_num_queries(0):
        unchanged = client.get("/activities/", headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", first["ETag"])


def test_that_nothing_has_changed_is_remembered_though_nobody_asks_for_the_page(
    client, activity, moment, django_assert_num_queries
):
    tag = client.get("/activities/")["ETag"]
    moment[0] += 2.0  # forgotten; from now on everybody has the page
    client.get("/activities/", headers={"If-None-Match": tag})
    with django_assert_num_queries(0):
        for asked in (tag, f"W/{tag}", f'"other", {tag}'):
            unchanged = client.get("/activities/", headers={"If-None-Match": asked})
            assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", tag)
    moment[0] += 1.0
    whole = client.get("/activities/", headers={"If-None-Match": '"older"'})
    assert (whole.status_code, whole["ETag"]) == (200, tag)
    moment[0] += 1.5  # what is remembered now is the page
    with django_assert_num_queries(0):
        assert client.get("/activities/").content == whole.content


def test_it_forgets(client, activity, moment):
    client.get("/activities/")
    activity.refresh_from_db()
    world = a_reviewer_of(activity)
    actions.cancel_activity(activity, reason="台风", by=world, at=PUBLISHED)
    assert "已取消" not in client.get("/activities/").content.decode()
    moment[0] += 2.0
    assert "已取消" in client.get("/activities/").content.decode()


@pytest.mark.parametrize(
    "other",
    [{"cookie": ("kepu_language", "en")}, {"cookie": ("kepu_look", "large")}, {"headers": {"Save-Data": "on"}}, {"path": "/activities/?when=past"}],
)  # fmt: skip
def test_another_page_is_remembered_by_itself(client, activity, moment, other, django_assert_num_queries):
    client.get("/activities/")
    if "cookie" in other:
        client.cookies[other["cookie"][0]] = other["cookie"][1]
    path, headers = other.get("path", "/activities/"), other.get("headers", {})
    client.get(path, headers=headers)
    assert len(_remembered(client)) == 2
    with django_assert_num_queries(0):
        client.get(path, headers=headers)


@pytest.mark.parametrize(
    "path", ["/workspace/", "/accounts/login/", "/nowhere/", "/healthz", "/activities/?mode="]
)
def test_what_is_not_for_everybody_or_no_page_is_never_remembered(client, activity, moment, path):
    client.get(path)
    assert not _remembered(client)


def test_a_message_for_one_is_nobody_elses(client, activity, moment):
    client.cookies["messages"] = "x"
    client.get("/activities/")
    assert not _remembered(client)


def test_no_more_than_so_many(client, activity, moment, monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 3)
    for day in range(10, 20):
        client.get(f"/activities/?day=2023-09-{day}")
    assert len(_remembered(client)) == 3


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_under_load_no_page_shows_what_was_withdrawn_for_longer_than_it_may(client, settings, clock):
    from django.db import connections
    from django.test import Client

    settings.KEPU_REMEMBER, settings.KEPU_REHEARSAL = 0.3, False
    clock(china(2023, 9, 1))
    activity = an_activity(a_world(), State.PUBLISHED, title="不办了的活动")
    shown, stop, finished = [], threading.Event(), []

    def read():
        reader = Client()
        try:
            while not stop.is_set():
                began = time.monotonic()
                for path in ("/activities/", "/activities/?day=2023-09-17", f"/activities/{activity.pk}/"):
                    text = reader.get(path).content.decode()
                    if "不办了的活动" in text and "已取消" not in text:
                        shown.append(began)
            finished.append(True)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    time.sleep(0.5)
    actions.cancel_activity(activity, reason="台风", by=a_reviewer_of(activity), at=PUBLISHED)
    withdrawn = time.monotonic()
    time.sleep(1.2)
    stop.set()
    for reader in readers:
        reader.join()
    assert finished == [True] * 3
    assert any(began < withdrawn for began in shown)
    assert not [began for began in shown if began > withdrawn + 0.3]


def a_reviewer_of(activity):
    from kepu.orgs.models import Role
    from tests.factories.orgs import an_actor

    return an_actor(activity.unit, Role.FILER, places=[activity.unit.place])


def _remembered(client):
    """What the middleware of a test client's handler keeps."""
    return client.handler._middleware_chain.__wrapped__.kept
