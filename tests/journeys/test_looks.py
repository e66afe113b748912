"""Choosing how pages look, and a place: with a keyboard, without scripts, on paper."""

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, a_notice

pytestmark = pytest.mark.journey

WEEK = {
    "code": "concentrated",
    "title": "集中开展",
    "start": {"date": "2023-08-24"},
    "end": {"date": "2023-09-23"},
}


@pytest.fixture
def season(school, settings):
    """A month in which one is in the middle, with something on. The address of each page."""
    settings.KEPU_REHEARSAL = True
    notice = a_notice(school.season, school.nation, "na", number="科协发普字〔2023〕15号")
    a_clause(notice, "NA-05", "theme", {"text": "提升全民科学素质，助力科技自立自强"}, number="一")
    a_clause(notice, "NA-06", "window", WEEK, number="一")
    shown = an_activity(school, State.PUBLISHED, title="走进气象台：台风是怎样被看见的", key_activity=True)
    an_activity(school, State.CANCELLED, title="取消的讲座")
    return {"home": "/", "list": "/activities/", "detail": f"/activities/{shown.pk}/"}


def wearing(page, code):
    page.context.clear_cookies()
    if code:
        page.context.add_cookies([{"name": "kepu_look", "value": code, "url": page.base}])
    return page


@pytest.fixture
def visitor(phone, live_server):
    phone.base = live_server.url
    return phone


def test_nothing_on_the_front_page_jumps(visitor, season):
    page = wearing(visitor, "")
    page.goto("/", wait_until="networkidle")
    shift = page.evaluate("""() => new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
          .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 300);
    })""")
    assert shift < 0.01


def test_a_look_is_chosen_with_the_keyboard_and_stays(visitor, season):
    page = wearing(visitor, "")
    page.goto("/", wait_until="networkidle")
    page.focus(".looks > summary")
    page.keyboard.press("Enter")
    page.locator(".looks .segment", has_text="大字").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.dataset.look === 'large'")
    page.goto("/activities/")
    assert page.get_attribute("html", "data-look") == "large"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"


def test_without_scripts_the_look_and_the_place_are_chosen_all_the_same(chromium, season, live_server):
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto("/")
    page.click("text=显示方式 >> nth=0")
    page.click(".looks .segment:has-text('深色')")
    assert page.get_attribute("html", "data-look") == "dark"
    page.click("text=离我近的")
    page.fill("#place_q", "东莞市")
    page.click("main form button")
    assert page.url.endswith("/?place=441900")
    assert page.inner_text("h1").split() == ["2023年全国科普日", "东莞市"]
    context.close()


def test_a_place_once_chosen_is_offered_again(visitor, season):
    page = wearing(visitor, "")
    page.goto("/?place=441900", wait_until="networkidle")
    page.goto("/", wait_until="networkidle")
    page.click("text=回到东莞市")
    assert page.url.endswith("/?place=441900")


@pytest.mark.parametrize("allowed", [True, False])
def test_near_me_asks_the_device_and_else_lets_one_choose(chromium, season, live_server, allowed):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 800},
        geolocation={"latitude": 23.020673, "longitude": 113.751765}, permissions=["geolocation"] if allowed else [],
    )  # fmt: skip
    page = context.new_page()
    page.goto("/", wait_until="networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.click("text=离我近的")
    page.wait_for_url(lambda url: "/activities/" in url or "/place/" in url)
    assert any("near=23.021%2C113.752" in url for url in asked) is allowed
    assert ("/place/" in page.url) is not allowed
    context.close()


def test_on_paper_a_page_is_black_on_white_and_has_no_menus(visitor, season):
    page = wearing(visitor, "dark")
    for name in ("home", "list", "detail"):
        page.goto(season[name], wait_until="networkidle")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        for menu in (".site-header", ".site-footer", ".search-line", ".strip"):
            assert not page.is_visible(menu), menu
        assert page.is_visible("h1")
        page.emulate_media(media="screen")
