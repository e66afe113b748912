"""Under English a page's own words are English. Data stays as people wrote it, so here it is written in Latin letters."""

import re
from collections import deque
from urllib.parse import urljoin

import pytest
from django.db import models
from django.test import Client

from kepu.accounts.models import Person
from kepu.activities.models import Activity, Publication, ReviewNote
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.notices import rulebook
from kepu.notices.models import Clause, Delivery, Notice, RulesSnapshot, Season
from kepu.orgs.models import Line, Message, Place, Role, Term, Unit
from tests.factories.accounts import a_person
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_post, a_term
from tests.factories.sending import a_delivery

pytestmark = pytest.mark.one_database

CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
EXAMPLE = re.compile(r"“[^”]*”")  # an example of what people type may be Chinese
SAID = ("aria-label", "alt", "title", "placeholder", "data-label", "content", "value")
DATA = (
    Activity, Clause, Delivery, Line, Message, Notice, Person, Place, Publication, ReviewNote, RulesSnapshot, Season, Term, Unit,
)  # fmt: skip
# files, samples, searches, and one filter on top of another
OTHERWISE = re.compile(
    r"\.(ics|toml|atom|json|csv|js)($|[?])|^/(api/v1|sitemaps)/|^webcal:|/(file|template|faulty|export)/$|[?]month=|^/(gallery|language|static)/|[?&](q|page|next)=|/activities/[?].*&"
)
NOW = china(2023, 9, 11, 10)


def chinese(found, *, but=()):
    """Every text of a page that is Chinese, not marked as such and nothing to be edited, with its element."""
    said = []
    for element in found.walk():
        if element.tag in ("script", "style", "template", "textarea"):
            continue
        pieces = [piece for piece in element.pieces if isinstance(piece, str)]
        for text in [*pieces, *(element[name] for name in SAID)]:
            if not CHINESE.search(text) or _marked(element):
                continue
            if CHINESE.search(EXAMPLE.sub("", text)) and not any(words in text for words in but):
                said.append(f"<{element.tag}> {text.strip()}")
    return said


def _marked(element):
    while element is not None:
        if element["lang"].startswith("zh"):
            return True
        element = element.parent
    return False


def _in_latin(value):
    if isinstance(value, str):
        return CHINESE.sub("data", value)
    if isinstance(value, list):
        return [_in_latin(entry) for entry in value]
    return {key: _in_latin(entry) for key, entry in value.items()} if isinstance(value, dict) else value


def write_data_in_latin_letters():
    """What the factories wrote in Chinese, as if it had been written in Latin letters."""
    for model in DATA:
        fields = [
            f.attname for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField) and not f.choices
        ]  # fmt: skip
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{name: _in_latin(getattr(row, name)) for name in fields})
    rulebook.forget()


def words_of_the_trace():
    """What people wrote into the trace; nothing rewrites that."""
    details = AuditEntry.objects.values_list("detail", flat=True)
    return {text for detail in details for text in _texts(detail) if CHINESE.search(text)}


def _texts(value):
    if isinstance(value, dict | list):
        return [
            text for entry in (value.values() if isinstance(value, dict) else value) for text in _texts(entry)
        ]
    return [value] if isinstance(value, str) else []


def reader(person=None):
    """A browser set to English."""
    client = Client()
    client.cookies["kepu_language"] = "en"
    if person is not None:
        Person.objects.filter(pk=person.pk).update(language="en")
        person.refresh_from_db()
        client.force_login(person)
    return client


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: NOW)
    return a_world()


@pytest.mark.parametrize(
    ("url", "status"), [("/", 200), ("/activities/", 200), ("/notices/", 404), ("/notices/in-force/", 404)]
)
def test_the_portal_before_any_season(page, db, url, status):
    assert chinese(page(reader(), url, status)) == []


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/login/",
        "/accounts/login/code/",
        "/accounts/login/elsewhere-cancelled/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/inactive/",
    ],
)
def test_signing_in(page, db, url):
    assert chinese(page(reader(), url)) == []


def test_a_refused_sign_in(read, db):
    answer = reader().post("/accounts/login/", {"login": "nobody", "password": ""})
    assert chinese(read(answer)) == []


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/password/change/", "/accounts/logout/", "/workspace/", "/workspace/unit/", "/accounts/", "/accounts/name/",
        "/accounts/second-step/", "/accounts/sessions/", "/accounts/links/", "/accounts/again/",
    ],
)  # fmt: skip
def test_somebody_without_a_post(page, db, url):
    person = a_person("Chen")
    person.set_password("a long way up the river")
    person.save()
    assert chinese(page(reader(person), url)) == []


