"""An activity from its filing to its summary, as the school and the city's office see it on their pages."""

from uuid import uuid4

import pytest

from kepu.activities.actions import change_activity
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from tests.factories.activities import AFTER, an_activity, loaded
from tests.factories.notices import SUMMARY_PARTS, china
from tests.web.workspace.conftest import newest, typed

LEAD, LEAST = "东科协〔2023〕17号 六（二）1", "东科协〔2023〕17号 六（二）3"


def at(activity, noun=""):
    return f"/workspace/activities/{activity.pk}/{noun + '/' if noun else ''}"


def version(activity):
    return {"version": loaded(activity).version}


def test_filed_returned_mended_approved_with_a_waiver_published_held_completed_summarised(
    people, now, page, read
):
    filer, reviewer = people.filer, people.reviewer
    filer.post(
        "/workspace/activities/new/", {"token": uuid4(), **typed(participants_expected="30"), "act": "file"}
    )
    it = newest()
    review = f"/workspace/reviews/{it.pk}/"
    assert "等东莞市科协审核" in page(filer, at(it)).text

    # sent back with a reason and words
    reviewer.post(
        f"{review}return/",
        {"return-reasons": ["incomplete"], "return-words": "请写明讲什么。", "return-version": it.version},
    )
    found = page(filer, at(it))
    assert "东莞市科协退回了这项活动" in found.text
    assert "内容不完整：请写明讲什么。" in found.text

    # mended and filed again
    edit = page(filer, at(it, "edit"))
    assert "请写明讲什么。" in edit.text
    filer.post(
        at(it, "edit"),
        {
            "version": edit.one("input", name="version")["value"],
            **typed(participants_expected="30", summary="讲座两场"),
            "act": "file",
        },
    )
    found = page(reviewer, review)
    assert "第2次填报" in found.text
    compared = next(part for part in found.all("section") if part["aria-labelledby"] == "compared-title").text
    assert ("活动简介" in compared, "讲座两场" in compared) == (True, True)

    # an "in principle" is not met: without a reason it is not approved
    seen = {"approval-version": loaded(it).version}
    answer = reviewer.post(f"{review}approval/", seen)
    assert answer.status_code == 422
    found = read(answer)
    assert "同意例外的，请写明理由；不同意的，请退回。" in found.one(class_="form-errors").text
    assert LEAST in found.text
    reviewer.post(
        f"{review}approval/",
        {**seen, "approval-waiver.activity.participants_expected.offline": "场地小，分批进场。"},
    )
    assert loaded(it).state == State.APPROVED
    assert "同意例外：场地小，分批进场。" in page(filer, at(it)).text

    # published, held, completed, summarised
    now(china(2023, 8, 28))
    assert "可以看到了" in page(filer, filer.post(at(it, "publication"), version(it))["Location"]).notices[0]
    now(AFTER)
    filer.post(
        at(it, "holding"), {**version(it), "participants_actual": "35", "ended_at": "2023-09-17T17:00"}
    )
    answer = filer.post(
        at(it, "completion"), {**version(it), "photos": "https://example.cn/1 现场", "minors": "none"}
    )
    assert "媒体报道链接不少于1" in read(answer).one(class_="form-errors").text
    filer.post(
        at(it, "completion"),
        {
            **version(it),
            "media_links": "https://news.example.cn/1",
            "photos": "https://example.cn/1 现场",
            "minors": "none",
        },
    )
    assert loaded(it).materials == [{"kind": "photo", "place": "https://example.cn/1", "note": "现场"}]
    found = page(filer, at(it, "summary"))
    assert "实际参与35人" in found.one("textarea", name="sections.basics").text  # nobody types it again
    parts = {f"sections.{code}": f"{title}：做得好。" for code, title in SUMMARY_PARTS.items()}
    filer.post(at(it, "summary"), {**version(it), **parts})

    assert loaded(it).state == State.SUMMARISED
    trace = [item.text for item in page(filer, at(it)).all(class_="what")]
    assert trace[-9:] == [
        "填报",
        "退回修改",
        "修改草稿",
        "再次填报（第2次）",
        "审核通过",
        "向公众发布",
        "确认已经举办",
        "完善活动信息",
        "提交总结",
    ]


def test_before_publishing_opens_the_button_is_closed_and_says_by_which_clause(people, now, page, read):
    it = an_activity(people.world, State.APPROVED)
    now(china(2023, 8, 20))

    closed = page(people.filer, at(it)).one(id="act-publication")
    assert closed["aria-disabled"] == "true"
    assert "发布时间不早于2023年8月21日" in page(people.filer, at(it)).one(id="act-publication_why").text
    assert "东科协〔2023〕17号 六（二）1" in page(people.filer, at(it)).one(id="act-publication_why").text

    answer = people.filer.post(at(it, "publication"), version(it))
    assert (answer.status_code, loaded(it).state) == (422, State.APPROVED)
    assert "发布时间不早于2023年8月21日" in read(answer).one(class_="form-errors").text


