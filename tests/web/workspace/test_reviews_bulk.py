"""Many filings at once, as a reviewer does it: ticked, looked at, pressed, and what became of each."""

from uuid import uuid4

import pytest

from kepu.activities.actions import Chosen, begin_batch, claim_activity
from kepu.activities.models import BatchOfReviews, Outcome, Verdict
from kepu.activities.queries import notes_on
from kepu.activities.workflow import State
from kepu.notices import rulebook
from tests.factories.activities import an_activity, loaded
from tests.factories.notices import a_gate, china
from tests.web.workspace.conftest import DAY

INBOX = "/workspace/reviews/"
NEW = f"{INBOX}batches/new/"


def filed(people, title, **changes):
    return an_activity(people.world, State.FILED, title=title, **changes)


def chosen(found):
    return [box["value"] for box in found.all("input", name="chosen") if "checked" in box.attributes]


def form_of(found, **more):
    """What the preview would send as it stands."""
    sent = {
        name: [box["value"] for box in found.all("input", name=name)]
        for name in ("verdict", "token", "listed")
    }
    return {**sent, "chosen": chosen(found), **more}


def rows_of(found):
    return list(found.one("tbody").all("tr"))


def groups(found):
    """The filings of each group of the preview."""
    lists = list(found.all("ul", class_="choices"))
    return {one.parent.one("h2").text: [li.text for li in one.children if li.tag == "li"] for one in lists}


@pytest.fixture
def three(people):
    return (
        filed(people, "第一项"),
        filed(people, "小型沙龙", participants_expected=20),
        filed(people, "第三项"),
    )


def test_first_one_sees_what_would_be_done_and_nothing_is(people, page, three):
    found = page(people.reviewer, f"{NEW}?verdict=approve&" + "&".join(f"pk={a.pk}" for a in three))
    assert "选了 3 项，其中 2 项可以一起办。" in found.text
    seen = groups(found)
    assert [len(rows) for rows in seen.values()] == [2, 1]
    [waiver] = seen["有例外要定，请逐项审核 1"]
    assert "小型沙龙" in waiver
    assert "东科协〔2023〕17号 六（二）3" in waiver
    assert [loaded(a).state for a in three] == [State.FILED] * 3
    assert not BatchOfReviews.objects.exists()


def test_then_it_is_done_and_each_has_its_line(people, page, read, three):
    found = page(people.reviewer, f"{NEW}?verdict=approve&all=1")
    answer = people.reviewer.post(NEW, form_of(found, words="同意"), follow=True)
    result = read(answer)
    assert answer.redirect_chain[-1][0] == f"{INBOX}batches/{BatchOfReviews.objects.get().pk}/"
    assert "通过 2 项，没有通过 0 项。" in result.text
    assert [row.one("th").text for row in result.one("tbody").all("tr")] == ["第一项", "第三项"]
    assert [loaded(a).state for a in three] == [State.APPROVED, State.FILED, State.APPROVED]
    assert notes_on(three[0]).get().words == "同意"


def test_the_same_form_sent_from_two_tabs_is_one_batch(people, page, read, three):
    form = form_of(page(people.reviewer, f"{NEW}?verdict=approve&all=1"))
    first, second = (people.reviewer.post(NEW, form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (BatchOfReviews.objects.count(), notes_on(three[0]).count()) == (1, 1)


def test_what_a_colleague_decided_after_the_preview_is_left_alone_and_said(people, page, read, three):
    form = form_of(page(people.reviewer, f"{NEW}?verdict=approve&all=1"))
    people.colleague.post(
        f"{INBOX}{three[0].pk}/return/", {"return-version": three[0].version, "return-words": "改"}
    )
    result = read(people.reviewer.post(NEW, form, follow=True))
    assert "通过 1 项，没有通过 1 项。" in result.text
    assert "现在是“已退回”" in result.one("tbody").text
    assert loaded(three[0]).state == State.RETURNED


def test_all_that_the_filters_leave(people, page, three):
    found = page(people.reviewer, f"{NEW}?verdict=approve&all=1&q=第")
    assert list(groups(found)) == ["会办理 2"]


def test_many_are_sent_back_with_a_reason(people, page, read, three):
    found = page(people.reviewer, f"{NEW}?verdict=return&all=1")
    refused = people.reviewer.post(NEW, form_of(found))
    assert refused.status_code == 422
    assert "请说明退回的原因" in read(refused).text
    result = read(
        people.reviewer.post(NEW, form_of(found, codes=["safety"], words="请补充方案。"), follow=True)
    )
    assert "退回 3 项，没有办 0 项。" in result.text
    assert {(loaded(a).state, notes_on(a).get().words) for a in three} == {(State.RETURNED, "请补充方案。")}


def test_nothing_ticked(people, page, read, three):
    assert "没有选中的活动。" in page(people.reviewer, f"{NEW}?verdict=approve").text
    form = form_of(page(people.reviewer, f"{NEW}?verdict=approve&all=1"), chosen=[])
    assert "没有选中的活动。" in read(people.reviewer.post(NEW, form)).text


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, "1:2", "1:2:3:4", "1:²:0"])
def test_strange_ticks_are_passed_over(people, page, read, three, sent):
    page(people.reviewer, f"{NEW}?pk={sent}&verdict=what")
    form = form_of(page(people.reviewer, f"{NEW}?all=1"), chosen=[sent])
    assert people.reviewer.post(NEW, {**form, "listed": [sent]}).status_code == 422


