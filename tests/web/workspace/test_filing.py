"""Writing an activity: nothing typed is lost, one form is one activity, and what is refused says by which clause."""

from uuid import uuid4

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry, OutboxRow, TallyEntry
from tests.factories.activities import a_draft, an_activity
from tests.factories.notices import china
from tests.web.reading import Page
from tests.web.workspace.conftest import newest, typed

NEW, LEAD = "/workspace/activities/new/", "东科协〔2023〕17号 六（二）1"


def test_the_form_shows_what_the_notices_lay_down_with_its_clause(people, page):
    found = page(people.filer, NEW)

    fixed = [box.text for box in found.all(class_="fixed")]
    assert "提升全民科学素质，助力科技自立自强" in fixed[0]
    assert "东科协〔2023〕17号 第一部分" in fixed[0]
    assert "东莞市科协" in fixed[1]
    assert "东科协〔2023〕17号 六（二）2" in fixed[1]
    assert [box["value"] for box in found.all("input", name="fields")] == ["health", "space"]
    assert found.one("textarea", name="answers.insurance")  # the notice's own question


def test_the_form_says_at_once_what_filing_wants(people, page):
    standing = page(people.filer, NEW).one(id="standing").text
    assert standing.startswith("填报前还要 填写： 活动名称")


def test_a_draft_may_be_half_empty(people, page):
    answer = people.filer.post(NEW, {"token": uuid4(), "title": "走进中医药", "act": "save"})

    activity = newest()
    assert answer["Location"] == f"/workspace/activities/{activity.pk}/edit/"
    found = page(people.filer, answer["Location"])
    assert found.notices == ["草稿已保存。"]
    assert found.one("input", name="title")["value"] == "走进中医药"
    assert (activity.state, activity.theme) == (State.DRAFT, "提升全民科学素质，助力科技自立自强")


def test_sent_twice_it_is_one_activity(people):
    sent = {"token": uuid4(), **typed(), "act": "file"}
    first, second = people.filer.post(NEW, sent), people.filer.post(NEW, sent)

    assert Activity.objects.count() == 1
    assert first["Location"] == second["Location"] == f"/workspace/activities/{newest().pk}/"
    assert (newest().state, newest().round) == (State.FILED, 1)


def test_what_is_refused_names_its_clause_and_keeps_what_was_typed(people, read):
    answer = people.filer.post(
        NEW,
        {"token": uuid4(), **typed(starts_at="2023-08-28T09:00", ends_at="2023-08-28T17:00"), "act": "file"},
    )

    assert answer.status_code == 422
    found = read(answer)
    errors = found.one(class_="form-errors").text
    assert "距活动开始的天数不少于7天；现在是3天。" in errors
    assert found.one("input", name="starts_at")["value"] == "2023-08-28T09:00"
    assert found.one("input", name="title")["value"] == "走进中医药"
    assert LEAD in found.one("input", name="starts_at").inside("div").text
    assert newest().state == State.DRAFT  # saved all the same
    form = next(f for f in found.all("form") if f["data-keep-draft"])
    assert (form["action"], found.one("input", name="version")["value"]) == (
        f"/workspace/activities/{newest().pk}/edit/",
        "1",
    )


def test_mended_and_sent_again_it_is_filed(people, read):
    late = typed(starts_at="2023-08-28T09:00", ends_at="2023-08-28T17:00")
    found = read(people.filer.post(NEW, {"token": uuid4(), **late, "act": "file"}))
    action = next(f for f in found.all("form") if f["data-keep-draft"])["action"]

    answer = people.filer.post(
        action, {"version": found.one("input", name="version")["value"], **typed(), "act": "file"}
    )

    assert answer.status_code == 303
    assert (newest().state, newest().reviewing_unit.name) == (State.FILED, "东莞市科协")


def test_a_list_that_is_closed_refuses_other_words_with_its_clause(people, read):
    answer = people.filer.post(NEW, {"token": uuid4(), **typed(fields=["astrology"]), "act": "file"})
    assert "“行业领域”里没有“astrology”。请从清单里选。" in read(answer).one(class_="form-errors").text


@pytest.mark.parametrize("value", ["昨天", "2023-13-45", "2023-09-17"])
def test_a_time_that_is_none_is_told_and_kept(people, read, value):
    found = read(people.filer.post(NEW, {"token": uuid4(), **typed(starts_at=value), "act": "save"}))

    assert "这不是日期和时间。请写成 2023-09-17 09:00 这样。" in found.one(class_="form-errors").text
    assert found.one("input", name="starts_at")["value"] == value
    assert not Activity.objects.exists()


def test_a_place_elsewhere_is_found_by_its_name(people):
    people.filer.post(NEW, {"token": uuid4(), **typed(place_other="四川省"), "act": "save"})
    assert newest().place.name == "四川省"


