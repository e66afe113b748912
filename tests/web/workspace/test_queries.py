"""A page costs the same with one row and with thirty, and never more than thirty queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.notices.models import Notice
from kepu.orgs.models import Message, Vocabulary
from tests.factories.activities import an_activity
from tests.factories.notices import a_notice, china
from tests.factories.orgs import a_term
from tests.factories.returns import PLAN, a_return, more_towns
from tests.factories.seasons import a_copied_season
from tests.factories.sending import TOWNS, a_delivery, with_recipients

PREVIEW = "/workspace/seasons/new/?source=2023&year=2024&first_day=2024-09-15&name=n&code=n-2024"
# who, the address, how many queries: of them four are the session, the person, the posts and what the unit coordinates
PAGES = [
    ("filer", "/workspace/", 10), ("reviewer", "/workspace/", 16), ("town", "/workspace/", 16),
    ("filer", "/workspace/activities/", 7), ("filer", "/workspace/activities/new/", 8),
    ("reviewer", "/workspace/reviews/", 14), ("reviewer", "/workspace/reviews/?tab=done", 19),
    ("town", "/workspace/duties/", 9), ("town", f"/workspace/duties/{PLAN}/", 13), ("reviewer", "/workspace/returns/", 6),
    ("reviewer", "/workspace/area/441900/", 22), ("reviewer", "/workspace/area/441900/quotas/", 16),
    ("reviewer", f"/workspace/area/441900/duties/{PLAN}/", 8), ("filer", "/workspace/rules/", 5), ("filer", "/workspace/messages/", 6),
    ("town", "/workspace/received/", 7), ("reviewer", "/workspace/sent/", 6), ("town", "/workspace/calendar/", 9),
    ("town", "/workspace/calendar/?view=list", 9), ("filer", "/workspace/calendar/?month=2023-09", 7),
    ("town", "/workspace/calendar/feed/", 6), ("town", "/workspace/received/{delivery}/", 7),
    ("town", "/workspace/received/{delivery}/forwarding/", 7), ("town", "/workspace/deliveries/{delivery}/receipt/", 9),
    ("reviewer", "/workspace/sent/{notice}/", 10), ("reviewer", "/workspace/sent/{notice}/?tab=forwarded", 10),
    ("reviewer", "/workspace/sent/{notice}/sending/", 8),
    ("reviewer", "/workspace/seasons/compare/?place=441900", 17), ("reviewer", "/workspace/seasons/compare/?kind=school", 13),
    ("reviewer", "/workspace/seasons/next/copying/", 8), ("nation", "/workspace/seasons/new/", 8), ("nation", PREVIEW, 13),
]  # fmt: skip
ONE = [
    ("filer", "", 13),
    ("filer", "edit/", 10),
    ("town", "", 13),
    ("filer", "publication/", 7),
    ("filer", "summary/", 5),
]


def fill(people, n):
    for number in range(n):
        an_activity(people.world, State.FILED, title=f"第{number}场")
        Message.objects.create(
            unit=people.world.school,
            kind="x",
            subject="消息",
            sent_at=china(2023, 8, 1),
            outbox_key=f"k{number}-{n}",
        )
        with_recipients(a_notice(people.world.season, people.world.city, f"n{number}"), TOWNS)
    more_towns(people.world, tuple(f"第{number}镇" for number in range(n)))
    for number in range(n):
        a_delivery(people.world, notice=Notice.objects.get(code=f"n{number}"))
    return a_delivery(people.world)


def warm(people):
    """The season's book is read once, by whoever comes first."""
    for client in (people.filer, people.reviewer, people.town):
        client.get("/workspace/rules/")
    people.reviewer.get("/workspace/seasons/compare/?kind=school")


@pytest.mark.parametrize("n", [1, 30])
def test_lists(people, now, n):
    delivery = fill(people, n)
    now(china(2023, 9, 5))
    a_return(people.world)
    a_copied_season(people.world, drafts=n)
    a_term(Vocabulary.UNIT_KIND, "school", "学校")
    warm(people)
    pks = {"delivery": delivery.pk, "notice": delivery.notice_id}
    seen = [(who, url, counted(getattr(people, who), url.format(**pks))) for who, url, _queries in PAGES]
    assert seen == PAGES


def counted(client, url):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("edits", [1, 30])
def test_one_activity(people, edits):
    draft = an_activity(people.world, State.DRAFT)
    filed = an_activity(people.world, State.RETURNED)
    for number in range(edits):
        people.filer.post(
            f"/workspace/activities/{filed.pk}/edit/",
            {"version": Activity.objects.get(pk=filed.pk).version, "title": f"第{number}稿", "act": "save"},
        )
    warm(people)
    seen = []
    for who, noun, _queries in ONE:
        pk = filed.pk if who != "filer" or noun != "edit/" else draft.pk
        seen.append((who, noun, counted(getattr(people, who), f"/workspace/activities/{pk}/{noun}")))
    assert seen == ONE


def test_no_page_passes_thirty():
    assert max(queries for _who, _url, queries in (*PAGES, *ONE)) < 30
