"""The document describes what is there, and the page shows the document."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.web.portal.machines.filters import LIKE_THE_PAGE, conditions
from tests.web.reading import Page
from tests.web.workspace.hostile import JUNK


@pytest.fixture
def document(client, db):
    return json.loads(client.get("/api/v1/openapi.json").content)


def test_it_is_openapi_and_names_every_operation(document):
    assert (document["openapi"], document["servers"]) == ("3.1.0", [{"url": "http://localhost:8000"}])
    assert {path: list(methods) for path, methods in document["paths"].items()} == {
        f"/api/v1/{path}": ["get"]
        for path in (
            "activities", "activities/{pk}", "places", "places/{code}", "seasons", "notices", "notices/{season}/{code}", "lists",
            "vocabularies",
        )
    }  # fmt: skip


def test_what_is_said_of_an_operation_is_for_its_readers(document):
    """Where an operation has no description, its docstring would stand there, which is for who reads the code."""
    said = [methods["get"].get("description", "") for methods in document["paths"].values()]
    assert [text for text in said if not any("\u4e00" <= c <= "\u9fff" for c in text)] == []


def references(part):
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [value] if key == "$ref" else references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_every_shape_that_is_named_is_there(document):
    shapes = document["components"]["schemas"]
    assert {name.removeprefix("#/components/schemas/") for name in references(document)} - set(
        shapes
    ) == set()


def test_every_condition_of_the_list_is_described(document):
    """A new condition of the list page is in the interface by itself; here it asks for its sentence."""
    named = [one["name"] for one in document["paths"]["/api/v1/activities"]["get"]["parameters"]]
    assert named == [*(one.name for one in conditions()), "size", "lang"]
    assert {"q", "when", "day", "place", "mode", "field", "unit", "key", "season", "cursor"} <= set(named)
    assert [one.name for one in conditions() if one.meaning == LIKE_THE_PAGE] == []


def test_what_is_answered_has_the_shape_that_is_described(document, client, publish):
    activity = publish("走进中医药")
    said = json.loads(client.get(f"/api/v1/activities/{activity.pk}").content)
    shape = document["components"]["schemas"]["Activity"]
    assert set(said) == set(shape["properties"])


def test_in_english_no_word_is_chinese(client, db):
    said = json.loads(client.get("/api/v1/openapi.json?lang=en").content)
    words = []

    def walk(part):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(value, (dict, list)):
                walk(value)
            elif key in ("description", "summary", "title") and isinstance(value, str):
                words.append(value)

    walk(said)
    assert [word for word in words if any("\u4e00" <= c <= "\u9fff" for c in word)] == []


def test_the_page_shows_every_operation_with_an_example_that_opens(client, publish):
    publish("走进中医药")
    response = client.get("/api/")
    found = Page(response.content.decode())
    assert (response.status_code, found.wrong(), found.h1) == (200, [], "接口说明")
    operations = list(found.all("section", class_="api-operation"))
    assert len(operations) == 9
    examples = [a["href"] for one in operations for a in one.all("a") if a.text == "看一个例子"]
    for address in examples:
        status = client.get(address.removeprefix("http://localhost:8000")).status_code
        assert status in ((200, 404) if "/1" in address or "/na" in address else (200,))


PATHS = (
    "activities", "activities/{}", "places", "places/{}", "seasons", "notices", "notices/{}/{}", "lists", "vocabularies", "{}", "openapi.json",
)  # fmt: skip
NAMES = (
    "q", "when", "day", "place", "mode", "field", "unit", "key", "season", "cursor", "size", "lang", "parent", "name", "x", "",
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS), inside=st.sampled_from([*JUNK, "2023", "dg", "441900"]),
    query=st.dictionaries(st.sampled_from(NAMES), st.one_of(st.sampled_from(JUNK), st.text(max_size=30)), max_size=4),
)  # fmt: skip
def test_whatever_is_asked_is_answered_and_never_with_a_fault_of_ours(client, world, path, inside, query):
    query = {name: value.encode("utf-8", "ignore").decode() for name, value in query.items()}
    response = client.get("/api/v1/" + path.format(quote(inside, safe=""), quote(inside, safe="")), query)
    assert response.status_code in (200, 301, 400, 404)
    if response["Content-Type"].startswith("application/problem+json"):
        assert json.loads(response.content)["status"] == response.status_code
