"""A filing that saves itself: one form is one draft, nothing is filed, nobody is overwritten, and the trail stays short."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.models import AuditEntry, OutboxRow, TallyEntry
from kepu.notices import rulebook
from kepu.orgs.models import Role
from tests.core.test_at_once import at_once
from tests.factories.activities import a_draft, an_activity, events_of, loaded
from tests.factories.orgs import a_unit
from tests.web.workspace.conftest import DAY, newest, somebody, typed

NEW = "/workspace/activities/new/"


def saves(client, url, status=200, **sent):
    answer = client.post(url, sent)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), answer.content[:200]
    return answer.json()


def of(activity):
    return f"/workspace/activities/{activity.pk}/saving/"


def test_the_first_save_makes_the_draft_and_says_where_it_is(people):
    token = uuid4()
    answer = saves(people.filer, f"{NEW}saving/", token=token, unit=people.world.school.pk, title="走进")

    it = newest()
    assert (it.title, it.state, it.token, it.unit) == ("走进", State.DRAFT, token, people.world.school)
    assert answer == {
        "sentence": "已自动保存 10:00", "version": 1, "left_out": [], "draft_key": f"activity:{token}",
        "edit": f"/workspace/activities/{it.pk}/edit/", "saving": f"/workspace/activities/{it.pk}/saving/",
    }  # fmt: skip


def test_a_form_that_has_saved_itself_is_nothing_like_itself(people):
    sent = {**typed(), "token": uuid4()}
    saves(people.filer, f"{NEW}saving/", **sent)
    assert "会不会填过了" not in people.filer.post(f"{NEW}gates/", sent).content.decode()
    again = people.filer.post(f"{NEW}gates/", {**sent, "token": uuid4()}).content.decode()
    assert f"本单位已有一项很像的活动：“{newest().title}”" in again


def test_saves_after_the_first_write_into_the_same_draft(people):
    token = uuid4()
    first = saves(people.filer, f"{NEW}saving/", token=token, title="走进")
    second = saves(people.filer, f"{NEW}saving/", token=token, title="走进中医药", version=first["version"])
    third = saves(people.filer, second["saving"], **typed(), version=second["version"])

    assert (first["version"], second["version"], third["version"]) == (1, 2, 3)
    assert Activity.objects.count() == 1
    assert (newest().title, newest().venue) == ("走进中医药", "石龙中学礼堂")


def test_a_save_never_files_whatever_it_carries(people):
    saves(people.filer, f"{NEW}saving/", token=uuid4(), **typed(), act="file")
    assert newest().state == State.DRAFT
    assert (OutboxRow.objects.count(), TallyEntry.objects.count()) == (0, 0)


def test_a_save_whose_answer_was_lost_is_sent_again_and_is_no_conflict(people):
    draft = a_draft(people.world)
    sent = {**typed(title="再说一遍"), "version": draft.version}
    first, again = saves(people.filer, of(draft), **sent), saves(people.filer, of(draft), **sent)

    assert first == again == {**first, "version": 2}
    assert loaded(draft).version == 2


def test_what_another_tab_wrote_stays_and_is_told(people):
    draft = a_draft(people.world)
    saves(people.filer, of(draft), **typed(title="第一个页面"), version=1)

    answer = saves(people.filer, of(draft), 409, **typed(title="第二个页面"), version=1)

    assert answer == {"sentence": "另一个页面已经改过这份草稿，这里先不再自动保存。请比对以后再存。"}
    assert loaded(draft).title == "第一个页面"


def test_both_versions_are_shown_when_the_overtaken_page_is_sent(people, read):
    draft = a_draft(people.world)
    saves(people.filer, of(draft), **typed(title="第一个页面"), version=1)

    found = read(
        people.filer.post(
            f"/workspace/activities/{draft.pk}/edit/",
            {**typed(title="第二个页面"), "version": 1, "act": "save"},
        )
    )

    assert [cell.text for cell in found.one(id="theirs").all("td")] == ["第一个页面", "第二个页面"]
    form = next(f for f in found.all("form") if f["data-keep-draft"])
    assert form["data-autosaves"] == ""  # until somebody has decided


@pytest.mark.parametrize(
    ("sent", "label", "sentence"),
    [
        ({"online_link": "没有网址"}, "线上网址", "要以 http:// 或 https:// 开头。"),
        ({"title": "长" * 500}, "活动名称", "最多"),
        ({"ends_at": "2023-09-16T09:00"}, "结束时间", "结束时间要晚于开始时间。"),
        ({"starts_at": "昨天"}, "开始时间", "这不是日期和时间。"),
        ({"place_other": "桃花源"}, "别的地方", "没有找到“桃花源”。"),
        ({"contact_phone": "139****0000"}, "联系电话", "请写全，不要带星号"),
    ],
)
def test_what_is_unfit_is_named_and_the_rest_is_kept(people, sent, label, sentence):
    answer = saves(people.filer, f"{NEW}saving/", token=uuid4(), **typed(summary="讲座两场", **sent))

    assert answer["sentence"] == "10:00已自动保存，下面的还没有存："
    [left] = answer["left_out"]
    assert (left["to"], left["label"]) == (f"id_{next(iter(sent))}", label)
    assert sentence in left["sentence"]
    assert newest().summary == "讲座两场"


def test_what_is_unfit_leaves_what_was_kept_before(people):
    draft = a_draft(people.world)
    saves(people.filer, of(draft), **typed(ends_at="2023-09-01T09:00", venue="操场"), version=1)
    it = loaded(draft)
    assert (it.venue, it.starts_at, it.ends_at) == ("操场", draft.starts_at, draft.ends_at)


class TestTheTrail:
    """One sitting, one trace."""

    def test_one_who_has_just_drafted_is_still_drafting(self, people, now):
        answer = saves(people.filer, f"{NEW}saving/", token=uuid4(), title="走")
        for minute, title in enumerate(("走进", "走进气", "走进气象台"), 1):
            now(DAY + timedelta(minutes=minute))
            answer = saves(people.filer, answer["saving"], **typed(title=title), version=answer["version"])

        assert (newest().title, newest().version) == ("走进气象台", 4)
        assert events_of(newest()) == ["drafted"]

    def test_a_sitting_names_each_field_once_and_every_field(self, people, now):
        draft = an_activity(people.world, State.RETURNED)
        seen = loaded(draft).version
        for second, changed in enumerate(
            ({"title": "一"}, {"title": "二"}, {"venue": "甲"}, {"title": "三", "venue": "乙"})
        ):
            now(DAY + timedelta(days=3, seconds=second * 20))
            seen = saves(people.filer, of(draft), **{"version": seen, **typed(title="二", venue="石龙中学礼堂"), **changed})["version"]  # fmt: skip

        rows = [row.detail["fields"] for row in audit.of(draft) if row.event == "activity.edited"]
        assert [set(fields) & {"title", "venue"} for fields in rows] == [{"title"}, {"title", "venue"}]
        assert list(audit.verify()) == []

    def test_after_ten_minutes_a_new_row_is_left(self, people, now):
        answer = saves(people.filer, f"{NEW}saving/", token=uuid4(), title="走")
        now(DAY + timedelta(minutes=10))
        saves(people.filer, answer["saving"], token=uuid4(), title="走进", version=1)
        assert events_of(newest()) == ["drafted", "edited"]

    def test_whoever_comes_between_is_seen_and_so_is_the_first_after_them(self, people):
        colleague = somebody("赵老师", people.world.school, Role.FILER)
        answer = saves(people.filer, f"{NEW}saving/", token=uuid4(), title="走")
        for client, title in ((colleague, "她写的"), (people.filer, "他写的")):
            answer = saves(client, answer["saving"], title=title, version=answer["version"])

        rows = list(audit.of(newest()).values_list("event", "person_id"))
        first = rows[0][1]
        assert rows == [
            ("activity.drafted", first),
            ("activity.edited", rows[1][1]),
            ("activity.edited", first),
        ]
        assert rows[1][1] != first

    def test_a_button_always_leaves_its_row(self, people):
        answer = saves(people.filer, f"{NEW}saving/", token=uuid4(), title="走")
        people.filer.post(answer["edit"], {"title": "走进", "version": 1, "act": "save"})
        assert events_of(newest()) == ["drafted", "edited"]

    def test_a_save_that_brings_nothing_new_writes_nothing(self, people):
        draft = a_draft(people.world)
        saved = saves(people.filer, of(draft), **typed(), version=1)
        before = (AuditEntry.objects.count(), loaded(draft).version)
        saves(people.filer, of(draft), **typed(), version=saved["version"])
        assert (AuditEntry.objects.count(), loaded(draft).version) == before


def test_what_was_filed_meanwhile_is_not_written_into(people):
    filed = an_activity(people.world, State.FILED)
    answer = saves(people.filer, of(filed), 403, **typed(title="晚了"), version=filed.version)
    assert "不能直接修改。" in answer["sentence"]
    assert loaded(filed).title == "走进中医药"


def test_a_form_opened_for_another_unit_is_not_saved_for_this_one(people):
    other = a_unit(people.world.town, "石龙小学", kind="school")
    answer = saves(people.filer, f"{NEW}saving/", 403, token=uuid4(), unit=other.pk, title="走进")
    assert "您换成了代表“石龙中学”" in answer["sentence"]
    assert not Activity.objects.exists()


def test_a_button_in_such_a_form_says_so_too_and_keeps_what_was_typed(people, read):
    other = a_unit(people.world.town, "石龙小学", kind="school")
    sent = {"token": uuid4(), "unit": other.pk, **typed(), "act": "save"}
    found = read(people.filer.post(NEW, sent))

    assert "您换成了代表“石龙中学”" in found.one(class_="form-errors").text
    assert found.one("input", name="title")["value"] == "走进中医药"
    assert not Activity.objects.exists()
    people.filer.post(NEW, {**sent, "unit": found.one("input", name="unit")["value"]})
    assert newest().unit == people.world.school


def test_a_token_of_another_unit_opens_nothing(people):
    draft = a_draft(people.world)
    answer = saves(people.town, f"{NEW}saving/", 403, token=draft.token, title="别人的")
    assert "另一个单位" in answer["sentence"]
    assert loaded(draft).title == "走进中医药"


@pytest.mark.parametrize("who", ["reviewer", "outsider", "auditor"])
def test_nobody_else_writes_into_a_draft(people, who):
    draft = a_draft(people.world)
    answer = getattr(people, who).post(of(draft), {**typed(title="别人写的"), "version": 1})
    assert (answer.status_code, loaded(draft).title) == (404, "走进中医药")


@pytest.mark.parametrize("sent", [{}, {"token": "x"}, {"token": ""}])
def test_without_its_token_nothing_is_made(people, sent):
    answer = saves(people.filer, f"{NEW}saving/", 422, title="走进", **sent)
    assert answer == {"sentence": "这张表缺少编号，没有保存。请重新打开新建页面。"}
    assert not Activity.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "1.5"])
def test_without_its_version_nothing_is_overwritten(people, version):
    draft = a_draft(people.world)
    answer = saves(people.filer, of(draft), 422, **typed(title="走进"), version=version)
    assert answer == {"sentence": "这张表缺少版本，没有保存。请刷新页面。"}
    assert loaded(draft).title == "走进中医药"


@pytest.mark.parametrize(
    "sent",
    [
        {"starts_at": "0001-01-01T00:00"}, {"ends_at": "9999-12-31T23:59"}, {"participants_expected": "9" * 40}, {"place": "x"},
        {"mode": "x"}, {"title": "\0"}, {"fields": ["\0", "x" * 600]}, {"version": "9" * 30}, {"answers.insurance": "\0"},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(people, sent):
    answer = people.filer.post(f"{NEW}saving/", {"token": uuid4(), "title": "走进", **sent})
    assert (answer.status_code, answer["Content-Type"]) in (
        (200, "application/json"),
        (409, "application/json"),
    )


def test_it_is_only_written_to(people):
    draft = a_draft(people.world)
    assert [people.filer.get(url).status_code for url in (f"{NEW}saving/", of(draft))] == [405, 405]


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_nothing_is_written(people, client):
    answer = client.post(f"{NEW}saving/", {"token": uuid4(), "title": "走进"})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")
    assert not Activity.objects.exists()


def test_saving_too_often_is_told_how_long_to_wait(people, settings):
    settings.KEPU_LIMITS = 0.01  # two in a minute
    caches["limits"].clear()
    draft = a_draft(people.world)
    answers = [people.filer.post(of(draft), {**typed(), "version": 1}) for _ in range(4)]
    caches["limits"].clear()

    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_a_save_costs_the_same_however_much_there_is(people, django_assert_num_queries):
    draft = a_draft(people.world)
    saves(people.filer, of(draft), **typed(title="先来一次"), version=1)
    with django_assert_num_queries(12):
        saves(people.filer, of(draft), **typed(title="再来一次"), version=2)
    for n in range(3):
        a_draft(people.world, title=f"另一项{n}")
    with django_assert_num_queries(12):
        saves(people.filer, of(draft), **typed(title="又来一次"), version=3)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("titles", "statuses"),
    [(("同一句",) * 3, [200, 200, 200]), (("甲", "乙", "丙"), [200, 409, 409])],
    ids=["one save, sent three times", "three pages"],
)
def test_saves_at_the_same_instant(people, titles, statuses):
    draft = a_draft(people.world)
    answers = []

    def save(title):
        client = Client()
        client.cookies = people.filer.cookies
        answers.append(client.post(of(draft), {**typed(title=title), "version": 1}))

    faults = at_once(*[lambda title=title: save(title) for title in titles])
    rulebook.forget()  # the rows it was read from are gone

    assert (faults, sorted(answer.status_code for answer in answers)) == ([], statuses)
    assert [a.json()["version"] for a in answers if a.status_code == 200] == [2] * statuses.count(200)
    assert (loaded(draft).version, events_of(draft), list(audit.verify())) == (2, ["drafted", "edited"], [])
