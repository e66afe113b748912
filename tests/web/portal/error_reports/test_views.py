"""Anybody says what is wrong with an activity's page; host and reviewer hear of it; the writer reads what became of it."""

import re
from uuid import uuid4

import pytest
from django.core.cache import caches

from kepu.activities.workflow import State
from kepu.core import outbox
from kepu.orgs.models import Message
from kepu.support.models import ErrorReport

TYPED = {
    "wrong": "time",
    "words": "海报上写的是上午，这里写的是下午。",
    "contact": "139 1234 5678",
    "website": "",
}


@pytest.fixture(autouse=True)
def no_limits_spent():
    caches["limits"].clear()


@pytest.fixture
def activity(publish):
    return publish("走进中医药")


@pytest.fixture
def send(client, activity):
    def sent(**changes):
        typed = {"key": str(uuid4()), **TYPED, **changes}
        return client.post(f"/activities/{activity.pk}/error-report/", typed)

    return sent


def told():
    from tests.factories.notices import china

    while outbox.deliver(at=china(2023, 9, 11, 10)):
        pass
    rows = Message.objects.filter(kind__startswith="error_report").order_by("pk")
    return list(rows.values_list("unit__name", "kind", "subject"))


def test_the_form_needs_no_account_and_is_kept_by_nobody(client, page, activity):
    found = page(client, f"/activities/{activity.pk}/error-report/")
    assert (found.h1, found.one("form", class_="form")["action"]) == (
        "纠错",
        f"/activities/{activity.pk}/error-report/",
    )
    assert (
        client.get(f"/activities/{activity.pk}/error-report/").headers["Cache-Control"] == "private, no-store"
    )


def test_it_reaches_the_host_and_its_reviewer_and_its_writer_gets_a_link(client, send, read, activity, world):
    answer = send()
    report = ErrorReport.objects.get()
    assert answer.headers["Location"] == f"/error-reports/{report.key}/"
    found = read(client.get(answer.headers["Location"]))
    assert ("已经送到，谢谢您" in found.text, TYPED["words"] in found.text) == (True, True)
    assert "5678" not in found.text
    assert (report.host, report.reviewer, report.about_id) == (world.school, world.city_office, activity.pk)
    subject = "有人指出活动页面有错：走进中医药（时间）"
    assert told() == [
        ("石龙中学", "error_report.made", subject),
        ("东莞市科协", "error_report.made", subject),
    ]


def test_the_contact_lies_closed(send):
    from django.db import connection

    send()
    with connection.cursor() as cursor:
        stored = cursor.execute("SELECT contact FROM support_errorreport").fetchone()[0]
    assert ("1234" in stored, ErrorReport.objects.get().contact) == (False, TYPED["contact"])


def test_sent_twice_it_is_one(send):
    key = str(uuid4())
    assert send(key=key).headers["Location"] == send(key=key).headers["Location"]
    assert ErrorReport.objects.count() == 1


def test_while_one_waits_nobody_is_told_of_the_next(send):
    send()
    send(words="地点也不对。")
    assert (ErrorReport.objects.count(), len(told())) == (2, 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": ""}, "请填写“怎么错了”。"),
        ({"wrong": ""}, "请选择“哪里有错”。"),
        ({"wrong": "nothing"}, "nothing"),
        ({"words": "错" * 1001}, "1000"),
        ({"contact": "1" * 121}, "120"),
        ({"website": "https://spam.example"}, "请把“请不要填写这一栏”清空，再提交一次。"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(send, read, changes, sentence):
    answer = send(**changes)
    assert answer.status_code == 422
    found = read(answer)
    assert sentence in found.one(class_="form-errors").text
    assert found.one("textarea").text.strip() == {**TYPED, **changes}["words"]
    assert found.one("input", name="contact")["value"] == {**TYPED, **changes}["contact"]
    assert not ErrorReport.objects.exists()


def test_very_much_about_one_activity_is_enough(send, read, activity, monkeypatch):
    monkeypatch.setattr("kepu.support.actions.error_reports.MOST_OPEN", 1)
    send()
    answer = send(words="地点也不对。")
    assert (answer.status_code, "已经收到很多纠错" in read(answer).text) == (422, True)


def test_an_address_that_sends_too_much_waits(send, settings):
    settings.KEPU_LIMITS = 1
    assert [send().status_code for _ in range(41)][-2:] == [303, 429]


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED])
def test_what_is_not_public_takes_none(client, publish, state):
    activity = publish("还没公开", state)
    assert client.get(f"/activities/{activity.pk}/error-report/").status_code == 404
    assert (
        client.post(f"/activities/{activity.pk}/error-report/", {**TYPED, "key": str(uuid4())}).status_code
        == 404
    )


def test_a_link_that_is_none_leads_nowhere(client, db):
    assert client.get(f"/error-reports/{uuid4()}/").status_code == 404


def test_a_cancelled_activity_takes_reports_and_its_page_is_found(client, publish, read):
    activity = publish("走进中医药", State.CANCELLED)
    answer = client.post(f"/activities/{activity.pk}/error-report/", {**TYPED, "key": str(uuid4())})
    found = read(client.get(answer.headers["Location"]))
    assert f"/activities/{activity.pk}/" in [a["href"] for a in found.all("a")]


def test_without_a_reviewer_of_its_own_only_the_host_is_told(send, activity, world):
    from kepu.activities.models import Activity

    Activity.objects.filter(pk=activity.pk).update(reviewing_unit=world.school)
    send()
    assert [name for name, *_ in told()] == ["石龙中学"]


def test_what_is_said_of_it_leads_back(client, page, activity):
    found = page(client, f"/activities/{activity.pk}/error-report/")
    assert f"/activities/{activity.pk}/" in [a["href"] for a in found.all("a")]
    assert re.fullmatch(r"[0-9a-f-]{36}", found.one("input", name="key")["value"])
