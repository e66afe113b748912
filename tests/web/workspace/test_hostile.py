"""Thousands of requests that no form of ours sends, by a stranger and by people of every post: none is our fault.

The addresses are the resolver's, so that a new page is tried the day it is made. Every answer is an answer: never a
fault of ours (5xx), never a page without its fences, and no redirect to another house.
"""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.orgs.models import Message
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_hook
from tests.factories.returns import PLAN, a_return
from tests.factories.sending import a_delivery
from tests.web.workspace.hostile import Hostile, Wire, addresses, send
from tests.web.workspace.test_scope import a_draft_of

ROUNDS = 8  # in each of which each of the four tries every address: ten thousand requests in all
ELSEWHERE = 1  # on another database: what it refuses, such as a zero in a text, stands in one request of ten
WHO = ("stranger", "filer", "reviewer", "town")


@pytest.fixture
def known(people, now):
    """Things that are there, so that much of what is sent gets past the door."""
    activity = an_activity(people.world, State.FILED)
    an_activity(people.world, State.PUBLISHED, title="已发布")
    an_activity(people.world, State.DRAFT, title="草稿")
    now(china(2023, 9, 5))
    delivery, draft = a_delivery(people.world), a_draft_of(people.world)
    message = Message.objects.create(
        unit=people.world.school, kind="x", subject="消息", sent_at=china(2023, 9, 1), outbox_key="k1"
    )
    things = [
        activity,
        a_return(people.world),
        delivery,
        draft,
        message,
        a_hook(people.world.school),
        draft.clauses.get(),
    ]
    people.stranger = Client()
    return [
        *(thing.pk for thing in things),
        people.world.town_office.pk,
        "441900",
        "2023",
        "dg",
        PLAN,
        "docx",
        "pdf",
    ]


@pytest.mark.parametrize("who", WHO)
def test_ten_thousand_malformed_requests_and_no_fault(people, known, who):
    client = getattr(people, who)
    client.handler, client.raise_request_exception = Wire(enforce_csrf_checks=False), False
    person = Person.objects.filter(pk=client.session.get("_auth_user_id")).first()
    source = Hostile(seed=f"2023-{who}", known=known)
    for page in ("/", "/workspace/", "/workspace/activities/new/", "/accounts/login/"):
        source.learn(client.get(page).content)
    faults, statuses = [], set()
    rounds = ROUNDS if connection.vendor == "sqlite" else ELSEWHERE
    for _ in range(rounds * len(source.routes)):
        asked = source.request()
        answer = send(client, *asked)
        statuses.add(answer.status_code)
        if answer.status_code == 200 and not answer.streaming:
            source.learn(answer.content)
        if answer.streaming:
            list(answer.streaming_content)  # to its end, where its file is closed
        elsewhere = answer.headers.get("Location", "")
        if answer.status_code >= 500:
            faults.append((answer.status_code, *asked[:4], asked[4][:300], asked[5]))
        elif elsewhere.startswith(("//", "http", "javascript:")) and not elsewhere.startswith(
            "http://testserver/"
        ):
            faults.append((elsewhere, asked))
        elif "Content-Security-Policy" not in answer.headers:
            faults.append(("no policy", asked))
        if person and not client.cookies[settings.SESSION_COOKIE_NAME].value:  # it has signed itself out
            client.force_login(person)
    assert (faults[:5], source.waiting) == ([], [])
    # most of it was turned away, and some of it was let in: else nothing was tried
    assert {200, 404, 405} <= statuses
    assert Activity.objects.exists()


def test_every_address_is_tried():
    tried = set(Hostile(seed=1, known=["1"]).routes)
    assert {route for _, route, _ in addresses()} == tried
    assert len(tried) > 80
