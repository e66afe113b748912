"""Two characters, an arrow and Enter: finding with the keyboard on a phone."""

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.journeys.conftest import looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("path", ["/", "/activities/"])
def test_two_characters_an_arrow_and_enter(school, phone, path):
    an_activity(school, State.PUBLISHED, title="石龙观星夜")
    phone.goto(path)
    phone.wait_for_load_state("networkidle")
    box = phone.get_by_role("combobox", name="找活动")
    assert box.get_attribute("aria-expanded") == "false"

    box.press_sequentially("石龙")
    phone.get_by_role("option").first.wait_for()
    looked_at(phone)
    assert phone.get_by_role("option").all_inner_texts() == [
        "石龙镇 广东省东莞市", "石龙观星夜 9月17日 周日 · 广东省东莞市石龙镇",
    ]  # fmt: skip
    assert phone.locator("main [role=status]", has_text="2条建议").count() == 1
    box.press("Escape")
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("石龙", "false")
    box.press("ArrowDown")
    active = phone.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert (active.get_attribute("aria-selected"), box.get_attribute("aria-expanded")) == ("true", "true")
    looked_at(phone)

    box.press("Enter")

    phone.wait_for_url("**/activities/?place=441900103")
    assert phone.locator(".event-title").all_inner_texts() == ["石龙观星夜"]
