"""What only a browser can tell of the map."""

import pytest

from kepu.core import clock
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.web.test_in_browser import BROWSER, chromium, tab  # noqa: F401

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture
def site(live_server, settings):
    settings.KEPU_REHEARSAL = True
    clock.set_rehearsal_clock(china(2023, 9, 11, 10))
    world = a_world()
    an_activity(world, "published", title="近的", latitude=23.1065, longitude=113.8748)
    an_activity(world, "published", title="远的", latitude=23.0205, longitude=113.7518)
    return live_server.url


@pytest.mark.parametrize(
    "tab",
    [{"geolocation": {"latitude": 23.10651, "longitude": 113.87482}, "permissions": ["geolocation"]}],
    indirect=True,
)
def test_a_press_asks_where_one_is_and_nothing_does_before(site, tab):  # noqa: F811
    tab.goto(f"{site}/map/?place=441900")
    tab.wait_for_load_state("networkidle")
    assert tab.locator(".plot-what").all_inner_texts() == ["近的", "远的"]
    with tab.expect_navigation():
        tab.click("text=从我这里由近到远")

    assert tab.url.endswith("/map/?place=441900&at=23.107%2C113.875")
    assert tab.locator(".plot-list strong").all_inner_texts() == ["正南 约50米", "西南 约16公里"]


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_a_position_is_typed(site, tab):  # noqa: F811
    tab.goto(f"{site}/map/?place=441900")
    assert not tab.is_visible("text=从我这里由近到远")
    tab.click("text=写一个位置")
    tab.fill("#at", "113.76, 23.03")
    tab.click("text=从这里找")
    assert tab.locator(".plot-what").all_inner_texts() == ["远的", "近的"]
