"""The widget: a frame for other sites, the script, and the page that composes both."""

import re

import pytest
from django.contrib.staticfiles import finders

from kepu.activities.workflow import State
from tests.factories.notices import china
from tests.web.reading import Page


def at(day):
    return {"starts_at": china(2023, 9, day, 9), "ends_at": china(2023, 9, day, 11)}


@pytest.fixture
def frame(client):
    def read(query="", status=200):
        response = client.get(f"/widget/activities{query and '?' + query}")
        assert response.status_code == status
        found = Page(response.content.decode())
        assert found.wrong() == []
        return found

    return read


def listed(found):
    return [link.text for item in found.all("li") for link in item.all("a")]


def test_it_lists_what_the_page_lists(publish, frame):
    publish("第二天", **at(18))
    publish("第一天", **at(17))
    publish("取消了的", State.CANCELLED, **at(19))
    found = frame("size=3&place=441900")
    assert listed(found) == ["第一天", "第二天", "取消了的"]
    assert found.h1 == "东莞市 · 2023年全国科普日"
    assert [item.has("data-off") for item in found.all("li")] == [False, False, True]
    assert listed(frame("size=1")) == ["第一天"]
    assert [a["target"] for a in found.all("a")] == ["_blank"] * 4


def test_anybody_may_frame_it_and_only_it(client, publish):
    activity = publish("走进中医药")
    client.cookies["kepu_session"], client.cookies["kepu_language"] = "somebody", "en"
    response = client.get("/widget/activities")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert ("X-Frame-Options" in response, response.cookies, response["Content-Language"]) == (
        False,
        {},
        "zh-hans",
    )
    assert response["Cache-Control"].startswith("public")
    assert "<script" not in response.content.decode()
    for path in ("/", "/activities/", f"/activities/{activity.pk}/", "/widget/", "/subscribe/"):
        other = client.get(path)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("place=999999", 404, "没有代码是“999999”的地区。"),
        ("size=21", 400, "“size=21”不行：请写 1 到 20 之间的整数。"),
        ("look=pink", 400, "“look=pink”看不懂"),
        ("plcae=1", 400, "“plcae=1”看不懂"),
    ],
)
def test_a_fault_is_said_in_the_frame(frame, client, world, query, status, sentence):
    assert sentence in frame(query, status).one("main").text
    assert "frame-ancestors *" in client.get(f"/widget/activities?{query}")["Content-Security-Policy"]


def test_with_nothing_to_list_it_says_so(frame, world):
    assert "接下来还没有活动。" in frame().one("main").text


def test_before_any_season_it_says_so(frame, db, clock):
    assert "接下来还没有活动。" in frame().one("main").text


def test_its_look_and_language_are_the_addresss(frame, publish):
    publish("走进中医药")
    found = frame("look=dark&lang=en")
    assert (found.one("html")["data-look"], found.one("html")["lang"]) == ("dark", "en")
    assert frame().one("html").has("data-look") is False


def test_an_address_that_names_its_language_is_composed_in_it(client, page, publish):
    publish("走进中医药")
    found = page(client, "/widget/?mode=offline&lang=en")
    assert (found.one("html")["lang"], found.one("iframe")["src"]) == (
        "en",
        "/widget/activities?mode=offline&lang=en",
    )


def test_a_visitors_own_look_does_not_reach_the_frame(client, frame, publish):
    """What others keep of it is the same for all: the cookie of our own pages is not looked at."""
    publish("走进中医药")
    plain = client.get("/widget/activities")
    client.cookies["kepu_look"] = "large.dark"
    own = client.get("/widget/activities")
    assert (own.content, own["ETag"], own["Vary"]) == (plain.content, plain["ETag"], plain["Vary"])
    assert frame().one("html").has("data-look") is False


@pytest.mark.parametrize("count", [1, 5])
def test_what_it_costs(client, publish, count, django_assert_num_queries):
    for day in range(12, 12 + count):
        publish(f"{day}日的", **at(day))
    client.get("/widget/activities")
    with django_assert_num_queries(2):
        client.get("/widget/activities")
    with django_assert_num_queries(4):
        client.get("/widget/activities?place=441900&field=health")


def test_the_script_is_the_file_for_any_site(client, db):
    response = client.get("/widget.js")
    with open(finders.find("js/widget.js"), "rb") as file:
        assert response.content == file.read()
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/widget.js", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert not re.search(
        r"eval\(|innerHTML|insertAdjacentHTML|document\.write|new Function", response.content.decode()
    )


def test_one_composes_what_to_paste(client, page, publish):
    publish("走进中医药")
    found = page(client, "/widget/?place=441900&mode=offline&size=3&look=dark")
    assert found.one(id="code-frame").text == (
        '<iframe src="http://localhost:8000/widget/activities?place=441900&amp;mode=offline&amp;size=3&amp;look=dark"'
        ' title="东莞市 · 线下 · 2023年全国科普日" width="100%" height="460" loading="lazy" style="border:0"></iframe>'
    )
    assert found.one(id="code-script").text == (
        '<div data-kepu data-place="441900" data-mode="offline" data-size="3" data-look="dark">'
        '<a href="http://localhost:8000/activities/?place=441900&amp;mode=offline">东莞市 · 线下 · 2023年全国科普日</a></div>'
        ' <script src="http://localhost:8000/widget.js" async></script>'
    )
    assert "走进中医药" in client.get(found.one("iframe")["src"]).content.decode()
    assert "frame-src 'self'" in client.get("/widget/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("where=441900&field=&mode=&when=&size=5&look=", "/widget/?place=441900"),
        (
            "where=&field=health&mode=&when=weekend&size=10&look=large",
            "/widget/?when=weekend&field=health&size=10&look=large",
        ),
        ("size=7&look=pink&x=1", "/widget/"),
    ],
)
def test_one_choice_has_one_address(client, world, query, canonical):
    response = client.get(f"/widget/?{query}")
    assert (response.status_code, response["Location"]) == (302, canonical)
    assert client.get(canonical).status_code == 200
