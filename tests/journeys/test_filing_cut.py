"""The same first filing on a phone, with the network cut in the middle: one goes on writing, and files when it is back."""

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit
from tests.factories.notices import china
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def on(phone, code):
    phone.get_by_role("button", name="下一步").click()
    phone.wait_for_selector(f"#part-{code}-title:focus")


def kept_line(phone, words):
    phone.locator("[data-kept-line]").get_by_text(words).wait_for()


def test_a_first_filing_goes_on_without_a_line_and_is_filed_once(school, phone, check):
    sign_in(phone, "chen")
    phone.get_by_role("link", name="新建活动").click()
    phone.wait_for_selector("form[data-in-steps]")
    phone.fill("#id_title", "走进气象台")
    kept_line(phone, "已自动保存 10:00")

    phone.context.set_offline(True)
    on(phone, "kind")
    on(phone, "when")
    phone.get_by_label("线下", exact=True).check()
    phone.fill("#id_starts_at", "2023-09-17T09:00")
    phone.fill("#id_ends_at", "2023-09-17T12:00")
    on(phone, "where")
    phone.fill("#id_venue", "石龙中学礼堂")
    on(phone, "whom")
    phone.fill("#id_participants_expected", "120")
    on(phone, "join")
    on(phone, "who")
    phone.fill("#id_safety_person", "张安")
    phone.fill("#id_host_place_person", "李场")
    kept_line(phone, "没有网络，已先存在这台设备上")
    check()
    # whoever files now is told that it did not go through, and stays where they are
    phone.locator("#left-all").click()
    phone.get_by_role("button", name="填报，交审核").click()
    kept_line(phone, "没有网络，刚才按的没有办成。")
    check()
    assert [(it.state, it.venue) for it in Activity.objects.all()] == [(State.DRAFT, "")]

    phone.context.set_offline(False)
    kept_line(phone, "已自动保存 10:00")
    phone.locator("#left-all").get_by_text("可以填报").wait_for()
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_text("“走进气象台”已填报，由东莞市科协审核。").wait_for()
    check()

    it = Activity.objects.get()
    assert (it.state, it.venue, it.starts_at) == (State.FILED, "石龙中学礼堂", china(2023, 9, 17, 9))
    assert (it.participants_expected, it.safety_person) == (120, "张安")
    assert [row.event for row in audit.of(it)] == ["activity.drafted", "activity.filed"]
