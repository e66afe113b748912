"""The preview: the portal's own page from the copy that publishing would make, for whoever sees the activity; nothing is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.actions import change_activity, publish_activity
from kepu.activities.models import Activity, Publication, PublishedVersion
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry, OutboxRow, TallyEntry
from tests.factories.activities import PUBLISHED, a_draft, an_activity, loaded
from tests.factories.notices import china


def address(activity):
    return f"/workspace/activities/{activity.pk}/preview/"


def matter(found):
    """The page below the bar."""
    return [
        found.one(class_="ticket").text,
        found.one(class_="who").text,
        *(p.text for p in found.all(class_="reading")),
    ]


def test_it_is_the_page_that_the_public_reads_once_it_is_published(people, page, client, read):
    approved = an_activity(people.world, State.APPROVED, undertakers=["石龙医院"])

    found = page(people.filer, address(approved))
    assert found.h1 == "走进中医药"
    assert "这是预览：现在发布，公众看到的样子" in found.one(class_="preview-bar").text
    assert "还没有发布，公众现在看不到。" in found.one(class_="preview-bar").text

    publish_activity(loaded(approved), by=people.world.filer, at=PUBLISHED)
    public = read(client.get(f"/activities/{approved.pk}/"))
    assert matter(found) == matter(public)
    assert "石龙医院" in found.one(class_="who").text
    assert "和公众现在看到的一样。" in page(people.filer, address(approved)).one(class_="preview-bar").text


def test_nobody_s_name_or_number_and_no_plan_is_in_it(people, page):
    secret = {
        "safety_person": "张安全",
        "contact_name": "王联系",
        "contact_phone": "13800000000",
        "risk_plan": "内部预案",
    }
    filed = an_activity(people.world, State.FILED, **secret)
    html = page(people.reviewer, address(filed)).html
    assert [word for word in secret.values() if word in html] == []


def test_of_a_change_under_review_it_shows_what_will_be_different(people, page):
    activity = an_activity(people.world, State.PUBLISHED)
    change_activity(
        activity, changes={"title": "走进中医馆", "ends_at": china(2023, 9, 17, 18)}, reason="改了",
        by=people.world.filer, at=PUBLISHED,
    )  # fmt: skip

    found = page(people.reviewer, address(activity))

    assert found.h1 == "走进中医馆"
    bar = found.one(class_="preview-bar")
    assert "这是预览：同意变更以后，公众看到的样子" in bar.text
    rows = {
        next(row.all("th")).text: [cell.text for cell in row.all("td")] for row in bar.one("tbody").all("tr")
    }
    assert rows["活动名称"] == ["走进中医药", "走进中医馆"]
    assert set(rows) == {"活动名称", "结束时间"}
    assert loaded(activity).title == Publication.objects.get(pk=activity.pk).title == "走进中医药"


def test_a_half_empty_draft_has_one_too_and_says_what_is_missing(people, page):
    draft = a_draft(people.world, title="", starts_at=None, ends_at=None, mode="")
    found = page(people.filer, address(draft))
    assert found.h1 == "未命名的活动"
    assert "时间待定" in found.one(class_="ticket").text
    assert "请填写开始时间。" in found.one(class_="preview-bar").text
    assert list(found.all(class_="activity-alert")) == []


def test_nothing_is_written_and_it_asks_a_fixed_number_of_things(people):
    activity = an_activity(people.world, State.PUBLISHED)
    tables = (Activity, Publication, PublishedVersion, AuditEntry, OutboxRow, TallyEntry)
    before = [table.objects.count() for table in tables]
    people.filer.get(address(activity))
    with CaptureQueriesContext(connection) as asked:
        people.filer.get(address(activity))
    assert len(asked) <= 20
    assert [table.objects.count() for table in tables] == before


@pytest.mark.parametrize(("who", "status"), [("filer", 200), ("reviewer", 404), ("outsider", 404)])
def test_a_draft_is_previewed_only_by_its_own(people, who, status):
    assert getattr(people, who).get(address(a_draft(people.world))).status_code == status


def test_from_the_form_what_is_typed_is_saved_first(people, page):
    draft = a_draft(people.world)
    sent = {"version": draft.version, "title": "新名字", "act": "preview"}
    answer = people.filer.post(f"/workspace/activities/{draft.pk}/edit/", sent)
    assert answer["Location"] == address(draft)
    assert page(people.filer, address(draft)).h1 == "新名字"


def test_what_is_published_with_sessions_is_compared_with_what_the_public_reads(people, page):
    rows = [
        {
            "title": "第一站",
            "venue": "礼堂",
            "starts_at": china(2023, 9, 17, 9),
            "ends_at": china(2023, 9, 17, 11),
        }
    ]
    activity = an_activity(people.world, State.PUBLISHED, arrangement="tour", sessions=rows)
    assert "和公众现在看到的一样。" in page(people.filer, address(activity)).one(class_="preview-bar").text

    change_activity(
        activity, changes={"sessions": [{**rows[0], "venue": "操场"}]}, reason="换了场地",
        by=people.world.filer, at=PUBLISHED,
    )  # fmt: skip
    bar = page(people.filer, address(activity)).one(class_="preview-bar")
    assert "第一站 · 礼堂" in bar.text
    assert "第一站 · 操场" in bar.text
