"""Choosing the unit one acts for."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kepu.orgs.models import Post
from tests.factories.accounts import a_person
from tests.factories.orgs import a_unit


def test_the_workspace_asks_for_signing_in(client):
    response = client.get("/workspace/?day=3")
    assert (response.status_code, response["Location"]) == (
        302,
        "/accounts/login/?next=%2Fworkspace%2F%3Fday%3D3",
    )


def test_a_piece_asked_for_without_a_session_sends_the_whole_page_to_sign_in(client):
    response = client.get("/workspace/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fworkspace%2F"


def test_with_one_unit_there_is_nothing_to_choose(staff, page):
    found = page(staff, "/workspace/")
    assert found.h1 == "今日"
    assert "东莞市科协" in found.one(class_="acting").text


def test_with_two_units_one_chooses_first(staff, unit, other_unit, page):
    found = page(staff, "/workspace/")
    assert found.h1 == "您代表哪个单位"
    assert [button.text for button in found.all("button", name="unit")] == ["东莞市科协", "石龙镇科协"]


def test_the_chosen_unit_is_acted_for_until_another_is_chosen(staff, unit, other_unit, page):
    response = staff.post("/workspace/unit/", {"unit": other_unit.pk, "next": "/workspace/"})
    assert response["Location"] == "/workspace/"
    found = page(staff, "/workspace/")
    assert found.notices == ["现在代表“石龙镇科协”办理。"]
    assert "石龙镇科协" in found.one(class_="acting").text

    staff.post("/workspace/unit/", {"unit": unit.pk})
    assert "东莞市科协" in page(staff, "/workspace/").one(class_="acting").text


def test_the_unit_of_others_cannot_be_chosen(staff, places, page):
    stranger = a_unit(places[3], "石龙镇中学")

    staff.post("/workspace/unit/", {"unit": stranger.pk})

    assert page(staff, "/workspace/unit/").notices == ["您现在不能代表这个单位，请从下面选一个。"]
    assert "acting_for" not in staff.session


def test_what_is_no_unit_is_answered_likewise(staff):
    assert staff.post("/workspace/unit/", {"unit": "x"})["Location"] == "/workspace/unit/"


def test_a_post_that_has_ended_takes_the_unit_away(staff, unit, other_unit, page):
    staff.post("/workspace/unit/", {"unit": other_unit.pk})
    Post.objects.filter(unit=other_unit).update(until=timezone.now() - timedelta(days=1))

    found = page(staff, "/workspace/")

    assert found.h1 == "您代表哪个单位"
    assert [button.text for button in found.all("button", name="unit")] == ["东莞市科协"]


def test_somebody_without_a_post_is_told_whom_to_ask(db, page):
    client = Client()
    client.force_login(a_person())
    assert "您的账号还没有岗位" in page(client, "/workspace/").text


def test_a_page_of_the_workspace_costs_the_same_few_queries(staff, django_assert_num_queries):
    with django_assert_num_queries(6):  # session, person, units, posts; the season, unread messages
        staff.get("/workspace/")


def test_what_is_shown_to_one_is_kept_from_shared_caches(staff):
    assert staff.get("/workspace/")["Cache-Control"] == "private, no-store"
