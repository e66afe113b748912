"""What the public sees of pictures, and which files answer."""

import pytest
from django.test import Client

from kepu.activities import actions
from kepu.activities.models import Minors, PictureKind
from kepu.activities.workflow import State
from tests.factories.activities import PUBLISHED, an_activity, loaded
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world, folder):
    return standing_world


@pytest.fixture
def activity(world):
    activity = an_activity(world, State.PUBLISHED)
    a_picture(world, activity, "poster", kind=PictureKind.POSTER, alt="海报：中医药", credit="王画")
    a_picture(world, activity, "one", alt="学生认草药")
    a_picture(world, activity, "two", alt="", credit="")
    a_picture(world, activity, "kept back", minors="", alt="不给公众看")
    return activity


def address(picture, width=320):
    return f"/pictures/{picture.digest}-{width}.webp"


def test_the_page_shows_poster_and_pictures_with_their_sizes(activity, page):
    shown = page(Client(), f"/activities/{activity.pk}/")
    poster, one, _two, back = activity.pictures.in_order()
    images = {img["alt"]: img.attributes for img in shown.all("img")}
    assert set(images) == {"海报：中医药", "学生认草药", "第2张图片"}
    assert (images["海报：中医药"]["src"], images["海报：中医药"].get("loading")) == (
        address(poster, 960),
        None,
    )
    assert images["学生认草药"] == {
        "src": address(one), "srcset": f"{address(one)} 320w, {address(one, 960)} 640w", "sizes": "(min-width: 48rem) 14rem, 50vw",
        "width": "640", "height": "480", "loading": "lazy", "decoding": "async", "alt": "学生认草药",
    }  # fmt: skip
    assert "王画" in shown.text
    assert back.digest not in shown.text


def test_whoever_saves_data_reads_what_they_show_and_may_open_them(activity, page):
    shown = page(Client(), f"/activities/{activity.pk}/", headers={"Save-Data": "on"})
    usual = page(Client(), f"/activities/{activity.pk}/")
    poster, one, two, _back = activity.pictures.in_order()

    assert list(shown.all("img")) == []
    assert [words.text for words in shown.all(class_="picture-words")] == [
        "海报：中医药",
        "学生认草药",
        "第2张图片",
    ]
    opened = {a["href"] for a in shown.all("a") if a["href"].startswith("/pictures/")}
    assert opened == {address(picture, 960) for picture in (poster, one, two)}
    assert len(list(usual.all("img"))) == 3


def test_a_file_answers_only_while_a_copy_names_it(world, activity):
    poster, one, _two, back = activity.pictures.in_order()
    client = Client()
    answer = client.get(address(one))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/webp",
        "public, max-age=86400, immutable",
    )
    assert (answer["X-Content-Type-Options"], answer.cookies) == ("nosniff", {})
    assert client.get(address(one), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    for lost in (
        address(back),
        address(one, 640),
        f"/pictures/{'0' * 64}-320.webp",
        f"/pictures/{one.digest}.jpg",
        f"/pictures/{one.digest}",
    ):
        assert client.get(lost).status_code == 404

    actions.describe_picture(back, alt="", credit="", minors=Minors.AGREED, by=world.filer, at=PUBLISHED)
    actions.remove_picture(one, by=world.filer, at=PUBLISHED)
    assert [client.get(address(p)).status_code for p in (back, one)] == [200, 404]
    actions.cancel_activity(loaded(activity), reason="台风", by=world.filer, at=PUBLISHED)
    assert client.get(address(poster)).status_code == 200


def test_what_is_not_before_the_public_does_not_answer(world):
    for state in (State.DRAFT, State.FILED, State.APPROVED, State.WITHDRAWN):
        activity = an_activity(world, State.APPROVED if state == State.WITHDRAWN else state)
        picture = a_picture(world, activity, str(state))
        if state == State.WITHDRAWN:
            actions.withdraw_activity(loaded(activity), by=world.filer, at=PUBLISHED)
        assert Client().get(address(picture)).status_code == 404, state


def test_the_page_has_another_tag_once_its_pictures_are_others(world, activity):
    before = Client().get(f"/activities/{activity.pk}/")["ETag"]
    assert Client().get(f"/activities/{activity.pk}/")["ETag"] == before
    a_picture(world, activity, "three")
    assert Client().get(f"/activities/{activity.pk}/")["ETag"] != before


def test_search_engines_show_the_hosts_poster_beside_a_link(activity, settings):
    shown = Client().get(f"/activities/{activity.pk}/").content.decode()
    poster = activity.pictures.in_order()[0]
    assert f'"image": ["{settings.KEPU_PUBLIC_URL}{address(poster, 960)}"' in shown


def test_a_file_costs_one_query(activity, django_assert_num_queries):
    poster = address(activity.pictures.in_order()[0])
    with django_assert_num_queries(1):
        assert Client().get(poster).status_code == 200
