"""The OpenAPI document of the interface, in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kepu.api.site import api

PREFIX = "/api/v1/"
TRANSLATED = ("summary", "description", "title")


def document(language: str) -> dict[str, Any]:
    """The document; made once for each language."""
    return _made(language, settings.KEPU_PUBLIC_URL)


@cache
def _made(language: str, site: str) -> dict[str, Any]:
    made: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    with translation.override(language):
        said: dict[str, Any] = _told(made)
    for path in said["paths"].values():
        for operation in path.values():
            _as_problems(operation["responses"])
    said["servers"] = [{"url": site}]
    said["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    return said


def _told(part: Any, name: str = "") -> Any:
    """The same with its words translated. What pydantic calls a schema or a field by itself says nothing and goes."""
    if isinstance(part, dict):
        named = {
            key: _told(value, str(key)) for key, value in part.items() if not _is_a_name(key, value, part)
        }
        return {str(key): value for key, value in named.items()}
    if isinstance(part, (list, tuple)):
        return [_told(value, name) for value in part]
    return _(part) if name in (*TRANSLATED, "tags") and isinstance(part, str) and part else part


def _is_a_name(key: Any, value: Any, around: dict[Any, Any]) -> bool:
    return (
        key == "title"
        and isinstance(value, str)
        and ("type" in around or "anyOf" in around or "properties" in around)
    )


def _as_problems(responses: dict[str, Any]) -> None:
    for status, answer in responses.items():
        if status != "200":
            content = answer.pop("content", {}).get("application/json")
            answer["content"] = {"application/problem+json": content}
