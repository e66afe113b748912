"""A county's coordinator writes a notice at the desk: from a text, and under the city's; a town has it the same moment."""

import pytest

from kepu.core import outbox
from kepu.notices.models import Delivery, Notice, NoticeDraft
from kepu.notices.queries import clauses_in_order
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.drafts import AT, a_county
from tests.factories.orgs import a_post
from tests.journeys.conftest import PASSWORD, begin, follow, looked_at, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TEXT = """滦南县科学技术协会
关于举办滦南县2023年全国科普日活动的通知
各镇科协：
为办好今年的科普日，现将有关事项通知如下。
一、时间和主题
活动主题：人人爱科学。定于2023年9月17日至23日在全县集中开展。
二、有关要求
（一）各镇科协要确保重点活动不少于2项。
（二）请各镇科协于9月20日（星期二）前将工作总结电子版报送至县科协办公室。
滦南县科学技术协会
2023年9月4日
"""


@pytest.fixture
def county(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: AT)
    world = a_county()
    for username, unit, role in (
        ("luan", world.office, Role.COORDINATOR),
        ("zhen", world.towns[0], Role.FILER),
    ):
        person = a_person(username, username=username)
        person.set_password(PASSWORD)
        person.save()
        a_post(unit, role, person=person)
    return world


def test_a_text_is_read_corrected_and_issued(county, desktop):
    page = desktop
    sign_in(page, "luan")
    begin(page, "document", TEXT)
    looked_at(page)
    # the wrong weekday is said beside what was read, and the sentence is marked in the text
    page.get_by_text("星期三").first.wait_for()
    assert page.locator("mark.found", has_text="9月20日").count() >= 1

    draft = NoticeDraft.objects.get()
    duty = draft.clauses.get(kind="duty")
    page.goto(f"/workspace/notices/drafts/{draft.pk}/clauses/{duty.pk}/")
    looked_at(page)
    pane = page.locator("#pane")
    page.fill("[name='c.duty.due.date']", "2023-09-30")
    pane.get_by_text("晚于上级的期限").wait_for()
    page.fill("[name='c.duty.due.date']", "2023-09-19")
    pane.locator(".pane-says", has_text="2023年9月19日").wait_for()
    follow(page, page.get_by_role("button", name="确认，看下一条"))

    # what is left: confirm what is whole, set aside what is not
    page.goto(f"/workspace/notices/drafts/{draft.pk}/?show=proposed")
    looked_at(page)
    for box in page.locator("input[name=code]").all():
        box.check()
    page.get_by_role("button", name="确认选中的").click()
    page.get_by_text("确认了").wait_for()
    follow(page, page.get_by_role("link", name="影响和发出").first)
    looked_at(page)
    page.get_by_role("heading", name="会影响什么").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发出通知").click()
    page.get_by_text("已发出，现在起生效").wait_for()
    looked_at(page)

    notice = Notice.objects.get(place=county.county)
    now = rules_in_force(county.towns[0], notice.season, at=AT)
    assert now["duty.organisation_summary"].params.due.words() == "2023年9月19日"
    assert {c.state for c in clauses_in_order(draft)} <= {"confirmed", "rejected"}


def test_under_the_citys_notice_on_a_phone_and_a_town_has_it_at_once(county, phone, check):
    page = phone
    sign_in(page, "luan")
    begin(page, "parent")
    check()
    draft = NoticeDraft.objects.get()

    def open_clause(kind):
        page.goto(f"/workspace/notices/drafts/{draft.pk}/clauses/{draft.clauses.get(kind=kind).pk}/")
        check()

    open_clause("quota")
    page.fill("[name='c.quota.min.min']", "2")
    page.locator("#pane .pane-says", has_text="不少于2项").wait_for()
    follow(page, page.get_by_role("button", name="确认，看下一条"))
    open_clause("duty")
    page.select_option("[name='c.duty.due.way']", "date")
    page.fill("[name='c.duty.due.date']", "2023-09-20")
    page.locator("#pane .pane-says", has_text="2023年9月20日").wait_for()
    follow(page, page.get_by_role("button", name="确认，看下一条"))
    for kind in ("routing", "contact"):
        open_clause(kind)
        follow(page, page.get_by_role("button", name="确认，看下一条"))

    page.goto(f"/workspace/notices/drafts/{draft.pk}/header/")
    check()
    page.fill("[name='h.recipients.0.title']", "各镇科协")
    # whom the line means: lists that open when they are pressed
    page.evaluate(
        """() => {
          document.querySelector('[name="h.recipients.0.kinds.own"]').value = "association";
          document.querySelector('[name="h.recipients.0.levels"][value="town"]').checked = true;
        }"""
    )
    page.locator("button[name=act][value=save]").click()
    page.get_by_text("文头已保存").wait_for()

    page.goto(f"/workspace/notices/drafts/{draft.pk}/issue/")
    check()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发出通知").click()
    page.get_by_text("已发出，现在起生效").wait_for()

    town = county.towns[0]
    notice = Notice.objects.get(place=county.county)
    now = rules_in_force(town, notice.season, at=AT)
    assert now["duty.organisation_summary"].params.due.words() == "2023年9月20日"
    assert now["quota.key_activities"].params.min == 2

    while outbox.deliver(at=AT):
        pass
    assert set(Delivery.objects.values_list("unit__code", flat=True)) == {"T1", "T2"}
    sign_in(page, "zhen")
    page.goto("/workspace/received/")
    check()
    follow(page, page.get_by_role("link", name="关于举办滦南县2023年全国科普日活动的通知").first)
    check()
    follow(page, page.get_by_role("button", name="签收").first)
    assert Delivery.objects.get(unit=town).received_at == AT
    page.goto("/workspace/duties/")
    page.get_by_text("工作总结").first.wait_for()
    page.goto("/workspace/calendar/")
    check()


def test_confirming_while_the_clause_saves_itself_is_no_conflict_with_oneself(county, desktop):
    page = desktop
    sign_in(page, "luan")
    begin(page, "document", TEXT)
    duty = NoticeDraft.objects.get().clauses.get(kind="duty")
    page.goto(f"/workspace/notices/drafts/{duty.draft_id}/clauses/{duty.pk}/")
    held = []

    def answered_late(route):
        if route.request.headers.get("hx-request"):
            held.append((route, route.fetch()))  # saved, and the answer is still on its way
        else:
            route.continue_()

    page.route(f"**/clauses/{duty.pk}/", answered_late)
    page.fill("[name='c.duty.title']", "科普日总结")
    while not held:
        page.wait_for_timeout(50)
    page.fill("[name='c.duty.title']", "科普日工作总结")
    page.get_by_role("button", name="确认，看下一条").click()
    route, answer = held.pop(0)
    route.fulfill(response=answer)
    page.wait_for_url(lambda url: not url.endswith(f"/clauses/{duty.pk}/"))

    duty.refresh_from_db()
    assert (duty.state, duty.data["duty"]["title"]) == ("confirmed", "科普日工作总结")
