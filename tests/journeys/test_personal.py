"""A reviewer shows the contact of a filing, on a phone; the contact finds it, takes everything away, and ends the account."""

import pytest

from kepu.accounts.models import Person
from kepu.activities.workflow import State
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_post
from tests.journeys.conftest import follow, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD, NUMBER = "东江边上的那座气象台", "13800000000"


@pytest.fixture
def filed(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 8, 26, 10))
    world = a_world()
    for name, unit, role in (
        ("梁主任", world.city_office, Role.REVIEWER),
        ("王联", world.school, Role.FILER),
    ):
        person = a_person(name, username="liang" if role == Role.REVIEWER else "wang")
        person.set_password(PASSWORD)
        person.save()
        a_post(unit, role, person=person)
    a_post(world.school, Role.FILER)
    contact = Person.objects.get(username="wang")
    contact.put_phone(NUMBER)
    contact.phone_verified_at = china(2023, 8, 1)
    contact.save()
    return an_activity(world, State.FILED)


def sign_in(page, username):
    page.goto("/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/workspace/")


def test_a_number_is_shown_by_an_act_and_its_owner_knows(filed, phone, desktop, check):
    sign_in(phone, "liang")
    phone.goto(f"/workspace/reviews/{filed.pk}/")
    assert phone.get_by_text("138****0000").is_visible()
    assert NUMBER not in phone.content()
    phone.get_by_role("button", name="显示联系人").click()
    phone.locator("#contact").get_by_text(NUMBER).wait_for()
    check()

    sign_in(desktop, "wang")
    desktop.get_by_text("王联").first.click()
    follow(desktop, desktop.get_by_role("link", name="我的个人信息"))
    looked_at(desktop)
    desktop.get_by_role("link", name="查看记录").click()
    desktop.get_by_text("活动“走进中医药”的联系人").wait_for()
    assert desktop.get_by_role("cell", name="东莞市科协").is_visible()
    looked_at(desktop)

    desktop.goto("/accounts/personal/")
    desktop.get_by_role("button", name="下载").click()
    desktop.wait_for_url(
        "**/accounts/again/**"
    )  # a copy is for the person, not for whoever finds the browser open
    desktop.fill("#id_password", PASSWORD)
    with desktop.expect_download() as taken:
        desktop.click("main form button")
    assert taken.value.suggested_filename == "my-personal-data.zip"

    desktop.goto("/accounts/personal/")
    follow(desktop, desktop.get_by_role("link", name="去注销"))  # who one is was proved a moment ago
    looked_at(desktop)
    desktop.get_by_label("我知道注销以后不能恢复").check()
    desktop.get_by_role("button", name="注销我的账号").click()
    desktop.get_by_text("账号已经注销").wait_for()
    closed = Person.objects.get(is_active=False)
    assert (closed.name, closed.phone) == (f"已注销人员 #{closed.pk}", "")
    desktop.goto("/privacy/")
    looked_at(desktop)
