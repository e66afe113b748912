"""A lecture of every Sunday is filed on a phone: its days are laid out from one of them, one is taken away, one is moved."""

import pytest

from kepu.activities.models import Activity, Arrangement
from kepu.activities.sessions import sessions_of
from kepu.activities.workflow import State
from tests.factories.notices import china
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def on_to(phone, code):
    phone.evaluate("code => { location.hash = `part-${code}` }", code)
    phone.wait_for_selector(f"#part-{code}-title:focus")


def starts(phone):
    return [box.input_value() for box in phone.locator(".session input[name$='.starts_at']").all()]


def there_are(phone, count):
    phone.wait_for_function("n => document.querySelectorAll('.session').length === n", arg=count)


def test_the_sundays_of_a_month_are_laid_out_and_filed(school, phone, check):
    sign_in(phone, "chen")
    phone.goto("/workspace/activities/new/")
    phone.wait_for_selector("form[data-in-steps]")
    phone.fill("#id_title", "星期天科学课")

    on_to(phone, "when")
    phone.get_by_label("线下", exact=True).check()
    phone.get_by_label("定期多场").check()
    assert not phone.locator("#id_starts_at").is_visible()
    phone.fill("[name='sessions.0.starts_at']", "2023-09-17T09:00")
    phone.fill("[name='sessions.0.ends_at']", "2023-09-17T11:00")
    repeat = phone.locator(".session-repeat")
    repeat.get_by_label("日", exact=True).check()
    check()

    # without an end it is said so, and what was written stays
    repeat.get_by_role("button", name="排出来").click()
    phone.locator(".session-repeat [role=alert]").wait_for()
    assert starts(phone)[0] == "2023-09-17T09:00"
    assert repeat.get_by_label("日", exact=True).is_checked()
    check()
    phone.fill("[name='sessions.repeat.until']", "2023-10-08")
    repeat.get_by_role("button", name="排出来").click()
    there_are(phone, 4)
    assert starts(phone) == [f"2023-{day}T09:00" for day in ("09-17", "09-24", "10-01", "10-08")]
    check()

    # not on the national holiday; the last one an hour later
    phone.get_by_role("button", name="去掉第3场").click()
    there_are(phone, 3)
    phone.locator("input[name$='.starts_at']:visible").last.fill("2023-10-08T10:00")
    phone.locator("input[name$='.ends_at']:visible").last.fill("2023-10-08T12:00")

    on_to(phone, "where")
    phone.fill("#id_venue", "石龙中学礼堂")
    on_to(phone, "whom")
    phone.fill("#id_participants_expected", "120")
    on_to(phone, "who")
    phone.fill("#id_safety_person", "张安")
    phone.fill("#id_host_place_person", "李场")
    phone.locator("#left-all").get_by_text("可以填报").wait_for()
    phone.locator("#left-all").click()
    check()
    phone.get_by_role("button", name="填报，交审核").click()
    phone.get_by_text("“星期天科学课”已填报，由东莞市科协审核。").wait_for()
    check()

    it = Activity.objects.get()
    assert (it.state, it.arrangement) == (State.FILED, Arrangement.RECURRING)
    assert (it.starts_at, it.ends_at) == (china(2023, 9, 17, 9), china(2023, 10, 8, 12))
    assert [(one.starts_at, one.ends_at) for one in sessions_of(it)] == [
        (china(2023, 9, 17, 9), china(2023, 9, 17, 11)),
        (china(2023, 9, 24, 9), china(2023, 9, 24, 11)),
        (china(2023, 10, 8, 10), china(2023, 10, 8, 12)),
    ]
