"""The pages for seasons as a whole: two compared, the next begun as a copy."""

import csv
import io

import pytest

from kepu.core.models import OutboxRow
from kepu.notices.models import NoticeDraft, Season, SeasonCopy
from kepu.orgs.models import Message, Vocabulary
from tests.factories.notices import a_clause, a_gate, a_notice, a_season, china
from tests.factories.orgs import a_term
from tests.factories.seasons import a_copied_season, carried_out, headed
from tests.web.reading import Page

NEW = "/workspace/seasons/new/"
COMPARE = "/workspace/seasons/compare/"
ASKED = {
    "source": "2023", "year": "2024", "first_day": "2024-09-15", "name": "2024年全国科普日", "name_en": "Day 2024",
    "code": "kepuri-2024",
}  # fmt: skip


@pytest.fixture
def two(people):
    """The city's notice in two years: one gate loosened, one gone, one new; the theme the same."""
    world = people.world
    old = world.season.notices.get()
    headed(old)
    season = a_season(
        "2024", year=2024, name="2024年全国科普日", first_day=china(2024, 9, 15).date(), last_day=china(2024, 9, 21).date()
    )  # fmt: skip
    new = headed(a_notice(season, world.city, "dg", number="东科协〔2024〕9号"))
    a_clause(new, "DG-07", "theme", {"text": "提升全民科学素质，助力科技自立自强"}, number="一")
    a_gate(new, "DG-48", fact="lead_days", stages=["filing", "publication"], min=5, number="六（二）1")
    a_gate(new, "DG-99", fact="risk_plan", required=True, number="七")
    a_clause(
        new, "DG-43", "duty", {"what": "plan_table", "title": "分会场活动表", "due": {"date": "2024-09-10"}, "to": "coordinator@city"},
        number="六（一）", strictness="in_principle", audience={"kinds": ["association"], "levels": ["town"]},
    )  # fmt: skip
    for code, name in (("association", "科协"), ("school", "学校")):
        a_term(Vocabulary.UNIT_KIND, code, name)
    return season


def rows(found):
    """Each row of the page: what it is about, what each season says, what differs."""
    return [
        [cell.text for cell in row.children if cell.tag in ("th", "td")]
        for table in found.all("table")
        for row in table.one("tbody").all("tr")
    ]


def test_the_rules_for_a_kind_of_unit_side_by_side(people, two, page):
    found = page(people.reviewer, f"{COMPARE}?before=2023&after=2024&place=441900103&kind=association")
    said = {row[0]: row[1:] for row in rows(found)}
    assert said["把关条件 activity.lead_days"] == [
        "填报时、发布时，距活动开始的天数不少于7天。 东科协〔2023〕17号 六（二）1",
        "填报时、发布时，距活动开始的天数不少于5天。 东科协〔2024〕9号 六（二）1",
        "两届不同",
    ]
    assert said["把关条件 activity.risk_plan"][0] == "—"
    assert said["把关条件 activity.risk_plan"][2] == "只有2024年全国科普日有"
    # 8 September was 9 days before the week of 2023, 10 September is 5 days before that of 2024
    assert "期限晚4天" in said["报送任务 duty.plan_table"][2]
    assert "主题 theme" not in said
    assert next(h.text for h in found.all("caption")).startswith("主题和时间")


def test_notice_against_notice_by_the_codes_of_clauses(people, two, page):
    found = page(people.reviewer, COMPARE)
    said = {row[0]: row[3] for row in rows(found)}
    assert said["把关条件 DG-48"] == "两届不同"
    assert said["把关条件 DG-99"] == "只有2024年全国科普日有"
    assert said["审核路线 DG-50"] == "只有2023年全国科普日有"
    assert "1条相同" in found.one("h2", id="differ-title").text
    assert found.one("input", id="f-place")["value"] == "441900"  # the widest place that is coordinated


def test_one_sort_of_difference_at_a_time(people, two, page):
    found = page(people.reviewer, f"{COMPARE}?show=only_after")
    assert [row[0] for row in rows(found)] == ["把关条件 DG-99"]
    current = [
        tab.text
        for tab in found.all("a")
        if tab["aria-current"] == "page" and tab.inside("nav")["class"] == "tabs"
    ]
    assert current == ["只有2024年全国科普日有 1"]


