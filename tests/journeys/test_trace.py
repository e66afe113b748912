"""A coordinator reads a day of the city on a phone, takes the trace away twice, and a filer sees who looked at her number."""

import zipfile

import pytest

from kepu.accounts.models import Person
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.db import transaction
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_post
from tests.journeys.conftest import follow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD, NOW = "东江边上的那座气象台", china(2023, 8, 29, 10)


@transaction
def look(thing, *, by):
    audit.record("personal.shown", thing, by=by, at=china(2023, 8, 28, 11), fields=["phone"])


@pytest.fixture
def world(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: NOW)
    world = a_world()
    filer = Person.objects.get(pk=world.filer.person_id)
    people = (
        (filer, "王老师", world.school, Role.FILER),
        (a_person("x"), "梁主任", world.city_office, Role.COORDINATOR),
    )
    for number, (person, name, unit, role) in enumerate(people):
        person.name, person.username = name, f"u{number}"
        person.set_password(PASSWORD)
        person.save()
        a_post(unit, role, person=person)
    an_activity(world, State.PUBLISHED)
    look(filer, by=a_coordinator(world.city_office))
    return world


def sign_in(phone, username):
    phone.context.clear_cookies()
    phone.goto("/workspace/")
    phone.fill("#id_login", username)
    phone.fill("#id_password", PASSWORD)
    phone.click("main form button")
    phone.wait_for_url("**/workspace/")


def test_a_day_is_read_and_taken_away(world, phone, check, tmp_path):
    sign_in(phone, "u1")
    phone.goto("/workspace/trace/areas/441900/")
    phone.get_by_role("link", name="前一天").click()
    phone.get_by_text("石龙中学的王老师").first.wait_for()
    check()
    follow(phone, phone.get_by_role("link", name="导出留痕"))
    check()
    for name in ("first.zip", "second.zip"):  # the page stays, and gives it again
        with phone.expect_download() as got:
            phone.get_by_role("button", name="导出").click()
        got.value.save_as(tmp_path / name)
        with zipfile.ZipFile(tmp_path / name) as zipped:
            assert "石龙中学的王老师填报了活动“走进中医药”。" in zipped.read("trace.csv").decode()
