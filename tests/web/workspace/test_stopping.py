"""因故停办 as a coordinator does it; and the acts of a host after approval, on their pages."""

import pytest

from kepu.activities.jobs import publish_due
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from tests.activities.test_actions_sessions import a_tour
from tests.factories.activities import an_activity, loaded
from tests.factories.notices import china
from tests.web.workspace.conftest import typed
from tests.web.workspace.test_life import at, version

AREA = "/workspace/area/441900/stopping/"
DAY = {"first": "2023-09-17", "last": "2023-09-17", "cause": "heat"}


@pytest.fixture
def activities(people):
    return [an_activity(people.world, State.PUBLISHED, title=f"第{n}项活动") for n in (1, 2)]


def test_first_the_list_then_the_words_then_a_result_of_each(people, now, activities, page, read):
    now(china(2023, 9, 16))
    tour = a_tour(people.world)
    found = page(people.reviewer, f"{AREA}?first=2023-09-17&last=2023-09-17&cause=heat")
    ticks = [box["value"] for box in found.all("input", type="checkbox")]
    assert ticks == [str(one.pk) for one in (*activities, tour)]
    assert "只停这几天的 1 场，其余照常" in found.text

    typed = {
        **DAY,
        "how": "cancel",
        "words": "为保障公众安全，改日再办。",
        "pk": [str(activities[0].pk), str(tour.pk)],
    }
    answer = read(people.reviewer.post(AREA, typed))
    assert "停办 2 项，没有办成 0 项。" in answer.text
    assert [loaded(one).state for one in (*activities, tour)] == [
        State.CANCELLED,
        State.PUBLISHED,
        State.PUBLISHED,
    ]
    assert (
        Publication.objects.get(pk=activities[0].pk).status_words == "因高温停办：为保障公众安全，改日再办。"
    )

    again = page(people.reviewer, answer.one("a", class_="button-quiet")["href"])
    assert [box["value"] for box in again.all("input", type="checkbox")] == [str(activities[1].pk)]
    assert again.one("textarea", name="words").text.strip() == "为保障公众安全，改日再办。"
    assert "这几天已经停办的 第1项活动 已取消" in again.text


def test_doing_it_twice_stops_nothing_twice(people, now, activities, read):
    now(china(2023, 9, 16))
    sent = {**DAY, "how": "postpone", "words": "改日再办", "pk": [str(one.pk) for one in activities]}
    people.reviewer.post(AREA, sent)
    answer = read(people.reviewer.post(AREA, sent))
    assert "另有 2 项已经停办，或者不在这几天，没有再办。" in answer.text
    assert [(loaded(one).state, loaded(one).public_version) for one in activities] == [
        (State.POSTPONED, 2)
    ] * 2


def test_without_words_nothing_is_done_and_the_ticks_stay(people, now, activities, read):
    now(china(2023, 9, 16))
    answer = people.reviewer.post(AREA, {**DAY, "how": "cancel", "words": "", "pk": [str(activities[0].pk)]})
    found = read(answer)
    assert (answer.status_code, "请填写“写给公众的说明”。" in found.text) == (422, True)
    assert [box.has("checked") for box in found.all("input", type="checkbox")] == [True, False]
    assert [loaded(one).state for one in activities] == [State.PUBLISHED] * 2


def test_days_the_wrong_way_round_are_said_so(people, page):
    found = page(people.reviewer, f"{AREA}?first=2023-09-18&last=2023-09-17&cause=heat", status=422)
    assert "截止日期早于起始日期" in found.text


def test_a_town_stops_what_is_its_own_and_finds_no_city(people, now, activities, page):
    now(china(2023, 9, 16))
    found = page(
        people.town, "/workspace/area/441900103/stopping/?first=2023-09-17&last=2023-09-17&cause=flood"
    )
    assert len(list(found.all("input", type="checkbox"))) == 2
    assert people.town.get(AREA).status_code == 404
    assert people.outsider.post(AREA, {**DAY, "how": "cancel", "words": "不相干"}).status_code == 404
    assert people.auditor.get(AREA).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(people, now, django_assert_num_queries, rows):
    for _ in range(rows):
        an_activity(people.world, State.PUBLISHED)
    now(china(2023, 9, 16))
    address = f"{AREA}?first=2023-09-17&last=2023-09-17&cause=heat"
    people.reviewer.get(address)
    with django_assert_num_queries(QUERIES):
        people.reviewer.get(address)


QUERIES = 9


