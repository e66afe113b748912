"""The pages of the trace: what a reader finds on them, and that they lead on."""

import io
import zipfile

import pytest

from kepu.accounts.models import Person
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.models import AuditEntry
from kepu.notices.models import Notice
from tests.factories.activities import FILED, an_activity
from tests.factories.notices import china

pytestmark = pytest.mark.django_db


@transaction
def look(thing, *, by, fields=("phone",)):
    audit.record("personal.shown", thing, by=by, at=FILED, fields=list(fields))


@pytest.fixture
def filer_person(people):
    return Person.objects.get(pk=people.world.filer.person_id)


@pytest.fixture
def activity(people, now):
    found = an_activity(people.world, State.APPROVED)
    now(china(2023, 9, 5))
    return found


def sentences(found):
    return ["".join(li.one("p").text.split()) for li in found.one("div", class_="trace").all("li")]


def links(found):
    return [a["href"] for a in found.all("a")]


def test_what_i_did_with_links_to_the_things(people, activity, page, filer_person):
    found = page(people.filer, "/workspace/trace/")
    assert sentences(found) == [
        f"石龙中学的{filer_person.name}填报了活动“走进中医药”。", f"石龙中学的{filer_person.name}起草了活动“走进中医药”。",
    ]  # fmt: skip
    assert f"/workspace/activities/{activity.pk}/" in [
        a["href"] for a in found.one("div", class_="trace").all("a")
    ]


def test_a_unit_is_filtered_by_day_group_and_person(people, activity, page):
    address = f"/workspace/trace/units/{people.world.school.pk}/"
    assert len(sentences(page(people.reviewer, address))) == 3
    assert len(sentences(page(people.reviewer, f"{address}?day=2023-08-26"))) == 1
    assert "没有符合的" in page(people.reviewer, f"{address}?group=return").text
    assert len(sentences(page(people.reviewer, f"{address}?person={people.world.filer.person_id}"))) == 2


@pytest.mark.parametrize(
    "strange",
    [
        "?day=x",
        "?group=nothing",
        "?person=abc",
        "?person=999999999999999999999",
        "?cursor=zzz",
        "?day=0001-01-01",
    ],
)
def test_what_makes_no_sense_asks_for_nothing(people, activity, page, strange):
    address = f"/workspace/trace/units/{people.world.school.pk}/{strange}"
    assert page(people.reviewer, address).one("h1").text.strip() == "石龙中学"


def test_an_area_shows_a_day_and_leads_to_the_ones_beside_it(people, activity, page):
    found = page(people.auditor, "/workspace/trace/areas/441900/?day=2023-08-26")
    assert [s.split("审核")[-1] for s in sentences(found)] == ["通过了活动“走进中医药”。"]
    beside = {a["rel"]: a["href"] for a in found.all("a") if a.has("rel")}
    assert (beside["prev"], beside["next"]) == ("?day=2023-08-25", "?day=2023-08-27")


@pytest.mark.parametrize("strange", ["?day=x", "?day=9999-12-31", "?day=0001-01-01"])
def test_a_day_that_is_none_or_at_the_end_of_days_is_a_page_all_the_same(people, activity, page, strange):
    assert page(people.auditor, f"/workspace/trace/areas/441900/{strange}").one("h1").text.strip() == "东莞市"


def test_the_pages_of_things_lead_to_their_trace(people, activity, page):
    address = f"/workspace/trace/things/activity/{activity.pk}/"
    assert address in links(page(people.filer, f"/workspace/activities/{activity.pk}/"))
    assert len(sentences(page(people.filer, address))) == 3


def test_the_sending_of_a_notice_is_for_its_issuer_and_those_above(people, page):
    notice = Notice.objects.get(code="dg")
    address = f"/workspace/trace/things/notice/{notice.pk}/"
    assert page(people.reviewer, address).one("h1").text.strip() == notice.title
    assert {people.filer.get(address).status_code, people.outsider.get(address).status_code} == {404}
    log = "/workspace/notices/2023/dg/log/"
    assert [address in links(page(client, log)) for client in (people.reviewer, people.filer)] == [
        True,
        False,
    ]


def test_a_kind_that_has_no_page_is_not_found(people, activity):
    for kind in ("person", "unit", "message", "nothing"):
        assert people.filer.get(f"/workspace/trace/things/{kind}/{activity.pk}/").status_code == 404


def test_an_export_is_a_zip_and_leaves_its_trace(people, activity, page):
    address = "/workspace/trace/areas/441900/export/"
    page(people.auditor, address)
    answer = people.auditor.post(address, {"since": "2023-08-01", "until": "2023-09-30"})
    assert (answer.status_code, answer["Content-Type"], answer["Content-Disposition"]) == (
        200, "application/zip", 'attachment; filename="kepu-trace-place-441900-20230801-20230930.zip"',
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as zipped:
        assert "审核通过了活动“走进中医药”。" in zipped.read("trace.csv").decode()
    assert AuditEntry.objects.latest("pk").event == "trace.exported"


def test_a_period_that_is_none_is_said_where_it_was_typed(people, activity):
    answer = people.auditor.post(
        "/workspace/trace/areas/441900/export/", {"since": "2023-09-30", "until": "2023-08-01"}
    )
    assert (answer.status_code, "截止日期早于起始日期" in answer.content.decode()) == (422, True)
    assert not AuditEntry.objects.filter(event="trace.exported").exists()


def test_a_title_is_no_markup(people, now, page):
    activity = an_activity(people.world, State.FILED, title="<b>粗</b>%(who)s")
    found = page(people.filer, f"/workspace/trace/things/activity/{activity.pk}/")
    assert (found.one("h1").text.strip(), list(found.one("div", class_="trace").all("b"))) == (
        "<b>粗</b>%(who)s",
        [],
    )


@pytest.mark.parametrize("activities", [1, 3])
def test_pages_cost_the_same_however_many_rows(people, page, now, django_assert_max_num_queries, activities):
    for _n in range(activities):
        an_activity(people.world, State.APPROVED)
    for client, address in (
        (people.filer, "/workspace/trace/"), (people.auditor, f"/workspace/trace/units/{people.world.school.pk}/"),
        (people.auditor, "/workspace/trace/areas/441900/?day=2023-08-25"),
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            page(client, address)
