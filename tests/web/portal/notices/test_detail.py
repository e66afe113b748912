"""The public page of a notice: what each clause changes, how it stands at a place, where the notice itself stands."""

import pytest

from kepu.notices import rulebook
from kepu.notices.models import Clause, Notice, NoticeStatus
from tests.factories.activities import a_world
from tests.factories.notices import a_clause, a_gate, a_notice, china
from tests.factories.orgs import a_place, a_term
from tests.web.asking import three_levels

DG, NA, SL = "/notices/2023/dg/", "/notices/2023/na/", "/notices/2023/sl/"
HERE = "?place=441900103&kind=school"


@pytest.fixture
def world(db, clock):
    world = a_world(rules=three_levels)
    for kind in ("school", "association", "department"):
        a_term("unit_kind", kind)
    return world


def put(code, **fields):
    Notice.objects.filter(code=code).update(**fields)
    rulebook.forget()


def row(found, code):
    return found.one("li", id=code)


def versus(element):
    return {div.one("dt").text: div.one("dd").text for div in element.one("dl", class_="versus").all("div")}


def badges(element):
    return [badge.text for badge in element.all(class_="badge")]


def test_clauses_stand_by_matter_with_a_table_of_contents(world, client, page):
    found = page(client, DG)

    contents = [(a["href"], a.text) for a in found.one("nav", class_="contents").all("a")]
    assert contents == [
        ("#part-time", "主题和时间"), ("#part-gates", "填报、发布和完善时的把关条件"), ("#part-duties", "要报送的"),
        ("#part-quotas", "数量和覆盖"), ("#part-lists", "活动板块和清单"),
    ]  # fmt: skip
    first = next(found.all("section", class_="clause-group"))
    assert [li["id"] for li in first.all("li", class_="clause-row")] == ["DG-07", "DG-08"]


def test_one_kind_can_be_looked_at_alone(world, client, page):
    found = page(client, f"{DG}?show=quota")
    assert [li["id"] for li in found.all("li", class_="clause-row")] == ["DG-64", "DG-65"]
    chosen = [
        option["value"] for option in found.one("select", name="show").all("option") if option.has("selected")
    ]
    assert chosen == ["quota"]
    assert "条规定" in found.one("h2", id="clauses").text


@pytest.mark.parametrize("asked", ["?show=nothing", "?show=%00", "?place=%00&kind=%00&show=quota%00"])
def test_a_kind_that_is_none_shows_all_or_what_is_left_of_it(world, client, page, asked):
    page(client, f"{DG}{asked}")


def test_what_the_same_clause_above_says_is_led_to(world, client, page):
    theme = row(page(client, DG), "DG-07")
    assert "与上级相同" in badges(theme)
    assert theme.one("dl", class_="versus").one("a")["href"] == f"{NA}#NA-05"


def test_a_tightened_clause_shows_both_values(world, client, page):
    lead = row(page(client, DG), "DG-48")
    assert "比上级严" in badges(lead)
    assert versus(lead) == {
        "上级": "填报时、发布时，距活动开始的天数不少于3天。 科协发普字〔2023〕15号 三 NA-48",
        "这里": "填报时、发布时，距活动开始的天数不少于7天。",
    }  # fmt: skip


def test_a_clause_that_nothing_above_sets_says_so(world, client, page):
    assert "上级没有这一条" in badges(row(page(client, DG), "DG-50"))


def test_the_nation_s_clauses_change_nothing(world, client, page):
    assert badges(row(page(client, NA), "NA-05")) == ["必须做到"]


def test_added_and_replaced_in_words(world, client, page):
    nation, city = (Notice.objects.get(code=code) for code in ("na", "dg"))
    for notice, code, marks in ((nation, "NA-60", ("a", "甲")), (city, "DG-80", ("b", "乙"))):
        a_clause(notice, code, "mark", {"items": [{"code": marks[0], "label": marks[1]}]})
    for notice, code, field in ((nation, "NA-61", "农业"), (city, "DG-81", "科幻")):
        a_clause(
            notice,
            code,
            "list",
            {"code": "areas", "title": "重点", "items": [{"code": f"f{code[-2:]}", "label": field}]},
        )

    found = page(client, DG)

    assert badges(row(found, "DG-80"))[-1] == "在上级基础上增加"
    assert versus(row(found, "DG-80"))["增加了"] == "乙"
    assert versus(row(found, "DG-80"))["合起来"] == "规范使用甲、乙标识。"
    assert badges(row(found, "DG-81"))[-1] == "代替上级的"
    assert versus(row(found, "DG-81"))["上级"].startswith("重点（1项）：农业。")


def test_the_wording_is_shown_where_it_is_kept(world, client, page):
    Clause.objects.filter(code="DG-48").update(wording="至少提前7天在平台上发布。")
    found = page(client, DG)
    assert row(found, "DG-48").one("blockquote").text == "至少提前7天在平台上发布。"
    assert list(row(found, "DG-50").all("blockquote")) == []


def effect_on(element):
    said = element.one(class_="effect")
    return said.one(class_="badge").text, [a["href"] for a in next(said.all("p")).all("a")]


def test_at_a_place_each_clause_says_how_it_stands(world, client, page):
    found = page(client, f"{DG}{HERE}")

    assert effect_on(row(found, "DG-48")) == ("更近的一条更严", [f"{SL}#SL-02"])
    assert (
        "现行：填报时、发布时，距活动开始的天数不少于9天。" in row(found, "DG-48").one(class_="effect").text
    )
    assert effect_on(row(found, "DG-50")) == ("在这里有效", [])
    assert effect_on(row(found, "DG-64")) == ("不管这类单位", [])
    assert effect_on(row(found, "DG-07")) == ("在这里照上级的", [f"{NA}#NA-05"])
    assert "对“石龙镇 · school”，现在" in found.text


