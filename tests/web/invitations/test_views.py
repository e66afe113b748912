"""Taking up an invitation, by whoever brings the link."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kepu.accounts.models import Person
from kepu.accounts.workflow import Event
from kepu.core import audit
from kepu.orgs import actions
from kepu.orgs.models import Invitation, Post, Role
from tests.factories.accounts import a_person
from tests.factories.orgs import a_post, a_unit, an_actor

NEW = {
    "name": "张老师", "username": "zhang", "email": "zhang@example.cn", "password": "运河边上的那一棵老榕树", "again": "运河边上的那一棵老榕树"
}  # fmt: skip


@pytest.fixture
def school(places):
    return a_unit(places[3], "石龙中学")


@pytest.fixture
def giver(school):
    person = a_person("陈老师")
    a_post(school, person=person)
    return an_actor(school, person=person)


@pytest.fixture
def link(school, giver):
    _invitation, token = actions.invite(school, Role.FILER, name="张老师", by=giver, at=timezone.now())
    return f"/invitations/{token}/"


def test_the_page_says_what_is_offered_and_uses_nothing_up(client, link, page):
    for _ in range(2):
        found = page(client, link)
    assert found.h1 == "“石龙中学”邀请您"
    assert "请您担任填报人员，管到：本单位。" in found.text
    assert "由陈老师发出" in found.text
    assert Invitation.objects.get().used_at is None


def test_it_is_kept_in_no_cache_and_told_to_no_other_site(client, link):
    headers = client.get(link).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"], headers["Referrer-Policy"]) == (
        "private, no-store", "noindex", "same-origin",
    )  # fmt: skip


def test_a_new_account_is_made_and_signed_in_at_once(client, link, school, page):
    answer = client.post(f"{link}account/", NEW)
    assert answer["Location"] == "/workspace/"
    found = page(client, "/workspace/")
    assert found.notices == ["欢迎！您现在担任“石龙中学”的填报人员。"]
    assert "石龙中学" in found.one(class_="acting").text
    person = Person.objects.get(username="zhang")
    assert Post.objects.get(person=person).unit == school
    assert Client().login(username="zhang", password=NEW["password"])


def test_it_is_a_sign_in_like_any_other(client, link, page):
    """Listed for its owner, traced, and over when the browser is left alone."""
    client.force_login(a_person("王前任"))  # somebody else was signed in at this computer
    client.post(f"{link}account/", NEW)
    person = Person.objects.get(username="zhang")
    assert audit.of(person).filter(event=Event.SIGNED_IN).get().detail["methods"] == ["password"]
    assert UserSession.objects.get().user == person
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.KEPU_IDLE_MINUTES + 1)):
        assert client.get("/workspace/")["Location"].startswith("/accounts/login/")


def test_a_new_account_can_see_where_it_is_signed_in_and_end_it(client, link, page):
    client.post(f"{link}account/", NEW)

    assert "这里" in page(client, "/accounts/sessions/").text
    assert "登录了" in page(client, "/workspace/trace/").text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"password": "123", "again": "123"}, "密码太短"),
        ({"again": "另一个密码另一个密码"}, "两次输入的密码不一样"),
        ({"username": "taken"}, "这个登录名已经有人用了"),
        ({"name": ""}, "请填写“姓名”。"),
        ({"email": "zhang"}, "电子邮箱的写法不对"),
    ],
)
def test_what_an_account_must_have_is_said_and_the_link_stays_good(client, link, read, given, sentence):
    a_person(username="taken")
    answer = client.post(f"{link}account/", {**NEW, **given})
    assert (answer.status_code, Invitation.objects.get().used_at) == (422, None)
    assert sentence in read(answer).one(class_="form-errors").text
    assert client.post(f"{link}account/", NEW)["Location"] == "/workspace/"


def test_somebody_signed_in_takes_it_up_with_one_click(link, school, page):
    client, person = Client(), a_person("李老师")
    client.force_login(person)
    found = page(client, link)
    assert [form["action"] for form in found.one("main").all("form")] == [link]
    assert client.post(link)["Location"] == "/workspace/"
    assert Post.objects.get(person=person).unit == school


def test_without_an_account_in_hand_taking_it_up_leads_to_sign_in_and_back(client, link):
    assert client.post(link)["Location"] == f"/accounts/login/?next={link}"


@pytest.mark.parametrize(
    ("what", "status", "sentence"),
    [
        ("used", 410, "已经用过，一个链接只能用一次"), ("withdrawn", 410, "已经收回"), ("expired", 410, "已经过期"),
        ("unknown", 404, "没有这个邀请"), ("giver gone", 410, "发出邀请的人已经不能安排“石龙中学”的这个岗位"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_says_why_and_gives_nothing(
    client, link, giver, page, what, status, sentence
):
    now = timezone.now()
    if what == "used":
        Client().post(f"{link}account/", {**NEW, "username": "first"})
    elif what == "withdrawn":
        actions.withdraw_invitation(Invitation.objects.get(), by=giver, at=now)
    elif what == "expired":
        Invitation.objects.update(expires_at=now - timedelta(minutes=1))
    elif what == "giver gone":
        Post.objects.filter(person_id=giver.person_id).update(until=now)
    else:
        link = "/invitations/" + "x" * 43 + "/"
    assert sentence in page(client, link, status).text
    assert client.post(f"{link}account/", NEW).status_code == status
    signed = Client()
    signed.force_login(a_person())
    signed.post(link)
    assert Person.objects.filter(username="zhang").count() == 0
    assert Post.objects.filter(since__gte=now).count() == (
        0 if what != "used" else Post.objects.filter(person__username="first").count()
    )


@pytest.mark.parametrize("token", ["a\x00b", "é" * 300, "..", "%2e"])
def test_strange_links_are_no_faults(client, db, token):
    from urllib.parse import quote

    assert client.get(f"/invitations/{quote(token)}/").status_code in (400, 404)
