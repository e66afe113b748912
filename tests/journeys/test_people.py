"""A filer invites a colleague by link, the colleague makes an account on a phone, stands in, and takes over."""

import pytest
from playwright.sync_api import expect

from kepu.orgs.models import Post, Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.notices import china
from tests.factories.orgs import a_post, a_unit
from tests.journeys.conftest import follow, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "东江边上的那座气象台"


@pytest.fixture
def school(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 8, 25, 10))
    world = a_world()
    person = a_person("陈晓明", username="chen")
    person.set_password(PASSWORD)
    person.save()
    a_post(world.school, Role.FILER, person=person)
    return world.school


def sign_in(page, username):
    page.goto("/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/workspace/**")


def test_a_unit_gets_in_by_itself_and_hands_over(school, desktop, phone, check):
    sign_in(desktop, "chen")
    follow(desktop, desktop.get_by_role("link", name="人员"))
    looked_at(desktop)
    follow(desktop, desktop.get_by_role("link", name="邀请"))
    looked_at(desktop)
    desktop.fill("#id_name", "教务处李老师")
    desktop.get_by_role("button", name="发出邀请").click()
    link = desktop.locator(".invitation-link").inner_text()
    looked_at(desktop)

    phone.goto(link[link.index("/invitations/") :])
    check()
    phone.fill("#id_name", "李老师")
    phone.fill("#id_username", "li")
    phone.fill("#id_password", PASSWORD)
    phone.fill("#id_again", PASSWORD)
    phone.get_by_role("button", name="建账号并接受").click()
    phone.get_by_text("欢迎！您现在担任“石龙中学”的填报人员。").wait_for()
    phone.goto("/workspace/people/")
    check()
    phone.locator(".menu-whole > summary").click()
    check()
    phone.locator(".menu-whole").get_by_role("link", name="留痕").click()
    expect(phone.locator(".menu > ul [aria-current]")).to_be_in_viewport(ratio=0.9)  # the last entry of all

    # once, and never again
    again = phone.request.get(link[link.index("/invitations/") :])
    assert (again.status, "这个邀请已经用过" in again.text()) == (410, True)

    desktop.goto("/workspace/people/")
    desktop.locator(".person-post").first.get_by_role("link", name="请人代理").click()
    desktop.get_by_label("请谁代理").select_option("李老师")
    desktop.fill("#id_since", "2023-08-25")
    desktop.fill("#id_until", "2023-08-31")
    looked_at(desktop)
    desktop.get_by_role("button", name="请人代理").click()
    desktop.get_by_text("代理中").wait_for()
    looked_at(desktop)

    # the two ways of acting, by the keyboard alone
    phone.goto("/workspace/unit/")
    check()
    phone.locator("main button[name=unit]").first.focus()
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Enter")
    phone.get_by_text("现在代陈晓明办理“石龙中学”的事。").wait_for()
    check()

    desktop.locator(".person-post").first.get_by_role("link", name="交接").click()
    desktop.get_by_label("谁来接手").select_option("李老师")
    looked_at(desktop)
    desktop.get_by_role("button", name="交接").click()
    # who handed everything over acts for nobody any more
    desktop.get_by_text("您的账号还没有岗位").wait_for()
    assert list(Post.objects.filter(until=None).values_list("person__username", "role")) == [
        ("li", Role.FILER)
    ]


def test_among_many_units_one_types_the_name(school, phone, check):
    person = a_person("周统筹", username="zhou")
    person.set_password(PASSWORD)
    person.save()
    for number in range(12):
        a_post(a_unit(school.place, f"石龙镇第{number + 1}小学"), person=person)
    sign_in(phone, "zhou")
    check()
    phone.keyboard.type("第7小")
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="石龙镇第7小学").click()
    phone.get_by_text("现在代表“石龙镇第7小学”办理。").wait_for()
