"""Telling the trace in sentences. Each module says those of its own events, and how its things are called.

A module does so in its ``sentences.py``, which the registry finds by itself::

    group("activity", _("活动"))
    say("activity", {Event.DRAFTED: _("%(who)s起草了活动%(thing)s。")})       # the plain ones

    @tells("activity", Event.FILED)                                       # those that say more
    def filed(row):
        return row.say(_("%(who)s填报了活动%(thing)s。"), again(row))

    @names("activity")                                                    # what a thing is called, for whoever reads
    def activities(reader, ids): ...

A sentence names the person and the unit (``who``), the thing, and what changed. What the detail of a row points at by
its key is resolved for a whole page at once: ``refs={"unit": "unit"}`` says that ``detail["unit"]`` is a unit, and
``{"of_id": "@of"}`` that ``detail["of"]`` names the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.core.models import AuditEntry

Key = int | str


@dataclass(frozen=True, slots=True)
class Named:
    """What something is called to whoever reads. ``kind`` and ``key`` are how a face finds its page, "" for none."""

    text: str
    kind: str = ""
    key: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what it names, and the sentences after it."""

    template: str
    values: Mapping[str, Any]
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return in_one([self.template % self.values, *self.also])


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the trace with the names that its sentence needs."""

    entry: AuditEntry
    who: Named
    thing: Named
    refs: Mapping[tuple[str, Key], Named]

    @property
    def detail(self) -> Mapping[str, Any]:
        return self.entry.detail

    def ref(self, kind: str, key: Any) -> Named:
        """What a key in the detail points at."""
        return self.refs.get((kind, key)) or unnamed(kind, key)

    def say(self, template: str, *also: str, **values: Any) -> Told:
        return Told(template, {"who": self.who, "thing": self.thing, **values}, tuple(filter(None, also)))


Tell = Callable[[Row], Told]
Names = Callable[[Any, Collection[Any]], Mapping[Any, Named]]


@dataclass(frozen=True, slots=True)
class Saying:
    """How an event is told: its group, its sentence, and what its detail points at."""

    group: str
    tell: Tell
    refs: Mapping[str, str]


_groups: dict[str, Any] = {}
_sayings: dict[str, Saying] = {}
_names: dict[str, Names] = {}


def group(code: str, label: Any) -> None:
    """A group of events, as people filter by it."""
    _groups[code] = label


def say(of: str, sentences: Mapping[str, Any], *, refs: Mapping[str, str] | None = None) -> None:
    """The sentences of events that say nothing but who did what with the thing."""
    for event, sentence in sentences.items():
        _sayings[str(event)] = Saying(of, _plain(sentence), dict(refs or {}))


def tells(of: str, *events: str, refs: Mapping[str, str] | None = None) -> Callable[[Tell], Tell]:
    """The function tells these events. ``refs``: which keys of the detail point at what kind of thing."""

    def register(tell: Tell) -> Tell:
        for event in events:
            _sayings[str(event)] = Saying(of, tell, dict(refs or {}))
        return tell

    return register


def names(kind: str) -> Callable[[Names], Names]:
    """The function names the things of a kind, as many as there are keys, for a reader (an Actor)."""

    def register(function: Names) -> Names:
        _names[kind] = function
        return function

    return register


def _plain(sentence: Any) -> Tell:
    return lambda row: row.say(str(sentence))


def load() -> None:
    """Read the sentences of every module."""
    autodiscover_modules("sentences")


def groups() -> dict[str, str]:
    """The groups with their labels, in the order in which modules name them."""
    return {code: str(label) for code, label in _groups.items()}


def events_of(code: str) -> list[str]:
    """The events of a group."""
    return sorted(event for event, saying in _sayings.items() if saying.group == code)


def known() -> list[str]:
    """Every event that has a sentence."""
    return sorted(_sayings)


def saying_of(event: str) -> Saying | None:
    return _sayings.get(event)


def tell(row: Row) -> Told:
    """The sentence of a row. An event that no module knows (any more) is told by its name; nothing stays untold."""
    saying = _sayings.get(row.entry.event)
    if saying is None:
        return row.say(_("%(who)s对%(thing)s办理了“%(event)s”。"), event=row.entry.event)
    return saying.tell(row)


def wanted(entries: Iterable[AuditEntry]) -> dict[str, set[Any]]:
    """What must be named for some rows: keys by kind."""
    found: dict[str, set[Any]] = {}
    for entry in entries:
        found.setdefault(entry.thing, set()).add(entry.thing_id)
        saying = _sayings.get(entry.event)
        for key, said in saying.refs.items() if saying else ():
            kind = str(entry.detail.get(said[1:]) or "") if said.startswith("@") else said
            value = entry.detail.get(key) if kind else None
            for one in value if isinstance(value, list) else [value]:
                if one not in (None, ""):
                    found.setdefault(kind, set()).add(one)
    return found


def resolve(keys: Mapping[str, Collection[Any]], reader: Any) -> dict[tuple[str, Key], Named]:
    """The names of things for a reader. A few queries for each kind, however many things."""
    found: dict[tuple[str, Key], Named] = {}
    for kind, ids in sorted(keys.items()):
        function = _names.get(kind)
        named = function(reader, ids) if function and ids else {}
        found |= {(kind, key): named.get(key) or unnamed(kind, key) for key in ids}
    return found


def unnamed(kind: str, key: Any) -> Named:
    """A thing that is not there any more, or whose kind has no names."""
    label = next((str(m._meta.verbose_name) for m in apps.get_models() if m._meta.model_name == kind), "")
    if label and label != kind and not label.isascii():
        return Named(_("%(kind)s%(id)s号") % {"kind": label, "id": key})
    return Named(_("（%(id)s号）") % {"id": key})


def hidden() -> Named:
    """A thing that the reader may not see."""
    return Named(_("（名称不在您的查看范围内）"))


def quoted(text: Any) -> str:
    return _("“%(text)s”") % {"text": text}


def in_one(sentences: Iterable[str]) -> str:
    """Sentences one after the other; only where words are written apart do sentences stand apart too."""
    return ("" if (get_language() or "zh").startswith("zh") else " ").join(filter(None, sentences))


def listed(words: Iterable[Any]) -> str:
    return _("、").join(str(word) for word in words)


def day_said(value: Any) -> str:
    """A day or an instant of a row's detail, as people write it; "" for none."""
    if not value:
        return ""
    text = str(value)
    day = date.fromisoformat(text) if len(text) == 10 else day_of(datetime.fromisoformat(text))
    return date_format(day)
