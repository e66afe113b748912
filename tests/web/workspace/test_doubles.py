"""Two filings that may be one: told beside each, listed for who decides, side by side, and decided with a button."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities import actions, alike
from kepu.activities.models import Activity, Double
from kepu.activities.workflow import State
from tests.factories.activities import PUBLISHED, REVIEWED, an_activity, content, loaded
from tests.factories.doubles import a_double
from tests.factories.notices import china
from tests.factories.orgs import a_unit, an_actor
from tests.web.workspace.conftest import DAY, typed

LIST = "/workspace/doubles/"


@pytest.fixture
def pair(people):
    return a_double(
        people.world,
        title="走进中医药讲座",
        summary="讲座一场",
        venue="礼堂",
        latitude=23.1,
        longitude=113.86,
    )


def address(pair, act=""):
    return f"{LIST}{pair.pk}/{act}{'/' if act else ''}"


def asked(pair):
    return alike.whole().get(pk=pair.pk)


def decided(client, pair, act, **sent):
    return client.post(address(pair, act), {"keep": pair.a_id, "words": "", "a_version": pair.a.version, "b_version": pair.b.version, **sent})  # fmt: skip


def test_what_is_to_decide_is_listed_the_most_alike_first(people, page):
    a_double(people.world, an_activity(people.world, State.FILED, title="无人机体验"), title="无人机体验")
    a_double(people.world, title="走进中医药讲座", venue="礼堂")
    found = page(people.town, LIST)
    assert [line.one("h2").text for line in found.all("li", class_="pair-line")] == [
        "无人机体验",
        "走进中医药 和 走进中医药讲座",
    ]
    assert "名称相同或相近" in found.text
    assert "100%" in found.text
    narrowed = page(people.town, f"{LIST}?least=90&place=441900103")
    assert next(line.one("h2").text for line in narrowed.all("li", class_="pair-line")) == "无人机体验"
    for client in (people.outsider, people.auditor):
        assert "没有要判断的" in page(client, LIST).text


def test_the_two_stand_side_by_side_with_what_differs_marked(people, page, pair):
    found = page(people.reviewer, address(pair))
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in found.one("tbody").all("tr")}
    assert rows["活动名称"] == ["走进中医药", "走进中医药 讲座"]
    assert [mark.text for mark in found.all("mark")] == ["讲座", "石龙中学", "讲座和体验", "讲座一场"]
    assert rows["举办单位 一样"] == ["石龙中学", "石龙中学"]
    assert {button.text for button in found.one("div", class_="decisions").all("button")} == {
        "关联，只算一次",
        "合并，只留一项",
        "不是同一项",
    }


def test_positions_say_how_far_apart_they_are(people, page):
    one = an_activity(people.world, State.FILED, latitude=23.1, longitude=113.86)
    pair = a_double(people.world, one, latitude=23.101, longitude=113.86)
    assert "两处位置相距约110米" in page(people.reviewer, address(pair)).text
    Activity.objects.filter(pk=one.pk).update(latitude=24.1)
    assert "两处位置相距约111.1公里" in page(people.reviewer, address(pair)).text


def test_linked_with_a_button_both_stay(people, page, pair):
    answer = decided(people.reviewer, pair, "link", keep=pair.b_id)
    assert answer["Location"] == LIST
    assert (asked(pair).state, loaded(pair.a).same_as_id, loaded(pair.a).state) == (
        "linked",
        pair.b_id,
        "filed",
    )
    assert "“走进中医药”和“走进中医药讲座”合计，只算一次。" in page(people.reviewer, LIST).text

    assert (
        "“走进中医药”（石龙中学）是同一项，算在这一项里。"
        in page(people.filer, f"/workspace/activities/{pair.b_id}/").text
    )
    assert "算在“走进中医药讲座”里，只算一次" in page(people.reviewer, address(pair)).text
    people.reviewer.post(address(pair, "unlinking"), {"words": "看错了"})
    assert (asked(pair).state, loaded(pair.a).same_as_id) == ("open", None)


def test_merged_with_a_button_says_why_and_keeps_what_was_typed(people, read, pair):
    found = read(decided(people.reviewer, pair, "merger", keep=pair.b_id, words="  "))
    assert "请写明为什么是同一项" in found.text
    assert [radio["value"] for radio in found.all("input", name="keep") if radio.has("checked")] == [
        str(pair.b_id)
    ]
    assert asked(pair).state == "open"
    decided(people.reviewer, pair, "merger", words="填了两遍")
    assert (asked(pair).state, loaded(pair.b).state) == ("merged", "withdrawn")


def test_told_apart_nobody_is_asked_again(people, page, pair):
    decided(people.filer, pair, "difference", words="上午下午各一场")
    assert (asked(pair).state, asked(pair).words) == ("different", "上午下午各一场")
    assert "没有要判断的" in page(people.reviewer, LIST).text
    assert "不是同一项，各算各的" in page(people.reviewer, address(pair)).text


def test_what_was_changed_since_the_page_was_opened_is_looked_at_again(people, read, pair):
    actions.return_activity(loaded(pair.b), words="改", by=people.world.reviewer, at=REVIEWED)
    found = read(decided(people.reviewer, pair, "link"))
    assert "已经被别人处理过" in found.text
    assert asked(pair).state == "open"


def test_who_sees_only_one_sees_of_the_other_what_makes_it_alike(people, page):
    """The town oversees the school, and not the city's society."""
    society = an_actor(a_unit(people.world.city, "东莞市医学会", kind="society"))
    draft = actions.create_draft(
        "11111111-1111-4111-8111-111111111111", season=people.world.season, by=society, at=DAY,
        content=content(place=people.world.town, undertakers=["石龙中学"], activity_level="town", summary="学会的讲座安排"),
    )  # fmt: skip
    one, other = an_activity(people.world, State.FILED), actions.file_activity(draft, by=society, at=DAY)
    for activity in (one, other):
        actions.look_for_doubles(activity.pk, at=DAY)
    pair = Double.objects.get()
    found = page(people.town, address(pair)).text
    assert ("东莞市医学会" in found, "学会的讲座安排" in found, "不归您看" in found) == (True, False, True)
    assert "由同时统筹这两个单位的地区或系统" in found
    assert "学会的讲座安排" in page(people.reviewer, address(pair)).text
    assert people.filer.get(address(pair)).status_code == 404  # the host does not learn of the other's filing
    assert "东莞市医学会" not in page(people.filer, f"/workspace/activities/{one.pk}/").text

    decided(people.reviewer, asked(pair), "link", keep=other.pk)  # but that it counts elsewhere its host sees
    told = page(people.filer, f"/workspace/activities/{one.pk}/").text
    assert "这项活动和另一项是同一项，只算一次，算在那一项里。" in told
    assert "两项对照着看" not in told


