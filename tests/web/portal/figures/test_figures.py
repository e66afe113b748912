"""The page of figures: what is counted, kept apart, with what is not known said to be so."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.core.models import TallyEntry
from kepu.notices.models import Season
from kepu.orgs.models import PlaceKind
from kepu.web.portal.figures.counting import MOST_DAYS, days_around
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_place, a_unit, an_actor


@pytest.fixture
def figures(client, page):
    return lambda query="", **extra: page(client, f"/figures/{query}", **extra)


def said(found):
    """Every figure by its label."""
    return {dt.text: dt.parent.one("dd").text for dl in found.all("dl") for dt in dl.all("dt")
            if "figure-group" in (dl.parent["class"] or "")}  # fmt: skip


def rows(found, code):
    """The cells of a table, row by row."""
    section = found.one("section", aria_labelledby=f"t-{code}")
    return [[cell.text for cell in tr.children] for tr in section.one("tbody").all("tr")]


def publish_in(world, code, name, title):
    """An activity of a school in another town."""
    town = a_place(code, name, kind=PlaceKind.TOWN, parent=world.city)
    there = replace(world, filer=an_actor(a_unit(town, f"{name}中学", kind="school")))
    return an_activity(there, State.PUBLISHED, title=title)


def test_before_any_season_it_says_so(client, page, db):
    assert page(client, "/figures/").one(class_="empty").text.startswith("还没有开设届次")


def test_announced_held_and_confirmed_stand_apart(figures, publish):
    publish("一")
    publish("二", mode="online", online_link="https://live.example.cn/2")
    publish("三", State.HELD)
    publish("四", State.COMPLETED)
    publish("五", State.CANCELLED)

    assert said(figures()) == {
        "已发布活动": "4 场", "其中线上可以参加": "1 场", "已取消": "1 场", "已举办活动": "2 场", "现场参加": "260 人次",
        "线上参加": "0 人次", "已完善": "1 场", "已总结": "0 场",
    }  # fmt: skip


def test_before_anything_was_held_nothing_is_known_of_who_came(figures, publish):
    publish("一")

    found = said(figures())

    assert (found["已举办活动"], found["现场参加"], found["已完善"]) == (
        "0 场",
        "— 还没有数",
        "— 还没有数",
    )


def test_nothing_at_all_is_zero_and_draws_no_table(figures, world):
    found = figures()

    assert said(found)["已发布活动"] == "0 场"
    assert [h2.text for h2 in found.all("h2") if h2["id"].startswith("t-")] == ["各地的活动"]
    assert rows(found, "places") == [["广东省", "0", "0", "0", "— 还没有数", "— 还没有数"]]
    assert list(found.all("svg", role="img")) == []


def test_a_folded_count_and_a_fresh_one_are_added(figures, publish):
    publish("一")
    tallies.fold()
    assert not TallyEntry.objects.exists()
    publish("二")

    assert said(figures())["已发布活动"] == "2 场"


def test_each_place_counts_what_lies_in_it(figures, publish, world):
    publish("石龙的")
    publish_in(world, "441900101", "石碣镇", "石碣的")

    assert rows(figures("?place=441900"), "places") == [
        ["石碣镇", "1", "0", "0", "— 还没有数", "— 还没有数"],
        ["石龙镇", "1", "0", "0", "— 还没有数", "— 还没有数"],
    ]
    assert said(figures("?place=441900101"))["已发布活动"] == "1 场"
    assert said(figures("?place=石碣镇"))["已发布活动"] == "1 场"


def test_the_chart_of_places_says_what_its_table_says(figures, publish, world):
    publish("一")
    publish("二", State.HELD)

    drawn = figures("?place=441900").one("section", aria_labelledby="t-places").one("svg", role="img")

    assert drawn.one("title").text == "各地的活动"
    assert drawn.one("desc").text == "最多的是石龙镇，2场。数字见旁边的表。"
    widths = {one["class"]: one["width"] for one in drawn.all("rect")}
    assert (widths["chart-whole"], widths["chart-done"]) == ("78.00%", "39.00%")


def test_days_are_counted_each_and_lead_to_what_is_on(figures, publish, clock):
    publish("两天的", starts_at=china(2023, 9, 17), ends_at=china(2023, 9, 18, 17))
    publish("一天的", starts_at=china(2023, 9, 18), ends_at=china(2023, 9, 18, 17))
    clock(china(2023, 9, 17, 10))

    found = figures()

    assert rows(found, "days") == [["9月17日 周日", "1"], ["9月18日 周一", "2"]]
    section = found.one("section", aria_labelledby="t-days")
    links = [a["href"] for a in section.one("tbody").all("a")]
    assert links[:2] == ["/activities/?day=2023-09-17", "/activities/?day=2023-09-18"]
    kinds = [one["class"] for one in section.one("svg", role="img").all("rect")]
    assert kinds == ["chart-done", "chart-open"]  # today is behind us, tomorrow is to come


def test_of_a_season_of_a_year_the_days_around_its_main_days_are_looked_at(figures, publish, world):
    world.season.first_day, world.season.last_day = date(2023, 1, 1), date(2023, 12, 31)
    world.season.save()
    week = {
        "code": "concentrated",
        "title": "集中开展",
        "start": {"date": "2023-09-17"},
        "end": {"date": "2023-09-23"},
    }
    a_clause(a_notice(world.season, world.nation, "na"), "NA-06", "window", week)
    for month, day in ((9, 16), (9, 18), (10, 10), (12, 1)):
        publish("讲座", starts_at=china(2023, month, day), ends_at=china(2023, month, day, 17))

    found = rows(figures(), "days")

    assert (found[0], found[1], found[-1], len(found)) == (
        ["9月16日 周六", "1"], ["9月17日 周日", "0"], ["10月10日 周二", "1"], 25
    )  # fmt: skip


@given(st.dates(), st.integers(0, 400), st.integers(0, 90), st.data())
def test_the_days_looked_at_lie_in_the_season_and_are_not_many(first, length, main, data):
    try:
        season = Season(first_day=first, last_day=first + timedelta(days=length))
    except OverflowError:
        return
    start = data.draw(st.dates(season.first_day, season.last_day))
    end = min(start + timedelta(days=min(main, length)), season.last_day)

    begin, last = days_around(season, start, end)

    assert season.first_day <= begin <= last <= season.last_day
    assert (last - begin).days < MOST_DAYS
    assert begin <= start


def test_below_a_county_days_are_counted_too(figures, publish, world):
    publish("石龙的", starts_at=china(2023, 9, 17), ends_at=china(2023, 9, 17, 17))
    publish_in(world, "441900101", "石碣镇", "石碣的")
    found = figures("?place=441900103")
    assert [h2.text for h2 in found.all("h2") if h2["id"].startswith("t-")] == [
        "每天在办的活动", "怎样参加", "行业领域"
    ]  # fmt: skip
    assert rows(found, "days") == [["9月17日 周日", "1"]]


def test_the_two_ways_to_take_part_add_up(figures, publish):
    publish("一")
    publish("二")
    publish("三", mode="mixed", online_link="https://live.example.cn/3")

    assert rows(figures(), "modes") == [["线上可以参加", "1"], ["只在现场参加", "2"]]


def test_what_is_counted_by_a_list_gets_a_table(figures, publish):
    publish("一")
    assert "t-tracks" not in {h2["id"] for h2 in figures().all("h2")}
    for n in range(2):
        publish(f"航天{n}", fields=["space"], tracks=["societies"])
    publish("两样", fields=["health", "space"])
    publish("不办了", State.CANCELLED, fields=["space"])

    found = figures("?place=441900")

    # as the list has them, to which each leads: what is cancelled stands there too, and the table says so
    assert rows(found, "fields") == [["航天", "4"], ["健康", "2"]]
    assert "取消的也还在内" in found.one("section", aria_labelledby="t-fields").text
    links = [a["href"] for code in ("fields", "tracks") for a in
             found.one("section", aria_labelledby=f"t-{code}").one("tbody").all("a")]  # fmt: skip
    assert links == [
        "/activities/?place=441900&field=space", "/activities/?place=441900&field=health",
        "/activities/?place=441900&track=societies",
    ]  # fmt: skip


def test_what_a_list_of_a_place_below_calls_its_codes_is_said_above_too(figures, publish):
    publish("一", fields=["space"])
    assert rows(figures(), "fields") == [["航天", "1"]]


def test_every_figure_says_how_it_is_counted(figures, publish):
    publish("一", State.HELD)
    found = figures()
    assert [dt.text for dt in found.one(class_="figure-facts").all("dt")] == list(said(found))


def test_a_place_that_is_not_there_is_not_found(figures, world):
    found = figures("?place=没有这个地方", status=404)
    assert found.one(class_="empty").one("h2").text == "没有这个地区"


def test_of_several_places_of_one_name_the_reader_chooses(figures, world):
    for code in ("440000901", "440000902"):
        a_place(code, "城关镇", kind=PlaceKind.TOWN, parent=world.province)

    found = figures("?place=城关镇")

    assert [a["href"] for a in found.one(class_="notice").all("a")] == [
        "/figures/?place=440000901",
        "/figures/?place=440000902",
    ]


def test_a_season_that_is_not_there_is_not_found(client, world):
    assert client.get("/figures/?season=1999").status_code == 404


def sheet(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    return response.headers["Content-Disposition"], list(csv.reader(io.StringIO(text)))


def test_a_table_is_downloaded_with_its_season_its_place_and_its_instant(client, publish):
    publish("一")

    name, lines = sheet(client, "/figures/places.csv?place=441900")

    assert name == 'attachment; filename="kepu-2023-441900-places.csv"'
    assert lines == [
        ["届次", "范围", "截至", "地区", "已发布（场）", "线上可以参加（场）", "已举办（场）", "现场参加（人次）", "线上参加（人次）"],
        ["2023年全国科普日", "东莞市", "2023年9月11日 周一 10:00", "石龙镇", "1", "0", "0", "", ""],
    ]  # fmt: skip


def test_the_totals_are_a_sheet_too_and_missing_is_empty(client, publish):
    publish("一")
    _name, lines = sheet(client, "/figures/totals.csv")
    assert [line[3:6] for line in lines[1:5]] == [
        ["已经公布的", "已发布活动", "1"],
        ["已经公布的", "其中线上可以参加", "0"],
        ["已经公布的", "已取消", "0"],
        ["已经举办的", "已举办活动", "0"],
    ]
    assert lines[5][4:6] == ["现场参加", ""]


def test_no_cell_of_a_sheet_is_a_formula(client, publish, world):
    a_place("441900999", "=1+1", kind=PlaceKind.TOWN, parent=world.city)
    _name, lines = sheet(client, "/figures/places.csv?place=441900")
    assert [line[3] for line in lines[1:]] == ["石龙镇", "'=1+1"]


@pytest.mark.parametrize(
    "path", ["/figures/nothing.csv", "/figures/places.csv?place=1", "/figures/tracks.csv"]
)
def test_a_table_that_is_not_there_is_not_found(client, publish, path):
    publish("一")
    assert client.get(path).status_code == 404


def test_the_sheets_of_a_past_season_are_of_that_season(figures, world, publish):
    publish("一")
    links = [a["href"] for a in figures("?place=441900&season=2023").all("a") if "csv" in a["href"]]
    assert set(links) == {
        f"/figures/{code}.csv?place=441900&season=2023"
        for code in ("totals", "days", "places", "modes", "fields")
    }


@pytest.mark.parametrize("many", [1, 9])
def test_the_queries_do_not_grow(client, publish, world, django_assert_num_queries, many):
    """Season, place, those above it and inside it; totals, kinds, days, and the places inside side by side."""
    for n in range(many):
        publish_in(world, f"4419002{n:02}", f"第{n}镇", f"第{n}场")
    client.get("/figures/?place=441900")
    with django_assert_num_queries(8):
        client.get("/figures/?place=441900")


def test_it_is_kept_by_everybody_for_a_while(client, publish):
    response = client.get("/figures/")
    assert response.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
    again = client.get("/figures/", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_in_english_the_figures_are_named_in_english(client, page, publish):
    publish("一")
    client.cookies["kepu_language"] = "en"
    assert page(client, "/figures/").one("html")["lang"] == "en"