def test_what_stopped_in_the_middle_is_found_in_the_inbox_and_gone_on_with_by_a_colleague(
    people, page, read, three
):
    world = people.world
    batch = begin_batch(
        uuid4(), [Chosen(a.pk, a.version) for a in three], season=world.season,
        verdict=Verdict.APPROVE, by=world.reviewer, at=DAY,
    )  # fmt: skip
    assert "有一批审核停在半路" in page(people.colleague, INBOX).text
    address = f"{INBOX}batches/{batch.pk}/"
    assert "还有 3 项没办" in page(people.colleague, address).text
    result = read(people.colleague.post(address, follow=True))
    assert "通过 2 项，没有通过 1 项。" in result.text
    assert "有一批审核停在半路" not in page(people.colleague, INBOX).text
    assert batch.lines.filter(outcome=Outcome.PENDING).count() == 0


def test_points_are_shown_once_and_ticked_for_all(people, page, read, three):
    a_gate(
        people.world.season.notices.get(),
        "LOOK",
        "hard",
        fact="content",
        label="内容",
        review=["导向正确"],
        steps=["初审"],
    )
    rulebook.forget()
    found = page(people.reviewer, f"{NEW}?verdict=approve&all=1")
    assert len([label for label in found.all("label") if "导向正确" in label.text]) == 1
    refused = people.reviewer.post(NEW, form_of(found))
    assert refused.status_code == 422
    assert "请先对照“导向正确”" in read(refused).text
    assert "请写明“初审”是谁做的。" in read(refused).text
    names = [box["name"] for box in found.all("input") if box["name"].startswith(("point.", "step."))]
    ticks = {name: "on" if name.startswith("point.") else "李初审" for name in names}
    people.reviewer.post(NEW, form_of(read(refused), **ticks))
    [held] = notes_on(three[0]).get().checked
    assert (held["points"], held["people"]) == (["导向正确"], {"初审": "李初审"})


def test_one_that_a_colleague_has_in_hand_is_done_only_when_ticked(people, page, three):
    claim_activity(loaded(three[0]), by=people.world.coordinator, at=DAY)
    found = page(people.reviewer, f"{NEW}?verdict=approve&all=1")
    assert len(chosen(found)) == 1
    people.reviewer.post(NEW, form_of(found, chosen=[f"{three[0].pk}:{three[0].version}:1"]))
    assert loaded(three[0]).state == State.APPROVED


def test_the_preview_and_the_result_ask_as_much_for_many_as_for_few(
    people, page, django_assert_max_num_queries
):
    for n in range(12):
        filed(people, f"第{n}项")
    with django_assert_max_num_queries(20):
        found = page(people.reviewer, f"{NEW}?verdict=approve&all=1")
    people.reviewer.post(NEW, form_of(found))
    with django_assert_max_num_queries(20):
        page(people.reviewer, f"{INBOX}batches/{BatchOfReviews.objects.get().pk}/")