def test_when_publishing_has_opened_the_page_shows_what_the_public_will_read(people, now, page):
    it = an_activity(people.world, State.APPROVED)
    now(china(2023, 8, 28))
    found = page(people.filer, at(it, "publication"))
    assert "公众会看到" in found.text
    assert "13800000000" not in found.text
    assert "张安" not in found.text


def test_a_change_goes_to_review_and_shows_before_and_after(people, now, page):
    it = an_activity(people.world, State.PUBLISHED)
    now(china(2023, 8, 29))
    people.filer.post(at(it, "change"), {**version(it), **typed(venue="石龙镇文化馆"), "reason": "礼堂维修"})

    found = page(people.reviewer, f"/workspace/reviews/{it.pk}/")
    assert [cell.text for cell in found.one("table").all("td")] == [
        "石龙中学礼堂",
        "石龙镇文化馆",
        "—",
        "意外险：已投保",
    ]
    people.reviewer.post(f"/workspace/reviews/{it.pk}/approval/", {"approval-version": loaded(it).version})
    assert loaded(it).venue == "石龙镇文化馆"


def form_of(found):
    return found.one("form", class_="filing")


def test_a_change_has_the_steps_of_a_filing_and_its_kept_draft(people, page):
    it = an_activity(people.world, State.PUBLISHED)
    draft = page(people.filer, at(an_activity(people.world, State.DRAFT), "edit"))
    found = page(people.filer, at(it, "change"))
    assert found.text.count("说明和提交") >= 1

    def steps(one):
        return [
            link["href"]
            for link in one.one("details", class_="filing-steps").all("a")
            if link["href"] != "#part-check"
        ]

    assert (len(steps(found)), steps(found)) == (10, steps(draft))
    ids = [part["id"] for part in found.all("section") if (part["id"] or "").startswith("part-")]
    assert [f"#{name}" for name in ids] == [*steps(found), "#part-check"]
    form = form_of(found)
    assert (form["data-keep-draft"], form["data-keeps-also"], form["data-steps"]) == (
        f"activity:{it.token}",
        "version",
        "",
    )
    assert "提交以前，填的只留在这台设备上" in found.text


@pytest.mark.parametrize(("state", "noun", "pressed"), [
    (None, "new", ("act", "save")), (State.DRAFT, "edit", ("act", "save")), (State.PUBLISHED, "change", ("weigh", "1")),
])  # fmt: skip
def test_what_the_enter_key_presses_is_one_hidden_button_and_it_hands_nothing_in(
    people, page, state, noun, pressed
):
    address = at(an_activity(people.world, state), noun) if state else "/workspace/activities/new/"
    buttons = [
        button for button in form_of(page(people.filer, address)).all("button") if button["type"] != "button"
    ]
    hidden = [button for button in buttons if "visually-hidden" in (button["class"] or "")]
    assert [(button["name"], button["value"]) for button in hidden] == [pressed]
    assert (
        buttons[0]["name"],
        buttons[0]["value"],
    ) == pressed  # the first of a form is the one that Enter presses


def test_enter_in_a_change_shows_what_it_would_do_and_keeps_what_was_typed(people, now, read):
    it = an_activity(people.world, State.PUBLISHED)
    now(china(2023, 8, 29))
    answer = people.filer.post(at(it, "change"), {**version(it), **typed(venue="石龙镇文化馆"), "weigh": "1"})
    found = read(answer)
    assert (found.one("input", name="venue")["value"], loaded(it).state) == ("石龙镇文化馆", State.PUBLISHED)
    assert "要审核" in found.one("div", id="weighed").text


def test_a_change_that_somebody_was_faster_with_shows_both_and_is_handed_in_all_the_same(people, now, read):
    it = an_activity(people.world, State.PUBLISHED)
    now(china(2023, 8, 29))
    seen = loaded(it).version
    change_activity(loaded(it), changes={"summary": "同事改的"}, by=people.world.filer, at=china(2023, 8, 29))
    sent = {"version": seen, **typed(summary="我改的", venue="石龙镇文化馆"), "reason": "礼堂维修"}
    found = read(people.filer.post(at(it, "change"), sent))
    rows = {
        row.one("th").text: [c.text for c in row.all("td")]
        for row in found.one("div", id="theirs").one("tbody").all("tr")
    }
    assert rows["活动简介"] == ["同事改的", "我改的"]
    assert (found.one("input", name="venue")["value"], loaded(it).state) == ("石龙镇文化馆", State.PUBLISHED)
    mine = next(b for b in found.one("div", id="theirs").all("button") if b["name"] == "version")
    people.filer.post(at(it, "change"), {**sent, "version": [seen, mine["value"]]})
    assert (loaded(it).state, loaded(it).proposed["venue"]) == (State.CHANGED, "石龙镇文化馆")


