"""Subscribing: choose a place and a field, get addresses that work."""

import pytest
from icalendar import Calendar

from kepu.orgs.models import PlaceKind
from kepu.web.portal.machines.markup import item_list
from tests.factories.orgs import a_place


def addresses(found):
    return {field["id"]: field["value"] for field in found.all("input") if field["id"].startswith("way-")}


def test_without_a_choice_it_is_the_nation(client, page, world):
    found = page(client, "/subscribe/")
    assert addresses(found) == {
        f"way-{ending}": f"http://localhost:8000/activities.{ending}"
        for ending in ("ics", "atom", "json", "csv")
    }
    assert [chip.text for chip in found.all(class_="chip-plain")] == ["全国"]


def test_before_any_season_it_opens(client, page, db, clock):
    assert len(addresses(page(client, "/subscribe/"))) == 4


@pytest.mark.parametrize("typed", ["东莞市", "441900", "广东省东莞市", " 东莞市 "])
def test_a_place_as_people_write_it_becomes_its_code(client, world, typed):
    response = client.get("/subscribe/", {"where": typed, "field": "health", "mode": "", "when": ""})
    assert (response.status_code, response["Location"]) == (302, "/subscribe/?place=441900&field=health")


def test_the_addresses_are_those_of_the_choice_and_work(client, page, publish):
    publish("走进中医药")
    found = page(client, "/subscribe/?place=441900&mode=offline")
    assert [chip.text for chip in found.all(class_="chip-plain")] == ["东莞市", "线下"]
    assert found.one("input", id="where")["value"] == "广东省东莞市"
    for address in addresses(found).values():
        assert address.endswith("?place=441900&mode=offline")
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200
    (webcal,) = (a["href"] for a in found.all("a") if a["href"].startswith("webcal:"))
    calendar = client.get(webcal.removeprefix("webcal://localhost:8000")).content
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(calendar).events] == ["走进中医药"]


def test_a_place_that_is_not_known_is_said_and_kept(client, page, world):
    found = page(client, "/subscribe/?where=%E6%B2%A1%E6%9C%89%E9%95%87&field=")
    assert (
        found.one(id="where_error").text
        == "没有找到“没有镇”。请写省、市、县的全称，例如“广东省东莞市石龙镇”。"
    )
    assert (found.one(id="where")["value"], addresses(found)) == ("没有镇", {})


def test_of_several_places_of_a_name_one_is_chosen(client, page, world):
    a_place("445102", "石龙镇", kind=PlaceKind.COUNTY, parent=world.province)
    found = page(client, "/subscribe/?where=%E7%9F%B3%E9%BE%99%E9%95%87&mode=online")
    links = [a["href"] for a in found.one("form", class_="machines-chooser").all("a")]
    assert links == ["/subscribe/?place=441900103&mode=online", "/subscribe/?place=445102&mode=online"]


@pytest.mark.parametrize("query", ["place=999999", "unit=99999999", "season=1999", "cursor=x", "nothing=1"])
def test_what_there_is_not_is_left_out(client, world, query):
    response = client.get(f"/subscribe/?{query}")
    assert (response.status_code, response["Location"]) == (302, "/subscribe/")


def test_what_it_costs(client, publish, django_assert_num_queries):
    publish("走进中医药")
    client.get("/subscribe/")
    with django_assert_num_queries(1):
        client.get("/subscribe/")
    with django_assert_num_queries(3):
        client.get("/subscribe/?place=441900&field=health")


def test_in_english(client, page, world):
    client.cookies["kepu_language"] = "en"
    found = page(client, "/subscribe/?mode=online")
    assert found.h1 == "Subscribe"
    assert addresses(found)["way-ics"] == "http://localhost:8000/activities.ics?mode=online&lang=en"


def test_a_list_leads_to_the_same_question_in_other_formats(client, page, world):
    found = page(client, "/activities/?place=441900&mode=online&cursor=abc")
    others = {link["type"]: link["href"] for link in found.all("link", rel="alternate")}
    for kind, ending in (
        ("application/atom+xml", "atom"), ("application/feed+json", "json"), ("text/calendar", "ics"), ("text/csv", "csv"),
    ):  # fmt: skip
        assert others[kind] == f"/activities.{ending}?place=441900&mode=online"
    assert found.one("a", href="/subscribe/?place=441900&mode=online").text == "订阅这些活动"
    assert page(client, "/activities/").one("link", type="text/calendar")["href"] == "/activities.ics"


def test_a_list_in_the_words_of_search_engines(publish):
    from kepu.activities.models import Publication

    publish("走进中医药")
    publish("第二项")
    rows = list(Publication.objects.order_by("pk"))
    said = item_list([row.pk for row in rows], name="东莞市的活动")
    assert said["numberOfItems"] == 2
    assert [(one["position"], one["url"]) for one in said["itemListElement"]] == [
        (n, f"http://localhost:8000/activities/{row.pk}/") for n, row in enumerate(rows, 1)
    ]