class TestInbox:
    def test_by_deadline_where_a_notice_sets_one(self, people, page, now):
        for title in ("后到期", "先到期", "没有期限"):
            filed(people, title)
        from kepu.activities.models import Activity

        for title, due in (
            ("后到期", china(2023, 8, 29)),
            ("先到期", china(2023, 8, 27, 20)),
            ("没有期限", None),
        ):
            Activity.objects.filter(title=title).update(review_due_at=due)
        found = page(people.reviewer, INBOX)
        assert [row.one("th").text for row in found.one("tbody").all("tr")] == [
            "先到期",
            "后到期",
            "没有期限",
        ]
        now(china(2023, 8, 27, 9))
        assert "今天到期" in rows_of(page(people.reviewer, INBOX))[0].text
        now(china(2023, 8, 30, 9))
        rows = rows_of(page(people.reviewer, INBOX))
        assert ["过了审核期限" in row.text for row in rows] == [True, True, False]
        assert "东科协〔2023〕17号" in rows[0].text

    def test_a_tab_counts_no_further_than_a_bound(self, people, page, monkeypatch):
        monkeypatch.setattr("kepu.activities.queries.COUNTED_TO", 1)
        for title in ("甲", "乙", "丙"):
            filed(people, title)
        assert "等我们审核 1+" in page(people.reviewer, INBOX).one(class_="tabs").text

    def test_pages_go_on_from_what_has_a_day_to_what_has_none_and_back(self, people, page, monkeypatch):
        from kepu.activities.models import Activity

        monkeypatch.setattr("kepu.web.workspace.reviews.inbox.sorted_page.__defaults__", (2,))
        for title in "甲乙丙丁戊":
            filed(people, title)
        Activity.objects.filter(title__in=["丁", "戊"]).update(review_due_at=None)
        seen, address = [], f"{INBOX}?sort=due"
        for _ in range(3):
            found = page(people.reviewer, address)
            seen.append([row.one("th").text for row in found.one("tbody").all("tr")])
            following = list(found.all("a", rel="next"))
            address = INBOX + following[0]["href"] if following else ""
        assert seen == [["甲", "乙"], ["丙", "丁"], ["戊"]]
        assert address == ""
        back = page(people.reviewer, INBOX + found.one("a", rel="prev")["href"])
        assert [row.one("th").text for row in back.one("tbody").all("tr")] == ["丁"]


class TestClaims:
    def test_claimed_it_says_who_is_looking_and_the_filter_finds_it(self, people, page, now):
        mine, other = filed(people, "我的"), filed(people, "别人的")
        people.reviewer.post(f"{INBOX}{mine.pk}/claim/")
        people.colleague.post(f"{INBOX}{other.pk}/claim/")
        rows = {row.one("th").text: row.text for row in page(people.reviewer, INBOX).one("tbody").all("tr")}
        assert "您在看" in rows["我的"]
        assert "黄科长正在看" in rows["别人的"]
        found = page(people.reviewer, f"{INBOX}?mine=1")
        assert [row.one("th").text for row in found.one("tbody").all("tr")] == ["我的"]
        now(china(2023, 8, 26, 9))  # a claim is of its day
        assert "没有这样的活动。" in page(people.reviewer, f"{INBOX}?mine=1").text
        assert "正在看" not in page(people.reviewer, INBOX).one("tbody").text

    def test_approving_what_a_colleague_has_in_hand_takes_a_second_press(self, people, page, read):
        it = filed(people, "走进中医药")
        people.colleague.post(f"{INBOX}{it.pk}/claim/")
        assert "黄科长正在看" in page(people.reviewer, f"{INBOX}{it.pk}/").text
        sent = {"approval-version": it.version}
        answer = people.reviewer.post(f"{INBOX}{it.pk}/approval/", sent)
        assert answer.status_code == 422
        assert "确定由您来办的，请再按一次。" in read(answer).text
        people.reviewer.post(f"{INBOX}{it.pk}/approval/", {**sent, "approval-sure": "on"})
        assert loaded(it).state == State.APPROVED

    def test_taking_over_needs_a_word_and_letting_go_is_ones_own(self, people, read):
        it = filed(people, "走进中医药")
        people.colleague.post(f"{INBOX}{it.pk}/claim/")
        assert "请写一句为什么" in read(people.reviewer.post(f"{INBOX}{it.pk}/claim/", follow=True)).text
        assert "只有本人能放下" in read(people.reviewer.post(f"{INBOX}{it.pk}/release/", follow=True)).text
        people.reviewer.post(f"{INBOX}{it.pk}/claim/", {"words": "他出差了"})
        assert loaded(it).claimed_by_id != people.world.reviewer.person_id
        assert "您在看" in read(people.reviewer.get(f"{INBOX}{it.pk}/")).text
        people.reviewer.post(f"{INBOX}{it.pk}/release/")
        assert loaded(it).claimed_by_id is None


