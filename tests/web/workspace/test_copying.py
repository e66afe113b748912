"""Filling in from what there is: own activities of any season with all but their dates, others' with what the public reads."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from tests.factories.activities import a_draft, an_activity
from tests.factories.notices import a_clause, a_notice, a_season, china
from tests.factories.orgs import a_unit, an_actor
from tests.web.workspace.conftest import newest

PAGE = "/workspace/activities/copying/"


def a_year_later(people):
    """The season after: another theme, other fields, and nothing said of insurance."""
    world = people.world
    world.season.is_open = False
    world.season.save()
    season = a_season("2024", year=2024, name="2024年全国科普日")
    notice = a_notice(season, world.city, issuer_unit=world.city_office, code="dg-2024")
    a_clause(notice, "T-1", "theme", {"text": "新的主题"})
    fields = {
        "code": "fields",
        "title": "行业领域",
        "items": [{"code": "space", "label": "航天"}, {"code": "ai", "label": "人工智能"}],
    }
    a_clause(notice, "T-2", "list", fields)
    return season


def titles(found):
    return [row.one("th").text for row in found.one("tbody").all("tr")]


def test_last_year_s_is_copied_into_the_season_at_hand(people, page):
    source = an_activity(
        people.world, State.PUBLISHED, fields=["health", "space"], answers={"insurance": "已投保"}, subtheme="旧的副主题",
        arrangement="tour", sessions=[{"title": "第一站", "venue": "礼堂", "starts_at": china(2023, 9, 17, 9), "ends_at": china(2023, 9, 17, 11)}],
    )  # fmt: skip
    next_year = a_year_later(people)
    found = page(people.filer, PAGE)
    assert titles(found) == ["走进中医药"]
    assert "2023年全国科普日" in found.one("tbody").text

    answer = people.filer.post(f"/workspace/activities/{source.pk}/copy/")

    copied = newest()
    assert answer["Location"] == f"/workspace/activities/{copied.pk}/edit/"
    assert (copied.season, copied.state, copied.starts_at) == (next_year, State.DRAFT, None)
    assert (copied.theme, copied.subtheme, copied.fields, copied.answers) == ("新的主题", "", ["space"], {})
    assert (copied.safety_person, copied.contact_phone, copied.venue) == (
        "张安",
        "13800000000",
        "石龙中学礼堂",
    )
    assert [(s["title"], s["venue"], s["starts_at"]) for s in copied.sessions] == [("第一站", "礼堂", None)]
    said = page(people.filer, answer["Location"]).notices
    assert said == [
        "已照“走进中医药”建了一份草稿，请填写时间。“行业领域”里的“健康”，现在的清单里没有，没有照抄，请重新选。"
    ]
    assert (
        AuditEntry.objects.get(event="activity.drafted", thing_id=copied.pk).detail["copied_from"]
        == source.pk
    )


def a_neighbour_s(people, **changes):
    """Published by another school of the town."""
    world = people.world
    school = a_unit(world.town, "石龙小学", kind="school")
    mine, world.filer = world.filer, an_actor(school)
    try:
        return an_activity(world, State.PUBLISHED, title="邻居的科学课", **changes)
    finally:
        world.filer = mine


def test_of_another_s_only_what_the_public_reads_is_copied(people, page):
    secret = {
        "safety_person": "别人",
        "contact_name": "别人",
        "risk_plan": "预案",
        "answers": {"insurance": "已投保"},
    }
    theirs = a_neighbour_s(
        people, summary="种子发芽", venue="小学操场", address="某路", online_link="https://a.cn", undertakers=["别的单位"],
        latitude=23.0, longitude=113.0, **secret,
    )  # fmt: skip
    an_activity(people.world, State.PUBLISHED)  # one's own stands on the other page
    found = page(people.filer, f"{PAGE}?tab=others")
    assert titles(found) == ["邻居的科学课"]
    assert "石龙小学" in found.one("tbody").text
    button = found.one("tbody").one("form")
    sent = {box["name"]: box["value"] for box in button.all("input")}

    first, second = (people.filer.post(button["action"], sent) for _ in range(2))

    copied = newest()
    assert first["Location"] == second["Location"] == f"/workspace/activities/{copied.pk}/edit/"
    assert (copied.unit, copied.title, copied.summary, copied.fields) == (
        people.world.school, "邻居的科学课", "种子发芽", ["health"],
    )  # fmt: skip
    taken = (
        "venue",
        "address",
        "online_link",
        "undertakers",
        "latitude",
        "participants_expected",
        "answers",
        *secret,
    )
    assert [getattr(copied, name) or None for name in taken] == [None] * len(taken)
    assert copied.place_id == people.world.school.place_id
    assert (
        AuditEntry.objects.get(event="activity.drafted", thing_id=copied.pk).detail["copied_from"]
        == theirs.pk
    )


def test_what_is_not_published_is_nobody_else_s_to_copy(people):
    school = a_unit(people.world.town, "石龙小学", kind="school")
    filed = a_draft(people.world, by=an_actor(school))
    before = Activity.objects.count()
    assert people.filer.post(f"{PAGE}others/", {"publication": filed.pk}).status_code == 404
    assert people.filer.post(f"/workspace/activities/{filed.pk}/copy/").status_code == 404
    assert people.filer.post(f"{PAGE}others/", {"publication": "9" * 30}).status_code == 404
    assert Activity.objects.count() == before


def test_who_does_not_file_copies_nothing(people):
    theirs = a_neighbour_s(people)
    people.colleague.post(f"{PAGE}others/", {"publication": theirs.pk, "token": uuid4()})
    assert Activity.objects.count() == 1


def test_after_the_season_nothing_is_copied(people, page):
    people.world.season.is_open = False
    people.world.season.save()
    assert "已经结束，不能再新建或填报活动。" in page(people.filer, PAGE, status=403).text


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=中医", ["走进中医药"]), ("?q=天文", []), ("?tab=others&q=科学课", ["邻居的科学课"])],
)
def test_what_is_looked_for_is_found(people, page, query, found):
    an_activity(people.world, State.PUBLISHED)
    a_neighbour_s(people)
    shown = page(people.filer, PAGE + query)
    assert (titles(shown) if found else []) == found
    assert ("没有这样的活动。" in shown.text) == (not found)


@pytest.mark.parametrize("tab", ["", "?tab=others"])
def test_one_and_three_cost_the_same(people, tab):
    counts = []
    for n in (1, 2):
        for _ in range(n):
            (a_neighbour_s if tab else lambda people: an_activity(people.world))(people)
        people.filer.get(PAGE + tab)
        with CaptureQueriesContext(connection) as asked:
            people.filer.get(PAGE + tab)
        counts.append(len(asked))
    assert counts[0] == counts[1]