class TestSchedule:
    def test_a_time_is_laid_down_shown_and_called_off(self, people, now, page):
        it = an_activity(people.world, State.APPROVED)
        now(china(2023, 8, 28))
        sent = {**version(it), "publish_at": "2023-09-01T08:00"}
        found = page(people.filer, people.filer.post(at(it, "schedule"), sent)["Location"])
        assert "已定好，2023年9月1日 08:00 自动发布。" in found.notices[0]
        for address in (at(it), "/workspace/activities/"):
            assert "定好 2023年9月1日 08:00 自动发布" in page(people.filer, address).text
        people.filer.post(at(it, "schedule-removal"), version(it))
        assert loaded(it).publish_at is None

    def test_a_time_too_late_for_the_notice_is_refused_with_its_clause(self, people, now, read):
        it = an_activity(people.world, State.APPROVED)
        now(china(2023, 8, 28))
        answer = people.filer.post(at(it, "schedule"), {**version(it), "publish_at": "2023-09-13T08:00"})
        assert (answer.status_code, loaded(it).publish_at) == (422, None)
        assert "东科协〔2023〕17号 六（二）1" in read(answer).text

    def test_a_change_that_goes_to_review_says_that_the_time_is_gone(self, people, now, page):
        it = an_activity(people.world, State.APPROVED, answers={"insurance": "已投保"})
        now(china(2023, 8, 28))
        people.filer.post(at(it, "schedule"), {**version(it), "publish_at": "2023-09-01T08:00"})
        answer = people.filer.post(
            at(it, "change"), {**version(it), **typed(venue="石龙镇文化馆"), "reason": "维修"}
        )
        assert (
            "定好的发布时间不算了，审核通过后请再定。" in page(people.filer, answer["Location"]).notices[-1]
        )
        assert publish_due(china(2023, 9, 2)) == 0


class TestSessions:
    def test_one_is_cancelled_from_the_page_of_the_activity(self, people, now, page):
        it = a_tour(people.world)
        now(china(2023, 9, 15))
        link = page(people.filer, at(it)).one("a", href=f"{at(it, 'session-cancellation')}?session=s2")[
            "href"
        ]
        form = page(people.filer, link)
        (chosen,) = [option.text for option in form.all("option") if option.has("selected")]
        assert chosen == "2023年9月18日 09:00—11:00 · 第2站 · 2村"
        people.filer.post(at(it, "session-cancellation"), {**version(it), "session": "s2", "reason": "高温"})
        assert "这一场取消 第2站 · 2村 高温" in page(people.filer, at(it)).text
        assert loaded(it).state == State.PUBLISHED

    def test_one_is_moved(self, people, now, page):
        it = a_tour(people.world)
        now(china(2023, 9, 15))
        sent = {**version(it), "session": "s1", "reason": "停电", "starts_at": "2023-09-19T14:00"}
        assert (
            "这一场已改期"
            in page(people.filer, people.filer.post(at(it, "session-move"), sent)["Location"]).notices[0]
        )
        assert "2023年9月19日 14:00—16:00 这一场改期" in page(people.filer, at(it)).text


class TestChangeForm:
    def test_each_question_says_what_a_new_answer_brings_about(self, people, now, page):
        it = an_activity(people.world, State.PUBLISHED)
        now(china(2023, 8, 29))
        found = page(people.filer, at(it, "change"))
        assert (found.text.count("改了要重新审核") > 5, found.text.count("改了马上生效") > 5) == (True, True)
        assert "还没有改动。" in found.text

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"summary": "新简介"}, "这次改动：1 处马上生效。"),
            ({"venue": "石龙镇文化馆", "summary": "新简介"}, "这次改动：2 处要审核。"),
            (
                {"venue": "石龙镇文化馆", "summary": "新简介", "apart": "on"},
                "这次改动：1 处要审核，1 处马上生效。",
            ),
            ({"venue": "石龙中学礼唐", "typing_errors": "on"}, "这次改动：1 处马上生效。"),
        ],
    )
    def test_the_summary_follows_what_is_typed_and_writes_nothing(self, people, now, read, given, sentence):
        it = an_activity(people.world, State.PUBLISHED, answers={"insurance": "已投保"})
        now(china(2023, 8, 29))
        sent = {**version(it), **typed(**given), "weigh": "1"}
        answer = people.filer.post(at(it, "change"), sent)
        assert (answer.status_code, sentence in read(answer).text, loaded(it).version) == (
            200,
            True,
            it.version,
        )
        piece = people.filer.post(
            at(it, "change"), sent, headers={"HX-Request": "true", "HX-Target": "weighed"}
        )
        assert piece.content.decode().lstrip().startswith('<div id="weighed"')

    def test_a_typing_error_holds_at_once(self, people, now, page):
        it = an_activity(people.world, State.PUBLISHED, venue="石龙中学礼唐", answers={"insurance": "已投保"})
        now(china(2023, 8, 29))
        answer = people.filer.post(at(it, "change"), {**version(it), **typed(typing_errors="on")})
        assert "已变更，公众看到的也更新了。" in page(people.filer, answer["Location"]).notices[0]
        assert "场地名称：“石龙中学礼唐”改为“石龙中学礼堂”" in page(people.filer, at(it)).text

    def test_more_than_a_typing_error_is_refused_at_its_question_and_what_was_typed_stays(
        self, people, now, read
    ):
        it = an_activity(people.world, State.PUBLISHED)
        now(china(2023, 8, 29))
        answer = people.filer.post(
            at(it, "change"), {**version(it), **typed(venue="石龙镇文化馆", typing_errors="on")}
        )
        found = read(answer)
        assert (answer.status_code, found.one("input", name="venue")["value"]) == (422, "石龙镇文化馆")
        assert "“场地名称”不能当作错字" in found.one(class_="form-errors").text