class TestPage:
    def test_what_changed_since_the_last_round_in_words(self, people, page):
        from kepu.activities import actions

        it = an_activity(people.world, State.RETURNED)
        sessions = [{"starts_at": china(2023, 9, 17), "ends_at": china(2023, 9, 17, 11), "title": "上午场"}]
        changes = {
            "venue": "文化馆",
            "participants_expected": 150,
            "arrangement": "series",
            "sessions": sessions,
        }
        actions.edit_draft(it, changes=changes, by=people.world.filer, at=DAY)
        actions.file_activity(it, by=people.world.filer, at=DAY)
        found = page(people.reviewer, f"{INBOX}{it.pk}/")
        section = next(part for part in found.all("section") if "比上一次填报，改了这些" in part.text)
        rows = {
            row.one("th").text: [cell.text for cell in row.all("td")]
            for row in section.one("tbody").all("tr")
        }
        assert rows["场地名称"] == ["石龙中学礼堂", "文化馆"]
        assert rows["预计参与人数"] == ["120", "150"]
        assert "上午场" in rows["各场次"][1]

    def test_where_the_round_before_was_not_kept_its_fields_are_named(self, people, page):
        from kepu.activities import actions
        from kepu.activities.models import FiledVersion

        it = an_activity(people.world, State.RETURNED)
        actions.edit_draft(it, changes={"venue": "文化馆"}, by=people.world.filer, at=DAY)
        actions.file_activity(it, by=people.world.filer, at=DAY)
        FiledVersion.objects.filter(round=1).delete()
        assert "比上一次填报，改了这些 场地名称" in page(people.reviewer, f"{INBOX}{it.pk}/").text

    def test_words_to_look_at_are_marked_and_hidden_from_the_host(self, people, page):
        it = filed(people, "走进中医药", summary="讲<b>气功</b>")
        people.reviewer.post(f"{INBOX}words/", {"place": "441900", "words": "气功，看内容\n中医药"})
        found = page(people.reviewer, f"{INBOX}{it.pk}/")
        assert {mark.text for mark in found.all("mark")} == {"气功", "中医药"}
        assert "讲<b> 气功 </b>" in found.text
        assert "看内容" in found.text
        assert "有词语请留意" in page(people.reviewer, INBOX).one("tbody").text
        assert "有词语请留意" not in page(people.filer, f"/workspace/activities/{it.pk}/").text

    def test_words_are_listed_added_and_removed(self, people, page, read):
        read(people.reviewer.post(f"{INBOX}words/", {"place": "441900", "words": "气功,看内容"}, follow=True))
        assert "气功" in page(people.town, f"{INBOX}words/").one("tbody").text
        assert "上级定的" in page(people.town, f"{INBOX}words/").one("tbody").text
        answer = people.reviewer.post(f"{INBOX}words/", {"place": "441900", "words": "气"})
        assert answer.status_code == 422
        from kepu.activities.models import WatchWord

        word = WatchWord.objects.get()
        assert people.town.post(f"{INBOX}words/{word.pk}/removal/").status_code == 404
        people.reviewer.post(f"{INBOX}words/{word.pk}/removal/")
        assert not WatchWord.objects.exists()

    def test_where_a_filing_stands_is_drawn_for_host_reviewer_and_coordinator(self, people, page):
        it = filed(people, "走进中医药")
        for client, address in (
            (people.filer, f"/workspace/activities/{it.pk}/"), (people.reviewer, f"{INBOX}{it.pk}/"), (people.town, f"/workspace/activities/{it.pk}/"),
        ):  # fmt: skip
            stops = list(page(client, address).one(class_="route").all("li"))
            assert [stop.one(class_="what").text for stop in stops] == ["石龙中学", "东莞市科协", "石龙中学"]
            assert [stop.attributes.get("aria-current") for stop in stops] == [None, "step", None]
            assert "8月28日前" in stops[1].text


def test_units_that_are_late_are_seen_from_above_and_reminded(people, page, read, now):
    from kepu.activities.jobs import escalate_late_reviews

    filed(people, "等了很久")
    now(china(2023, 8, 30, 9))
    escalate_late_reviews(china(2023, 8, 30))
    found = page(people.nation, f"{INBOX}?tab=below")
    [row] = rows_of(found)
    assert "东莞市科协" in row.text
    address = f"{INBOX}late/{people.world.city_office.pk}/reminder/"
    assert "已提醒“东莞市科协”：有1项超期。" in read(people.nation.post(address, follow=True)).text
    assert "今天已经提醒过" in read(people.nation.post(address, follow=True)).text
    assert "没有超期的审核" in page(people.reviewer, f"{INBOX}?tab=below").text
