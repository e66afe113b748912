"""Somebody of a school, on a phone, files an activity: the notice speaks while they type, they mend, and file."""

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.notices import china
from tests.factories.orgs import a_post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD, CLAUSE = "东江边上的那座气象台", "东科协〔2023〕17号六（二）1"


@pytest.fixture
def school(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 8, 25, 10))
    world = a_world()
    person = a_person("陈晓明", username="chen")
    person.set_password(PASSWORD)
    person.save()
    a_post(world.school, Role.FILER, person=person)
    return world


def kept(phone):
    """The drafts that the browser keeps."""
    return phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kepu:draft'))")


def test_filing_on_a_phone(school, phone, check):
    phone.goto("/workspace/")
    phone.fill("#id_login", "chen")
    phone.fill("#id_password", PASSWORD)
    check()
    phone.click("main form button")
    phone.wait_for_url("**/workspace/")
    check()

    phone.get_by_role("link", name="新建活动").click()
    check()
    phone.fill("#id_title", "走进气象台")
    phone.get_by_label("线下", exact=True).check()
    phone.fill("#id_starts_at", "2023-08-28T09:00")
    phone.fill("#id_ends_at", "2023-08-28T12:00")

    # the notice answers beside the field, while the rest is still being written
    said = phone.locator("#said-starts_at")
    said.get_by_text("不少于7天；现在是3天。").wait_for()
    assert CLAUSE in said.inner_text().replace("\n", "").replace(" ", "")
    said.get_by_text("为什么？").click()
    said.get_by_text("填报时、发布时，距活动开始的天数不少于7天。").wait_for()
    check()

    phone.fill("#id_venue", "石龙中学礼堂")
    phone.fill("#id_participants_expected", "120")
    phone.fill("#id_safety_person", "张安")
    phone.fill("#id_host_place_person", "李场")
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_role("alert").get_by_text("不少于7天；现在是3天。").wait_for()
    check()
    assert phone.input_value("#id_venue") == "石龙中学礼堂"

    phone.fill("#id_starts_at", "2023-09-17T09:00")
    phone.fill("#id_ends_at", "2023-09-17T12:00")
    phone.locator("#standing[data-ready=yes]").wait_for()
    assert phone.locator("#said-starts_at").inner_text() == ""
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_text("“走进气象台”已填报，由东莞市科协审核。").wait_for()
    check()

    it = Activity.objects.get()
    assert (it.state, it.title, it.starts_at) == (State.FILED, "走进气象台", china(2023, 9, 17, 9))
    assert kept(phone) == []


def test_what_was_typed_is_offered_again_after_the_browser_was_closed(school, phone):
    phone.goto("/workspace/activities/new/")
    phone.fill("#id_login", "chen")
    phone.fill("#id_password", PASSWORD)
    phone.click("main form button")
    phone.fill("#id_title", "还没有存的活动")  # perhaps before the script is there: it looks when it comes
    for _moment in range(50):
        if kept(phone):
            break
        phone.wait_for_timeout(100)
    assert len(kept(phone)) == 1

    phone.goto("/workspace/activities/new/")
    phone.get_by_role("button", name="接着填").click()

    assert phone.input_value("#id_title") == "还没有存的活动"
    assert not Activity.objects.exists()
