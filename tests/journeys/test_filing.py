"""Somebody of a school, on a phone, files an activity step by step: the notice speaks while they type, they mend, and file."""

import re

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit
from tests.factories.notices import china
from tests.journeys.conftest import looked_at, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CLAUSE = "东科协〔2023〕17号六（二）1"


def on_step(phone, title):
    """The step is the one shown, and the reader stands at its heading."""
    phone.locator("[data-step-said]").get_by_text(re.compile(rf"^\d+/\d+ {title}$")).wait_for()
    assert phone.evaluate("document.activeElement.textContent") == title
    assert phone.locator(".questions:visible, #part-check:visible").count() == 1


def on(phone):
    phone.get_by_role("button", name="下一步").click()


def test_filing_on_a_phone_in_steps(school, phone, check):
    sign_in(phone, "chen")
    phone.get_by_role("link", name="新建活动").click()
    phone.wait_for_selector("form[data-in-steps]")
    check()
    phone.fill("#id_title", "走进气象台")
    on(phone)
    on_step(phone, "属于哪一类")
    on(phone)

    on_step(phone, "什么时候")
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
    # meanwhile it has saved itself, and the page has the draft's own address
    phone.get_by_text("已自动保存 10:00").wait_for()
    phone.wait_for_url("**/activities/*/edit/#part-when")

    on(phone)
    on_step(phone, "在什么地方")
    check()
    phone.fill("#id_venue", "石龙中学礼堂")
    on(phone)
    on_step(phone, "给谁")
    check()
    phone.fill("#id_participants_expected", "120")
    phone.go_back()
    on_step(phone, "在什么地方")

    # the answer of the gates leads to every question that it speaks of, in whichever step
    phone.locator("#left-all").click()
    on_step(phone, "检查并填报")
    check()
    phone.locator("#standing").get_by_role("link", name="安全责任人").first.click()
    phone.wait_for_selector("#id_safety_person:focus")
    check()
    phone.fill("#id_safety_person", "张安")
    phone.fill("#id_host_place_person", "李场")
    for code in ("units", "care", "key"):
        phone.evaluate("code => { location.hash = `part-${code}` }", code)
        phone.wait_for_selector(f"#part-{code}-title:focus")
        check()
    phone.locator("#left-all").click()
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_role("alert").get_by_text("不少于7天；现在是3天。").wait_for()
    check()

    phone.get_by_role("alert").get_by_role("link").first.click()
    phone.wait_for_selector("#id_starts_at:focus")
    phone.fill("#id_starts_at", "2023-09-17T09:00")
    phone.fill("#id_ends_at", "2023-09-17T12:00")
    phone.locator("#left-all").get_by_text("可以填报").wait_for()
    assert phone.locator("#said-starts_at").inner_text() == ""
    phone.locator("#left-all").click()
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_text("“走进气象台”已填报，由东莞市科协审核。").wait_for()
    check()

    it = Activity.objects.get()
    assert (it.state, it.title, it.starts_at) == (State.FILED, "走进气象台", china(2023, 9, 17, 9))
    assert (it.participants_expected, it.venue) == (120, "石龙中学礼堂")
    assert phone.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kepu:draft'))") == []
    assert [row.event for row in audit.of(it)] == ["activity.drafted", "activity.filed"]


def test_filing_without_scripts_is_one_page(school, chromium, live_server):
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, base_url=live_server.url, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, "chen")
    page.get_by_role("link", name="新建活动").click()
    page.get_by_role("button", name="填报，交审核").wait_for()  # the last of a page that comes in pieces
    assert page.locator(".questions:visible").count() == page.locator(".questions").count() > 1
    assert page.locator(".filing-bar:visible").count() == 0
    page.get_by_role("navigation", name="填报的各部分").get_by_role("link", name="给谁").click()
    assert page.url.endswith("#part-whom")
    page.get_by_label("线下", exact=True).check()
    for name, value in {
        "title": "走进气象台", "starts_at": "2023-09-17T09:00", "ends_at": "2023-09-17T12:00", "venue": "石龙中学礼堂",
        "participants_expected": "120", "safety_person": "张安",
    }.items():  # fmt: skip
        page.fill(f"#id_{name}", value)
    page.get_by_role("button", name="填报，交审核").click()
    page.locator(".form-errors").get_by_role("link").first.click()
    page.fill("#id_host_place_person", "李场")
    page.get_by_role("button", name="填报，交审核").click()
    page.get_by_text("“走进气象台”已填报，由东莞市科协审核。").wait_for()
    context.close()

    assert Activity.objects.get().state == State.FILED


def test_on_a_desk_it_is_one_page_and_enter_files_nothing(school, desktop):
    sign_in(desktop, "chen")
    desktop.goto("/workspace/activities/new/")
    desktop.wait_for_selector("form[data-in-steps], .filing-ways[hidden]", state="attached")
    looked_at(desktop)
    assert desktop.locator(".questions:visible").count() == desktop.locator(".questions").count() > 1
    desktop.fill("#id_title", "走进气象台")
    desktop.press("#id_title", "Enter")
    desktop.get_by_text("已自动保存 10:00").wait_for()
    looked_at(desktop)
    assert Activity.objects.get().state == State.DRAFT