def test_for_another_kind_of_unit_other_clauses_hold(world, client, page):
    found = page(client, f"{DG}?place=441900103&kind=association")
    assert effect_on(row(found, "DG-64")) == ("在这里有效", [])


def test_elsewhere_nothing_of_it_holds(world, client, page):
    a_place("510000", "四川省", kind="province", parent=world.nation)
    found = page(client, f"{DG}?place=四川省&kind=school")
    assert {effect_on(li)[0] for li in found.all("li", class_="clause-row")} == {"不管这个地方"}


def test_a_place_can_be_named(world, client, page):
    assert "对“石龙镇 · school”，现在" in page(client, f"{DG}?place=石龙镇&kind=school").text


def test_a_name_that_several_places_bear_is_asked_back(world, client, page):
    a_place("510001", "石龙镇", parent=a_place("510000", "四川省", kind="province", parent=world.nation))
    found = page(client, f"{DG}?place=石龙镇&kind=school&show=gate")
    offered = [a["href"] for a in found.all("a") if "place=" in a["href"] and "show=gate" in a["href"]]
    assert "?place=441900103&kind=school&show=gate" in offered
    assert "?place=510001&kind=school&show=gate" in offered
    assert list(found.all(class_="effect")) == []


def test_a_place_that_is_none_is_told(world, client, page):
    assert "没有找到“桃花源”这个地方。" in page(client, f"{DG}?place=桃花源").text


def test_children_are_listed_and_parents_led_to(world, client, page):
    found = page(client, DG)
    below = found.one("section", aria_labelledby="below")
    assert [a["href"] for a in below.all("a")] == [SL]
    assert NA in [a["href"] for a in found.one("dl", class_="facts").all("a")]


def test_an_advance_notice_says_that_it_is_one(world, client, page):
    found = page(client, SL)
    assert "这是预备通知 里面的规定都是暂定的，以正式通知为准。" in found.text
    assert "暂定" in badges(row(found, "SL-02"))
    assert "待定：等镇里的会议" in badges(row(found, "SL-03"))


def test_a_replaced_notice_says_by_which_and_that_what_was_filed_stays(world, client, page):
    formal = a_notice(
        world.season, world.town, "sl-2", number="石科协〔2023〕2号", in_force_at=china(2023, 9, 10)
    )
    a_gate(formal, "SF-01", fact="lead_days", min=9)
    put("sl-2", replaces=["sl"])

    found = page(client, f"{SL}{HERE}")

    assert "这份通知已经不适用 已经按它填报的，仍按填报时的规定。" in found.text
    facts = found.one("dl", class_="facts")
    assert "已由它代替" in facts.text
    assert "2023-09-10 起" in facts.text
    assert "/notices/2023/sl-2/" in [a["href"] for a in facts.all("a")]
    assert effect_on(row(found, "SL-02")) == ("现在不生效", [])
    assert "代替" in page(client, "/notices/2023/sl-2/").one("dl", class_="facts").text


def test_a_notice_to_come_says_from_when(world, client, page):
    put("sl", in_force_at=china(2023, 9, 20), status=NoticeStatus.FORMAL)
    assert "从 2023-09-20 起适用，现在还不生效" in page(client, SL).text


def test_a_withdrawn_notice_says_since_when(world, client, page):
    put("sl", withdrawn_at=china(2023, 9, 8))
    assert "这份通知已经不适用 已于 2023-09-08 撤回。" in page(client, SL).text


def test_an_amended_notice_leads_to_what_amends_it(world, client, page):
    a_notice(world.season, world.city, "dg-2", number="东科协〔2023〕18号")
    put("dg-2", status=NoticeStatus.SUPPLEMENT, header={"amends": ["dg"]})
    assert "另有补充、更正 东莞市全国科普日活动通知" in page(client, DG).one("dl", class_="facts").text
    assert "补充、更正的是" in page(client, "/notices/2023/dg-2/").one("dl", class_="facts").text


def test_a_notice_without_a_text_stays_honest_also_above(world, client, page):
    a_notice(world.season, world.province, "gd", number="粤科协〔2023〕1号")
    put("gd", status=NoticeStatus.PLACEHOLDER)

    assert "这份通知未见正文 只知道有这份通知。" in page(client, f"/notices/2023/gd/{HERE}").text
    assert "广东省有通知（粤科协〔2023〕1号）但未见正文，那一级有没有规定并不清楚。" in page(client, DG).text


@pytest.mark.parametrize(("asked", "queries"), [("", 7), (HERE, 9), (f"{HERE}&show=gate", 9)])
@pytest.mark.parametrize("more", [0, 12])
def test_the_queries_are_few_and_do_not_grow(world, client, more, asked, queries, django_assert_num_queries):
    city = Notice.objects.get(code="dg")
    for number in range(more):
        a_gate(city, f"DG-9{number}", fact=f"fact_{number}", required=True)
    client.get(f"{DG}{asked}")
    with django_assert_num_queries(queries):
        client.get(f"{DG}{asked}")


def test_an_unchanged_page_is_not_sent_twice(world, client):
    first = client.get(f"{DG}{HERE}")
    again = client.get(f"{DG}{HERE}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"].split(",")[0]) == (304, "public")
