"""What an area lacks online, as its coordinator sees it: days with nothing, places without a broadcast; and what to do."""

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, china
from tests.factories.orgs import a_place

AREA = "/workspace/area/441900/"
ONLINE = {
    "mode": "online", "online_link": "https://live.example.cn/1", "participants_expected": 200, "topics": ["live"],
    "answers": {"insurance": "已投保"},
}  # fmt: skip
MEANS = {"code": "online_means", "title": "线上方式", "items": [{"code": "live", "label": "直播"}]}


def card(found, heading):
    return found.one("section", aria_labelledby=heading)


def test_days_with_nothing_online_stand_there_with_their_clause_and_what_to_do(people, page):
    daily = {"of": "online_activities", "per": "day", "min": 1, "unit": "项", "window": "window.concentrated"}
    a_clause(
        people.world.season.notices.get(), "DG-34", "quota", daily, number="四（五）4", strictness="strive"
    )
    an_activity(people.world, State.PUBLISHED, **ONLINE | {"ends_at": china(2023, 9, 21, 17)})

    quiet = card(page(people.reviewer, AREA), "quiet-title")

    assert [day.text for day in quiet.all("li", class_="badge")] == ["9月22日", "9月23日"]
    assert "怎么办：请下面的单位在这些天安排直播" in quiet.text
    assert [chip.text for chip in quiet.all(class_="clause-chip")][:2] == [
        "东科协〔2023〕17号 第二部分",
        "东科协〔2023〕17号 四（五）4",
    ]
    assert "/cloud/?place=441900" in [a["href"] for a in quiet.all("a")]


def test_places_without_a_broadcast_are_named(people, page):
    notice = people.world.season.notices.get()
    a_clause(notice, "TS-38", "list", MEANS)
    asked = {"per": "place", "place_level": "town", "min": 1}
    a_clause(
        notice, "TS-39", "quota", asked | {"of": "products", "unit": "个"}, number="四（五）3", mode="shift"
    )
    a_clause(
        notice,
        "TS-39.live",
        "quota",
        asked | {"of": "broadcasts", "unit": "场"},
        number="四（五）3",
        mode="shift",
    )
    a_place("441900104", "茶山镇", kind="town", parent=people.world.city)
    an_activity(people.world, State.PUBLISHED, **ONLINE)

    matrix = card(page(people.reviewer, AREA), "matrix-title")

    assert [(a.text, a["href"]) for a in matrix.all("a", class_="badge")] == [
        ("茶山镇", "/workspace/area/441900104/")
    ]
    assert "科普产品：暂不能自动统计" in matrix.text
    assert "/cloud/matrix/?place=441900" in [a["href"] for a in matrix.all("a")]


def test_where_no_notice_asks_for_it_there_is_no_such_card(people, page):
    assert list(page(people.reviewer, AREA).all("section", aria_labelledby="matrix-title")) == []