def test_the_sheet_holds_every_difference_and_no_formula(people, two):
    a_clause(two.notices.get(), "DG-98", "text", {"code": "t", "title": "=HYPERLINK(1)"}, number="八")
    answer = people.reviewer.get("/workspace/seasons/compare.csv?before=2023&after=2024&place=441900")
    assert answer["Content-Disposition"] == 'attachment; filename="2023-2024.csv"'
    text = answer.content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == [
        "范围",
        "种类",
        "代码",
        "区别",
        "2023年全国科普日",
        "依据",
        "2024年全国科普日",
        "依据",
        "说明",
    ]
    by_code = {line[2]: line for line in lines[1:]}
    assert by_code["DG-48"][3:5] == ["两届不同", "填报时、发布时，距活动开始的天数不少于7天。"]
    assert by_code["DG-98"][6] == "'=HYPERLINK(1)。"
    assert by_code["DG-43"][8] == "期限晚4天；减少：盖章PDF版、电子版、OA邮箱"


@pytest.mark.parametrize(("query", "said"), [
    ("place=nowhere", "没有这个地区代码"), ("before=2024&after=2024", "请选两届不同的"),
    ("place=440000", "这个地区两届都没有自己的通知"), ("place=%00&kind=nothing&before=%00", "两届对照"),
])  # fmt: skip
def test_what_cannot_be_compared_is_a_sentence(people, two, page, query, said):
    assert said in page(people.reviewer, f"{COMPARE}?{query}").text
    assert people.reviewer.get(f"/workspace/seasons/compare.csv?{query}").status_code == 200


def test_with_one_season_there_is_nothing_to_compare(people, page):
    found = page(people.reviewer, COMPARE)
    assert "现在只有一届" in found.text
    assert NEW not in found.html


def test_a_season_whose_notices_are_drafts_says_so(people, page):
    headed(people.world.season.notices.get())
    a_copied_season(people.world)
    found = page(people.reviewer, COMPARE)
    assert "“2024年全国科普日”还没有发出通知" in found.text
    assert {row[3] for row in rows(found)} == {"只有2023年全国科普日有"}


def test_a_notice_that_cannot_be_read_is_said_so(people, two, page):
    two.notices.update(header={})
    assert "两份里有一份按现在的格式读不出来，没有比。" in page(people.reviewer, COMPARE).text


def test_the_form_suggests_the_same_weekday(people, page):
    found = page(people.nation, NEW)
    values = {name: found.one(id=f"id_{name}")["value"] for name in ("year", "first_day", "name", "code")}
    assert values == {
        "year": "2024", "first_day": "2024-09-15", "name": "2024年全国科普日", "code": "2024",
    }  # fmt: skip
    assert "2024年9月15日（星期日）（移动364天），另一个是2024年9月22日（星期日）（移动371天）" in found.text


def test_the_preview_shows_what_would_move_and_writes_nothing(people, page):
    headed(people.world.season.notices.get())
    before = (Season.objects.count(), OutboxRow.objects.count())
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    found = page(people.nation, f"{NEW}?{query}")
    assert "364天，星期几不变" in found.text
    assert "DG-43 2023年9月8日（星期五） → 2024年9月6日（星期五）" in found.text
    assert "DG-07 主题一般每届不同。请换成今年的；还没有定的，注明待定。" in found.text
    hidden = {field["name"]: field["value"] for field in found.all("input", type="hidden")}
    assert {name: hidden.get(name) for name in ASKED} == ASKED
    assert (Season.objects.count(), OutboxRow.objects.count()) == before


def test_a_shift_that_loses_the_weekdays_says_so(people, page):
    headed(people.world.season.notices.get())
    query = "&".join(f"{name}={value}" for name, value in {**ASKED, "first_day": "2024-09-17"}.items())
    assert "366天，星期几会变，每个日期都要核对" in page(people.nation, f"{NEW}?{query}").text


