"""帮助: whom to ask, questions and answers, trainings, the way to the training space."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.orgs.models import Message, Role
from kepu.support.actions import keep_contact
from kepu.support.models import OfficeContact, Question, SharedAnswer, SignUp, Training
from tests.factories.notices import a_clause
from tests.factories.orgs import a_coordinator, a_line, a_term, a_unit
from tests.factories.support import AT, PLAN, a_question, a_training, an_answer, an_error_report
from tests.web.workspace.conftest import somebody

OFFICE = {"office": "科普部办公室", "phone": "0769-22223333", "mail": "", "hours": "工作日", "about": ""}


@pytest.fixture
def contact(people):
    return keep_contact(
        people.world.city, **OFFICE, expected_version=None, by=a_coordinator(people.world.city_office), at=AT
    )


def test_the_school_sees_whom_to_ask_and_what_the_notice_gives(people, page, contact):
    notice = people.world.season.notices.get()
    a_clause(
        notice,
        "DG-91",
        "contact",
        {"desk": "city", "title": "东莞市科协", "gives": ["name", "phone"]},
        number="七（二）",
    )
    shown = page(people.filer, "/workspace/help/")
    assert [h.text for h in shown.all("h3")] == ["石龙镇", "东莞市", "广东省", "中国"]
    assert "0769-22223333" in shown.text
    assert "东莞市科协：联系人、电话。" in shown.text
    assert "为什么？" in shown.text
    assert "写上联系方式" not in shown.text


def test_the_help_page_costs_the_same_with_little_and_with_much(
    people, django_assert_max_num_queries, contact
):
    a_training(people.world)
    an_answer(people.world)
    people.filer.get("/workspace/help/")
    with django_assert_max_num_queries(22) as few:
        people.filer.get("/workspace/help/")
    for n in range(3):
        a_training(people.world)
        an_answer(people.world, question=f"第{n}问？")
    with django_assert_max_num_queries(len(few)):
        people.filer.get("/workspace/help/")


def test_a_coordinator_keeps_the_office_s_contact_and_a_mobile_phone_is_sent_back(people, page, read):
    shown = page(people.reviewer, "/workspace/help/contact/441900/")
    assert shown.h1 == "东莞市：办公室的联系方式"
    wrong = people.reviewer.post("/workspace/help/contact/441900/", {**OFFICE, "phone": "13912345678"})
    assert wrong.status_code == 422
    assert "不要写个人的手机" in read(wrong).text
    people.reviewer.post("/workspace/help/contact/441900/", OFFICE)
    kept = OfficeContact.objects.get()
    assert (kept.phone, kept.version) == ("0769-22223333", 1)
    people.reviewer.post("/workspace/help/contact/441900/", {**OFFICE, "phone": "0769-1", "version": "1"})
    stale = people.reviewer.post(
        "/workspace/help/contact/441900/", {**OFFICE, "phone": "0769-2", "version": "1"}
    )
    kept.refresh_from_db()
    assert (stale.status_code, kept.phone) == (422, "0769-1")
    people.reviewer.post("/workspace/help/contact/441900/removal/")
    assert not OfficeContact.objects.exists()


def test_a_question_goes_up_is_passed_on_answered_listed_and_closed(people, page, read):
    people.filer.post(
        "/workspace/help/questions/new/", {"subject": "线上活动要写地点吗", "text": "直播没有场地。"}
    )
    row = Question.objects.get()
    address = f"/workspace/help/questions/{row.pk}/"
    assert "等石龙镇科协答复" in page(people.filer, address).text
    assert "1 个问题等我们答复" in page(people.town, "/workspace/help/").text

    people.town.post(f"{address}passing-on/", {"version": "1"})
    assert page(people.town, address).one("h1").text == "线上活动要写地点吗"
    empty = people.reviewer.post(f"{address}answer/", {"text": " ", "version": "2"})
    assert empty.status_code == 422
    people.reviewer.post(f"{address}answer/", {"text": "写平台的名称。", "version": "2"})
    assert "写平台的名称。" in page(people.filer, address).text
    assert "列入问答" not in page(people.filer, address).text

    form = page(people.reviewer, f"/workspace/help/answers/new/?question={row.pk}")
    assert form.one("textarea").text.strip() == "写平台的名称。"
    people.reviewer.post(
        "/workspace/help/answers/new/",
        {"question": "线上活动要写地点吗？", "answer": "写平台的名称。", "source": row.pk, "public": "on"},
    )
    shared = SharedAnswer.objects.get()
    assert (shared.source, shared.public, shared.place_path) == (row, True, people.world.city.path)
    assert "线上活动要写地点吗？" in page(people.filer, "/workspace/help/answers/?q=平台").text

    people.filer.post(f"{address}closing/", {"version": "3"})
    row.refresh_from_db()
    assert row.state == "closed"
    assert "再问" in page(people.filer, address).text


def test_what_was_answered_elsewhere_since_is_not_answered_twice(people, read):
    row = a_question(people.world)
    address = f"/workspace/help/questions/{row.pk}/"
    people.town.post(f"{address}answer/", {"text": "写网址。", "version": "1"})
    second = people.town.post(f"{address}answer/", {"text": "写校门口。", "version": "1"})
    assert (second.status_code, row.remarks.count()) == (422, 2)
    assert "写校门口。" in read(second).text  # nobody types it again


def test_an_answer_is_corrected_and_withdrawn(people, page):
    shared = an_answer(people.world)
    address = f"/workspace/help/answers/{shared.pk}/"
    people.reviewer.post(address, {"question": "线上？", "answer": "写网址。", "version": "1"})
    shared.refresh_from_db()
    assert (shared.question, shared.public) == ("线上？", False)
    people.reviewer.post(f"{address}withdrawal/")
    assert "线上？" not in page(people.filer, "/workspace/help/answers/").text


def test_who_has_a_line_chooses_whom_to_ask(people, page):
    line = a_line("education", "教育系统")
    bureau = a_unit(people.world.province, "广东省教育厅", line=line, coordinates=[line])
    school = a_unit(people.world.town, "石龙二中", kind="school", line=line)
    filer = somebody("教师", school, Role.FILER)
    assert [r.text for r in page(filer, "/workspace/help/questions/new/").all("label")][:2] == [
        "石龙镇科协",
        "广东省教育厅",
    ]
    filer.post("/workspace/help/questions/new/", {"subject": "课", "text": "？", "to": bureau.pk})
    assert Question.objects.get().receiver == bureau


WHEN = {"starts_at": "2023-09-12T09:00", "ends_at": "2023-09-12T11:00", "sign_up_until": "2023-09-10T18:00"}


def test_a_training_is_announced_taken_up_changed_and_cancelled(people, page, read):
    a_term("unit_kind", "school", "学校")
    wrong = people.reviewer.post(
        "/workspace/help/trainings/new/",
        {**WHEN, "title": "填报培训", "ends_at": "2023-09-12T08:00", "venue": "馆"},
    )
    assert "结束时间应晚于开始时间。" in read(wrong).text
    people.reviewer.post(
        "/workspace/help/trainings/new/",
        {**WHEN, "title": "填报培训", "venue": "市科学馆", "cap": "2", "kinds": ["school"]},
    )
    row = Training.objects.get()
    address = f"/workspace/help/trainings/{row.pk}/"

    full = people.filer.post(f"{address}sign-up/", {"people": "3"})
    assert (full.status_code, "只剩 2 个名额" in read(full).text) == (422, True)
    people.filer.post(f"{address}sign-up/", {"people": "2"})
    assert "贵单位已报 2 人。" in page(people.filer, address).text
    assert "不是给贵单位这类单位办的" in page(people.town, address).text
    assert [c.text for c in page(people.reviewer, address).all("th", scope="row")] == ["石龙中学"]

    people.reviewer.post(
        f"{address}change/", {**WHEN, "title": "填报培训", "venue": "图书馆", "cap": "5", "version": "1"}
    )
    row.refresh_from_db()
    assert (row.venue, row.kinds, row.cap) == ("图书馆", ["school"], 5)
    assert people.reviewer.post(f"{address}cancellation/", {"reason": ""}).status_code == 422
    people.reviewer.post(f"{address}cancellation/", {"reason": "台风。"})
    shown = page(people.filer, address)
    assert ("台风。" in shown.text, "去几个人" in shown.text) == (True, False)
    assert SignUp.objects.get().people == 2


def test_only_whoever_announced_sees_who_comes(people, page):
    row = a_training(people.world)
    people.filer.post(f"/workspace/help/trainings/{row.pk}/sign-up/", {"people": "2"})
    assert "谁来" not in page(people.town, f"/workspace/help/trainings/{row.pk}/").text
    assert "谁来" in page(people.reviewer, f"/workspace/help/trainings/{row.pk}/").text


def test_lists_cost_the_same_with_one_row_and_with_three(people, django_assert_max_num_queries):
    lists = ("/workspace/help/questions/?tab=ours", "/workspace/help/answers/", "/workspace/help/trainings/")

    def more():
        a_question(people.world)
        an_answer(people.world)
        a_training(people.world, PLAN)

    more()
    counts = {}
    for address in lists:
        people.filer.get(address)
        with django_assert_max_num_queries(15) as counted:
            people.filer.get(address)
        counts[address] = len(counted)
    more()
    more()
    for address in lists:
        with django_assert_max_num_queries(counts[address]):
            people.filer.get(address)


def test_the_way_to_the_training_space_stands_where_there_is_one(people, page, settings):
    assert "去培训空间" not in page(people.filer, "/workspace/help/").text
    settings.KEPU_TRAINING_URL = "https://lianxi.kepu.example.cn"
    link = next(a for a in page(people.filer, "/workspace/help/").all("a") if a.text == "去培训空间")
    assert link["href"] == "https://lianxi.kepu.example.cn"


def test_the_messages_lead_to_the_pages(people, page):
    from kepu.core import outbox
    from tests.factories.notices import china

    a_question(people.world)
    a_training(people.world)
    while outbox.deliver(at=china(2023, 8, 26)):
        pass
    links = set(Message.objects.filter(unit=people.world.town_office).values_list("link", flat=True))
    assert len(links) == 2
    for link in links:
        page(people.town, link)


class TestErrorReports:
    """纠错: what people say is wrong with the pages of our activities."""

    def about_ours(self, people, **changes):
        return an_error_report(people.world.season, people.world.school, people.world.city_office, **changes)

    def test_the_host_finds_it_answers_it_and_the_writer_reads_the_answer(self, people, page, read, client):
        row = self.about_ours(people)
        assert "1 条等处理" in page(people.filer, "/workspace/help/").text
        listed = page(people.filer, "/workspace/help/error-reports/")
        assert [c.text for c in listed.all("th", scope="row")] == ["走进中医药"]
        address = f"/workspace/help/error-reports/{row.pk}/"
        assert "海报上写的是上午。" in page(people.filer, address).text
        wrong = people.filer.post(f"{address}answer/", {"text": " ", "version": "1"})
        assert (wrong.status_code, "请填写“处理结果”。" in read(wrong).text) == (422, True)
        people.filer.post(f"{address}answer/", {"text": "改成上午了。", "version": "1", "act": "answer"})
        assert "改成上午了。" in page(client, f"/error-reports/{row.key}/").text
        assert "走进中医药" in page(people.filer, "/workspace/help/error-reports/?tab=done").text
        assert not list(page(people.filer, "/workspace/help/error-reports/").all("th", scope="row"))

    def test_the_reviewer_finds_it_among_what_it_reviewed_and_puts_it_aside(self, people, page):
        row = self.about_ours(people)
        listed = page(people.reviewer, "/workspace/help/error-reports/?tab=reviewed")
        assert "石龙中学" in listed.text
        people.reviewer.post(
            f"/workspace/help/error-reports/{row.pk}/answer/",
            {"text": "页面是对的。", "version": "1", "act": "close"},
        )
        row.refresh_from_db()
        assert (row.state, row.answered_by) == ("closed", people.world.city_office)
        assert "走进中医药" in page(people.reviewer, "/workspace/help/error-reports/?tab=reviewed-done").text

    def test_what_was_answered_since_is_not_answered_twice_and_stays_typed(self, people, read):
        row = self.about_ours(people)
        address = f"/workspace/help/error-reports/{row.pk}/answer/"
        people.filer.post(address, {"text": "改成上午了。", "version": "1"})
        late = people.reviewer.post(address, {"text": "页面是对的。", "version": "1"})
        row.refresh_from_db()
        assert (late.status_code, row.answer) == (422, "改成上午了。")

    def test_the_contact_is_masked_until_somebody_asks(self, people, page, read):
        row = self.about_ours(people)
        address = f"/workspace/help/error-reports/{row.pk}/"
        assert "13912345678" not in page(people.filer, address).text
        assert "13912345678" in read(people.filer.post(f"{address}contact/")).text
        assert "13912345678" not in page(people.filer, address).text

    def test_the_lists_cost_the_same_with_one_and_with_three(self, people, django_assert_num_queries):
        addresses = ("/workspace/help/error-reports/", "/workspace/help/error-reports/?tab=reviewed")
        counts = {}
        for n in range(2):
            self.about_ours(people, about=7 + n)
            self.about_ours(people, about=70 + n)
            for address in addresses:
                people.reviewer.get(address)
                with (
                    django_assert_num_queries(counts[address])
                    if n
                    else CaptureQueriesContext(connection) as asked
                ):
                    people.reviewer.get(address)
                counts.setdefault(address, len(asked))
