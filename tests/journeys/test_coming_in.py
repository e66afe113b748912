"""A unit comes in on a phone, is approved at a desk, and its person signs in for the first time."""

import re

import pytest
from django.core import mail

from kepu.core import clock, outbox
from kepu.orgs.models import Role, Unit
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.coming import kinds_known
from tests.factories.orgs import a_post, a_unit
from tests.journeys.conftest import follow, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "东江边上的那座气象台"


@pytest.fixture
def world():
    kinds_known()
    world = a_world()
    person = a_person("苏镇科", username="su")
    person.set_password(SECRET)
    person.save()
    a_post(world.town_office, Role.COORDINATOR, person=person)
    a_unit(world.town, "石龙科学馆", kind="venue")
    return world


def sign_in(page, name):
    page.goto("/accounts/login/")
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码").fill(SECRET)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(re.compile("/workspace/"))


def mails():
    while outbox.deliver(at=clock.now()):
        pass
    return mail.outbox


def test_from_the_form_to_the_first_page_of_the_workspace(world, phone, desktop):
    phone.goto("/join/?q=石龙天文馆")
    looked_at(phone)
    phone.get_by_role("link", name="登记新单位").click()
    phone.get_by_label("单位全称").fill("石龙镇科学馆")
    phone.get_by_label("单位类别").select_option(label="场馆")
    phone.get_by_label("所在地区").fill("石龙镇")
    phone.get_by_label("登记以后要办什么").fill("填报科普日活动")
    phone.get_by_label("您的姓名").fill("林晓")
    phone.get_by_label("手机或单位电话").fill("13800138000")
    phone.get_by_label("电子邮箱").fill("linxiao@example.cn")
    phone.get_by_label("我已阅读并同意").check()
    phone.get_by_role("button", name="提交登记申请").click()
    # one that looks the same is there: it is another
    phone.get_by_label("不是上面的单位").check()
    looked_at(phone)
    phone.get_by_role("button", name="提交登记申请").click()
    phone.wait_for_url(re.compile(r"/join/[\w-]{43}/"))
    looked_at(phone)

    sign_in(desktop, "su")
    desktop.get_by_role("link", name="登记申请等审核").click()
    follow(desktop, desktop.get_by_role("link", name="石龙镇科学馆"))
    looked_at(desktop)
    desktop.get_by_role("button", name="看全部联系方式").click()
    desktop.get_by_text("13800138000").wait_for()
    desktop.get_by_role("button", name="通过", exact=True).click()
    desktop.get_by_text("“石龙镇科学馆”可以填报了").wait_for()
    desktop.goto(f"/workspace/units/{Unit.objects.get(name='石龙镇科学馆').pk}/")
    looked_at(desktop)

    told = next(m for m in mails() if "已通过" in m.subject)
    phone.goto(re.search(r"https?://[^/]+(/accounts/password/reset/)", told.body)[1])
    phone.get_by_label("电子邮箱").fill("linxiao@example.cn")
    phone.get_by_role("button", name="寄链接给我").click()
    phone.wait_for_url(re.compile("done"))
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+/)", mail.outbox[-1].body)[1]
    phone.goto(link)
    for label in ("新密码，再输一遍", "新密码"):
        phone.get_by_label(label, exact=True).fill(SECRET)
    phone.get_by_role("button", name="用这个密码").click()
    phone.wait_for_url(re.compile("done"))
    sign_in(phone, "linxiao@example.cn")
    assert phone.get_by_text("石龙镇科学馆").first.is_visible()