def test_a_change_that_was_not_agreed_to_is_taken_up_again(people, now, page):
    it = an_activity(people.world, State.CHANGED)
    people.reviewer.post(
        f"/workspace/reviews/{it.pk}/return/",
        {"return-version": it.version, "return-words": "先确认消防条件。"},
    )
    found = page(people.filer, at(it, "change"))
    assert "上一次的变更没有同意。" in found.text
    assert found.one("input", name="venue")["value"] == "石龙镇文化馆"


def test_postponed_and_cancelled_at_once(people, now):
    it = an_activity(people.world, State.PUBLISHED)
    now(china(2023, 9, 16))
    people.filer.post(at(it, "postponement"), {**version(it), "reason": "台风"})
    assert (loaded(it).state, loaded(it).time_pending) == (State.POSTPONED, True)
    people.filer.post(at(it, "cancellation"), {**version(it), "reason": "台风未过"})
    assert loaded(it).state == State.CANCELLED


def test_only_who_takes_away_what_is_not_its_own_is_asked_why(people, page):
    it = an_activity(people.world, State.COMPLETED)
    pages = [page(who, at(it, "results")) for who in (people.filer, people.reviewer)]
    assert [len(list(found.all("textarea", name="reason"))) for found in pages] == [0, 1]


def test_an_act_without_its_reason_is_refused_at_its_field(people, read):
    it = an_activity(people.world, State.PUBLISHED)
    answer = people.filer.post(at(it, "cancellation"), {**version(it), "reason": ""})
    assert answer.status_code == 422
    assert "请填写“为什么取消”。" in read(answer).one(class_="form-errors").text


def test_an_act_on_an_older_version_says_so(people, read):
    it = an_activity(people.world, State.PUBLISHED)
    answer = people.filer.post(at(it, "cancellation"), {"version": it.version - 1, "reason": "台风"})
    assert "在您打开之后，这件事已经被别人处理过。" in read(answer).one(class_="form-errors").text
    assert loaded(it).state == State.PUBLISHED


def test_a_late_summary_is_taken_and_marked(people, now, page):
    it = an_activity(people.world, State.COMPLETED)
    now(china(2023, 10, 20))
    assert "已过期限，照收并注明迟交" in page(people.filer, at(it, "summary")).text
    parts = {f"sections.{code}": "做得好。" for code in SUMMARY_PARTS}
    answer = people.filer.post(at(it, "summary"), {**version(it), **parts})
    assert page(people.filer, answer["Location"]).notices == ["总结已提交，注明迟交。"]


def test_a_part_that_is_too_long_is_kept_and_told(people, now, read):
    it = an_activity(people.world, State.COMPLETED)
    now(AFTER)
    parts = {f"sections.{code}": "做得好。" for code in SUMMARY_PARTS} | {"sections.results": "好" * 501}
    found = read(people.filer.post(at(it, "summary"), {**version(it), **parts}))
    assert "“主要成效”最多500个字，现在有501个字。" in found.one(class_="form-errors").text
    assert found.one("textarea", name="sections.results").text == "好" * 501


def test_the_rules_it_was_filed_under_stand_beside_what_holds_now(people, page):
    from tests.factories.notices import a_gate

    it = an_activity(people.world, State.FILED)
    notice = people.world.season.notices.get()
    notice.clauses.filter(code="DG-48").delete()
    a_gate(notice, "DG-48", fact="lead_days", stages=["filing", "publication"], min=10, number="六（二）1")
    people.world.season.edition += 1
    people.world.season.save()

    found = page(people.filer, at(it)).text
    assert "填报时、发布时，距活动开始的天数不少于7天。" in found
    assert "现在是： 填报时、发布时，距活动开始的天数不少于10天。" in found


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page(people, page, state):
    it = an_activity(people.world, state)
    found = page(people.filer, at(it))
    assert str(state.label) in found.one(class_="page-head").text
    for noun in (
        "submission",
        "withdrawal",
        "publication",
        "change",
        "change-withdrawal",
        "postponement",
        "cancellation",
        "holding",
        "completion",
        "summary",
        "key-mark",
    ):
        page(people.filer, at(it, noun))
    assert Activity.objects.get(pk=it.pk).version == it.version
