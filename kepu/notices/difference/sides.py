"""The two sides of a difference as data: kept with an act, and put into words when somebody reads it.

The words are made at reading, in the reader's language. Where a kind has changed since and no longer takes what was
kept, the summary that the notice's author wrote stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from kepu.notices.difference.labels import CLAUSE, HEADER
from kepu.notices.difference.values import MINOR, ValueChange, changed_values
from kepu.notices.format.schema import ClauseBase, FileClause
from kepu.notices.inheritance import MODE_WORDS, STATUS_WORDS, STRICTNESS_WORDS
from kepu.notices.kinds import Params, kinds
from kepu.notices.kinds.base import english, listed
from kepu.notices.kinds.moments import day_words
from kepu.notices.models import NoticeStatus

WORDS: dict[str, Mapping[Any, Any]] = {
    "mode": MODE_WORDS, "strictness": STRICTNESS_WORDS, "status": STATUS_WORDS,
}  # fmt: skip
# what a clause says beside its parameters, in the order in which a reader asks for it
BESIDE = (
    "id", "number", "key", "strictness", "status", "waits_for", "audience", "mode", "scope", "caller", "summary",
    "summary_en", "wording", "relates",
)  # fmt: skip
OF_THE_RULE = ("strictness", "status", "waits_for", "audience")  # of these, what a rule in force has too


def settled(clause: ClauseBase) -> ClauseBase:
    """The clause with its key, mode and strictness written out, so that what means the same is equal."""
    return clause.model_copy(update={
        "key": clause.rule_key(), "mode": clause.effective_mode(), "strictness": clause.effective_strictness(),
    })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """A clause as it stood: as a notice file has it, and typed where its kind still takes it."""

    data: Mapping[str, Any]
    clause: ClauseBase | None

    @classmethod
    def of(cls, clause: ClauseBase) -> Side:
        clause = settled(clause)
        return cls(clause.model_dump(mode="json", exclude_defaults=True), clause)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Side:
        try:
            return cls(data, FileClause.model_validate(dict(data)))
        except ValidationError:
            return cls(data, None)

    @property
    def code(self) -> str:
        return str(self.data.get("id", ""))

    @property
    def number(self) -> str:
        return str(self.data.get("number", ""))

    @property
    def kind_label(self) -> str:
        kind = kinds().get(str(self.data.get("kind")))
        return str(kind.LABEL) if kind else ""

    def told(self) -> str:
        """The summary in the reader's language."""
        return str((english() and self.data.get("summary_en")) or self.data.get("summary", ""))

    def sentence(self) -> str:
        return self.clause.params.sentence() if self.clause else self.told()


def clause_values(before: ClauseBase, after: ClauseBase, names: Mapping[str, Any]) -> Iterator[ValueChange]:
    """Everything that changed in a clause between two versions of its notice: what it demands first."""
    yield from changed_values(before.params, after.params, names)
    own_name = any(c.key != c.params.key() for c in (before, after))
    fields = BESIDE if own_name else tuple(name for name in BESIDE if name != "key")
    yield from _beside(before, after, fields, names)


def rule_values(
    before: ClauseBase, after: ClauseBase, params: Params, names: Mapping[str, Any]
) -> Iterator[ValueChange]:
    """What a clause changes in the rule of another notice; ``params`` is what comes of both."""
    yield from changed_values(before.params, params, names, but=MINOR)
    yield from _beside(before, after, OF_THE_RULE, names)


def _beside(
    before: Any, after: Any, fields: tuple[str, ...], names: Mapping[str, Any]
) -> Iterator[ValueChange]:
    for name in fields:
        a, b = getattr(before, name), getattr(after, name)
        if (a or None) != (b or None):
            yield ValueChange(str(CLAUSE[name]), _words(name, a, names), _words(name, b, names))


def _words(name: str, value: Any, names: Mapping[str, Any]) -> str:
    if not value:
        return ""
    if name == "audience":
        return str(value.words(dict(names)))
    if name in WORDS:
        return str(WORDS[name][value])
    return listed([str(v) for v in value]) if isinstance(value, tuple) else str(value)


def header_value(name: str, before: Any, after: Any, names: Mapping[str, Any]) -> ValueChange:
    """One field of a header that changed, in words. The values are plain, as JSON has them."""
    label = str(HEADER[name])
    if isinstance(before, list) and isinstance(after, list):
        a, b = ([_entry(name, e, names) for e in side] for side in (before, after))
        gone, come = [e for e in a if e not in b], [e for e in b if e not in a]
        if gone or come:
            return ValueChange(label, listed(gone), listed(come))
    return ValueChange(label, _header_words(name, before, names), _header_words(name, after, names))


def _header_words(name: str, value: Any, names: Mapping[str, Any]) -> str:
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, list):
        return listed([_entry(name, e, names) for e in value])
    if name == "status" and value in NoticeStatus.values:
        return str(NoticeStatus(value).label)
    if name in ("issued", "printed", "in_force"):
        return _moment(str(value))
    return _entry(name, value, names)


def _entry(name: str, value: Any, names: Mapping[str, Any]) -> str:
    if isinstance(value, dict):
        title = str(value.get("title", ""))
        return f"{value['number']} {title}".strip() if "number" in value else title
    prefix = {"place": "place", "line": "line", "level": "level"}.get(name, "notice")
    return str(names.get(f"{prefix}:{value}", value))


def _moment(text: str) -> str:
    when = datetime.fromisoformat(text)
    return day_words(date(when.year, when.month, when.day)) + (
        f" {when:%H:%M}" if "T" in text and (when.hour or when.minute) else ""
    )
