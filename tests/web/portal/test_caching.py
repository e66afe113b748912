"""Pages of the public may be kept by anybody, and are never sent twice unchanged."""

from datetime import timedelta

import pytest
from django.test import Client

from kepu.activities.actions import cancel_activity
from kepu.web.portal.activities import storing
from tests.factories.notices import china

PAGES = [
    "/", "/activities/", "/activities/?when=today", "/activities/{pk}/", "/activities/{pk}.ics", "/notices/",
    "/notices/2023/dg/", "/notices/in-force/?place=441900",
]  # fmt: skip


def varies_on(path):
    """A page comes in a look, which a cookie names or the browser's wish to save data; a calendar has none."""
    return "Cookie" if path.endswith(".ics") else "Cookie, Save-Data"


@pytest.fixture
def activity(publish):
    return publish("走进中医药")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_for_all_and_says_so(activity, path):
    client = Client(headers={"Accept-Language": "en"})
    client.cookies["kepu_session"] = "somebody"

    response = client.get(path.format(pk=activity.pk))

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
    assert response["Vary"] == varies_on(path)
    assert response["ETag"]
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_again(client, activity, path):
    path = path.format(pk=activity.pk)
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (first["ETag"], varies_on(path))
    assert again["Cache-Control"] == first["Cache-Control"]


@pytest.mark.parametrize("path", ["/activities/?mode=", "/activities/?place=1"])
def test_the_way_to_the_one_address_may_be_kept_too(client, world, path):
    response = client.get(path)
    assert (response.status_code, response["Cache-Control"][:18]) == (302, "public, max-age=0,")


def test_what_a_reader_has_already_costs_one_query(client, activity, django_assert_num_queries):
    storing.store([activity.pk], at=china(2023, 9, 11))
    first = client.get(f"/activities/{activity.pk}/")
    with django_assert_num_queries(1):
        again = client.get(f"/activities/{activity.pk}/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_date_will_do_as_well(client, activity):
    first = client.get(f"/activities/{activity.pk}/")
    again = client.get(f"/activities/{activity.pk}/", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 304


def test_a_change_is_sent(client, activity, world):
    first = client.get(f"/activities/{activity.pk}/")
    cancel_activity(activity, reason="台风", by=world.filer, at=china(2023, 9, 11, 9, 59))

    again = client.get(
        f"/activities/{activity.pk}/",
        headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]},
    )

    assert (again.status_code, "活动已取消" in again.content.decode()) == (200, True)
    assert again["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("later", "same"),
    [
        (china(2023, 9, 11, 23, 59), True),
        (china(2023, 9, 12, 0), False),  # a day less to wait
        (china(2023, 9, 17, 9), False),  # it begins
        (china(2023, 9, 17, 17), False),  # it ends
    ],
)
def test_the_tag_changes_when_the_words_do(client, activity, clock, later, same):
    clock(later - timedelta(seconds=1))
    before = client.get(f"/activities/{activity.pk}/")["ETag"]
    clock(later)
    assert (client.get(f"/activities/{activity.pk}/")["ETag"] == before) is same


def test_another_language_is_another_page(client, activity):
    first = client.get(f"/activities/{activity.pk}/")
    client.cookies["kepu_language"] = "en"
    again = client.get(f"/activities/{activity.pk}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["Content-Language"]) == (200, "en")


def test_a_page_with_a_message_is_one_persons(staff, page):
    staff.post("/accounts/logout/")

    response = staff.get("/")

    assert response["Cache-Control"] == "private, no-store"
    assert "已退出登录。" in response.content.decode()
    assert staff.get("/")["Cache-Control"].startswith("public")


def test_a_rehearsal_is_kept_by_nobody(client, activity, settings):
    settings.KEPU_REHEARSAL = True
    first = client.get(f"/activities/{activity.pk}/")
    assert first["Cache-Control"] == "private, no-store"
    assert (
        client.get(f"/activities/{activity.pk}/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    )


def test_a_page_of_the_public_stays_light(client, publish):
    for n in range(20):
        publish(f"第{n:02}场，名字有三十个字左右那么长的一场科普活动，讲讲身边的科学道理")
    for path in ("/", "/activities/"):
        assert len(client.get(path).content) < 50_000


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_here(client, activity, method):
    for path in ("/", "/activities/", f"/activities/{activity.pk}/"):
        response = getattr(client, method)(path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
