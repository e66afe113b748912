"""What is drawn beforehand: it is what would be drawn now, and is never shown once it is not true any more."""

import pytest
from django.core.cache import cache

from kepu.activities import actions
from kepu.core import outbox
from kepu.web.models import Drawn
from kepu.web.portal.activities import storing
from tests.factories.notices import china

AT = china(2023, 9, 1)


@pytest.fixture
def drawn(publish):
    """An activity with sessions, published and drawn."""
    starts = [china(2023, 9, day, 9) for day in (16, 17)]
    sessions = [
        {"code": f"s{n}", "title": f"第{n}课", "starts_at": at.isoformat(), "ends_at": at.replace(hour=11).isoformat()}
        for n, at in enumerate(starts)
    ]
    activity = publish(
        "天文课", arrangement="recurring", sessions=sessions, starts_at=starts[0], ends_at=starts[1].replace(hour=11), mode="mixed",
        online_link="https://live.example.org/a",
    )  # fmt: skip
    outbox.deliver(at=AT, size=100)
    return activity


def pages(client, activity, language=""):
    cache.clear()
    client.cookies["django_language"] = language
    addresses = ("/activities/?mode=mixed", f"/activities/{activity.pk}/")
    return [client.get(address).content.decode() for address in addresses]


def test_the_worker_draws_what_is_published_in_every_language(drawn):
    assert sorted(Drawn.objects.values_list("publication_id", "language")) == [(drawn.pk, "en"), (drawn.pk, "zh-hans")]


@pytest.mark.parametrize("now", [AT, china(2023, 9, 16, 10), china(2023, 9, 16, 12), china(2023, 9, 30)])
def test_drawn_before_or_now_it_says_the_same(client, clock, drawn, now):
    clock(now)
    before = pages(client, drawn)
    Drawn.objects.all().delete()
    assert pages(client, drawn) == before
    assert "\x02" not in "".join(before)


def test_what_is_over_is_over_though_it_was_drawn_before(client, page, clock, drawn):
    clock(china(2023, 9, 16, 12))
    sessions = page(client, f"/activities/{drawn.pk}/").one(class_="sessions").all("li")
    assert [line.has("data-over") for line in sessions] == [True, False]
    assert page(client, "/activities/?when=today").all(class_="badge")


def test_a_change_is_shown_before_the_worker_comes(client, drawn, world):
    actions.cancel_sessions(drawn, codes=["s1"], reason="场地维修", by=world.filer, at=AT)
    assert "场地维修" in pages(client, drawn)[1]
    actions.cancel_activity(drawn, reason="台风", by=world.filer, at=AT)
    listed, detail = pages(client, drawn)
    assert "已取消" in listed
    assert "台风" in detail


def test_new_rules_and_a_new_release_make_it_old(client, drawn, world, monkeypatch):
    assert storing.kept_page(drawn.pk, *_copy(drawn)) is not None
    digest, edition = _copy(drawn)
    assert storing.kept_page(drawn.pk, digest, edition + 1) is None
    monkeypatch.setattr(storing, "release", lambda: "another")
    assert storing.kept_page(drawn.pk, digest, edition) is None
    assert storing.draw_anew(AT)
    while outbox.deliver(at=AT, size=100):
        pass
    assert storing.kept_page(drawn.pk, digest, edition) is not None
    assert not storing.draw_anew(AT)
    assert Drawn.objects.count() == 2


def test_characters_of_the_machine_in_a_title_do_no_harm(client, publish):
    activity = publish("天文\x02standing\x03课\x02nothing\x03")
    storing.store([activity.pk], at=AT)
    listed, detail = pages(client, activity)
    assert detail.count("天文") >= 1
    assert client.get("/activities/").status_code == 200


def _copy(activity):
    from kepu.activities.models import Publication

    publication = Publication.objects.select_related("season").get(pk=activity.pk)
    return publication.digest, publication.season.edition
