"""A whole notice at the desk: a text goes in, every clause is corrected in its form, and what is issued is exactly what was meant."""

import itertools
import tomllib

import pytest

from kepu.notices.format.reading import read_notice
from kepu.notices.models import DraftClause, Notice, NoticeDraft
from kepu.notices.queries import clauses_in_order, file_of
from kepu.orgs.models import Role
from kepu.web.workspace.desk.clauseforms import clause_form, header_form, words_of
from tests.factories.accounts import a_person
from tests.factories.drafts import AT, a_county
from tests.factories.orgs import a_post, a_term
from tests.journeys.filling import fill_in
from tests.journeys.test_desk import PASSWORD, begin, sign_in
from tests.web.workspace.desk.clauseforms.browser import sent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TEXT = """滦南县科学技术协会
关于组织开展滦南县2023年全国科普日活动的通知
滦科协〔2023〕12号
各镇科协：
为办好今年的科普日，现将有关事项通知如下。
一、活动主题
活动主题：人人爱科学。
二、活动内容
（一）重点围绕健康知识、防灾减灾、农业技术等领域开展活动。
（二）开展乡村科普、校园科普两个板块的活动，乡村科普板块包括田间课堂行动、赶集科普行动。
三、有关要求
（一）线下活动的参加人数不少于20人。
（二）请各镇科协于9月19日前报送工作总结的电子版和盖章扫描件。
附件：重点活动推荐表
滦南县科学技术协会
2023年9月4日
附件
重点活动推荐表
序号 活动名称 活动时间 预计人数
"""
MEANT = """
format = 1

[notice]
code = "luannan-2023"
season = "2023"
title = "关于组织开展滦南县2023年全国科普日活动的通知"
number = "滦科协〔2023〕12号"
issuer = "滦南县科学技术协会"
issuer_unit = "LN"
place = "130224"
level = "county"
parents = ["city-2023"]
issued = 2023-09-04

[[notice.recipients]]
title = "各镇科协"
kinds = ["association"]
levels = ["town"]

[[notice.attachments]]
number = 1
title = "重点活动推荐表"

[[clause]]
id = "LN-01"
number = "一"
kind = "theme"
summary = "主题照市里的。"
mode = "fixed"
relates = ["same:TS-01"]
[clause.theme]
text = "人人爱科学"

[[clause]]
id = "LN-02"
number = "二（一）"
kind = "list"
summary = "三个行业领域，健康一项对到市里的清单。"
mode = "replace"
strictness = "none"
[clause.list]
code = "fields"
title = "行业领域"
open_ended = true
items = [
  { code = "well_being", label = "健康知识", same_as = "health" },
  { code = "disaster", label = "防灾减灾" },
  { code = "farming", label = "农业技术", note = "含农机" },
]

[[clause]]
id = "LN-03"
number = "二（二）"
kind = "track"
summary = "乡村、校园两个板块；乡村科普下面有两项行动。"
strictness = "none"
[clause.track]
code = "tracks"
title = "活动板块"
nodes = [
  { code = "village", label = "乡村科普", hosts = ["association"] },
  { code = "field_class", label = "田间课堂行动", parent = "village" },
  { code = "market", label = "赶集科普行动", parent = "village" },
  { code = "campus", label = "校园科普", hosts = ["association", "school"] },
]

[[clause]]
id = "LN-04"
number = "三（一）"
kind = "gate"
summary = "线下活动预计二十人以上。"
strictness = "hard"
[clause.gate]
fact = "participants_expected"
min = 20
unit = "人"
stages = ["filing"]
when = { mode = ["offline"] }

[[clause]]
id = "LN-05"
number = "三（一）"
kind = "gate"
summary = "小结要写明的几样。"
strictness = "in_principle"
[clause.gate]
fact = "sections"
stages = ["summary"]
contains = ["basics", "highlights"]
labels = { basics = "基本情况", highlights = "亮点" }

[[clause]]
id = "LN-06"
number = "三（一）"
kind = "gate"
summary = "不办收费的活动和赶集科普以外的摆摊。"
[clause.gate]
fact = "tracks"
one_of = ["village", "field_class", "campus"]
labels = { village = "乡村科普", field_class = "田间课堂行动", campus = "校园科普" }

[[clause]]
id = "LN-07"
number = "三（二）"
kind = "duty"
summary = "各镇报工作总结，电子版和盖章的各一份。"
mode = "tighten"
strictness = "in_principle"
relates = ["narrows:TS-05"]
[clause.audience]
kinds = ["association"]
levels = ["town"]
[clause.duty]
what = "organisation_summary"
title = "工作总结"
due = { date = 2023-09-19, time = "17:00" }
to = "coordinator@county"
channels_needed = "any"
parts = [
  { code = "electronic", label = "电子版" },
  { code = "sealed_scan", label = "盖章扫描件", note = "PDF 格式" },
  { code = "photos", label = "活动照片", required = false },
]
channels = [{ code = "mailbox", label = "工作邮箱" }, { code = "onsite", label = "送到办公室" }]

[[clause]]
id = "LN-08"
number = "附件"
kind = "form"
summary = "重点活动推荐表，四栏。"
strictness = "none"
[clause.form]
code = "key_activities"
title = "重点活动推荐表"
columns = [
  { code = "name", title = "活动名称", type = "text", max_chars = 30 },
  { code = "on", title = "活动时间", type = "date" },
  { code = "people", title = "预计人数", type = "number", min = 20 },
  { code = "way", title = "形式", type = "choice", choices = ["线上", "线下"], required = false },
]
"""


