"""Which values of a clause changed, in words: "期限：9月23日 → 9月20日", "活动形式：加上换书集市". Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel

from kepu.notices.difference.labels import CODES, NO, YES, label_of
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Bound, Params, listed, number
from kepu.notices.kinds.commendation import Objection
from kepu.notices.kinds.facts import fact_of
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.moments import Moment, day_words
from kepu.notices.kinds.routing import receiver_words

BOUND = ("min", "max", "over", "under")
MINOR = ("label_en", "title_en", "note")  # of no weight where two notices are compared
# fields that hold codes of a vocabulary, by the prefix under which a rule book names them
NAMED = {
    "host_kinds": "kind", "sender_kinds": "kind", "by_kinds": "kind", "hosts": "kind", "host_excludes": "kind",
    "host_levels": "level", "kind": "kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value that changed. ``before`` is "" where nothing was said, ``after`` where nothing is said any more.

    Of a list only what went and what came.
    """

    label: str
    before: str
    after: str

    def sentence(self) -> str:
        said = {"label": self.label, "before": self.before, "after": self.after}
        if not self.before:
            return _("%(label)s：加上%(after)s") % said
        if not self.after:
            return _("%(label)s：去掉%(before)s") % said
        return _("%(label)s：%(before)s → %(after)s") % said


def changed_values(
    before: Params, after: Params, names: Mapping[str, Any], *, but: Collection[str] = ()
) -> list[ValueChange]:
    """What of a clause's parameters changed. ``names`` gives names for codes, as a rule book has them.

    ``but`` names fields that are passed over.
    """
    if type(before) is not type(after):
        return [ValueChange(_("种类"), str(type(before).LABEL), str(type(after).LABEL))]
    return list(_in_model(before, after, names, "", frozenset(but)))


def _in_model(
    before: Any, after: Any, names: Mapping[str, Any], inside: str, but: frozenset[str]
) -> Iterator[ValueChange]:
    owner = _owner(before)
    bounded = isinstance(getattr(type(before), "bound", None), property)
    if bounded and before.bound != after.bound:
        yield _change(
            inside + label_of(owner, "bound"), _bound_words(before), _bound_words(after), before.bound, after.bound
        )  # fmt: skip
    for name in type(before).model_fields:
        a, b = getattr(before, name), getattr(after, name)
        if a == b or name in but or (bounded and name in BOUND):
            continue
        label = inside + label_of(owner, name)
        if name == "when" and isinstance(before, Gate):
            yield _change(label, before.case(), after.case(), a, b)
        elif isinstance(a, list | tuple) or isinstance(b, list | tuple):
            yield from _in_list(label, a or (), b or (), _Words(before, after, name, names), but)
        else:
            words = _Words(before, after, name, names)
            yield _change(label, words.before(a), words.after(b), a, b)


def _in_list(
    label: str, before: Sequence[Any], after: Sequence[Any], words: _Words, but: frozenset[str]
) -> Iterator[ValueChange]:
    """Of a list what went and what came; of an entry that stayed, what changed in it; else the order."""
    a, b = {_code(entry): entry for entry in before}, {_code(entry): entry for entry in after}
    gone = [words.before(entry) for code, entry in a.items() if code not in b]
    come = [words.after(entry) for code, entry in b.items() if code not in a]
    stayed = False
    if gone or come:
        yield _change(label, listed(gone), listed(come), tuple(a), tuple(b))
    for code, entry in a.items():
        other = b.get(code)
        if other is None or entry == other:
            continue
        stayed = True
        inside = _("%(label)s“%(name)s”的") % {"label": label, "name": words.before(entry)}
        yield from _in_model(entry, other, words.names, inside, but)
    if not (gone or come or stayed):  # the same entries in another order
        yield _change(
            _("%(label)s的次序") % {"label": label}, listed([words.before(e) for e in before]),
            listed([words.after(e) for e in after]), tuple(a), tuple(b),
        )  # fmt: skip


def _change(label: str, before: str, after: str, raw_before: Any, raw_after: Any) -> ValueChange:
    """Two values that differ are never said in the same words."""
    if before == after:
        before, after = _raw(raw_before), _raw(raw_after)
    return ValueChange(label, before, after)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words for the values of one field, on the side of the model they stand in."""

    old: Any
    new: Any
    name: str
    names: Mapping[str, Any]

    def before(self, value: Any) -> str:
        return words_of(self.old, self.name, value, self.names)

    def after(self, value: Any) -> str:
        return words_of(self.new, self.name, value, self.names)


def words_of(model: Any, name: str, value: Any, names: Mapping[str, Any]) -> str:
    """A value of a model's field in words; "" for none."""
    if value is None or value == () or value == {}:
        return ""
    if isinstance(value, bool):
        return str(YES if value else NO)
    if isinstance(value, list | tuple):
        return listed([words_of(model, name, entry, names) for entry in value])
    if isinstance(value, Mapping):
        return _("；").join(_entry_words(model, name, key, inner, names) for key, inner in value.items())
    if isinstance(value, BaseModel):
        return _model_words(model, value, names)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, int | float):
        return number(value)
    return _code_words(model, name, str(value.value if isinstance(value, Enum) else value), names)


def _code_words(model: Any, name: str, code: str, names: Mapping[str, Any]) -> str:
    known = CODES.get((_owner(model), name))
    if known and code in known:
        return str(known[code])
    if name in ("to", "steps") and _owner(model) in ("duty", "Route"):
        return receiver_words(code)
    if isinstance(model, Gate) and name in ("equals", "one_of", "none_of", "contains"):
        return model.codes((code,))
    if isinstance(model, Gate) and name in ("fact", "share_of"):
        return str(fact_of(code).label)
    if name in NAMED:
        return str(names.get(f"{NAMED[name]}:{code}", code))
    return code


def _entry_words(model: Any, name: str, key: str, value: Any, names: Mapping[str, Any]) -> str:
    what = str(fact_of(key).label) if name in ("when", "counts") else key
    said = {"what": what, "words": words_of(model, name, value, names)}
    return _("%(what)s：%(words)s") % said


def _model_words(model: Any, value: Any, names: Mapping[str, Any]) -> str:
    if isinstance(value, Moment):
        return value.words()
    if isinstance(value, Bound):
        return value.words(model.unit_word() if isinstance(model, Gate) else "")
    if isinstance(value, Audience):
        return value.words(dict(names))
    if isinstance(value, Objection):
        days = value.working_days or value.days
        unit = _("个工作日") if value.working_days else _("日")
        return f"{days}{unit}"
    for field in ("title", "label", "name", "text"):
        if named := getattr(value, field, None):
            return str(named)
    said = getattr(value, "said", None)
    return said() if callable(said) else str(getattr(value, "code", value))


def _bound_words(model: Any) -> str:
    unit = model.unit_word() if isinstance(model, Gate) else getattr(model, "unit", None) or ""
    if getattr(model, "percent", None) is True or unit == "percent":
        unit = "%"
    return str(model.bound.words(unit)) if model.bound.is_set() else ""


def _code(entry: Any) -> Any:
    """What an entry of a list is known by: its code, else its name, else itself."""
    if not isinstance(entry, BaseModel):
        return entry
    for field in ("code", "title", "name"):
        if known := getattr(entry, field, None):
            return known
    return entry.model_dump_json()


def _raw(value: Any) -> str:
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", exclude_defaults=True)
    return "" if value in (None, (), {}) else str(value)


def _owner(model: Any) -> str:
    """The kind of a clause's parameters, or the name of a model inside them."""
    return str(model.KIND) if isinstance(model, Params) else type(model).__name__
