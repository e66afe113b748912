"""What cannot be meant is refused in sentences; nobody who misspells a condition gets everything."""

import json

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.accounts.models import Person
from kepu.activities.models import Publication, PublicationDay
from kepu.core import clock as clocks
from kepu.web import limits
from kepu.web.portal.machines import views
from tests.web.workspace.conftest import signed_in
from tests.web.workspace.hostile import JUNK

WRONG = {
    "plcae=441900": (400, "“plcae=441900”看不懂"),
    "day=2023-02-30": (400, "“day=2023-02-30”看不懂"),
    "when=yesterday": (400, "“when=yesterday”看不懂"),
    "when=today&day=2023-09-17": (400, "“when=today”看不懂"),
    "mode=offline&size=0": (400, "“size=0”不行：请写 1 到"),
    "size=１２": (400, "“size=１２”不行"),
    "size=99999": (400, "“size=99999”不行"),
    "size=many": (400, "“size=many”不行"),
    "lang=fr": (400, "“lang=fr”看不懂"),
    "place=999999": (404, "没有代码是“999999”的地区。"),
    "season=1999": (404, "没有代码是“1999”的届次。"),
    "unit=999999999999": (404, "没有编号是“999999999999”的单位。"),
    "cursor=nonsense": (400, "“cursor”看不懂"),
    "cursor=WzBd": (400, "“cursor”看不懂"),
}


@pytest.mark.parametrize("query", WRONG)
@pytest.mark.parametrize("ending", ["json", "atom", "csv", "ics"])
def test_a_fault_is_said_with_its_status(client, publish, query, ending, read):
    publish("走进中医药")
    status, sentence = WRONG[query]

    response = client.get(f"/activities.{ending}?{query}")

    assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    assert response["Access-Control-Allow-Origin"] == "*"
    if ending == "json":
        said = json.loads(response.content)
        assert (response["Content-Type"], said["status"]) == (
            "application/problem+json; charset=utf-8",
            status,
        )
        assert said["detail"].startswith(sentence)
    else:
        assert any(sentence in p.text for p in read(response).all("p", class_="lead"))


def test_a_condition_that_is_left_empty_asks_nothing(client, publish):
    publish("走进中医药")
    said = json.loads(client.get("/activities.json?mode=&q=&when=&place=").content)
    assert [item["title"] for item in said["items"]] == ["走进中医药"]


def test_a_cursor_behind_the_last_is_the_end(client, publish):
    publish("走进中医药")
    publish("第二项")
    following = json.loads(client.get("/activities.json?size=1").content)["next_url"]
    PublicationDay.objects.all().delete()
    Publication.objects.filter(title="第二项").delete()
    said = json.loads(client.get(following.removeprefix("http://localhost:8000")).content)
    assert (said["items"], "next_url" in said) == ([], False)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client, world, method):
    response = getattr(client, method)("/activities.json")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert json.loads(response.content)["detail"] == "请用 GET 来取。"


def test_a_browser_that_asks_first_may(client, world):
    response = client.options("/activities.json", headers={"Origin": "https://school.example.cn"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert (response["Access-Control-Allow-Origin"], response.content) == ("*", b"")


def test_many_lines_are_counted_by_address_and_nobody_elses_answer_is_touched(
    client, publish, settings, monkeypatch
):
    publish("走进中医药")
    settings.KEPU_LIMITS = 1
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000.0)
    few = limits.Budget("test-few", "address", 2, 600)
    view = views.for_machines(as_json=True, budget=few)(views.json_feed.__wrapped__)
    answers = []
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"):
        request = RequestFactory().get("/activities.json", REMOTE_ADDR=address)
        request.at = clocks.now()
        answers.append(view(request))

    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert int(answers[2]["Retry-After"]) > 0


def test_nobodys_session_is_read(world, publish, django_assert_num_queries):
    """Somebody signed in costs what a stranger costs: no query for who they are."""
    staff = signed_in(Person.objects.get(pk=world.filer.person_id))
    publish("走进中医药")
    staff.get("/activities/")
    with django_assert_num_queries(3):
        assert staff.get("/activities.json").status_code == 200
    with django_assert_num_queries(4):
        assert staff.get("/activities.ics").status_code == 200


NAMES = (
    "q",
    "when",
    "day",
    "place",
    "mode",
    "field",
    "unit",
    "key",
    "season",
    "cursor",
    "size",
    "lang",
    "x",
    "",
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ending=st.sampled_from(["json", "atom", "csv", "ics"]),
    query=st.dictionaries(
        st.sampled_from(NAMES), st.one_of(st.sampled_from(JUNK), st.text(max_size=20)), max_size=3
    ),
)
def test_whatever_is_asked_there_is_an_answer(client, world, ending, query):
    query = {name: value.encode("utf-8", "ignore").decode() for name, value in query.items()}
    assert client.get(f"/activities.{ending}", query).status_code in (200, 304, 400, 404)