@pytest.mark.parametrize(
    "url",
    [
        "/accounts/email/",
        "/accounts/phone/",
        "/accounts/second-step/app/",
        "/accounts/second-step/passkeys/new/",
    ],
)
def test_changing_how_one_signs_in(page, db, url, settings):
    settings.KEPU_SMS_SENDER = "kepu.accounts.sms.ConsoleSender"
    person = a_person("Chen", username="chen")
    person.set_password("a long way up the river")
    person.save()
    client = reader(person)
    client.post("/accounts/again/", {"password": "a long way up the river"})
    assert chinese(page(client, url)) == []


@pytest.mark.parametrize(("url", "status"), [("/nowhere/", 404), ("/activities/1/", 404)])
def test_a_page_that_is_not_there(page, db, url, status):
    assert chinese(page(reader(), url, status)) == []


def everything_within_reach(client, read, start, *, most=150):
    """Every page that links lead to from ``start``, by address, each once."""
    waiting, known, found = deque([start]), {start}, {}
    while waiting and len(found) < most:
        url = waiting.popleft()
        answer = client.get(url, follow=True)
        if not answer.headers["Content-Type"].startswith("text/html"):
            if answer.streaming:  # read to its end, which closes it
                b"".join(answer.streaming_content)
            continue  # a picture, a sheet, a feed
        assert answer.status_code == 200, url
        found[url] = read(answer)
        for link in found[url].all("a"):
            there = urljoin(url, link["href"]).partition("#")[0]
            if there not in known and there.startswith(start) and not OTHERWISE.search(there):
                known.add(there)
                waiting.append(there)
    return found


def test_what_the_public_reads(read, world):
    an_activity(world, State.PUBLISHED, mode="mixed", online_link="https://live.example.cn/2")
    for state in (State.POSTPONED, State.CANCELLED, State.SUMMARISED):
        an_activity(world, state)
    a_term("unit_kind", "school", "中小学")
    write_data_in_latin_letters()

    found = everything_within_reach(reader(), read, "/")

    assert {url: said for url, shown in found.items() if (said := chinese(shown))} == {}
    assert {"/", "/activities/", "/notices/2023/dg/"} <= found.keys()


def test_what_a_filing_unit_works_on(read, world):
    for state in State:
        an_activity(world, state)
    person = a_person("Li")
    a_post(world.school, Role.FILER, person=person)
    write_data_in_latin_letters()

    found = everything_within_reach(reader(person), read, "/workspace/")

    trace = words_of_the_trace()
    assert {url: said for url, shown in found.items() if (said := chinese(shown, but=trace))} == {}
    assert {
        "/workspace/activities/",
        "/workspace/activities/new/",
        "/workspace/duties/",
        "/workspace/rules/",
    } <= found.keys()


def test_what_a_coordinator_works_on(read, world):
    an_activity(world, State.FILED, participants_expected=30)
    for state in (State.FILED, State.CHANGED, State.SUMMARISED):
        an_activity(world, state)
    person = a_person("Wang")
    for role in (Role.REVIEWER, Role.COORDINATOR):
        a_post(world.city_office, role, person=person)
    write_data_in_latin_letters()

    found = everything_within_reach(reader(person), read, "/workspace/")

    trace = words_of_the_trace()
    assert {url: said for url, shown in found.items() if (said := chinese(shown, but=trace))} == {}
    assert {"/workspace/reviews/", "/workspace/returns/", "/workspace/area/441900/"} <= found.keys()


def test_notices_sent_and_received(read, world):
    a_delivery(world)
    town, city = a_person("Su"), a_person("Liang")
    for unit, person in ((world.town_office, town), (world.city_office, city)):
        a_post(unit, Role.COORDINATOR, person=person)
    write_data_in_latin_letters()
    received = Delivery.objects.get()

    found = everything_within_reach(reader(town), read, "/workspace/")
    reader(town).post(f"/workspace/received/{received.pk}/receiving/")
    reader(town).post("/workspace/calendar/feed/", {"act": "make"})
    for person in (town, city):
        found |= everything_within_reach(reader(person), read, "/workspace/")

    assert {url: said for url, shown in found.items() if (said := chinese(shown))} == {}
    assert {
        f"/workspace/received/{received.pk}/", f"/workspace/received/{received.pk}/forwarding/",
        f"/workspace/deliveries/{received.pk}/receipt/", "/workspace/calendar/?view=list", "/workspace/calendar/feed/",
        f"/workspace/sent/{received.notice_id}/sending/",
    } <= found.keys()  # fmt: skip
