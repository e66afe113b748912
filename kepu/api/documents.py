"""What the interface says of itself: the document for programs, the page for people, and where it begins."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.api.describing import PREFIX, document
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.caching import public
from kepu.web.portal.machines import naming
from kepu.web.portal.machines.filters import conditions, parameter
from kepu.web.portal.machines.problems import not_there
from kepu.web.portal.machines.serving import for_machines
from kepu.web.portal.machines.views import MOST, USUAL
from kepu.web.request import Request
from kepu.web.shared.views import page as drawn
from kepu.web.shared.views import reads

KEPT = 3600


@for_machines(as_json=True, seconds=KEPT)
def openapi(request: HttpRequest) -> HttpResponse:
    """The document. No query."""
    text = json.dumps(document(_language()), ensure_ascii=False)
    return HttpResponse(text, content_type="application/vnd.oai.openapi+json;version=3.1; charset=utf-8")


@for_machines(as_json=True, seconds=KEPT)
def start(request: HttpRequest) -> HttpResponse:
    """Where everything is. No query."""
    names = ("activities", "places", "seasons", "notices", "lists", "vocabularies", "openapi", "documents")
    said = {name: whole_address(reverse(f"api:{name}")) for name in names}
    return HttpResponse(json.dumps(said), content_type="application/json; charset=utf-8")


@for_machines(as_json=True)
def unknown(request: HttpRequest, path: str) -> HttpResponse:
    """No such address below the interface."""
    raise not_there(
        _("没有这个地址。所有的地址在 %(start)s。") % {"start": whole_address(reverse("api:start"))}
    )


@dataclass(frozen=True, slots=True)
class Property:
    """A field of an answer."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that answers are made of."""

    name: str
    properties: list[Property]


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page tells it."""

    key: str
    summary: str
    description: str
    path: str
    parameters: list[dict[str, Any]]
    answer: str
    example: str


@public
@reads
def page(request: Request) -> HttpResponse:
    """The document as a page, and the formats of the list beside it. No query."""
    said = document(_language())
    context = {
        "groups": _groups(said), "shapes": list(_shapes(said)), "description": said["info"]["description"],
        "conditions": [_row(one.as_openapi()) for one in (*conditions(), parameter("lang"))],
        "formats": [(form, USUAL[form.code], MOST[form.code], whole_address(reverse(form.route))) for form in naming.FORMATS],
        "openapi": whole_address(reverse("api:openapi")), "start": whole_address(PREFIX),
    }  # fmt: skip
    return drawn(request, "api/documents.html", context)


def _language() -> str:
    return get_language() or "zh-hans"


def _groups(said: dict[str, Any]) -> list[tuple[str, list[Shown]]]:
    groups: dict[str, list[Shown]] = {}
    for path, methods in said["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(_shown(path, operation))
    return list(groups.items())


def _shown(path: str, operation: dict[str, Any]) -> Shown:
    parameters = [_row(one) for one in operation["parameters"]]
    usual = [one for one in parameters if one["name"] in ("place", "parent", "day", "season")][:1]
    query = "&".join(f"{one['name']}={one['example']}" for one in usual if one["example"])
    filled = (
        path.replace("{pk}", "1")
        .replace("{season}", "2023")
        .replace("{code}", "441900" if "places" in path else "na")
    )
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return Shown(
        operation["operationId"], operation["summary"], operation.get("description", ""), path, parameters, _type(answer),
        whole_address(filled + (f"?{query}" if query else "")),
    )  # fmt: skip


def _row(one: dict[str, Any]) -> dict[str, Any]:
    """A parameter as its line of a table tells it."""
    schema = one["schema"]
    bounds = f"{schema['minimum']}–{schema['maximum']}" if "maximum" in schema else ""
    return {
        "name": one["name"], "meaning": _(one["description"]) if one.get("description") else "", "in_path": one["in"] == "path",
        "values": ", ".join(schema.get("enum", ())) or bounds, "example": one.get("example", ""),
    }  # fmt: skip


def _shapes(said: dict[str, Any]) -> Iterator[Shape]:
    for name, schema in sorted(said["components"]["schemas"].items()):
        yield Shape(
            name,
            [
                Property(field, _type(about), about.get("description", ""))
                for field, about in schema.get("properties", {}).items()
            ],
        )


def _type(schema: dict[str, Any]) -> str:
    """A type in short: string, date-time, Session[], string | null."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if "allOf" in schema:
        return " & ".join(_type(one) for one in schema["allOf"])
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{…: {_type(schema['additionalProperties'])}}}"
    return str(schema.get("format") or schema.get("type") or "any")