def test_the_reviewer_is_told_in_the_inbox_and_before_approving(people, page, pair):
    assert "可能与“走进中医药讲座”重复" in page(people.reviewer, "/workspace/reviews/").text
    found = page(people.reviewer, f"/workspace/reviews/{pair.a_id}/")
    assert "可能与“走进中医药讲座”（石龙中学）重复，请先看看是不是同一项。" in found.text
    assert found.one("a", href=address(pair)).text == "两项对照着看"


def test_who_writes_the_same_again_is_told_and_not_stopped(people, read, page):
    mine = an_activity(people.world, State.FILED)
    gates = "/workspace/activities/new/gates/"
    found = people.filer.post(gates, typed()).content.decode()
    assert "本单位已有一项很像的活动：“走进中医药”，2023年9月17日 09:00—17:00，待审核。" in found
    assert f"/workspace/activities/{mine.pk}/" in found
    for other in (typed(title="无人机体验"), typed(title=""), typed(starts_at="")):
        assert "会不会填过了" not in people.filer.post(gates, other).content.decode()
    again = an_activity(people.world, State.DRAFT)
    assert "本单位已有一项很像的活动" in page(people.filer, f"/workspace/activities/{again.pk}/edit/").text


def test_the_public_is_led_from_what_was_merged_to_what_is_kept(people, page, now):
    pair = a_double(people.world)
    for one in (pair.a, pair.b):
        actions.approve_activity(loaded(one), by=people.world.reviewer, at=REVIEWED)
        actions.publish_activity(loaded(one), by=people.world.filer, at=PUBLISHED)
    now(china(2023, 9, 1))
    decided(people.reviewer, asked(pair), "merger", words="一场")
    found = page(people.outsider, f"/activities/{pair.b_id}/")
    assert "并入“走进中医药”（石龙中学）" in found.text
    assert found.one("p", class_="activity-instead").one("a")["href"] == f"/activities/{pair.a_id}/"
    assert list(page(people.outsider, f"/activities/{pair.a_id}/").all("p", class_="activity-instead")) == []


