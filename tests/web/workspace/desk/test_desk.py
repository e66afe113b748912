"""The notice desk as people use it: begin, write, take over, see the effect, issue, change, withdraw."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kepu.notices import actions
from kepu.notices.format.reading import read_notice
from kepu.notices.models import ClauseState, DraftClause, DraftOrigin, Notice, NoticeDraft, Season
from kepu.notices.queries import clauses_in_order
from kepu.notices.rulebook import rules_in_force
from tests.factories.drafts import AT, a_draft, ready, row
from tests.factories.notices import a_season
from tests.factories.orgs import a_term
from tests.web.at_the_desk import begin, clause_page, controls, draft_page, issue, seen_on, tree, typed

TEXT = """滦南县科学技术协会
关于举办滦南县2023年全国科普日活动的通知
各镇科协：
为办好今年的科普日，现将有关事项通知如下。
一、时间和主题
活动主题：人人爱科学。定于2023年9月17日至23日在全县集中开展。
二、有关要求
（一）各镇科协要确保重点活动不少于2项。
（二）请各镇科协于9月20日前将工作总结电子版报送至县科协办公室。
滦南县科学技术协会
2023年9月4日
"""


def name_of(sent, value):
    """The control that holds a value."""
    return next(name for name, values in sent.items() if values == [value])


def test_the_desk_is_for_coordinators(desk, page):
    assert "通知台" in page(desk.county, "/workspace/notices/desk/").text
    for client in (desk.filer, desk.town):
        assert client.get("/workspace/notices/desk/").status_code == 403


def test_the_desk_shows_drafts_and_notices_of_our_area_only(desk, page):
    a_draft(desk.world)
    shown = page(desk.county, "/workspace/notices/desk/").text
    assert "关于举办滦南县2023年全国科普日活动的通知" in shown
    assert "东莞市全国科普日活动通知" not in shown
    assert "东莞市全国科普日活动通知" in page(desk.city, "/workspace/notices/desk/").text


def test_the_drafts_of_another_season_are_one_tab_away(desk, page):
    next_year = a_season("kepuri-2024", name="2024年全国科普日", year=2024)
    a_draft(desk.world)
    first = page(desk.county, "/workspace/notices/desk/")
    assert "2024年全国科普日" not in first.text
    there = actions.start_draft(
        season=next_year, place=desk.world.county, line=None, origin=DraftOrigin.SEASON,
        header={"title": "明年的通知"}, by=desk.world.by, at=AT,
    )  # fmt: skip
    shown = tree(desk.county.get("/workspace/notices/desk/"))
    (address,) = shown.xpath("//nav//a[contains(., '2024年全国科普日')]/@href")
    assert "明年的通知" not in shown.text_content()
    page(desk.county, f"/workspace/notices/desk/{address}")
    shown = tree(desk.county.get(f"/workspace/notices/desk/{address}"))
    assert shown.xpath(f"//h3/a[@href='{draft_page(there)}']/text()") == ["明年的通知"]
    assert "滦南县2023" not in shown.xpath("string(//main)")
    assert not shown.xpath("//a[@href='/workspace/notices/drafts/new/']")
    assert "滦南县2023" in page(desk.county, "/workspace/notices/desk/?season=nothing").text


def test_an_empty_desk_says_how_to_begin(desk, page):
    assert "没有正在起草的通知" in page(desk.county, "/workspace/notices/desk/").text


def test_our_own_notice_is_begun_from_the_one_above(desk, page):
    answer = begin(desk.county, "parent")
    draft = NoticeDraft.objects.get()
    assert answer["Location"] == draft_page(draft)
    shown = page(desk.county, draft_page(draft)).text
    assert "4条还没有核对" in shown
    assert "上级要本级在2023年9月26日前报（唐科协〔2023〕9号 四）。下级的期限由您定，要早于这一天。" in shown


def test_a_document_is_read_and_every_clause_waits_for_a_look(desk, page):
    answer = begin(desk.county, "document", text=TEXT)
    draft = NoticeDraft.objects.get()
    assert answer["Location"] == f"{draft_page(draft)}source/"
    rows = clauses_in_order(draft)
    assert {r.state for r in rows} == {"proposed"}
    assert {"theme", "window", "quota", "duty"} <= {r.kind for r in rows}
    assert draft.header["title"].endswith("关于举办滦南县2023年全国科普日活动的通知")
    page(desk.county, f"{draft_page(draft)}source/")
    shown = tree(desk.county.get(f"{draft_page(draft)}source/"))
    marked = {m.text_content() for m in shown.xpath("//mark[@class='found' and @data-state='proposed']")}
    assert any("9月20日前" in m for m in marked)
    assert shown.xpath("string(//div[@class='paper'])").count("人人爱科学") == 1


def test_a_document_without_text_is_answered_and_what_was_typed_stays(desk, read):
    answer = begin(desk.county, "document")
    assert answer.status_code == 422
    assert "请贴上通知的文字，或者选一份文件。" in read(answer).text
    assert not NoticeDraft.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("通知.docx", b"PK\x03\x04 not a zip", "DOCX"),
        ("通知.pdf", b"\x89PNG\r\n\x1a\n", "PDF"),
        ("通知.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOCX"),
        ("通知.toml", b"\xff\xfe\xff", "UTF-8"),
        ("通知.toml", "一 = ".encode(), "键"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(desk, read, name, content, sentence):
    answer = begin(desk.county, "document", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert sentence in read(answer).text
    assert not NoticeDraft.objects.exists()


def test_our_own_docx_comes_back_with_the_same_clauses(desk):
    draft = ready(desk.world)
    docx = desk.county.get(f"{draft_page(draft)}document.docx").content
    begin(desk.county, "document", file=SimpleUploadedFile("公文.docx", docx))
    again = NoticeDraft.objects.latest("pk")
    assert [c.data for c in clauses_in_order(again)] == [c.data for c in clauses_in_order(draft)]
    assert {c.state for c in clauses_in_order(again)} == {"proposed"}
    kept = ("title", "issuer", "parents", "sections")
    assert [again.header.get(k) for k in kept] == [draft.header.get(k) for k in kept]


def test_the_pdf_is_a_pdf(desk):
    draft = ready(desk.world)
    answer = desk.county.get(f"{draft_page(draft)}document.pdf")
    assert (answer.status_code, answer.content[:5], answer["Content-Type"]) == (
        200,
        b"%PDF-",
        "application/pdf",
    )


def test_the_draft_is_downloaded_as_a_notice_file(desk):
    draft = ready(desk.world)
    text = desk.county.get(f"{draft_page(draft)}notice.toml").content.decode()
    assert [c.id for c in read_notice(text).clause] == [c.code for c in clauses_in_order(draft)]


def test_a_draft_that_is_not_whole_is_no_document_yet(desk, page):
    draft = a_draft(desk.world)
    desk.county.post(f"{draft_page(draft)}decisions/", {"act": f"{row(draft, 'quota').code}:confirm"})
    for ending in ("notice.toml", "document.docx", "document.pdf"):
        answer = desk.county.get(f"{draft_page(draft)}{ending}")
        assert answer.status_code == 422
        assert "排不成公文" in answer.content.decode()


def test_clauses_are_confirmed_one_by_one_and_in_bulk(desk):
    draft = a_draft(desk.world)
    routing, contact = row(draft, "routing"), row(draft, "contact")
    desk.county.post(f"{draft_page(draft)}decisions/", {"act": f"{routing.code}:reject"})
    desk.county.post(f"{draft_page(draft)}decisions/", {"act": "confirm", "code": [contact.code, "nothing"]})
    assert (row(draft, "routing").state, row(draft, "contact").state) == ("rejected", "confirmed")
    desk.county.post(f"{draft_page(draft)}decisions/", {"act": f"{routing.code}:propose"})
    assert row(draft, "routing").state == "proposed"


def test_nothing_ticked_is_said(desk, page):
    draft = a_draft(desk.world)
    answer = desk.county.post(f"{draft_page(draft)}decisions/", {"act": "confirm"}, follow=True)
    assert "没有选中条款" in answer.content.decode()


def test_a_clause_shows_its_sentence_its_parent_and_its_effect_on_a_town(desk, page):
    draft = ready(desk.world)
    pane = page(desk.county, f"{clause_page(row(draft, 'duty'))}?for=T2").one("section", id="pane").text
    assert "2023年9月20日前报送工作总结" in pane
    assert "对“第2镇科协”的影响" in pane
    assert "上级怎么规定" in pane


def test_the_pane_answers_while_one_writes_and_what_was_typed_is_kept(desk, read):
    draft = a_draft(desk.world)
    found = row(draft, "duty")
    sent = {**typed(desk.county, found), "c.duty.due.way": "date", "c.duty.due.date": "2023-09-19"}
    answer = desk.county.post(clause_page(found), sent, headers={"HX-Request": "true", "HX-Target": "pane"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "2023年9月19日前报送工作总结" in body
    assert re.search(r'name="version" value="2"', body)
    assert row(draft, "duty").data["duty"]["due"] == {"date": "2023-09-19"}
    assert row(draft, "duty").state == "proposed"


def test_sending_the_form_unchanged_changes_nothing(desk):
    draft = ready(desk.world)
    for found in clauses_in_order(draft):
        desk.county.post(clause_page(found), {**typed(desk.county, found), "act": "save"})
    assert [c.data for c in clauses_in_order(NoticeDraft.objects.get())] == [
        c.data for c in clauses_in_order(draft)
    ]


def test_an_impossible_date_stays_as_typed_with_a_sentence(desk, read):
    draft = ready(desk.world)
    found = row(draft, "duty")
    sent = typed(desk.county, found)
    name = name_of(sent, "2023-09-20")
    answer = desk.county.post(clause_page(found), {**sent, name: "2023-09-31", "act": "keep"})
    read(answer)
    assert "2023-09-31" in {e.get("value") for e in tree(answer).xpath("//input")}
    assert row(draft, "duty").data["duty"]["due"] != {"date": "2023-09-20"}


def test_who_is_overtaken_sees_a_sentence_and_keeps_what_was_typed(desk, read):
    draft = a_draft(desk.world)
    found = row(draft, "theme")
    sent = typed(desk.county, found)
    name = name_of(sent, "人人爱科学")
    desk.county.post(clause_page(found), {**sent, name: "先存的", "act": "save"})
    answer = desk.county.post(clause_page(found), {**sent, name: "后存的", "act": "save"})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "另一位同事" in body
    assert "后存的" in body
    assert row(draft, "theme").data["theme"]["text"] == "先存的"
    again = controls(answer, "clause-form")
    desk.county.post(clause_page(found), {**again, "act": "save"})
    assert row(draft, "theme").data["theme"]["text"] == "后存的"


def test_confirming_leads_to_the_next_that_waits(desk):
    draft = a_draft(desk.world)
    first, following = row(draft, "routing"), row(draft, "contact")
    answer = desk.county.post(clause_page(first), {**typed(desk.county, first), "act": "confirm"})
    assert answer["Location"] == clause_page(following)
    assert row(draft, "routing").state == "confirmed"


def test_what_is_saved_is_forgotten_by_the_browser(desk):
    draft = a_draft(desk.world)
    found = row(draft, "duty")
    for act in ("save", "confirm", "reject"):
        answer = desk.county.post(clause_page(found), {**typed(desk.county, found), "act": act}, follow=True)
        key = f"notice:{draft.pk}:{found.pk}"
        assert tree(answer).xpath("//@data-forget-draft") == [key]
    header = f"{draft_page(draft)}header/"
    sent = controls(desk.county.get(header), "header-form")
    answer = desk.county.post(header, {**sent, "act": "save"}, follow=True)
    assert tree(answer).xpath("//@data-forget-draft") == [f"notice:{draft.pk}:header"]


def test_a_clause_of_every_kind_can_be_added(desk, page):
    from kepu.notices.kinds import kinds

    draft = a_draft(desk.world, origin="blank")
    for kind in kinds():
        answer = desk.county.post(f"{draft_page(draft)}clauses/", {"kind": kind})
        made = DraftClause.objects.latest("pk")
        assert (answer["Location"], made.kind) == (clause_page(made), kind)
        page(desk.county, clause_page(made))
    assert desk.county.post(f"{draft_page(draft)}clauses/", {"kind": "nothing"}).status_code == 303
    assert DraftClause.objects.count() == len(kinds())


def test_clauses_move(desk):
    draft = a_draft(desk.world)
    found = row(draft, "duty")
    answer = desk.county.post(f"{clause_page(found)}move/", {"to": "up"})
    assert answer["Location"].endswith(f"#clause-{found.pk}")
    assert [c.kind for c in clauses_in_order(draft)][2] == "duty"


def test_clauses_that_are_ticked_move_behind_another(desk, page):
    draft = a_draft(desk.world)
    a, b, *others = clauses_in_order(draft)
    order = f"{draft_page(draft)}order/"
    desk.county.post(order, {"code": [a.code, b.code], "after": others[0].pk})
    assert clauses_in_order(draft) == [others[0], a, b, *others[1:]]
    desk.county.post(order, {"code": [others[-1].code], "after": "first"})
    assert clauses_in_order(draft)[0] == others[-1]
    for sent, sentence in (
        ({"after": "first"}, "没有选中条款"),
        ({"code": [a.code], "after": ""}, "请选一条"),
    ):
        desk.county.post(order, sent)
        assert sentence in page(desk.county, draft_page(draft)).text


def test_a_clause_is_added_behind_the_one_it_was_asked_for_at(desk, page):
    draft = a_draft(desk.world)
    first, *_others = clauses_in_order(draft)
    assert "加在“" in page(desk.county, f"{draft_page(draft)}?after={first.pk}").text
    desk.county.post(f"{draft_page(draft)}clauses/", {"kind": "mark", "after": first.pk})
    assert [c.kind for c in clauses_in_order(draft)][1] == "mark"
    desk.county.post(f"{draft_page(draft)}clauses/", {"kind": "text", "after": "99999"})
    assert clauses_in_order(draft)[-1].kind == "text"


def test_a_clause_gets_the_number_that_the_office_gives_it(desk, read):
    draft = a_draft(desk.world)
    found, other = row(draft, "quota"), row(draft, "duty")
    desk.county.post(clause_page(found), {**typed(desk.county, found), "c.id": "LN-05", "act": "save"})
    assert row(draft, "quota").code == "LN-05"
    answer = desk.county.post(
        clause_page(found), {**typed(desk.county, found), "c.id": other.code, "act": "save"}
    )
    assert (answer.status_code, "已经用在另一条上" in read(answer).text) == (422, True)


def test_a_sort_of_units_that_says_nobody_is_not_dropped(desk, read):
    draft = a_draft(desk.world)
    found = row(draft, "quota")
    sent = typed(desk.county, found)
    more = {"c.audience.any_of.0.kinds": "society", "c.audience.any_of.1.kinds.own": ""}
    desk.county.post(clause_page(found), {**sent, **more, "act": "confirm"})
    assert row(draft, "quota").data["audience"]["any_of"] == [{"kinds": ["society"]}, {}]
    assert "有一类还没有选是哪些单位" in read(desk.county.get(clause_page(found))).text
    answer = desk.county.get(f"{draft_page(draft)}issue/")
    assert "发出通知" not in tree(answer).xpath("string(//main//button)")
    sent = typed(desk.county, row(draft, "quota"))
    desk.county.post(clause_page(found), {**sent, "_remove:c.audience.any_of.1": ""})
    sent = controls(
        desk.county.post(clause_page(found), {**sent, "_remove:c.audience.any_of.1": ""}), "clause-form"
    )
    desk.county.post(clause_page(found), {**sent, "act": "confirm"})
    assert row(draft, "quota").data["audience"]["any_of"] == [{"kinds": ["society"]}]


def test_a_name_where_codes_are_typed_says_what_to_do(desk, read):
    a_term("unit_kind", "society", "学会")
    draft = a_draft(desk.world)
    found = row(draft, "quota")
    for name, sentence in (("学会", "“学会”在列表里直接勾选"), ("读书会", "没有“读书会”")):
        sent = {**typed(desk.county, found), "c.audience.kinds": [], "c.audience.kinds.own": name}
        desk.county.post(clause_page(found), {**sent, "act": "save"})
        assert sentence in read(desk.county.get(clause_page(found))).text


def test_from_above_each_way_is_open_or_says_why_not(desk, page):
    draft = a_draft(desk.world, origin="blank")
    page(desk.county, f"{draft_page(draft)}above/")
    theme = (
        tree(desk.county.get(f"{draft_page(draft)}above/")).xpath("//li[@id='rule-theme']")[0].text_content()
    )
    assert "照办" in theme
    assert "主题由唐科协〔2023〕9号 一定，下级照写，不能改。" in theme
    desk.county.post(f"{draft_page(draft)}above/", {"key": "theme", "way": "fixed"})
    assert row(draft, "theme").state == ClauseState.CONFIRMED
    assert "已写进稿子" in page(desk.county, f"{draft_page(draft)}above/").text


def test_a_closed_way_is_refused_in_words(desk):
    draft = a_draft(desk.world, origin="blank")
    answer = desk.county.post(f"{draft_page(draft)}above/", {"key": "theme", "way": "replace"}, follow=True)
    assert "下级照写，不能改" in answer.content.decode()
    assert not draft.clauses.exists()


def test_tightening_opens_the_clause_at_once(desk):
    draft = a_draft(desk.world, origin="blank")
    answer = desk.county.post(f"{draft_page(draft)}above/", {"key": "activity.lead_days", "way": "tighten"})
    assert answer["Location"] == clause_page(row(draft, "gate"))


def test_what_it_touches_is_shown_before_and_the_towns_are_bound_at_once(desk, page):
    draft = ready(desk.world)
    address = f"{draft_page(draft)}issue/"
    body = desk.county.get(address).content.decode()
    page(desk.county, address)
    assert "工作总结" in body
    answer = desk.county.post(address, {"seen": seen_on(body)})
    notice = Notice.objects.get(place=desk.world.county)
    assert answer["Location"] == f"/workspace/notices/{notice.code}/changing/"
    town = desk.world.towns[0]
    assert (
        rules_in_force(town, notice.season.__class__.objects.get(), at=AT)["quota.key_activities"].params.min
        == 2
    )
    assert "工作总结" in page(desk.town, "/workspace/duties/").text


def test_a_draft_with_faults_cannot_be_issued_and_says_why(desk, page):
    draft = ready(desk.world, due="2023-09-30")
    assert "比上级放宽了" in page(desk.county, f"{draft_page(draft)}issue/").text
    assert not tree(desk.county.get(f"{draft_page(draft)}issue/")).xpath("//input[@name='seen']")
    answer = desk.county.post(f"{draft_page(draft)}issue/", {"seen": "0" * 64})
    assert answer.status_code == 422
    assert Notice.objects.count() == 1


def issued(desk):
    issue(desk.county, ready(desk.world))
    return Notice.objects.get(place=desk.world.county)


def test_an_issued_notice_is_changed_by_another(desk, page):
    notice = issued(desk)
    address = f"/workspace/notices/{notice.code}/changing/"
    assert "变更记录" in page(desk.county, address).text
    desk.county.post(address, {"way": "supplement"})
    draft = NoticeDraft.objects.latest("pk")
    assert (draft.origin, draft.header["amends"], draft.header["status"]) == (
        "supplement",
        [notice.code],
        "supplement",
    )
    page(desk.county, draft_page(draft))


def test_only_an_advance_notice_is_replaced_by_a_formal_one(desk, read):
    notice = issued(desk)
    answer = desk.county.post(f"/workspace/notices/{notice.code}/changing/", {"way": "formal"})
    assert answer.status_code == 422


def test_a_notice_is_withdrawn_with_a_reason_after_seeing_what_it_touches(desk, page, read):
    notice = issued(desk)
    address = f"/workspace/notices/{notice.code}/withdrawal/"
    assert "撤回" in page(desk.county, address).text
    assert desk.county.post(address, {"reason": " "}).status_code == 422
    desk.county.post(address, {"reason": "日期写错"})
    notice.refresh_from_db()
    assert notice.withdrawn_at == AT
    assert "日期写错" in page(desk.county, f"/workspace/notices/{notice.code}/changing/").text


def test_a_notice_of_another_area_is_not_there(desk):
    for noun in ("changing", "withdrawal"):
        assert desk.county.get(f"/workspace/notices/city-2023/{noun}/").status_code == 404


def test_a_draft_of_another_unit_is_not_there(desk):
    draft = a_draft(desk.world)
    for noun in ("", "header/", "source/", "above/", "issue/", "notice.toml"):
        assert desk.city.get(f"{draft_page(draft)}{noun}").status_code == 404


def test_the_head_is_written_and_kept(desk, page, read):
    draft = a_draft(desk.world)
    address = f"{draft_page(draft)}header/"
    page(desk.county, address)
    sent = controls(desk.county.get(address), "header-form")
    name = name_of(sent, draft.header["title"])
    desk.county.post(address, {**sent, name: "关于办好科普日的通知", "act": "save"})
    draft.refresh_from_db()
    assert draft.title == "关于办好科普日的通知"
    assert draft.header["parents"] == ["city-2023"]
    assert draft.header["sections"][0] == {"number": "一", "title": "主题和时间"}


def test_discarding_and_restoring(desk, page):
    draft = a_draft(desk.world)
    desk.county.post(f"{draft_page(draft)}discarding/")
    assert "已作废" in page(desk.county, draft_page(draft)).text
    desk.county.post(f"{draft_page(draft)}restoring/")
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_row_more_is_no_save_and_the_next_save_is_no_conflict(desk, read):
    draft = a_draft(desk.world)
    found = row(draft, "duty")
    sent = {**typed(desk.county, found), "c.duty.title": "总结和照片"}
    answer = desk.county.post(clause_page(found), {**sent, "_add:c.duty.parts": ""})
    assert answer.status_code == 200
    read(answer)
    assert row(draft, "duty").version == 1
    again = controls(answer, "clause-form")
    assert again["c.duty.title"] == ["总结和照片"]
    desk.county.post(clause_page(found), {**again, "c.duty.parts.0.label": "照片", "act": "save"})
    kept = row(draft, "duty").data["duty"]
    assert (kept["title"], kept["parts"][0]["label"]) == ("总结和照片", "照片")


def a_placeholder(desk, status="placeholder"):
    """A draft whose head says that the text is not in hand, as the copy of a season leaves it for a layer."""
    draft = a_draft(desk.world, origin="blank")
    address = f"{draft_page(draft)}header/"
    sent = controls(desk.county.get(address), "header-form")
    desk.county.post(
        address, {**sent, "h.title": "滦南县的通知（未见正文）", "h.status": status, "act": "save"}
    )
    return draft


def test_a_layer_whose_text_is_not_in_hand_is_entered_without_a_clause(desk, page):
    draft = a_placeholder(desk)
    shown = page(desk.county, f"{draft_page(draft)}issue/").text
    assert "不立规定，不改变任何单位的要求，也不送给各单位。" in shown
    assert "会影响什么" not in shown

    answer = issue(desk.county, draft)

    notice = Notice.objects.get(place=desk.world.county)
    assert (
        "已登记《滦南县的通知（未见正文）》：未见正文，不立规定，也不发送。"
        in page(desk.county, answer["Location"]).text
    )
    assert (notice.status, notice.in_force_at, notice.issued_on) == ("placeholder", None, None)
    assert not notice.sendings.exists()
    season = Season.objects.get(pk=notice.season_id)
    assert [n.code for n in rules_in_force(desk.world.towns[0], season, at=AT).unknown] == [notice.code]


def test_a_layer_whose_text_is_not_in_hand_has_no_clauses(desk, page):
    draft = a_placeholder(desk)
    desk.county.post(f"{draft_page(draft)}above/", {"key": "theme", "way": "fixed"})
    assert "未见正文的通知不带条款。" in page(desk.county, f"{draft_page(draft)}issue/").text
    assert desk.county.post(f"{draft_page(draft)}issue/", {"seen": "0" * 64}).status_code == 422


def test_a_notice_without_a_clause_says_what_to_do(desk, page):
    draft = a_placeholder(desk, "formal")
    shown = page(desk.county, f"{draft_page(draft)}issue/").text
    assert (
        "还没有一条确认过的条款。正文没有见到、只登记有这份通知的，请在文头把“是一份什么通知”选成未见正文。"
        in shown
    )


def test_when_the_text_comes_the_notice_takes_the_place_of_the_layer(desk, page):
    issue(desk.county, a_placeholder(desk))
    held = Notice.objects.get(place=desk.world.county)
    address = f"/workspace/notices/{held.code}/changing/"
    assert "正文见到了：录入正文，代替这个占位" in page(desk.county, address).text
    desk.county.post(address, {"way": "formal"})
    draft = NoticeDraft.objects.latest("pk")
    assert (draft.header["status"], draft.header["replaces"]) == ("formal", [held.code])
    desk.county.post(f"{draft_page(draft)}above/", {"key": "theme", "way": "fixed"})

    issue(desk.county, draft)

    season = Season.objects.get(pk=held.season_id)
    now = rules_in_force(desk.world.towns[0], season, at=AT)
    assert (now.unknown, now["theme"].chain[0].notice.code) == ((), draft.header["code"])
