"""The tree of tracks at a place, and the page of one: what the notice says, and the way to its activities."""

import pytest

from kepu.activities.workflow import State
from kepu.orgs.models import Vocabulary
from tests.factories.notices import a_clause, a_notice
from tests.factories.orgs import a_place, a_term

TRACKS = {"code": "tracks", "title": "活动板块", "nodes": [
    {"code": "main_venue", "label": "主场活动"}, {"code": "joint_actions", "label": "系列联合行动", "label_en": "joint actions"},
]}  # fmt: skip
JOINT = {"code": "joint_actions", "title": "系列联合行动", "under": "joint_actions", "nodes": [
    {"code": "science_halls", "label": "科技馆联合行动", "theme": "同上一堂科学课", "hosts": ["science_hall"], "topics": ["航天"],
     "partners": ["学校"], "note": "就近就便"},
]}  # fmt: skip
SERIES = {"code": "series", "title": "科技馆系列活动", "under": "science_halls", "nodes": [
    {"code": "hall_to_school", "label": "科技馆进校园"}
]}  # fmt: skip


@pytest.fixture
def nation(world):
    notice = a_notice(world.season, world.nation, "na", number="科协发普字〔2023〕15号")
    a_clause(notice, "NA-26", "track", TRACKS, number="三")
    a_clause(notice, "NA-35", "track", JOINT, number="三（四）")
    a_clause(notice, "NA-40", "track", SERIES, number="三（四）3", key="track.series.science_halls")
    return notice


@pytest.fixture
def tracks(client, page):
    return lambda path="", **extra: page(client, f"/tracks/{path}", **extra)


def test_before_any_season_it_says_so(client, page, db):
    assert page(client, "/tracks/").one(class_="empty").text.startswith("还没有开设届次")
    assert page(client, "/tracks/youth/").one(class_="empty").text.startswith("还没有开设届次")


def test_where_no_notice_names_any_the_way_leads_to_the_list(tracks, world):
    empty = tracks().one(class_="empty")
    assert (empty.one("h2").text, empty.one("a")["href"]) == ("这里还没有分板块", "/activities/")


def test_the_tree_hangs_together_with_its_clause(tracks, nation):
    found = tracks()

    names = [(a.text, a["href"]) for p in found.all(class_="branch-name") for a in p.all("a")]
    assert names == [
        ("主场活动", "/tracks/main_venue/"), ("系列联合行动", "/tracks/joint_actions/"),
        ("科技馆联合行动", "/tracks/science_halls/"), ("科技馆进校园", "/tracks/hall_to_school/"),
    ]  # fmt: skip
    assert [h2.text for h2 in found.all("h2")] == ["活动板块"]
    assert found.one(class_="grove-says").text == "活动板块（2项）：主场活动、系列联合行动。"
    assert {chip.text for chip in found.all(class_="clause-chip")} == {"科协发普字〔2023〕15号 第三部分"}


def test_a_place_may_have_its_own(tracks, nation, world):
    city = a_notice(world.season, world.city, "own", number="东科协〔2023〕19号")
    own = {
        "code": "tracks",
        "title": "东莞板块",
        "nodes": [{"code": "towns", "label": "镇街活动", "note": "一镇一品"}],
    }
    a_clause(city, "DG-17", "track", own, number="四")

    assert [p.one("a").text for p in tracks("?place=441900").all(class_="branch-name")] == [
        "镇街活动", "科技馆联合行动", "科技馆进校园"
    ]  # fmt: skip
    assert next(p.one("a").text for p in tracks().all(class_="branch-name")) == "主场活动"


def test_a_branch_says_what_its_notice_says(tracks, nation):
    a_term(Vocabulary.UNIT_KIND, "science_hall", "科技馆")

    found = tracks("science_halls/?place=441900")

    assert found.h1 == "科技馆联合行动"
    facts = found.one(class_="facts")
    assert dict(zip([dt.text for dt in facts.all("dt")], [dd.text for dd in facts.all("dd")], strict=True)) == {
        "主题": "同上一堂科学课", "由谁承担": "科技馆", "内容": "航天", "建议联合的单位": "学校", "说明": "就近就便"
    }  # fmt: skip
    assert [a["href"] for a in found.one(class_="breadcrumb").all("a")] == [
        "/tracks/?place=441900",
        "/tracks/joint_actions/?place=441900",
    ]
    assert found.one("a", class_="button")["href"] == "/activities/?place=441900&track=science_halls"
    says = [p.text for p in found.all(class_="grove-says")]
    assert says == [
        "系列联合行动（1项）：科技馆联合行动。",
        "科技馆系列活动（1项）：科技馆进校园。",
    ]


def test_activities_are_counted_as_the_list_has_them(tracks, nation, publish, client, page, titles):
    """A cancelled one stays in the list and in the count that leads to it."""
    assert next(p.text for p in tracks().all(class_="branch-name")) == "主场活动"
    for n in range(2):
        publish(f"第{n}场", tracks=["main_venue"])
    publish("不办了", State.CANCELLED, tracks=["main_venue"])

    assert [p.text for p in tracks("?place=441900").all(class_="branch-name")][:2] == [
        "主场活动 3场活动",
        "系列联合行动 0场活动",
    ]
    found = tracks("main_venue/")
    assert "3场活动" in found.text
    assert len(titles(page(client, found.one("a", class_="button")["href"]))) == 3


@pytest.mark.parametrize("path", ["nothing/", "main_venue/?place=1", "main_venue/?season=1999"])
def test_what_is_not_in_force_there_is_not_found(client, nation, path):
    assert client.get(f"/tracks/{path}").status_code == 404


def test_a_branch_of_another_place_says_where_it_was_looked_for(tracks, nation, world):
    a_place("442000", "中山市", kind="city", parent=world.province)
    found = tracks("nothing/?place=442000", status=404)
    assert "中山市现行的通知里没有这一项" in found.text


def test_in_english_a_branch_has_its_english_name(client, page, nation):
    client.cookies["kepu_language"] = "en"
    assert page(client, "/tracks/joint_actions/").h1 == "joint actions"


@pytest.mark.parametrize("path", ["/tracks/?place=441900", "/tracks/joint_actions/?place=441900"])
@pytest.mark.parametrize("many", [1, 12])
def test_the_queries_do_not_grow(client, nation, world, django_assert_num_queries, path, many):
    for n in range(many):
        a_clause(nation, f"NA-5{n}", "track", {**SERIES, "title": f"系列{n}", "nodes": [{"code": f"s{n}", "label": f"第{n}项"}]},
                 key=f"track.series.n{n}")  # fmt: skip
    client.get(path)
    with django_assert_num_queries(5):
        client.get(path)
