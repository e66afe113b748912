"""The line breaks in the middle of a filing, the session ends, another tab writes: it is said plainly, and nothing is lost."""

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from tests.journeys.conftest import looked_at, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def kept(page):
    """What the browser keeps of forms, as text."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('kepu:draft')).map(String).join()"
    )


def nothing_is_kept(page):
    """Everything is with the server, and so the browser comes to keep nothing."""
    for _moment in range(50):
        if kept(page) == "":
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept(page))


def said(page, words):
    """The line that says whether what is written is kept comes to say this."""
    page.locator("[data-kept-line]").get_by_text(words).wait_for()


def saved(page, name, text):
    """Write, and wait until it has been saved by itself."""
    with page.expect_response("**/saving/"):
        page.fill(f"#id_{name}", text)
    said(page, "已自动保存 10:00")


def begun(page, title="走进气象台"):
    """A filing that has been saved by itself once."""
    sign_in(page, "chen")
    page.goto("/workspace/activities/new/")
    page.wait_for_selector("form[data-in-steps]")
    saved(page, "title", title)
    return Activity.objects.get()


def test_what_is_written_without_a_line_survives_the_closed_page_and_is_sent_when_it_is_back(school, phone):
    it = begun(phone)
    context = phone.context
    context.set_offline(True)
    phone.evaluate("location.hash = 'part-when'")
    phone.get_by_label("线下", exact=True).check()
    phone.evaluate("location.hash = 'part-where'")
    phone.fill("#id_venue", "石龙中学礼堂")
    phone.evaluate("location.hash = 'part-who'")
    phone.fill("#id_contact_phone", "13800000000")
    said(phone, "没有网络，已先存在这台设备上，连上后自动保存。")
    said(phone, "电话不留在设备上")
    looked_at(phone)
    phone.evaluate("location.hash = 'part-check'")
    phone.get_by_role("button", name="存草稿").last.click()
    said(phone, "刚才按的没有办成")
    assert phone.url.endswith("#part-check")
    assert "石龙中学礼堂" in kept(phone)
    assert "13800000000" not in kept(phone)
    phone.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(f"/workspace/activities/{it.pk}/edit/")
    looked_at(again)
    again.get_by_role("button", name="接着填").click()
    said(again, "已自动保存 10:00")
    nothing_is_kept(again)
    it.refresh_from_db()
    assert (it.title, it.venue, it.mode, Activity.objects.count()) == (
        "走进气象台",
        "石龙中学礼堂",
        "offline",
        1,
    )

    # and without closing anything: it goes by itself when the line is back
    context.set_offline(True)
    again.evaluate("location.hash = 'part-what'")
    again.fill("#id_summary", "看云识天气")
    said(again, "没有网络，已先存在这台设备上")
    context.set_offline(False)
    said(again, "已自动保存 10:00")
    nothing_is_kept(again)
    it.refresh_from_db()
    assert (it.summary, it.state) == ("看云识天气", State.DRAFT)


def test_an_answer_that_is_lost_is_no_conflict_with_oneself(school, phone):
    it = begun(phone)
    lost = []

    def lose(route):
        """The server has it; the phone never hears so."""
        lost.append(route.fetch().status)
        route.abort("internetdisconnected")

    phone.route("**/saving/", lose, times=1)
    phone.fill("#id_summary", "看云识天气")
    said(phone, "没有网络，已先存在这台设备上")
    phone.fill("#id_subtheme", "云")
    said(phone, "已自动保存 10:00")
    nothing_is_kept(phone)
    it.refresh_from_db()
    assert (lost, it.summary, it.subtheme, it.version) == ([200], "看云识天气", "云", 3)


def test_the_second_of_two_pages_is_told_and_sees_both(school, phone):
    it = begun(phone)
    other = phone.context.new_page()
    other.goto(f"/workspace/activities/{it.pk}/edit/")
    other.wait_for_selector("form[data-in-steps]")
    saved(phone, "summary", "第一个页面")
    other.fill("#id_summary", "第二个页面")
    said(other, "另一个页面已经改过这份草稿")
    looked_at(other)
    other.get_by_role("button", name="比对两份").click()
    shown = other.locator("#theirs")
    shown.get_by_text("第一个页面").wait_for()
    looked_at(other)
    other.get_by_role("button", name="按我填的存").click()
    other.get_by_text("草稿已保存。").wait_for()
    it.refresh_from_db()
    assert it.summary == "第二个页面"


def test_whoever_is_signed_out_meanwhile_signs_in_beside_it_and_goes_on(school, phone):
    it = begun(phone)
    phone.context.clear_cookies()
    phone.fill("#id_summary", "看云识天气")
    said(phone, "登录已过期，还没有存到服务器。")
    looked_at(phone)
    assert phone.input_value("#id_summary") == "看云识天气"
    with phone.context.expect_page() as beside:
        phone.get_by_role("link", name="在新页面里重新登录").click()
    sign_in(beside.value, "chen")
    beside.value.close()
    phone.bring_to_front()
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    said(phone, "已自动保存 10:00")
    it.refresh_from_db()
    assert it.summary == "看云识天气"
