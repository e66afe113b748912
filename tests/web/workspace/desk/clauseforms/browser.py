"""What a browser sends of a form: its successful controls, in order, as it makes them safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.http import QueryDict
from lxml import html

from kepu.notices.format.schema import FileClause, Header
from kepu.web.workspace.desk.clauseforms import Words, clause_form, header_form, read_clause, read_header

NO_WORDS = Words()


def sent(markup: str, *, press: str = "", **typed: str | list[str]) -> QueryDict:
    """Everything that the form sends, with some names typed anew and a button pressed. Names have ``__`` for a dot."""
    post = QueryDict(mutable=True)
    for name, value in _successful(html.fromstring(f"<form>{markup}</form>")):
        post.appendlist(name, value)
    for name, value in typed.items():
        post.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    if press:
        assert f'name="{press}"' in markup, f"there is no button {press}"
        post[press] = ""
    return post


def _successful(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for control in form.iter("input", "select", "textarea"):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "select":
            chosen = [o for o in control.iter("option") if o.get("selected") is not None]
            if chosen or len(control):
                yield name, (chosen[-1] if chosen else next(control.iter("option"))).get("value")
        elif control.tag == "textarea":
            yield name, (control.text or "").removeprefix("\n").replace("\n", "\r\n")
        elif kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                yield name, control.get("value", "on")
        elif kind == "date":
            yield name, _only_a_day(control.get("value", ""))
        else:
            yield name, re.sub(r"[\r\n]", "", control.get("value", ""))


def _only_a_day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def through_the_form(data: dict, *, words: Words = NO_WORDS) -> dict:
    """A clause drawn, and sent back as it stands."""
    return read_clause(data["kind"], sent(str(clause_form(data["kind"], data, words))))


def head_through_the_form(data: dict, *, words: Words = NO_WORDS) -> dict:
    return read_header(sent(str(header_form(data, words))))


def same_clause(one: dict, other: dict) -> bool:
    return FileClause.model_validate(one) == FileClause.model_validate(other)


def same_head(one: dict, other: dict) -> bool:
    return Header.model_validate(one) == Header.model_validate(other)
