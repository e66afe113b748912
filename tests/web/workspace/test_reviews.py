"""The inbox of a reviewing unit: what waits, in what order, and many approved at once."""

import pytest

from kepu.activities import actions
from kepu.activities.workflow import State
from tests.factories.activities import a_draft, an_activity, loaded
from tests.factories.notices import china
from tests.web.workspace.conftest import DAY

INBOX = "/workspace/reviews/"


def titles(found):
    return [row.one("th").text for row in found.one("tbody").all("tr")]


def filed(people, title, **changes):
    return an_activity(people.world, State.FILED, title=title, **changes)


def test_what_waits_longest_stands_first(people, page):
    for title in ("甲", "乙", "丙"):
        filed(people, title)
    assert titles(page(people.reviewer, INBOX)) == ["甲", "乙", "丙"]


def test_what_begins_first_can_be_looked_at_first(people, page):
    filed(people, "后办", starts_at=china(2023, 9, 20), ends_at=china(2023, 9, 20, 17))
    filed(people, "先办")
    assert titles(page(people.reviewer, f"{INBOX}?sort=starts")) == ["先办", "后办"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["走进中医药", "线上讲座", "小型沙龙"]), ("q=沙龙", ["小型沙龙"]), ("q=石龙中学", ["走进中医药", "线上讲座", "小型沙龙"]),
        ("mode=online", ["线上讲座"]), ("key=1", ["走进中医药"]), ("unmet=1", ["小型沙龙"]),
    ],
)  # fmt: skip
def test_filters(people, page, asked, expected):
    filed(people, "走进中医药", key_activity=True)
    filed(people, "线上讲座", mode="online", online_link="https://live.example.cn/1")
    filed(people, "小型沙龙", participants_expected=20)
    assert titles(page(people.reviewer, f"{INBOX}?{asked}")) == expected


def test_what_is_past_its_day_is_marked_and_found(people, now, page):
    filed(people, "等了很久")
    now(china(2023, 8, 30))
    found = page(people.reviewer, f"{INBOX}?overdue=1")
    assert titles(found) == ["等了很久"]
    assert "过了审核期限" in found.one("tbody").text


def test_changes_and_what_was_decided_have_their_tabs(people, page):
    an_activity(people.world, State.CHANGED, title="改场地")
    an_activity(people.world, State.APPROVED, title="已通过")
    assert titles(page(people.reviewer, f"{INBOX}?tab=changes")) == ["改场地"]
    assert titles(page(people.reviewer, f"{INBOX}?tab=done")) == ["已通过"]
    assert "没有等审核的" in page(people.reviewer, INBOX).text


def test_the_reviewer_sees_the_words_of_the_host_beside_what_is_short(people, page):
    it = filed(people, "小型沙龙", participants_expected=20, in_principle_note="教室只坐得下二十人")
    text = page(people.reviewer, f"{INBOX}{it.pk}/").text
    assert "必须做到的，都做到了。" in text
    assert "不少于50人；现在是20人。" in text
    assert "举办单位的说明： 教室只坐得下二十人" in text


def test_a_return_without_a_reason_is_refused_and_keeps_the_page(people, read):
    it = filed(people, "第一项")
    answer = people.reviewer.post(f"{INBOX}{it.pk}/return/", {"return-version": it.version})
    assert answer.status_code == 422
    assert "请说明退回的原因，举办单位才知道怎么改。" in read(answer).one(class_="form-errors").text
    assert loaded(it).state == State.FILED


def test_two_reviewers_at_once_decide_once(people, read):
    it = filed(people, "第一项")
    people.colleague.post(f"{INBOX}{it.pk}/return/", {"return-version": it.version, "return-words": "改"})
    answer = people.reviewer.post(f"{INBOX}{it.pk}/approval/", {"approval-version": it.version})
    assert answer["Location"] == f"{INBOX}{it.pk}/"
    assert loaded(it).state == State.RETURNED


def test_nobody_approves_what_they_filed_themselves(people, page, read):
    office = people.world.city_office
    person = office.posts.get(role="filer").person
    from kepu.orgs.queries import actor_for

    mine = a_draft(people.world, by=actor_for(person, office.pk, at=DAY), at=DAY, activity_level="town")
    actions.file_activity(mine, by=actor_for(person, office.pk, at=DAY), at=DAY)

    assert "这项活动是您本人填报的" in page(people.reviewer, f"{INBOX}{mine.pk}/").text
    answer = people.reviewer.post(f"{INBOX}{mine.pk}/approval/", {"approval-version": mine.version})
    assert "请由本单位另一位审核人审核。" in read(answer).one(class_="form-errors").text
    people.colleague.post(f"{INBOX}{mine.pk}/approval/", {"approval-version": mine.version})
    assert loaded(mine).state == State.APPROVED


def test_the_mark_of_a_key_activity_is_given_with_the_approval(people):
    it = filed(people, "走进中医药", key_activity=True)
    people.reviewer.post(
        f"{INBOX}{it.pk}/approval/", {"approval-version": it.version, "approval-confirm_key": "on"}
    )
    assert loaded(it).key_confirmed


def test_and_taken_back_by_a_coordinator(people):
    it = an_activity(people.world, State.PUBLISHED, key_activity=True)
    people.town.post(f"/workspace/activities/{it.pk}/key-mark/", {"version": loaded(it).version})
    assert loaded(it).key_confirmed
    people.town.post(f"/workspace/activities/{it.pk}/key-mark/", {"version": loaded(it).version})
    assert not loaded(it).key_confirmed
