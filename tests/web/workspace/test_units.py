"""Choosing the unit one acts for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kepu.orgs.models import Post, Role, Unit
from tests.factories.accounts import a_person
from tests.factories.orgs import a_deputy, a_post, a_unit


def offered(found):
    return [button.text for button in found.all("button", name="unit")]


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
    assert offered(found) == ["东莞市科协 填报：本单位", "石龙镇科协 填报：本单位"]


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
    assert offered(found) == ["东莞市科协 填报：本单位"]


def test_somebody_without_a_post_is_told_whom_to_ask(db, page):
    client = Client()
    client.force_login(a_person())
    assert "您的账号还没有岗位" in page(client, "/workspace/").text


def test_a_page_of_the_workspace_costs_the_same_few_queries(staff, django_assert_num_queries):
    with django_assert_num_queries(6):  # session, person, units, posts; the season, unread messages
        staff.get("/workspace/")


def test_what_is_shown_to_one_is_kept_from_shared_caches(staff):
    assert staff.get("/workspace/")["Cache-Control"] == "private, no-store"


class TestSwitching:
    def test_each_says_with_which_posts_and_how_far(self, staff, person, unit, places, page):
        a_post(unit, Role.REVIEWER, person=person, place=places[3])
        office = a_unit(places[1], "广东省科协", coordinates=[places[1]])
        a_post(office, Role.COORDINATOR, person=person)
        found = page(staff, "/workspace/unit/")
        assert offered(found) == ["东莞市科协 填报：本单位 审核：石龙镇", "广东省科协 统筹：广东省"]

    def test_one_may_act_in_anothers_stead_and_the_page_says_so(self, staff, person, unit, page):
        away = a_post(unit, Role.AUDITOR, person=a_person("王主任"))
        now = timezone.now()
        a_deputy(away, person, since=now - timedelta(days=1), until=now + timedelta(days=3))
        choices = page(staff, "/workspace/unit/")
        [own, stead] = offered(choices)
        assert own == "东莞市科协 填报：本单位"
        assert "代理王主任，至" in stead

        staff.post("/workspace/unit/", {"unit": f"{unit.pk}.{away.person_id}"})
        found = page(staff, "/workspace/")
        assert found.notices == ["现在代王主任办理“东莞市科协”的事。"]
        assert "代王主任" in found.one(class_="acting").text

        Post.objects.filter(pk=away.pk).update(until=now - timedelta(hours=1))
        assert page(staff, "/workspace/").h1 == "您代表哪个单位"  # with the post the deputy's time is over

    def test_nobody_stands_in_for_whom_they_like(self, staff, unit, page):
        away = a_post(unit, Role.AUDITOR)
        staff.post("/workspace/unit/", {"unit": f"{unit.pk}.{away.person_id}"})
        assert page(staff, "/workspace/unit/").notices == ["您现在不能代表这个单位，请从下面选一个。"]

    def test_among_many_one_looks_by_name_and_finds_the_last_used_first(
        self, staff, person, unit, places, page
    ):
        for number in range(9):
            a_post(a_unit(places[3], f"石龙{number}小"), person=person)
        found = page(staff, "/workspace/unit/")
        assert (len(offered(found)), found.one("input", name="q")["type"]) == (10, "search")
        assert len(offered(page(staff, "/workspace/unit/?q=石龙"))) == 9
        assert "没有找到" in page(staff, "/workspace/unit/?q=没有").text

        last = Unit.objects.get(name="石龙7小")
        staff.post("/workspace/unit/", {"unit": last.pk})
        assert offered(page(staff, "/workspace/unit/"))[0].startswith("石龙7小")

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_however_many(self, staff, person, unit, places, count, django_assert_num_queries):
        for _ in range(count):
            a_post(a_unit(places[3]), person=person)
        staff.post("/workspace/unit/", {"unit": unit.pk})
        with django_assert_num_queries(7):  # session, person, the actor; posts, deputies, parts, reach
            staff.get("/workspace/unit/")
