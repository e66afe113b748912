"""What a clause says beside its audience: words of the vocabularies, facts of the right sort, things that are there.

A word that no vocabulary knows and a condition that can never come true are errors. A name that points at nothing is a
remark: what it points at may be in a notice that is not in hand.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from kepu.notices.kinds.base import Bound, Mode
from kepu.notices.kinds.duty import Duty
from kepu.notices.kinds.facts import COUNTED_FACTS, FACTS, MOMENT_FACTS, NUMBER_FACTS, VALUES, fact_of
from kepu.notices.kinds.file_rule import FileRule
from kepu.notices.kinds.form import Column, Form
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.moments import ANCHORS, Moment
from kepu.notices.kinds.party import Member
from kepu.notices.kinds.quota import Quota
from kepu.notices.kinds.routing import Route

Path = tuple[str | int, ...]
_VOCABULARY = {
    "host_kinds": "kind", "sender_kinds": "kind", "hosts": "kind", "by_kinds": "kind", "host_excludes": "kind",
    "host_levels": "level", "place_level": "level",
}  # fmt: skip
_OF_MEMBERS = {"kind": "kind", "line": "line", "place": "place"}
_OF_RECIPIENTS = {
    "kinds": "kind", "lines": "line", "levels": "level", "members_of": "body", "designations": "designation",
    "place_kinds": "place_kind", "places": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One thing wrong (or, not ``is_error``, worth a look), and where in the clause or the header it stands."""

    path: Path
    sentence: str
    is_error: bool = True


def words_of_header(header: BaseModel, words: Mapping[str, frozenset[str]]) -> Iterator[Said]:
    """Words of the header that no vocabulary knows."""
    for i, recipient in enumerate(getattr(header, "recipients", ())):
        for name, vocabulary in _OF_RECIPIENTS.items():
            yield from _unknown(getattr(recipient, name), words.get(vocabulary), ("recipients", i, name))
    yield from _unknown((getattr(header, "level", None),), words.get("level"), ("level",))


def meaning_of(
    params: BaseModel, words: Mapping[str, frozenset[str]], known_keys: frozenset[str], mode: Mode
) -> Iterator[Said]:
    """What is wrong with a clause's parameters. ``known_keys``: the rules that can be pointed at; none: no telling."""
    for path, model in _models(params, ()):
        yield from _words(model, path, words)
        if known_keys:
            yield from _references(model, path, known_keys)
    if isinstance(params, Gate):
        yield from _gate(params)
    if isinstance(params, Form) and params.columns_known and mode is Mode.REPLACE:
        there = {c.code for c in (*params.header, *params.columns)}
        lost = sorted({code for v in params.variants for code in v.without} - there)
        for code in lost:
            yield Said(("variants",), _("without 里的“%(code)s”不是这张表的栏。") % {"code": code})


