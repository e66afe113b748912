"""One county – one product, one broadcast: what each place has; what is not counted is never zero."""

import pytest

from kepu.activities.workflow import State
from kepu.oversight.matrix import BROADCASTS, PRODUCTS, matrix
from kepu.oversight.quotas import quota_board
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_place

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 20)
ONLINE = {"mode": "online", "online_link": "https://live.example.cn/1", "participants_expected": 200}
MEANS = {"code": "online_means", "title": "线上方式", "items": [{"code": "live", "label": "直播"}]}
ASKED = {"per": "place", "place_level": "town", "min": 1}


@pytest.fixture
def world():
    """A city whose notice asks each town for one product and one broadcast, and a second town with nothing."""
    world = a_world()
    notice = world.season.notices.get()
    a_clause(notice, "TS-38", "list", MEANS, number="四（五）3")
    a_clause(
        notice, "TS-39", "quota", ASKED | {"of": "products", "unit": "个"}, number="四（五）3", mode="shift"
    )
    a_clause(
        notice,
        "TS-39.live",
        "quota",
        ASKED | {"of": "broadcasts", "unit": "场"},
        number="四（五）3",
        mode="shift",
    )
    a_place("441900104", "茶山镇", kind="town", parent=world.city)
    return world


def said(found):
    return {
        row.place.name: [(cell.demand.of, cell.done, cell.is_met) for cell in row.cells] for row in found.rows
    }


def test_each_place_says_what_it_has_and_what_it_lacks(world, django_assert_num_queries):
    an_activity(world, State.PUBLISHED, **ONLINE, topics=["live"])
    matrix(world.season, world.city, at=AT)  # warm
    with django_assert_num_queries(2):
        found = matrix(world.season, world.city, at=AT)

    assert said(found) == {
        "石龙镇": [(PRODUCTS, None, None), (BROADCASTS, 1, True)],
        "茶山镇": [(PRODUCTS, None, None), (BROADCASTS, 0, False)],
    }
    assert [(one.title, one.least, one.unit, [c.code for c in one.clauses]) for one in found.demands] == [
        ("科普产品", 1, "个", ["TS-39"]), ("直播", 1, "场", ["TS-39.live"])
    ]  # fmt: skip
    assert found.demands[0].not_counted.startswith("科普产品：暂不能自动统计")


@pytest.mark.parametrize(
    ("state", "changes", "n"),
    [
        (State.PUBLISHED, {}, 0), (State.PUBLISHED, {"topics": ["live"]}, 1), (State.PUBLISHED, {"formats": ["live"]}, 1),
        (State.PUBLISHED, {"tracks": ["live"]}, 1), (State.APPROVED, {"topics": ["live"]}, 0),
        (State.CANCELLED, {"topics": ["live"]}, 0), (State.HELD, {"topics": ["live"]}, 1),
        (State.PUBLISHED, {"topics": ["live"], "mode": "offline", "online_link": ""}, 0),
    ],
)  # fmt: skip
def test_a_broadcast_is_what_is_online_and_said_to_be_one(world, state, changes, n):
    an_activity(world, state, **ONLINE | changes)
    assert said(matrix(world.season, world.city, at=AT))["石龙镇"][1] == (BROADCASTS, n, bool(n))


def test_where_no_list_has_live_nothing_is_counted_and_that_is_not_zero():
    world = a_world()
    notice = world.season.notices.get()
    a_clause(notice, "TS-39.live", "quota", ASKED | {"of": "broadcasts", "unit": "场"})
    found = matrix(world.season, world.city, at=AT)
    assert said(found)["石龙镇"][1] == (BROADCASTS, None, None)
    assert "选不了" in found.demands[1].not_counted


def test_where_no_notice_asks_for_it_what_there_is_is_shown_all_the_same(world):
    an_activity(world, State.PUBLISHED, **ONLINE, topics=["live"])
    found = matrix(world.season, world.province, at=AT)
    assert (found.is_asked_for, [one.least for one in found.demands]) == (False, [None, None])
    assert [row.place.name for row in found.rows] == ["东莞市"]
    assert found.rows[0].cells[1].done is None  # its lists are the city's, and not the province's
    assert matrix(world.season, world.town, at=AT).rows == ()


def test_the_nations_demand_of_its_provinces_is_not_the_citys_of_its_towns(world):
    nation = a_notice(world.season, world.nation, "na", number="科协发普字〔2023〕15号")
    live = {"of": "broadcasts", "per": "place", "place_level": "province", "min": 1, "unit": "场"}
    a_clause(nation, "NA-51", "list", MEANS)
    a_clause(nation, "NA-53.live", "quota", live, mode="shift")

    def asked(area):
        return [clause.code for clause in matrix(world.season, area, at=AT).demands[1].clauses]

    assert (asked(world.nation), asked(world.province), asked(world.city)) == (
        ["NA-53.live"],
        [],
        ["TS-39.live"],
    )


def test_the_quota_board_counts_broadcasts_too(world):
    an_activity(world, State.PUBLISHED, **ONLINE, topics=["live"])
    rows = quota_board(world.city.path, world.season, actor=world.coordinator, at=AT).rows
    counted = {row.unit.name: row.done for row in rows if row.key.startswith("quota.broadcasts")}
    assert counted["石龙镇科协"] == 1


def test_pages_go_on_where_the_last_one_ended(world):
    first = matrix(world.season, world.city, at=AT, size=1)
    second = matrix(world.season, world.city, at=AT, size=1, cursor=first.next)
    assert [row.place.name for one in (first, second) for row in one.rows] == ["石龙镇", "茶山镇"]
    assert (second.next, bool(second.previous)) == ("", True)
