"""All seasons with their figures, and one of them with its notices and the way to its activities."""

from datetime import date

import pytest

from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.core.models import TallyEntry
from kepu.notices.models import NoticeStatus, Season
from tests.factories.notices import a_notice, china

NUMBERS = {
    "activity.published": 40,
    "activity.held": 30,
    "participants.actual": 1200,
    "participants.online": 9,
}


def a_past_season(world, year, n=1, **fields):
    """A season that is over, in which so many times :data:`NUMBERS` was counted."""
    season = Season.objects.create(
        code=str(year), campaign="science-day", year=year, name=f"{year}年全国科普日", first_day=date(year, 9, 15),
        last_day=date(year, 9, 25), is_open=False, **fields,
    )  # fmt: skip
    where = {"unit_id": world.school.pk, "place": world.town.path, "season_id": season.pk}
    TallyEntry.objects.bulk_create(
        TallyEntry(measure=measure, n=n * number, **where) for measure, number in NUMBERS.items()
    )
    return season


@pytest.fixture
def seasons(client, page):
    return lambda path="", **extra: page(client, f"/seasons/{path}", **extra)


def rows(found):
    return [[cell.text for cell in tr.children] for tr in found.one("tbody").all("tr")]


def test_before_any_season_it_says_so(client, page, db):
    assert page(client, "/seasons/").one(class_="empty").text.startswith("还没有开设届次")


def test_in_the_first_year_there_is_the_present_one_and_it_says_so(seasons, publish):
    publish("一")

    found = seasons()

    assert rows(found) == [
        ["2023年全国科普日 这一届 即将开始", "2023年9月17日—23日", "1", "0", "—", "—"],
    ]
    assert "还没有往届" in found.one(class_="notice").text
    assert list(found.all("svg", role="img")) == []


def test_seasons_stand_the_latest_first_with_what_was_counted(seasons, world):
    a_past_season(world, 2021)
    tallies.fold()
    a_past_season(world, 2022, 2)

    found = seasons()

    assert rows(found)[1:] == [
        ["2022年全国科普日 已经结束", "2022年9月15日—25日", "80", "60", "2,400", "18"],
        ["2021年全国科普日 已经结束", "2021年9月15日—25日", "40", "30", "1,200", "9"],
    ]
    assert [a["href"] for a in found.one("tbody").all("a")] == [
        "/seasons/2023/",
        "/seasons/2022/",
        "/seasons/2021/",
    ]
    drawn = found.one("svg", role="img")
    assert [t.text for t in drawn.all("text", class_="chart-label")] == [
        "2021年全国科普日",
        "2022年全国科普日",
    ]
    assert [r["width"] for r in drawn.all("rect", class_="chart-whole")] == ["39.00%", "78.00%"]


def test_one_that_is_only_being_prepared_is_not_known_yet(seasons, world):
    a_notice(world.season, world.nation, "na")
    Season.objects.create(
        code="2024",
        campaign="science-day",
        year=2024,
        name="2024年全国科普日",
        first_day=date(2024, 9, 15),
        last_day=date(2024, 9, 25),
    )
    assert [row[0].split()[0] for row in rows(seasons())] == ["2023年全国科普日"]


@pytest.mark.parametrize(
    ("now", "is_open", "words"),
    [
        (china(2023, 9, 16), True, "即将开始"),
        (china(2023, 9, 17, 0), True, "正在进行"),
        (china(2023, 9, 23, 23, 59), True, "正在进行"),
        (china(2023, 9, 24, 0), True, "活动已办完，正在总结"),
        (china(2023, 9, 24, 0), False, "已经结束"),
    ],
)
def test_where_a_season_is_in_its_life(seasons, world, clock, now, is_open, words):
    clock(now)
    Season.objects.update(is_open=is_open)
    assert rows(seasons())[0][0].endswith(words)


def test_a_season_has_its_figures_its_notices_and_the_way_to_its_activities(seasons, world):
    past = a_past_season(world, 2022)
    notice = a_notice(past, world.nation, "na", number="科协发普字〔2022〕15号")
    results = a_notice(past, world.nation, "results", number="科协办函〔2022〕99号")
    results.status = NoticeStatus.RESULTS
    results.save()

    found = seasons("2022/")

    assert found.h1 == "2022年全国科普日"
    labels = {dt.text: dt.parent.one("dd").text for dt in found.all("dt")}
    assert (labels["已发布活动"], labels["现场参加"]) == ("40 场", "1,200 人次")
    assert [a["href"] for a in found.all("a", class_="button")] == [
        "/activities/?when=past&season=2022",
        "/figures/?season=2022",
    ]
    lists = {
        section.one("h2").text: [a["href"] for a in section.all("a")]
        for section in found.all("section")
        if section["aria-labelledby"] in ("notices", "results")
    }
    assert lists == {"结果通知": ["/notices/2022/results/"], "通知": [f"/notices/2022/{notice.code}/"]}


def test_the_way_to_the_activities_of_a_past_season_leads_to_them(
    client, page, seasons, publish, clock, world, titles
):
    publish("观星夜", State.HELD)
    a_past_season(world, 2024)
    Season.objects.filter(code="2024").update(is_open=True)
    a_notice(Season.objects.get(code="2024"), world.nation, "na")
    Season.objects.filter(code="2023").update(is_open=False)
    clock(china(2024, 9, 1))

    way = seasons("2023/").all("a", class_="button")

    assert titles(page(client, next(way)["href"])) == ["观星夜"]


def test_the_present_one_is_marked_and_without_figures_it_says_so(seasons, world):
    found = seasons("2023/")
    assert found.one(class_="lead").text == "2023年9月17日—23日 · 即将开始 这一届"
    assert "这一届还没有活动。" in found.text
    assert next(found.all("a", class_="button"))["href"] == "/activities/"


def test_of_many_notices_the_first_are_shown_and_the_way_to_all(seasons, world):
    for n in range(12):
        a_notice(world.season, world.city, f"n{n}")
    section = seasons("2023/").one("section", aria_labelledby="notices")
    assert len(list(section.all("li"))) == 10
    assert list(section.all("a"))[-1]["href"] == "/notices/?season=2023"


def test_a_season_that_is_not_there_is_not_found(client, world):
    assert client.get("/seasons/1999/").status_code == 404


@pytest.mark.parametrize("many", [1, 9])
def test_the_queries_do_not_grow(client, world, django_assert_num_queries, many):
    for n in range(many):
        a_past_season(world, 2000 + n)
    with django_assert_num_queries(3):
        client.get("/seasons/")
    with django_assert_num_queries(6):
        client.get("/seasons/2000/")