@pytest.fixture
def county(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: AT)
    world = a_county()
    for code, name in (("association", "科协"), ("school", "学校")):
        a_term("unit_kind", code, name)
    person = a_person("luan", username="luan")
    person.set_password(PASSWORD)
    person.save()
    a_post(world.office, Role.COORDINATOR, person=person)
    return world


def clause_address(row):
    return f"/workspace/notices/drafts/{row.draft_id}/clauses/{row.pk}/"


def write(page, draft, row, meant):
    """Open the clause, fill in its form, confirm it."""
    page.goto(clause_address(row))
    words = words_of(draft.season, place=draft.place).with_clauses(c.data for c in clauses_in_order(draft))
    fill_in(page, "c.", dict(sent(str(clause_form(meant["kind"], meant, words))).lists()))
    page.get_by_role("button", name="确认，看下一条").click()
    page.wait_for_url(lambda url: not url.endswith(clause_address(row)))


def added(page, draft, kind, *, behind):
    """A new clause of a kind, behind another."""
    page.goto(f"/workspace/notices/drafts/{draft.pk}/")
    if behind is not None:
        page.locator(f"#clause-{behind.pk}").get_by_role("link", name="后面加一条").click()
        page.get_by_text("的后面。").wait_for()
    page.locator(f"button[name=kind][value={kind}]").click()
    page.wait_for_url("**/clauses/*/")
    return DraftClause.objects.latest("pk")


def test_what_is_issued_is_exactly_what_was_meant(county, desktop):
    page, meant = desktop, tomllib.loads(MEANT)
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, "luan")
    begin(page, "document", TEXT)
    draft = NoticeDraft.objects.get()

    # what was read is taken as far as it goes: of each kind the first, the rest is set aside
    read = clauses_in_order(draft)
    taken = {}
    for clause in meant["clause"]:
        row = next((r for r in read if r.kind == clause["kind"] and r not in taken.values()), None)
        if row is not None:
            taken[clause["id"]] = row
    assert {row.kind for row in taken.values()} >= {"theme", "list", "duty", "gate"}
    page.goto(f"/workspace/notices/drafts/{draft.pk}/")
    for row in read:
        if row not in taken.values():
            page.locator(f"input[name=code][value='{row.code}']").check()
    page.get_by_role("button", name="不采用选中的").click()

    before = None
    for clause in meant["clause"]:
        row = taken.get(clause["id"]) or added(page, draft, clause["kind"], behind=before)
        write(page, draft, row, clause)
        before = row

    page.goto(f"/workspace/notices/drafts/{draft.pk}/header/")
    words = words_of(draft.season, place=draft.place)
    fill_in(page, "h.", dict(sent(str(header_form(meant["notice"], words))).lists()))
    page.locator("button[name=act][value=save]").click()
    page.get_by_text("文头已保存").wait_for()

    # what was read keeps its place in the text: what stands too early is put behind the one it belongs to
    order = [clause["id"] for clause in meant["clause"]]
    for behind, code in itertools.pairwise(order):
        now = [c.code for c in clauses_in_order(draft) if c.state == "confirmed"]
        if now.index(code) != now.index(behind) + 1:
            page.goto(f"/workspace/notices/drafts/{draft.pk}/")
            page.locator(f"input[name=code][value='{code}']").check()
            page.get_by_label("把选中的放到").select_option(str(draft.clauses.get(code=behind).pk))
            page.get_by_role("button", name="移动", exact=True).click()
            page.get_by_text("移动了1条").first.wait_for()

    expected = read_notice(MEANT, "meant.toml")
    written = page.request.get(f"/workspace/notices/drafts/{draft.pk}/notice.toml").text()
    assert read_notice(written, "written.toml").model_dump() == expected.model_dump()

    page.goto(f"/workspace/notices/drafts/{draft.pk}/issue/")
    page.get_by_role("button", name="发出通知").click()
    page.get_by_text("已发出，现在起生效").wait_for()

    issued = file_of(Notice.objects.get(place=county.county))
    said = [[(c.id, c.number, c.params, c.audience) for c in file.clause] for file in (issued, expected)]
    assert said[0] == said[1]