@pytest.mark.parametrize("n", [1, 6])
def test_the_list_and_a_pair_cost_the_same_with_one_and_with_many(people, n):
    pairs = [
        a_double(people.world, an_activity(people.world, State.FILED, title=title), title=title)
        for title in ("甲乙丙丁", "子丑寅卯", "天地玄黄", "宇宙洪荒", "日月盈昃", "辰宿列张")[:n]
    ]
    people.reviewer.get("/workspace/rules/")

    def cost(url):
        with CaptureQueriesContext(connection) as seen:
            assert people.reviewer.get(url).status_code == 200
        return len(seen)

    assert (cost(LIST), cost(address(pairs[0]))) == (10, 10)


DECIDED = f"{LIST}decided/"


def three_decided(people):
    """One linked, one merged, one told apart, in this order."""
    titles = ("甲乙丙丁", "子丑寅卯", "天地玄黄")
    pairs = [
        a_double(people.world, an_activity(people.world, State.FILED, title=title), title=title)
        for title in titles
    ]
    by = people.world.reviewer
    for n, pair in enumerate(pairs):
        at = REVIEWED + timedelta(hours=n)
        if n == 0:
            actions.link_double(pair, keep=pair.a_id, words="同一场", by=by, at=at)
        elif n == 1:
            actions.merge_double(pair, keep=pair.b_id, words="填了两遍", by=by, at=at)
        else:
            actions.tell_apart(pair, by=by, at=at)
    return pairs


def test_what_was_decided_is_listed_with_who_decided_it_the_latest_first(people, page):
    three_decided(people)
    found = page(people.reviewer, DECIDED)
    lines = list(found.all("li", class_="pair-line"))
    assert [(line.one("h2").text, line.one("span", class_="badge").text) for line in lines] == [
        ("天地玄黄", "不是同一项"), ("子丑寅卯", "已合并"), ("甲乙丙丁", "已关联"),
    ]  # fmt: skip
    assert "说明：填了两遍" in lines[1].text
    assert "算在后填报的那一项里" in lines[1].text
    assert f"东莞市科协 {people.world.reviewer.person_name}" in lines[0].text
    assert [len(list(line.all("form"))) for line in lines] == [0, 0, 1]
    assert [tab.text for tab in found.one("nav", class_="tabs").all("a")] == ["待判断", "判断过的"]
    one = page(people.reviewer, f"{DECIDED}?state=merged")
    assert [line.one("h2").text for line in one.all("li", class_="pair-line")] == ["子丑寅卯"]
    assert "没有要判断的" in page(people.reviewer, LIST).text


def test_a_link_is_undone_from_the_list(people, page):
    linked, *_rest = three_decided(people)
    people.reviewer.post(address(linked, "unlinking"), {"words": "看错了"})
    assert Activity.objects.filter(same_as__isnull=False).count() == 1  # the merged one
    assert [line.one("h2").text for line in page(people.reviewer, LIST).all("li", class_="pair-line")] == [
        "甲乙丙丁"
    ]
    assert len(list(page(people.reviewer, DECIDED).all("li", class_="pair-line"))) == 2


def test_the_list_of_what_was_decided_shows_ones_own_area_and_no_other(people, page):
    three_decided(people)
    for client, n in (
        (people.reviewer, 3),
        (people.town, 3),
        (people.filer, 3),
        (people.outsider, 0),
        (people.auditor, 0),
    ):
        found = page(client, DECIDED)
        assert len(list(found.all("li", class_="pair-line"))) == n
        assert ("还没有判断过的" in found.text) == (n == 0)
    # the host's own filer may undo; who only reviewed elsewhere is not asked
    assert len(list(page(people.filer, DECIDED).all("details"))) >= 1


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_of_what_was_decided_costs_the_same_with_one_and_with_many(people, n):
    pairs = three_decided(people)
    Double.objects.filter(pk__in=[pair.pk for pair in pairs[n:]]).delete()
    people.reviewer.get("/workspace/rules/")
    with CaptureQueriesContext(connection) as seen:
        assert people.reviewer.get(DECIDED).status_code == 200
    assert len(seen) == 11


def test_many_decided_pairs_go_over_pages(people, page, monkeypatch):
    three_decided(people)
    monkeypatch.setattr("kepu.web.workspace.doubles.decided.PER_PAGE", 2)
    first = page(people.reviewer, DECIDED)
    following = next(a["href"] for a in first.all("a") if "cursor=" in a["href"])
    rest = page(people.reviewer, f"{DECIDED}{following}" if following.startswith("?") else following)
    titles = [line.one("h2").text for found in (first, rest) for line in found.all("li", class_="pair-line")]
    assert titles == ["天地玄黄", "子丑寅卯", "甲乙丙丁"]
