"""A school puts the activities on its own site: the code is composed and copied here, and works there."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.journeys.conftest import follow, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(transactional_db, monkeypatch, live_server, settings):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 9, 11, 10))
    settings.KEPU_PUBLIC_URL = live_server.url
    world = a_world()
    an_activity(world, State.PUBLISHED, title="走进<b>中医药</b>")
    an_activity(world, State.CANCELLED, title="观星夜")
    return world


def code(page, name):
    return page.locator(f"#code-{name}").input_value()


class School(BaseHTTPRequestHandler):
    """The school's own site, with one page."""

    html = ""

    def do_GET(self):
        found = self.path == "/"
        self.send_response(200 if found else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if found:
            self.wfile.write(self.html.encode())

    def log_message(self, *said):
        pass


@pytest.fixture
def on_the_schools_site():
    """``on_the_schools_site(page, *pieces)``: a page on a host of the school's own, with what was pasted into it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), School)
    thread = Thread(target=server.serve_forever)
    thread.start()

    def opened(page, *pieces):
        School.html = f"<!doctype html><html lang='zh'><title>学校</title><main><h1>学校</h1>{''.join(pieces)}</main></html>"
        page.goto(f"http://127.0.0.1:{server.server_port}/")

    yield opened
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_is_composed_here_works_there(site, phone, on_the_schools_site):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.goto("/subscribe/")
    looked_at(phone)
    phone.get_by_label("地区").fill("东莞市")
    follow(phone, phone.get_by_role("button", name="选好了，给我地址"))
    looked_at(phone)
    phone.get_by_role("button", name="复制地址").first.click()
    phone.get_by_role("button", name="已复制").wait_for()
    assert phone.evaluate("navigator.clipboard.readText()").endswith("/activities.ics?place=441900")

    phone.get_by_role("link", name="放一个活动小窗口").click()
    phone.get_by_label("列几项").select_option("3")
    follow(phone, phone.get_by_role("button", name="看样子，要代码"))
    looked_at(phone)
    assert phone.frame_locator("iframe").get_by_role("link", name="观星夜").count() == 1
    frame, script = code(phone, "frame"), code(phone, "script")

    on_the_schools_site(phone, frame, script)

    within = phone.frame_locator("iframe")
    within.get_by_role("link", name="走进<b>中医药</b>").wait_for()
    drawn = phone.locator("[data-kepu]")
    drawn.get_by_role("link", name="走进<b>中医药</b>").wait_for()
    assert [text.replace("\n\n", "\n") for text in drawn.locator("li").all_inner_texts()] == [
        "走进<b>中医药</b>\n2023年9月17日 周日 9:00—17:00 · 广东省东莞市石龙镇 石龙中学礼堂 · 石龙中学",
        "观星夜\n取消 · 2023年9月17日 周日 9:00—17:00 · 广东省东莞市石龙镇 石龙中学礼堂 · 石龙中学",
    ]
    assert drawn.locator("li b").count() == 0
    assert phone.context.cookies() == []


def test_what_the_script_cannot_fill_stays(site, desktop, live_server, on_the_schools_site):
    on_the_schools_site(
        desktop,
        "<div data-kepu data-mode='online'><a href='/elsewhere'>活动</a></div>",
        f"<script src='{live_server.url}/widget.js' async></script>",
    )
    desktop.wait_for_load_state("networkidle")
    assert desktop.locator("[data-kepu] a").inner_text() == "活动"


def test_the_interface_can_be_read_by_everybody(site, phone):
    phone.goto("/api/")
    for summary in phone.locator("details:not([open]) > summary").all()[:4]:
        summary.click()
    looked_at(phone)
