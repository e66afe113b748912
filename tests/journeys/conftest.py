"""A real browser before a running server: for the few ways through the pages that everything hangs on."""

import os
import re
import shutil

import pytest

from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.notices import china
from tests.factories.orgs import a_post

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WEIGHTY = ("serious", "critical")
# what a browser writes on its console where our pages answer a refusal, or a journey cuts the line
EXPECTED = re.compile(r"status of (403|409|422)|Status Error Code 403|ERR_INTERNET_DISCONNECTED")
PASSWORD = "滦河边上的那座天文台"


@pytest.fixture(scope="module")
def chromium():
    """The browser of the machine. Without one the journeys are skipped, unless KEPU_REQUIRE_BROWSER=1 asks for it.

    Playwright keeps an event loop in this thread, which Django takes for asynchronous code; it ends with the module.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        (pytest.fail if os.environ.get("KEPU_REQUIRE_BROWSER") == "1" else pytest.skip)(
            "there is no Chromium here"
        )
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIETLY))
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium, live_server):
    """A page of 360 pixels. At the end nothing may have gone wrong in it: no error on the console, no scrolling aside."""
    yield from _page(chromium, live_server, 360)


@pytest.fixture
def desktop(chromium, live_server):
    """A page of 1280 pixels, held to the same."""
    yield from _page(chromium, live_server, 1280)


def _page(chromium, live_server, width):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale="zh-CN", base_url=live_server.url
    )
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert [text for text in wrong if not EXPECTED.search(text)] == []


@pytest.fixture
def school(transactional_db, monkeypatch):
    """A school in a city whose notice asks for something, and its teacher "chen" who files for it."""
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 8, 25, 10))
    world = a_world()
    person = a_person("陈晓明", username="chen")
    person.set_password(PASSWORD)
    person.save()
    a_post(world.school, Role.FILER, person=person)
    return world


@pytest.fixture
def check(phone):
    """Look at the page as it is: nothing weighty for those who see or hear it otherwise, and as wide as its window."""
    return lambda: looked_at(phone)


def follow(page, link):
    """Press what leads to another page and wait for that page: a click alone returns while the old one still stands."""
    with page.expect_navigation():
        link.click()


def looked_at(page):
    """What :func:`check` does, for any page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    said = [f"{v['id']}: {n['html'][:120]}" for v in found if v["impact"] in WEIGHTY for n in v["nodes"]]
    assert said == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url


def sign_in(page, username):
    """Whoever was signed in is not any more."""
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/workspace/")


def begin(page, way, text=""):
    """Begin a notice at the desk in one of its ways."""
    page.goto("/workspace/notices/drafts/new/")
    page.check(f"input[name=way][value={way}]")
    if text:
        page.get_by_label("贴上通知的文字").fill(text)
    looked_at(page)
    page.get_by_role("button", name="开始起草").click()
    page.wait_for_url("**/notices/drafts/*/**")
