"""Issuing: nothing is in force unseen, and what is issued binds from that moment and not before."""

from datetime import timedelta

import pytest

from kepu.core import audit, outbox
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.notices import actions, starting
from kepu.notices.format.reading import read_notice
from kepu.notices.format.writing import write_notice
from kepu.notices.models import Clause, Notice, Season
from kepu.notices.queries import clauses_in_order, file_of, standing_of, whole_file
from kepu.notices.rulebook import rules_in_force
from tests.factories.drafts import AT, a_county, a_draft, fill, ready, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_county()


def seen(draft):
    return actions.digest_of(whole_file(draft, clauses_in_order(draft)))


def rules(unit, at):
    return rules_in_force(unit, Season.objects.get(), at=at)


def test_the_moment_it_is_issued_its_quota_and_earlier_deadline_hold_for_the_towns(world):
    draft = ready(world)
    town = world.towns[0]
    assert "duty.organisation_summary" not in rules(town, AT)

    notice = actions.issue_draft(draft, seen=seen(draft), by=world.by, at=AT)

    now = rules(town, AT)
    assert now["duty.organisation_summary"].params.due.words() == "2023年9月20日"
    assert now["quota.key_activities"].params.min == 2
    assert now["quota.key_activities"].clause.notice.code == notice.code
    assert now.value("theme") == "人人爱科学"
    assert "duty.organisation_summary" not in rules(town, AT - timedelta(seconds=2))


def test_the_county_itself_still_owes_the_city_by_the_citys_date(world):
    draft = ready(world)
    actions.issue_draft(draft, seen=seen(draft), by=world.by, at=AT)
    mine = rules(world.office, AT)
    assert (mine["duty.organisation_summary"].params.due.words(), mine["quota.key_activities"].params.min) == (
        "2023年9月26日", 7,
    )  # fmt: skip


def test_nothing_is_issued_that_nobody_has_looked_at(world):
    draft = a_draft(world)
    with pytest.raises(Incomplete, match="还有4条"):
        actions.issue_draft(draft, seen="", by=world.by, at=AT)
    assert Notice.objects.count() == 1


def test_what_changed_after_it_was_shown_is_shown_again(world):
    draft = ready(world)
    shown = seen(draft)
    fill(draft, "quota", by=world.by, min=3)
    with pytest.raises(StaleState, match="再看一遍影响"):
        actions.issue_draft(draft, seen=shown, by=world.by, at=AT)


def test_every_fault_is_a_reason(world):
    draft = ready(world, due="2023-09-30")
    actions.save_header(draft, {**draft.header, "title": ""}, version=1, by=world.by, at=AT)
    with pytest.raises(Incomplete) as refusal:
        actions.issue_draft(draft, seen="", by=world.by, at=AT)
    assert [(r.code, str(r.sentence)) for r in refusal.value.reasons] == [
        ("", "文头有1处没有填好，请打开文头照提示补上。")
    ]


def test_issued_twice_from_two_tabs_it_is_one_notice(world):
    draft = ready(world)
    shown = seen(draft)
    actions.issue_draft(draft, seen=shown, by=world.by, at=AT)
    with pytest.raises(StaleState, match="已经发出"):
        actions.issue_draft(draft, seen=shown, by=world.by, at=AT)
    assert Notice.objects.filter(place=world.county).count() == 1


def test_a_code_is_taken_once_in_a_season(world):
    first, second = ready(world), ready(world)
    header = {**second.header, "code": first.header["code"]}
    actions.save_header(second, header, version=1, by=world.by, at=AT)
    actions.issue_draft(first, seen=seen(first), by=world.by, at=AT)
    second.refresh_from_db()
    with pytest.raises(Incomplete, match="换一个代码"):
        actions.issue_draft(second, seen=seen(second), by=world.by, at=AT)


def test_a_date_to_come_is_kept_and_one_gone_by_is_not(world):
    draft = ready(world)
    actions.save_header(draft, {**draft.header, "in_force": "2023-09-06"}, version=1, by=world.by, at=AT)
    draft.refresh_from_db()
    actions.issue_draft(draft, seen=seen(draft), by=world.by, at=AT)
    town = world.towns[0]
    assert "quota.key_activities" not in rules(town, AT)
    assert "quota.key_activities" in rules(town, AT + timedelta(days=2))


def test_who_does_not_coordinate_the_place_any_more_does_not_issue(world):
    draft = ready(world)
    shown = seen(draft)
    with pytest.raises(NotAllowed):
        actions.issue_draft(draft, seen=shown, by=world.above, at=AT)


def test_the_notice_and_its_file_say_the_same(world):
    draft = ready(world)
    notice = actions.issue_draft(draft, seen=seen(draft), by=world.by, at=AT)
    file = file_of(Notice.objects.get(pk=notice.pk))
    assert read_notice(write_notice(file)) == file
    assert [c.id for c in file.clause] == [c.code for c in clauses_in_order(draft)]
    assert "notice.issued" in [e.event for e in audit.of(notice)]


def test_an_advance_notice_is_replaced_and_its_pending_theme_becomes_final(world):
    city = world.city_notice
    city.status = "advance"
    city.header["status"] = "advance"
    city.save(update_fields=["status", "header"])
    Clause.objects.filter(code="TS-01").update(
        params={"role": "theme"}, status="pending", mode="pending", waits_for="全国通知"
    )
    Season.objects.update(edition=2)
    town = world.towns[0]
    assert rules(town, AT)["theme"].value is None
    start = starting.of_formal(file_of(city), rules(world.city_office, AT), known={"city-2023"})
    draft = actions.start_draft(
        season=world.season, place=world.city, line=None, origin="formal", header=start.header, clauses=start.clauses,
        about=city, by=world.above, at=AT,
    )  # fmt: skip
    assert [c.code for c in clauses_in_order(draft) if c.state == "proposed"] == ["TS-01"]
    fill(draft, "theme", by=world.above, text="人人爱科学")
    assert standing_of(draft).problems == ()

    actions.issue_draft(draft, seen=seen(draft), by=world.above, at=AT)

    now = rules(town, AT)
    assert (now["theme"].value, now["theme"].status, now["theme"].clause.notice.code) == (
        "人人爱科学", "final", "city-2023-formal",
    )  # fmt: skip
    assert {r.clause.notice.code for r in now.values()} == {"city-2023-formal"}
    assert row(draft, "theme").code == "TS-01"


def test_whoever_its_recipients_name_gets_it_with_the_act(world):
    draft = ready(world)
    recipients = [{"title": "各镇科协", "kinds": ["association"], "levels": ["town"]}]
    actions.save_header(draft, {**draft.header, "recipients": recipients}, version=1, by=world.by, at=AT)
    draft.refresh_from_db()
    notice = actions.issue_draft(draft, seen=seen(draft), by=world.by, at=AT)
    while outbox.deliver(at=AT):
        pass
    assert sorted(notice.deliveries.values_list("unit__code", flat=True)) == ["T1", "T2"]
