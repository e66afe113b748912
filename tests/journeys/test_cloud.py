"""The cloud hall on a phone: what runs now, a day, the matrix; nothing weighty for those who see or hear it otherwise."""

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, china
from tests.journeys.conftest import looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ONLINE = {
    "mode": "online",
    "online_link": "https://live.example.cn/1",
    "participants_expected": 200,
    "topics": ["live"],
}


def test_the_cloud_hall_on_a_phone(school, phone, monkeypatch):
    notice = school.season.notices.get()
    means = {"code": "online_means", "title": "线上方式", "items": [{"code": "live", "label": "直播"}]}
    a_clause(notice, "TS-38", "list", means)
    asked = {"of": "broadcasts", "per": "place", "place_level": "town", "min": 1, "unit": "场"}
    a_clause(notice, "TS-39.live", "quota", asked, mode="shift")
    an_activity(school, State.PUBLISHED, title="正在讲", **ONLINE)
    an_activity(
        school, State.PUBLISHED, title="云看展", **ONLINE | {"starts_at": china(2023, 9, 15), "ends_at": china(2023, 9, 20)}
    )  # fmt: skip
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 9, 17, 10))

    phone.goto("/cloud/?place=441900")
    looked_at(phone)
    assert phone.locator("[data-list=live] .event-title").inner_text() == "正在讲"
    phone.locator("details.facets > summary").click()
    phone.get_by_role("link", name="直播", exact=True).click()
    phone.wait_for_url("**/cloud/?place=441900&kind=live")
    looked_at(phone)
    phone.goto("/cloud/matrix/?place=441900")
    looked_at(phone)
    assert "有2场" in phone.locator("tbody").inner_text()
