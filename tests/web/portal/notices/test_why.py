"""The page that explains one rule: the chain, what others are asked, who says nothing, and help for a key that is none."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from kepu.notices.explaining import WHY, explained
from kepu.notices.models import Notice, NoticeStatus
from kepu.notices.rulebook import rule_book, rules_in_force
from kepu.orgs.models import Line, Unit
from kepu.web.portal.notices.whom import whom_of
from tests.factories.activities import a_world
from tests.factories.notices import a_clause, a_gate, a_notice
from tests.factories.orgs import a_place, a_term, a_unit
from tests.web.asking import chain_of_page, expected_links, three_levels
from tests.web.portal.conftest import NOW

LEAD = "/notices/why/?key=activity.lead_days&place=441900103&kind=school"


@pytest.fixture
def world(db, clock):
    world = a_world(rules=three_levels)
    for kind in ("school", "association", "department"):
        a_term("unit_kind", kind)
    return world


def test_the_address_that_mails_and_pages_lead_to_is_this_page():
    assert resolve(WHY).view_name == "portal:why"
    assert reverse("portal:why") == WHY


def test_the_whole_explanation(world, client, page):
    found = page(client, LEAD)

    assert found.h1 == "这条规定从哪里来"
    assert "这条规定从哪里来：填报时、发布时，距活动开始的天数不少于9天。" in found.title
    assert "2023年全国科普日，对“石龙镇 · school”，2023年9月11日 周一看。" in found.text
    chain = chain_of_page(found)
    assert (chain.codes, chain.others) == (["SL-02", "DG-48", "NA-48"], ["NA-49"])
    assert chain.links == expected_links(chain.codes)
    assert "目前是暂定的，等正式通知。" in found.text
    assert "kepu explain --season 2023 --unit 单位编号 activity.lead_days" in found.text


def test_notices_that_say_nothing_of_it_are_named(world, client, page):
    gd = a_notice(world.season, world.province, "gd", number="粤科协〔2023〕1号")
    Notice.objects.filter(pk=gd.pk).update(status=NoticeStatus.PLACEHOLDER)

    found = page(client, "/notices/why/?key=routing.activity&place=441900103&kind=school")

    silent = found.one("section", aria_labelledby="silent")
    assert "广东省有通知（粤科协〔2023〕1号）但未见正文" in silent.text
    assert [a["href"] for a in silent.all("a")] == ["/notices/2023/sl/", "/notices/2023/na/"]


def test_a_rule_that_binds_others_is_explained_as_theirs(world, client, page):
    found = page(client, "/notices/why/?key=quota.activities&place=441900103&kind=school")
    assert "没有哪份通知对这里的这类单位作出这条规定。" in found.text
    assert chain_of_page(found).others == ["DG-64"]


def test_a_rule_of_another_place_is_none_here_but_known(world, client, page):
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    sc = a_notice(world.season, far, "sc", number="川科协〔2023〕1号")
    a_gate(sc, "SC-01", fact="insurance_sum", min=1)
    found = page(client, "/notices/why/?key=activity.insurance_sum&place=441900103&kind=school")
    assert "没有哪份通知对这里的这类单位作出这条规定。" in found.text


@pytest.mark.parametrize("key", ["activity.leaddays", "activity.lead_day", "activity.lead-days"])
def test_a_key_that_is_none_is_answered_with_those_that_are_like_it(world, client, page, key):
    found = page(client, f"/notices/why/?key={key}&place=441900103&kind=school", status=404)

    assert found.h1 == "没有找到这条规定"
    near = found.one("section", aria_labelledby="near")
    first = next(near.all("li"))
    assert first.text == "填报时、发布时，距活动开始的天数不少于9天。 activity.lead_days"
    assert page(client, first.one("a")["href"]).h1 == "这条规定从哪里来"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "地址里没有写要问哪一条规定。"), ("key=", "地址里没有写要问哪一条规定。"), ("key=%00", "地址里没有写要问哪一条规定。"),
        ("key=zzz", "的通知里没有叫“zzz”的规定。"), (f"key={'x' * 500}", "的通知里没有叫“"),
        ("key=theme&place=桃花源", "没有找到“桃花源”这个地方。"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_to_do(world, client, page, query, sentence):
    found = page(client, f"/notices/why/?{query}", status=404)
    assert sentence in found.text
    assert "/notices/in-force/" in [a["href"].partition("?")[0] for a in found.one("main").all("a")]


def test_a_name_that_several_places_bear_is_asked_back(world, client, page):
    a_place("510001", "石龙镇", parent=a_place("510000", "四川省", kind="province", parent=world.nation))
    found = page(client, "/notices/why/?key=theme&place=石龙镇&kind=school", status=404)
    offered = [a["href"] for a in found.one("main").all("a") if "key=theme" in a["href"]]
    assert offered == ["?key=theme&place=441900103&kind=school", "?key=theme&place=510001&kind=school"]


def test_without_a_season_there_is_nothing_to_explain(db, client, page):
    page(client, LEAD, status=404)
    page(client, f"{LEAD}&season=1999", status=404)


@pytest.mark.parametrize(
    "strange",
    ["has=x&has=y", "line=nowhere", "level=moon", "unit=nobody", "kind=nothing", "has=" + "x" * 300],
)
def test_strange_particulars_are_passed_over(world, client, page, strange):
    assert chain_of_page(page(client, f"{LEAD}&{strange}")).codes == ["SL-02", "DG-48", "NA-48"]


def test_the_queries_are_few(world, client, django_assert_num_queries):
    client.get(LEAD)
    with django_assert_num_queries(3):
        client.get(LEAD)
    with django_assert_num_queries(4):  # one more to see whether it is anybody's rule
        client.get("/notices/why/?key=zzz&place=441900103&kind=school")


@pytest.fixture
def everybody(world):
    """Units that differ in everything a notice can ask after, and clauses that ask after each of it."""
    line = Line.objects.create(code="edu", name="教育系统", path="/edu/")
    a_term("designation", "demo", "示范校")
    a_term("body", "league", "成员单位")
    city = Notice.objects.get(code="dg")
    for number, audience in enumerate((
        {"designations": ["demo"]}, {"members_of": ["league"]}, {"roles": ["coordinator"]}, {"levels": ["city"]}, {"lines": ["edu"]},
        {"units": ["ONLY"]}, {"kinds": ["school"], "exceptions": [{"designations": ["demo"]}]}, {"place_kinds": ["town"]},
        {"any_of": [{"levels": ["town"]}, {"designations": ["demo"], "kinds": ["association"]}]},
    )):  # fmt: skip
        a_clause(
            city,
            f"DG-A{number}",
            "text",
            {"topic": "burden", "code": f"t{number}", "title": "t"},
            audience=audience,
        )
        a_gate(city, f"DG-B{number}", fact="lead_days", stages=["filing"], min=7 + number)
        city.clauses.filter(code=f"DG-B{number}").update(audience=audience)
    of_the_line = a_notice(world.season, world.city, "edu", number="东教〔2023〕1号", line=line)
    a_gate(of_the_line, "ED-01", fact="lead_days", min=20)
    units = [
        a_unit(world.town, "甲校", kind="school", code="ONLY"), a_unit(world.town, "乙校", kind="school", line=line),
        a_unit(world.city, "丙局", kind="department", line=line),
    ]  # fmt: skip
    for unit, traits in ((units[0], ["demo"]), (units[1], ["league", "place:demo"])):
        Unit.objects.filter(pk=unit.pk).update(traits=traits)
    world.season.edition += 1
    world.season.save()
    return world, list(Unit.objects.order_by("pk"))


def test_the_address_of_a_rule_explains_the_same_to_whoever_opens_it(everybody):
    world, units = everybody
    book = rule_book(world.season)
    explained_rules = 0
    for unit in units:
        rules = rules_in_force(unit, world.season, at=NOW)
        for key in rules:
            why = rules.explanation(key)
            request = RequestFactory().get(why.address)
            whom = whom_of(request, book.names)
            assert explained(book.rules_of(whom.profile, NOW), key).words() == why.words(), (
                unit.name,
                key,
                why.address,
            )
            explained_rules += 1
    assert explained_rules > 100