def test_a_place_that_nobody_knows_is_told(people, read):
    answer = people.filer.post(NEW, {"token": uuid4(), **typed(place_other="桃花源"), "act": "save"})
    assert "没有找到“桃花源”。" in read(answer).one(class_="form-errors").text


def test_two_tabs_show_each_other_and_lose_nothing(people, read):
    draft = a_draft(people.world)
    edit = f"/workspace/activities/{draft.pk}/edit/"
    seen = str(draft.version)
    people.filer.post(edit, {"version": seen, **typed(title="第一个页面"), "act": "save"})

    answer = people.filer.post(edit, {"version": seen, **typed(title="第二个页面"), "act": "save"})

    assert answer.status_code == 422
    found = read(answer)
    assert "在您打开之后，这件事已经被别人处理过。" in found.one(class_="form-errors").text
    assert [cell.text for cell in found.one(id="theirs").all("td")] == ["第一个页面", "第二个页面"]
    assert found.one("input", name="title")["value"] == "第二个页面"
    assert newest().title == "第一个页面"

    over = found.one(id="theirs").one("button", name="version")["value"]
    people.filer.post(edit, {"version": [seen, over], **typed(title="第二个页面")})
    assert newest().title == "第二个页面"


def test_what_is_filed_is_no_longer_edited(people):
    filed = an_activity(people.world, State.FILED)
    assert (
        people.filer.get(f"/workspace/activities/{filed.pk}/edit/")["Location"]
        == f"/workspace/activities/{filed.pk}/"
    )
    answer = people.filer.post(
        f"/workspace/activities/{filed.pk}/edit/", {"version": filed.version, **typed(), "act": "save"}
    )
    assert answer["Location"] == f"/workspace/activities/{filed.pk}/"


def test_a_copy_has_everything_but_the_dates(people):
    filed = an_activity(people.world, State.FILED)

    people.filer.post(f"/workspace/activities/{filed.pk}/copy/")

    copy = newest()
    assert (copy.title, copy.starts_at, copy.state) == (filed.title, None, State.DRAFT)


def piece(client, url, **sent):
    answer = client.post(url, sent, headers={"HX-Request": "true", "HX-Target": "standing"})
    assert answer.status_code == 200
    found = Page(answer.content.decode())
    assert found.misnested == []
    return found


def test_gates_answer_while_somebody_types_beside_the_field(people):
    found = piece(
        people.filer,
        f"{NEW}gates/",
        **typed(starts_at="2023-08-28T09:00", ends_at="2023-08-28T17:00", participants_expected="30"),
    )

    lead = found.one(id="said-starts_at")
    assert lead["hx-swap-oob"] == "true"
    assert "不少于7天；现在是3天。" in lead.text
    assert LEAD in lead.text
    assert "不少于50人；现在是30人。" in found.one(id="said-participants_expected").text
    assert "填报前还有 1 处要改或要填。" in found.one(id="standing-status").text


def test_gates_say_when_it_can_be_filed(people):
    found = piece(people.filer, f"{NEW}gates/", **typed())
    assert found.one(id="standing")["data-ready"] == "yes"


@pytest.mark.parametrize(
    "sent", [{}, {"starts_at": "昨天", "participants_expected": "很多"}, {"title": "字" * 500}]
)
def test_gates_bear_whatever_is_typed(people, sent):
    assert piece(people.filer, f"{NEW}gates/", **sent).one(id="standing")


def test_gates_write_nothing(people, django_assert_num_queries):
    draft = a_draft(people.world)
    counts = [model.objects.count() for model in (Activity, AuditEntry, OutboxRow, TallyEntry)]

    for url in (f"{NEW}gates/", f"/workspace/activities/{draft.pk}/gates/"):
        piece(people.filer, url, **typed(title="没有保存"))

    assert [model.objects.count() for model in (Activity, AuditEntry, OutboxRow, TallyEntry)] == counts
    assert newest().title == "走进中医药"


def test_gates_are_only_asked(people):
    assert people.filer.get(f"{NEW}gates/").status_code == 405


def test_after_the_season_nothing_new_is_begun(people, page):
    people.world.season.is_open = False
    people.world.season.save()
    found = page(people.filer, NEW, status=403).text
    assert "“2023年全国科普日”已经结束，不能再新建或填报活动。" in found


def test_who_does_not_file_is_told_so(people, page):
    assert "只有单位的填报岗位才能新建活动。" in page(people.colleague, NEW, status=403).text


def test_too_late_on_the_day_itself(people, now, page):
    """A draft opened again later is judged by the rules and the day of then."""
    draft = a_draft(people.world)
    now(china(2023, 9, 15))
    assert (
        "现在是2天。"
        in page(people.filer, f"/workspace/activities/{draft.pk}/edit/").one(id="said-starts_at").text
    )