def _models(value: Any, path: Path) -> Iterator[tuple[Path, BaseModel]]:
    if isinstance(value, BaseModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _models(getattr(value, name), (*path, name))
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _models(inner, (*path, i))


def _words(model: BaseModel, path: Path, words: Mapping[str, frozenset[str]]) -> Iterator[Said]:
    for name in type(model).model_fields:
        vocabulary = _VOCABULARY.get(name) or (_OF_MEMBERS.get(name) if isinstance(model, Member) else None)
        if vocabulary:
            value = getattr(model, name)
            codes = value if isinstance(value, tuple) else (value,)
            yield from _unknown(codes, words.get(vocabulary), (*path, name))
    receivers: dict[str, tuple[str, ...]] = {}
    if isinstance(model, Duty):
        receivers = {"to": (model.to,)}
    elif isinstance(model, Route):
        receivers = {"steps": model.steps}
    for name, named in receivers.items():
        lines = tuple(r.removeprefix("line:").partition("@")[0] for r in named if r.startswith("line:"))
        yield from _unknown(lines, words.get("line"), (*path, name))


def _unknown(codes: tuple[Any, ...], known: frozenset[str] | None, path: Path) -> Iterator[Said]:
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    for code in codes:
        if known and code and code not in known:
            close = difflib.get_close_matches(code, known, n=1)
            hint = (
                _("是不是“%(close)s”？") % {"close": close[0]} if close else _("请先在 season.toml 里登记。")
            )
            yield Said(
                path, _("%(name)s 不认识“%(code)s”。%(hint)s") % {"name": name, "code": code, "hint": hint}
            )


def _gate(gate: Gate) -> Iterator[Said]:
    if gate.fact not in FACTS and not gate.label:
        close = difflib.get_close_matches(gate.fact, FACTS, n=1)
        hint = _("是不是“%(close)s”？") % {"close": close[0]} if close else ""
        yield Said(
            ("fact",),
            _("没有“%(fact)s”这一项；自己起名的，要写这一项叫什么（label）。%(hint)s")
            % {"fact": gate.fact, "hint": hint},
        )
    name = fact_of(gate.fact).label
    if (
        gate.fact in FACTS
        and gate.fact not in NUMBER_FACTS | COUNTED_FACTS
        and (gate.bound.is_set() or gate.preferred)
    ):
        yield Said(("fact",), _("“%(name)s”不是数，不能写 min、max。") % {"name": name})
    timed = gate.not_before or gate.not_after or gate.within
    if gate.fact in FACTS and gate.fact not in MOMENT_FACTS and timed:
        yield Said(
            ("fact",), _("“%(name)s”不是时间，不能写 not_before、not_after、within。") % {"name": name}
        )
    if gate.within and not gate.within.startswith("window."):
        yield Said(("within",), _("within 要写 window.代码；现在是“%(code)s”。") % {"code": gate.within})
    for field in ("one_of", "none_of", "equals"):
        value = getattr(gate, field)
        yield from _fixed(gate.fact, value if isinstance(value, tuple) else (value,), (field,))
    for fact, case in gate.when.items():
        if isinstance(case, Bound):
            if fact in FACTS and fact not in NUMBER_FACTS | COUNTED_FACTS:
                yield Said(
                    ("when",), _("“%(name)s”不是数，不能写 min、max。") % {"name": fact_of(fact).label}
                )
        elif fact in NUMBER_FACTS:
            yield Said(
                ("when",),
                _("“%(name)s”是数，when 里要写界限，如 { %(fact)s = { min = 500 } }。")
                % {"name": fact_of(fact).label, "fact": fact},
            )
        else:
            yield from _fixed(fact, case, ("when", fact))


def _fixed(fact: str, codes: tuple[Any, ...], path: Path) -> Iterator[Said]:
    """Codes of a fact whose values are fixed."""
    known = VALUES.get(fact)
    for code in codes:
        if known and code and code not in known:
            said = {"fact": fact_of(fact).label, "code": code, "known": "、".join(known)}
            yield Said(path, _("“%(fact)s”没有“%(code)s”这个值，可以写：%(known)s。") % said)


def _references(model: BaseModel, path: Path, keys: frozenset[str]) -> Iterator[Said]:
    pointers: list[tuple[str, str | None]] = []
    if isinstance(model, Duty):
        pointers = [("form", model.form and f"form.{model.form}")]
    elif isinstance(model, FileRule):
        pointers = [("call", f"call.{model.call}")]
    elif isinstance(model, Quota):
        pointers = [("window", model.window)]
    elif isinstance(model, Gate):
        pointers = [("within", model.within), ("same_as", model.same_as)]
    elif isinstance(model, Moment):
        anchor = model.before or model.after or ""
        pointers = [("after" if model.after else "before", None if anchor in ANCHORS else _anchored(anchor))]
    elif isinstance(model, Column):
        pointers = [("list", model.list and f"list.{model.list}")]
    for name, key in pointers:
        if key and key not in keys:
            yield Said(
                (*path, name), _("%(name)s 指到的“%(key)s”，这份通知和它的上级通知里都没有。") % {"name": name, "key": key},
                is_error=False,
            )  # fmt: skip


def _anchored(anchor: str) -> str:
    """The rule that an anchor counts from: ``window.main.end`` → ``window.main``, ``event.opening`` → ``programme.opening``."""
    first, _dot, rest = anchor.partition(".")
    if first == "window":
        return f"window.{rest.removesuffix('.start').removesuffix('.end')}"
    return f"programme.{rest}" if first == "event" else anchor
