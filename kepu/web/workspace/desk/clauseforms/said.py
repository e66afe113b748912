"""What a clause brings along that other clauses may point at: its window, its form with the columns, its list with the items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

Said = tuple[str, str, str]  # vocabulary, code, label

_WITH_CODE = {
    "window": "code", "form": "code", "list": "code", "track": "code", "call": "code", "quota": "of", "duty": "what",
    "programme": "code", "contact": "desk",
}  # fmt: skip
_NAMED = {"contact": "desk"}  # the vocabulary, where it is not called like the kind
_PARTS = {
    "list": (("items", "item"),),
    "track": (("nodes", "node"),),
    "form": (("header", "column"), ("columns", "column")),
    "mark": (("items", "mark"),),
    "call": (("declarations", "declaration"),),
}


def said_by(kind: str, params: Any) -> Iterator[Said]:
    """The words of one clause. ``params`` is a kind's value or a table as typed, where anything may be missing or wrong."""
    code, title = _text(params, _WITH_CODE.get(kind, "")), _text(params, "title")
    if code:
        yield _NAMED.get(kind, kind), code, title or code
        yield from _anchors(kind, code, title or code)
    for name, vocabulary in _PARTS.get(kind, ()):
        for part in _many(params, name):
            own = _text(part, "code")
            label = _text(part, "label") or _text(part, "title") or _text(part, "text") or own
            if own:
                yield vocabulary, own, label
                if vocabulary == "item":
                    yield f"item:{code}", own, label
    if kind == "call":
        yield from (("label", str(text), str(text)) for text in _many(params, "labels") if text)


def _anchors(kind: str, code: str, title: str) -> Iterator[Said]:
    """What a date may be counted from."""
    if kind == "window":
        yield "anchor", f"window.{code}.start", _("“%(title)s”开始") % {"title": title}
        yield "anchor", f"window.{code}.end", _("“%(title)s”结束") % {"title": title}
    elif kind == "programme":
        yield "anchor", f"event.{code}", _("“%(title)s”这一天") % {"title": title}
    elif kind == "duty":
        yield "anchor", f"duty.{code}", _("“%(title)s”报送") % {"title": title}


def _text(thing: Any, name: str) -> str:
    value = (thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)) if name else None
    return value.strip() if isinstance(value, str) else ""


def _many(thing: Any, name: str) -> list[Any]:
    value = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
    return list(value) if isinstance(value, list | tuple) else []