@pytest.mark.parametrize(("changes", "said"), [
    ({"first_day": "2025-09-15"}, "到不了2024年"), ({"first_day": ""}, "请填写“新一届集中开展的第一天”。"),
    ({"code": "K 2024"}, "代码用小写字母、数字、横线和下划线"), ({"source": "nothing"}, "nothing"),
    ({"year": "1"}, "1900"),
])  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_filled_in_wrong_stays_and_says_why(people, read, changes, said, method):
    answer = getattr(people.nation, method)(NEW, {**ASKED, **changes})
    found = read(answer)
    assert answer.status_code == 422
    assert said in found.text
    assert found.one("input", id="id_name")["value"] == "2024年全国科普日"
    assert Season.objects.count() == 1


def test_opening_a_season_leads_to_how_far_it_has_come(people, page, read):
    headed(people.world.season.notices.get())
    found = read(people.nation.post(NEW, ASKED, follow=True))
    assert "“2024年全国科普日”已经开设，通知稿正在后台备办。" in found.text
    progress = found.one("section", id="progress")
    assert (progress["hx-trigger"], progress.one("h2").text) == ("every 4s", "正在备办")

    carried_out()

    address = "/workspace/seasons/kepuri-2024/copying/"
    found = page(people.reviewer, address)
    assert "全部备好了" in found.text
    assert not found.one("section", id="progress").has("hx-get")
    assert [row[0] for row in rows(found)] == ["东莞市全国科普日活动通知"]
    assert "没有本单位的通知稿" in page(people.nation, address).text
    assert Message.objects.get(kind="season.drafts").link == address


def test_the_piece_that_is_asked_for_again_is_the_progress_alone(people):
    headed(people.world.season.notices.get())
    people.nation.post(NEW, ASKED)
    answer = people.nation.get(
        "/workspace/seasons/kepuri-2024/copying/", headers={"HX-Request": "true", "HX-Target": "progress"}
    )
    piece = Page(answer.content.decode())
    assert [child["id"] for child in piece.children if child.tag == "section"] == ["progress"]


def test_sending_the_form_twice_opens_one_season(people):
    headed(people.world.season.notices.get())
    for _ in range(2):
        assert people.nation.post(NEW, ASKED).status_code == 303
    carried_out()
    assert (SeasonCopy.objects.count(), NoticeDraft.objects.count()) == (1, 1)


def test_a_copy_that_stopped_is_taken_up_again_by_the_nation_only(people, page, read):
    headed(people.world.season.notices.get())
    people.nation.post(NEW, ASKED)
    OutboxRow.objects.filter(kind="season.copy").update(state="failed")
    address = "/workspace/seasons/kepuri-2024/copying/"
    assert "接着备办" not in page(people.reviewer, address).text
    assert "停住了" in page(people.nation, address).text

    refused = read(people.reviewer.post(address, follow=True))
    assert "开设新一届由全国的统筹单位办理" in refused.text
    carried_out()
    assert NoticeDraft.objects.count() == 0

    assert "已经接着备办。" in read(people.nation.post(address, follow=True)).text
    carried_out()
    assert NoticeDraft.objects.count() == 1


def test_nobody_but_the_nation_opens_a_season(people):
    for client in (people.filer, people.reviewer, people.town, people.outsider, people.auditor):
        assert client.get(NEW).status_code == 403
        client.post(NEW, ASKED)
    assert Season.objects.count() == 1


def test_what_was_left_out_is_named(people, page):
    season = a_copied_season(people.world)
    SeasonCopy.objects.filter(season=season).update(left_out=[{"notice": "old", "title": "读不出的通知"}])
    assert "读不出的通知 old" in page(people.nation, "/workspace/seasons/next/copying/").text


def test_a_season_that_is_no_copy_has_no_such_page(people):
    for client, code in ((people.nation, "2023"), (people.nation, "none")):
        assert client.get(f"/workspace/seasons/{code}/copying/").status_code == 404
        assert client.post(f"/workspace/seasons/{code}/copying/").status_code == 404


def test_the_pages_speak_english(people, two, page):
    people.nation.post("/language/", {"language": "en"}, headers={"Origin": "http://testserver"})
    for address in (COMPARE, f"{COMPARE}?place=441900103&kind=association", NEW):
        assert page(people.nation, address).one("html")["lang"] == "en"


def test_coordinators_find_the_comparison_beside_the_rules(people, page):
    assert COMPARE in page(people.reviewer, "/workspace/rules/").html
    assert COMPARE not in page(people.auditor, "/workspace/rules/").html
