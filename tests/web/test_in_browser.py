"""What only a browser can tell: behaviours."""

import os
import shutil

import pytest

from kepu.core import clock

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        BROWSER is None and not os.environ.get("KEPU_REQUIRE_BROWSER"),
        reason="there is no Chromium on this machine",
    ),
]


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # playwright's own loop runs in this thread; Django takes it for ours
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, settings, noon):
    settings.KEPU_REHEARSAL = True
    clock.set_rehearsal_clock(noon)
    return live_server.url


@pytest.fixture
def tab(chromium, request):
    """A tab in which nothing may be complained of: no script fails, nothing is kept out by our own policy."""
    context = chromium.new_context(**getattr(request, "param", {}))
    tab = context.new_page()
    complaints = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield tab
    context.close()
    assert complaints == []


def wait_until_kept(tab, *texts):
    """The browser keeps a draft that holds these; the script waits a little after the last key."""
    for _moment in range(50):
        drafts = tab.evaluate(
            "Object.entries(localStorage).filter(([k]) => k.startsWith('kepu:draft:')).map(([, v]) => v)"
        )
        if any(all(text in draft for text in texts) for draft in drafts):
            return
        tab.wait_for_timeout(100)
    raise AssertionError(f"no draft holds {texts}: {drafts}")


def test_what_was_typed_is_offered_back_in_the_same_browser(site, tab):
    tab.goto(f"{site}/gallery/")
    tab.fill("#fresh_title", "走进气象台")
    tab.check("text=农民")
    wait_until_kept(tab, "走进气象台", ",true]")

    tab.goto(f"{site}/gallery/")
    assert tab.input_value("#fresh_title") == ""
    tab.click("text=接着填")

    assert (tab.input_value("#fresh_title"), tab.is_checked("text=农民")) == ("走进气象台", True)
    assert tab.locator("text=接着填").count() == 0


def test_what_is_not_wanted_is_forgotten(site, tab):
    tab.goto(f"{site}/gallery/")
    tab.fill("#fresh_title", "走进气象台")
    wait_until_kept(tab, "走进气象台")
    tab.goto(f"{site}/gallery/")
    tab.click("text=不要了")

    tab.goto(f"{site}/gallery/")
    tab.wait_for_load_state("networkidle")
    assert tab.locator("text=接着填").count() == 0


def test_a_dialog_opens_and_is_dismissed(site, tab):
    tab.goto(f"{site}/gallery/")
    tab.wait_for_load_state("networkidle")
    tab.click("text=退回修改…")
    assert tab.is_visible("#g-why")
    tab.click("text=不退了")
    assert not tab.is_visible("#g-why")


def test_filters_apply_as_they_are_chosen(site, tab):
    tab.goto(f"{site}/gallery/")
    tab.wait_for_load_state("networkidle")
    with tab.expect_navigation():
        tab.select_option("#g-kind", label="讲座")
    assert "kind=%E8%AE%B2%E5%BA%A7" in tab.url


def test_a_day_passes_by_a_press_of_a_button(site, tab, noon):
    tab.goto(site)
    tab.click("text=过一天")
    assert tab.inner_text("#notices").strip() == "演练时间已经调到2023年9月2日。"


def test_a_row_is_added_where_it_stands_and_what_was_typed_stays(site, tab):
    tab.goto(f"{site}/gallery/clauses/list/")
    tab.wait_for_load_state("networkidle")
    tab.fill("[name='c.summary']", "还没有保存的概述。")
    tab.fill("[name='c.list.items.0.label']", "大家讲座")
    tab.click("text=加一项")
    tab.wait_for_selector("[name='c.list.items.4.label']:focus")
    tab.keyboard.type("电影")
    tab.click("[name='_up:c.list.items.4']")
    tab.wait_for_selector("[name='_up:c.list.items.3']:focus")

    labels = [tab.input_value(f"[name='c.list.items.{n}.label']") for n in range(5)]
    assert labels == ["大家讲座", "朗读会", "书画展", "电影", "换书集市"]
    assert tab.input_value("[name='c.summary']") == "还没有保存的概述。"


def test_a_question_is_there_when_another_answer_asks_for_it(site, tab):
    tab.goto(f"{site}/gallery/clauses/theme/?empty")
    tab.wait_for_load_state("networkidle")
    assert (tab.is_visible("#c-theme-text"), tab.is_visible("#c-theme-set_by")) == (True, False)
    tab.check("input[name='c.theme.role'][value=right]")
    assert (tab.is_visible("#c-theme-text"), tab.is_visible("#c-theme-set_by")) == (False, True)
    tab.check("input[name='c.status'][value=pending]")
    assert tab.is_visible("#c-waits_for")


def test_what_holds_something_is_never_hidden(site, tab):
    tab.goto(f"{site}/gallery/clauses/theme/")
    tab.wait_for_load_state("networkidle")
    tab.check("input[name='c.theme.role'][value=right]")
    assert tab.is_visible("#c-theme-text")


def test_the_rest_of_a_gate_follows_what_it_is_about(site, tab):
    tab.goto(f"{site}/gallery/clauses/gate/?empty")
    tab.wait_for_load_state("networkidle")
    with tab.expect_response("**/gallery/clauses/gate/"):
        tab.select_option("#c-gate-fact", "mode")
    tab.wait_for_selector("#c-gate-contains >> text=线上线下结合")
    assert not tab.is_visible("#c-gate-min")


def test_a_long_list_is_looked_through(site, tab):
    tab.goto(f"{site}/gallery/clauses/text/")
    tab.wait_for_load_state("networkidle")
    tab.click("#c-audience-kinds summary")
    tab.fill("#c-audience-kinds input[type=search]", "馆")
    shown = tab.locator("#c-audience-kinds label:visible").all_inner_texts()
    tab.check("#c-audience-kinds >> text=博物馆")

    assert [label.strip() for label in shown] == ["图书馆", "博物馆"]
    assert tab.inner_text("#c-audience-kinds [data-picks-said]") == "博物馆"


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_rows_are_added_and_every_question_is_there(site, tab):
    tab.goto(f"{site}/gallery/clauses/list/")
    tab.fill("[name='c.summary']", "换个说法。")
    tab.click("text=加一项")

    assert tab.locator("[name='c.list.items.4.label']").evaluate("box => box === document.activeElement")
    assert tab.input_value("[name='c.summary']") == "换个说法。"
    assert tab.is_visible("#c-waits_for")


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_enter_in_a_line_sends_the_form_and_moves_nothing(site, tab):
    tab.goto(f"{site}/gallery/clauses/list/")
    with tab.expect_navigation():
        tab.press("[name='c.list.items.1.label']", "Enter")
    assert tab.input_value("[name='c.list.items.0.label']") == "名家讲座"


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_of_a_moment_only_the_chosen_way_is_shown(site, tab):
    tab.goto(f"{site}/gallery/clauses/window/")
    assert tab.is_visible("[name='c.window.start.date']")
    assert not tab.is_visible("[name='c.window.start.month']")
    tab.select_option("[name='c.window.start.way']", "month")
    assert not tab.is_visible("[name='c.window.start.date']")
    assert tab.is_visible("[name='c.window.start.month']")


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_there_is_a_button_to_filter_with(site, tab):
    tab.goto(f"{site}/gallery/")
    assert tab.is_visible("form.filters button")
    assert not tab.is_visible("text=接着填")
