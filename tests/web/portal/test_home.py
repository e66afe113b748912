"""The front page: the season, where we are in it, what is on."""

import pytest

from kepu.activities.workflow import State
from kepu.core.calendar import start_of_day
from tests.factories.activities import ENDS, STARTS
from tests.factories.notices import a_clause, a_notice, china

THEME = "提升全民科学素质，助力科技自立自强"
WEEK = {
    "code": "concentrated",
    "title": "集中开展",
    "start": {"date": "2023-09-17"},
    "end": {"date": "2023-09-23"},
}


@pytest.fixture
def nation(world):
    """The nation's notice: the theme, and the week."""
    notice = a_notice(world.season, world.nation, "na", number="科协发普字〔2023〕15号")
    a_clause(notice, "NA-05", "theme", {"text": THEME}, number="一")
    a_clause(notice, "NA-06", "window", WEEK, number="一")
    return notice


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/").one(class_="empty").text.startswith("还没有开设届次")


def test_before_anything_is_published_it_says_from_when(client, page, clock, nation):
    clock(china(2023, 8, 1))
    opening = {
        "code": "publishing",
        "title": "发布活动",
        "start": {"date": "2023-08-21"},
        "purpose": "publishing",
    }
    a_clause(nation, "NA-69", "window", opening, number="四")

    empty = page(client, "/").one(class_="empty")

    assert empty.text == "还没有发布的活动 发布活动：2023年8月21日起。"


def test_the_theme_stands_with_its_clause(client, page, nation):
    decree = page(client, "/").one(class_="decree")

    assert [text.text for text in decree.all(class_="decree-text")] == [
        THEME, "集中开展：2023年9月17日至2023年9月23日。"
    ]  # fmt: skip
    assert {chip.text for chip in decree.all(class_="clause-chip")} == {"科协发普字〔2023〕15号 第一部分"}
    whole = "/notices/why/?key={}&place=CN&kind=other_unit&season=2023"
    assert [a["href"] for a in decree.all("a")] == [
        "/notices/2023/na/#NA-05", whole.format("theme"), "/notices/2023/na/#NA-06", whole.format("window.concentrated")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (china(2023, 9, 8, 23, 59), "还有9天"),
        (china(2023, 9, 16), "明天开始"),
        (start_of_day(china(2023, 9, 17).date()), "第1天，共7天"),
        (china(2023, 9, 19), "第3天，共7天"),
        (china(2023, 9, 23, 23, 59), "第7天，共7天"),
        (china(2023, 9, 24, 0), "已于9月23日结束"),
    ],
)
def test_where_we_are_in_the_week(client, page, clock, nation, now, words):
    clock(now)
    assert page(client, "/").one(class_="season-phase").text == f"9月17日—23日 {words}"


def test_without_a_window_the_season_itself_is_the_time(client, page, world):
    assert page(client, "/").one(class_="season-phase").text == "9月17日—23日 还有6天"


def test_the_days_lead_to_what_is_on(client, page, clock, nation):
    clock(china(2023, 9, 18))
    strip = page(client, "/").one(class_="strip")

    days = [f"/activities/?day=2023-09-{day}" for day in range(17, 24)]
    assert [a["href"] for a in strip.all("a")] == days
    assert [a["href"] for a in strip.all("a") if a["aria-current"] == "date"] == [days[1]]


def test_what_is_on_stands_in_the_first_list_it_belongs_to(client, page, clock, publish, titles):
    publish("九月讲座", starts_at=china(2023, 9, 13, 9), ends_at=china(2023, 9, 17, 17))
    publish("周六集市", starts_at=china(2023, 9, 16, 9), ends_at=china(2023, 9, 16, 17))
    publish("下周开放日", starts_at=china(2023, 9, 20, 9), ends_at=china(2023, 9, 20, 17))
    publish("取消的讲座", State.CANCELLED, starts_at=china(2023, 9, 16, 9), ends_at=china(2023, 9, 16, 17))
    publish("还没发布的", State.APPROVED)
    clock(china(2023, 9, 14))

    found = page(client, "/")

    lists = {section.one("h2").text: titles(section) for section in found.all("section", class_="home-list")}
    assert lists == {"今天": ["九月讲座"], "本周末": ["周六集市"], "接下来": ["下周开放日"]}


def test_when_all_is_over_it_shows_what_was_last(client, page, clock, publish, titles):
    publish("走进中医药")
    clock(china(2023, 10, 1))

    found = page(client, "/")

    assert [h2.text for h2 in found.all("h2") if h2["id"].startswith("list-")] == ["最近办过的"]
    assert titles(found) == ["走进中医药"]


def test_figures_keep_announced_and_held_apart(client, page, clock, publish):
    publish("一")
    publish("二", mode="online", online_link="https://live.example.cn/2")
    publish("三", State.HELD)
    clock(china(2023, 9, 18, 8, 5))

    found = page(client, "/")

    figures = {
        figure.one("dt").text: figure.one("dd").text for figure in found.one(class_="tallies").children
    }
    assert figures == {
        "已发布活动": "3 场", "其中线上可以参加": "1 场", "已经举办": "1 场", "已有参加": "130 人次"
    }  # fmt: skip
    assert "截至 2023年9月18日 周一 8:05" in found.text


def test_before_anything_was_held_nothing_is_said_of_it(client, page, publish):
    publish("一")
    labels = [dt.text for dt in page(client, "/").one(class_="tallies").all("dt")]
    assert labels == ["已发布活动", "其中线上可以参加"]


def test_days_are_english_in_english(client, page, clock, nation, publish):
    publish("走进中医药", starts_at=STARTS, ends_at=ENDS)
    client.cookies["kepu_language"] = "en"
    clock(china(2023, 9, 17))

    found = page(client, "/")

    assert found.one(class_="season-phase").text.startswith("17–23 Sep")
    assert [day.text for day in found.all(class_="strip-weekday")] == [
        "Sun",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
    ]
    assert found.one(class_="event-time").text == "9:00–17:00"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_queries_do_not_grow(client, publish, django_assert_num_queries, rows):
    for n in range(rows):
        publish(f"第{n}场", starts_at=china(2023, 9, 17 + n % 3, 9), ends_at=china(2023, 9, 17 + n % 3, 11))
    client.get("/")
    with django_assert_num_queries(8):
        client.get("/")


def test_between_seasons_the_last_one_is_shown(client, page, world):
    world.season.is_open = False
    world.season.save()

    assert page(client, "/").h1 == world.season.name


def test_before_the_first_season_the_site_says_its_name(client, page, db):
    assert page(client, "/").h1 == "全国科普日"
