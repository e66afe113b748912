"""On the real notices: a county under 唐山 writes its own at a desk, and one of its towns has it on a phone."""

import pytest

from kepu.cli.loading import load_season, seasons_folder
from kepu.core import outbox
from kepu.notices.models import Delivery, Notice, NoticeDraft
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Place, Role
from tests.factories.accounts import a_person
from tests.factories.notices import china
from tests.factories.orgs import a_place, a_post, a_unit
from tests.journeys.conftest import PASSWORD, begin, follow, looked_at, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DAY = china(2023, 9, 4, 10)


@pytest.fixture
def town(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: DAY)
    list(load_season(seasons_folder() / "2023"))
    county = Place.objects.get(code="130224")
    place = a_place("130224901", "甲镇", parent=county)
    office = a_unit(county, "滦南县科普联络站", coordinates=[county])
    town = a_unit(place, "甲镇科普站", coordinates=[place])
    for username, unit, role in (("luan", office, Role.COORDINATOR), ("zhen", town, Role.FILER)):
        person = a_person(username, username=username)
        person.set_password(PASSWORD)
        person.save()
        a_post(unit, role, person=person)
    return town


def confirm(page, draft, above, **typed):
    row = draft.clauses.get(above=f"tangshan-2023#{above}")
    page.goto(f"/workspace/notices/drafts/{draft.pk}/clauses/{row.pk}/")
    for name, value in typed.items():
        control = page.locator(f"[name='{name}']")
        (control.select_option if name.endswith(".way") else control.fill)(value)
    page.locator("#pane .pane-says", has_text="2").wait_for()
    looked_at(page)
    follow(page, page.get_by_role("button", name="确认，看下一条"))


def test_its_own_quota_and_an_earlier_deadline_reach_the_town_the_same_moment(town, desktop, phone):
    page = desktop
    sign_in(page, "luan")
    begin(page, "parent")
    draft = NoticeDraft.objects.get()
    confirm(page, draft, "TS-47", **{"c.quota.min.min": "2"})
    confirm(page, draft, "TS-54", **{"c.duty.due.way": "date", "c.duty.due.date": "2023-09-22"})

    # all else is left to those above
    page.goto(f"/workspace/notices/drafts/{draft.pk}/?show=proposed")
    for box in page.locator("input[name=code]").all():
        box.check()
    page.get_by_role("button", name="不采用选中的").click()
    page.get_by_text("条不采用；要用时可以取回。").wait_for()

    page.goto(f"/workspace/notices/drafts/{draft.pk}/header/")
    page.fill("[name='h.recipients.0.title']", "各镇科协")
    page.evaluate(
        """() => {
          document.querySelector('[name="h.recipients.0.kinds.own"]').value = "association";
          document.querySelector('[name="h.recipients.0.levels"][value="town"]').checked = true;
        }"""
    )
    page.locator("button[name=act][value=save]").click()
    page.get_by_text("文头已保存").wait_for()
    page.goto(f"/workspace/notices/drafts/{draft.pk}/issue/")
    looked_at(page)
    page.get_by_text("管到1家。").first.wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发出通知").click()
    page.get_by_text("已发出，现在起生效").wait_for()

    notice = Notice.objects.get(place__code="130224")
    now = rules_in_force(town, notice.season, at=DAY)
    assert {now[key].clause.notice.code for key in ("quota.key_activities", "duty.organisation_summary")} == {
        notice.code
    }
    assert now["duty.organisation_summary"].params.due.words() == "2023年9月22日"

    while outbox.deliver(at=DAY):
        pass
    sign_in(phone, "zhen")
    phone.goto("/workspace/received/")
    follow(phone, phone.get_by_role("link", name="关于举办滦南县2023年全国科普日活动的通知").first)
    looked_at(phone)
    phone.get_by_role("button", name="签收").first.click()
    phone.get_by_text("回执留在这里。").wait_for()
    assert Delivery.objects.get(unit=town).received_at == DAY
