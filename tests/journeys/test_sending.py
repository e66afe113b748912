"""The city sends a notice, a town on a phone opens it, receives it, sends it on, and finds its dates in the calendar."""

from datetime import timedelta

import pytest

from kepu.notices.models import Delivery, Notice
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.notices import china
from tests.factories.orgs import a_post
from tests.factories.returns import reporting
from tests.factories.sending import TOWNS, with_recipients, work
from tests.journeys.conftest import follow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD, NOW = "东江边上的那座气象台", china(2023, 8, 25, 10)


@pytest.fixture
def world(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: NOW)
    world = a_world(rules=reporting)
    with_recipients(Notice.objects.get(), TOWNS)
    for username, name, unit in (("liang", "梁主任", world.city_office), ("su", "苏镇科", world.town_office)):
        person = a_person(name, username=username)
        person.set_password(PASSWORD)
        person.save()
        a_post(unit, Role.COORDINATOR, person=person)
    return world


def sign_in(phone, username):
    phone.goto("/workspace/")
    phone.fill("#id_login", username)
    phone.fill("#id_password", PASSWORD)
    phone.click("main form button")
    phone.wait_for_url("**/workspace/")


def sign_out(phone):
    phone.context.clear_cookies()


def test_a_notice_goes_down_and_its_receipt_comes_up(world, phone, check):
    sign_in(phone, "liang")
    phone.goto("/workspace/sent/")
    phone.get_by_role("link", name="东莞市全国科普日活动通知").click()
    phone.get_by_role("link", name="发送通知").click()
    phone.get_by_text("一共 1 个单位，其中 0 个已经有了，这次送到 1 个。").wait_for()
    check()
    phone.get_by_role("button", name="发给这 1 个单位").click()
    phone.get_by_text("正在发送。").wait_for()
    work(NOW + timedelta(minutes=1))
    sign_out(phone)

    sign_in(phone, "su")
    follow(phone, phone.get_by_role("link", name="通知等签收"))
    check()
    phone.get_by_role("link", name="东莞市全国科普日活动通知").click()
    phone.get_by_role("button", name="签收").wait_for()
    check()
    for _moment in range(50):  # the page says by itself that it was opened
        if Delivery.objects.get().opened_at:
            break
        phone.wait_for_timeout(100)
    assert (Delivery.objects.get().opened_at, Delivery.objects.get().received_at) == (NOW, None)
    phone.get_by_role("button", name="签收").click()
    phone.get_by_text("回执留在这里。").wait_for()
    phone.get_by_role("link", name="看回执").click()
    phone.get_by_text("签收的留痕完好").wait_for()
    check()

    phone.goto(f"/workspace/received/{Delivery.objects.get().pk}/forwarding/")
    check()
    phone.get_by_label("点名的单位").fill("石龙中学")
    phone.get_by_role("button", name="看会发给谁").click()
    phone.get_by_role("button", name="转发给这 1 个单位").click()
    phone.get_by_text("正在转发").wait_for()
    work(NOW + timedelta(minutes=1))
    assert set(Delivery.objects.values_list("unit__name", flat=True)) == {"石龙镇科协", "石龙中学"}

    phone.goto("/workspace/calendar/?month=2023-09")
    check()
    phone.get_by_role("link", name="2023年9月8日：报送：分会场活动表").click()
    entry = phone.locator("[id='entry-duty.plan_table']")
    entry.get_by_text("为什么？").click()
    entry.get_by_text("2023年9月8日前报送分会场活动表").wait_for()
    check()
    phone.goto("/workspace/calendar/feed/")
    phone.get_by_role("button", name="生成日历地址").click()
    phone.get_by_role("button", name="换一个地址").wait_for()
    check()
    assert phone.input_value("#address").endswith(".ics")
    sign_out(phone)

    sign_in(phone, "liang")
    phone.goto(f"/workspace/sent/{Notice.objects.get().pk}/?tab=received")
    phone.get_by_role("link", name="石龙镇科协").wait_for()
    check()
