"""The log of a notice before the public and in the workspace."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.notices import actions
from kepu.notices.format.reading import read_notice
from kepu.notices.models import Season
from kepu.orgs.actor import Actor, Held
from kepu.orgs.models import Place, Role
from tests.factories.notices import a_notice, a_season, china
from tests.notices.test_queries_log import CLAUSES, HEAD

NOW = china(2023, 9, 11, 10)
CITY, NATION = "/notices/s-2023/city/", "/notices/s-2023/nation/"


@pytest.fixture
def office(unit, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: NOW)
    a_season("s-2023")
    return unit


@pytest.fixture
def take_over(office, system):
    """``take_over(due=20)``: the city's notice, taken over by its office."""
    city = office.place.path
    by = Actor(person_id=7, person_name="陈晓明", unit=office, posts=(Held(Role.COORDINATOR, (city,), ()),))

    def taken(code="city", place="441900", *, due=23, more="", who=by):
        file = HEAD % (code, code, place, more) + CLAUSES % (due, "要求")
        return actions.take_over_notice(
            read_notice(file, "n.toml"), file, "n.toml", by=who, at=china(2023, 9, int(due))
        ).notice

    taken("nation", "CN", who=system)
    return taken


def acts(found):
    """When the acts of a log were done, the newest first."""
    return [time["datetime"] for time in found.one(class_="notice-log").all("time")]


def test_the_public_reads_what_changed_when_and_by_which_unit(client, page, take_over):
    take_over()
    take_over(due=20)

    found = page(client, CITY)

    newest = next(found.one(class_="notice-log").all("li"))
    assert newest.one("time")["datetime"] == "2023-09-20T09:00:00+08:00"
    assert "东莞市科协" in newest.text
    assert "作了改动：改动1条。" in newest.text
    assert (newest.one("del").text, newest.one("ins").text) == (
        "原来是： 2023年9月23日",
        "现在是： 2023年9月20日",
    )
    assert "陈晓明" not in found.html


def test_a_parents_page_leads_to_the_child_that_changed_its_date(client, page, take_over):
    take_over(due=20)
    newest = next(page(client, NATION).one(class_="notice-log").all("li"))
    assert newest.one("a")["href"] == CITY
    assert newest.one("ins").text == "现在是： 2023年9月20日"
    assert "系统操作" in [*page(client, NATION).one(class_="notice-log").all("li")][-1].text


def test_a_withdrawal_is_read_with_its_reason(client, page, take_over, system):
    actions.withdraw_notice(take_over(), by=system, at=china(2023, 9, 2), reason="文号<写错>了")
    assert "撤回。 原因：文号<写错>了" in page(client, CITY).one(class_="notice-log").text


def test_a_page_of_the_public_costs_the_same_with_one_act_and_with_many(client, page, take_over):
    def queries():
        page(client, CITY)
        with CaptureQueriesContext(connection) as captured:
            page(client, CITY)
        return len(captured)

    take_over()
    first = queries()
    for due in range(10, 23):
        take_over(due=due)
    assert queries() == first
    assert len(acts(page(client, CITY))) == 10


def test_in_the_workspace_the_whole_log_is_read_page_by_page(page, staff, take_over):
    for due in range(1, 23):
        take_over(due=f"{due:02}")
    found = page(staff, "/workspace/notices/s-2023/city/log/")
    older = page(staff, "/workspace/notices/s-2023/city/log/" + found.one(rel="next")["href"])
    assert (found.h1, len(acts(found)), len(acts(older))) == ("变更记录", 20, 2)
    assert acts(found)[-1] > acts(older)[0]
    assert "陈晓明" not in found.one(class_="notice-log").text


def test_a_notice_that_nobody_changed_says_so(page, staff, take_over):
    a_notice(Season.objects.get(), Place.objects.get(code="440000"), "quiet")
    found = page(staff, "/workspace/notices/s-2023/quiet/log/")
    assert found.one(class_="empty").text.startswith("还没有记录")
    assert page(staff, "/workspace/notices/s-2023/nobody/log/", status=404).h1 == "没有找到这个页面"
