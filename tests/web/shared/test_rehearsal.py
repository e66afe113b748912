"""The clock of a rehearsal, and the gallery."""

from datetime import timedelta

import pytest

from kepu.core import clock
from kepu.core.models import RehearsalClock


@pytest.fixture
def rehearsal(settings, noon):
    settings.KEPU_REHEARSAL = True
    clock.set_rehearsal_clock(noon)


def test_every_page_says_that_it_is_a_rehearsal(rehearsal, client, page):
    assert "单位和活动都是编的。现在是 2023年9月1日 12:00。" in page(client, "/").one("aside").text


def test_a_day_passes(rehearsal, client, noon, page):
    client.post("/rehearsal/clock/", {"days": "1"})

    assert clock.now() - (noon + timedelta(days=1)) < timedelta(seconds=5)
    assert page(client, "/").notices == ["演练时间已经调到2023年9月2日。"]


def test_it_goes_to_nine_in_the_morning_of_a_day(rehearsal, client):
    client.post("/rehearsal/clock/", {"date": "2023-09-16"})
    assert clock.now().strftime("%Y-%m-%d %H") == "2023-09-16 09"


@pytest.mark.parametrize(
    "wrong", [{}, {"date": "tomorrow"}, {"date": "0001-01-01"}, {"days": "9" * 12}, {"days": "x"}]
)
def test_what_is_no_day_is_refused_in_a_sentence(rehearsal, client, page, wrong, noon):
    client.post("/rehearsal/clock/", wrong)
    assert page(client, "/").notices == ["请选一个三年以内的日期，例如 2023-09-16。"]
    assert RehearsalClock.objects.get().shown == noon


def test_a_real_season_has_no_clock_and_no_gallery(client):
    assert client.post("/rehearsal/clock/", {"days": "1"}).status_code == 404
    assert client.get("/gallery/").status_code == 404
    assert not RehearsalClock.objects.exists()


def test_the_gallery_shows_every_component(rehearsal, client, page):
    assert page(client, "/gallery/").h1 == "组件"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 422, 429, 500])
def test_the_gallery_shows_every_error(rehearsal, client, page, status):
    page(client, f"/gallery/error/{status}/", status=status)
