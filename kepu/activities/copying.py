"""What a new draft takes from another activity: what it is, and nothing of when it was.

Of an activity of one's own that is all its host wrote but the dates; of another's only what the public reads, and of
that not where and with whom it is held. Codes of lists that the notices now in force do not know are left behind, by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kepu.activities.gates import lists_by_field
from kepu.activities.models import CONTENT, Activity, Arrangement, Publication
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit

LISTED = ("tracks", "fields", "topics", "entries", "audiences", "formats")
_OF_THEN = ("starts_at", "ends_at", "sessions", "in_principle_note")
_PUBLIC = (
    "title",
    "summary",
    "mode",
    "arrangement",
)  # what another's activity is; the rest is where and with whom


@dataclass(frozen=True, slots=True)
class Left:
    """Words of one list that were left behind: the name of the question, and the words."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a new draft begins with, and what was left behind."""

    content: dict[str, Any]
    left: tuple[Left, ...]


def what_is_taken(activity: Activity, season: Season, *, at: datetime) -> Taken:
    """What a copy of an own activity into a season begins with, and what is left behind. No query while rule books are warm."""
    now = rules_in_force(activity.unit, season, at=at)
    then = now if season.pk == activity.season_id else rules_in_force(activity.unit, activity.season, at=at)
    return from_own(activity, source=then, rules=now)


def of_published(publication: Publication, season: Season, *, unit: Unit, at: datetime) -> Taken:
    """The same of what another has published, for the unit that takes it up."""
    return from_published(publication.content, rules=rules_in_force(unit, season, at=at))


def from_own(activity: Activity, *, source: Rules, rules: Rules) -> Taken:
    """Everything of an activity but its dates. ``source`` are the rules of its season, ``rules`` those it is copied into."""
    fields: list[Any] = [Activity._meta.get_field(name) for name in CONTENT if name not in _OF_THEN]
    content = {field.name: getattr(activity, field.attname) for field in fields}
    content["sessions"] = _undated(activity)
    if source is not rules:
        asked = {rule.params.fact for rule in rules.of_kind("gate")}  # type: ignore[attr-defined]
        content["answers"] = {code: answer for code, answer in activity.answers.items() if code in asked}
        content["theme"], content["subtheme"] = rules.value("theme") or "", ""
    words = {name: _labels(name, source) for name in LISTED}
    return _fitting(content, words, rules)


def from_published(copy: Mapping[str, Any], *, rules: Rules) -> Taken:
    """What the published copy of another's activity says of it, as the beginning of one's own."""
    content: dict[str, Any] = {name: copy[name] for name in _PUBLIC if copy.get(name)}
    content["theme"] = rules.value("theme") or ""
    labels: Mapping[str, Sequence[Mapping[str, str]]] = copy.get("labels", {})
    content |= {name: [entry["code"] for entry in labels.get(name, ())] for name in LISTED}
    words = {
        name: {e["code"]: e["label"] for e in labels.get(name, ()) if e["label"] != e["code"]}
        for name in LISTED
    }  # what has no word of its own was written beside the list
    return _fitting(content, words, rules)


def _undated(activity: Activity) -> list[dict[str, Any]]:
    """Stops and child events without their dates; of what recurs only the dates differed."""
    if activity.arrangement not in (Arrangement.TOUR, Arrangement.SERIES):
        return []
    return [{**kept, "starts_at": None, "ends_at": None} for kept in activity.sessions]


def _fitting(content: dict[str, Any], words: Mapping[str, Mapping[str, str]], rules: Rules) -> Taken:
    """The content with only such codes as the lists in force take."""
    left = []
    for name in LISTED:
        kept = list(_kept(name, content[name], words[name], rules))
        if gone := [code for code in content[name] if code not in kept]:
            left.append(Left(name, tuple(words[name].get(code, code) for code in gone)))
        content[name] = kept
    return Taken(content, tuple(left))


def _kept(name: str, codes: Sequence[str], words: Mapping[str, str], rules: Rules) -> Iterator[str]:
    known = _labels(name, rules)
    lists = lists_by_field(rules).get(name, [])
    takes_others = not lists or any(rule.params.open_ended for rule in lists)  # type: ignore[attr-defined]
    return (code for code in codes if code in known or (takes_others and code not in words))


def _labels(name: str, rules: Rules) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in lists_by_field(rules).get(name, []):
        found |= rule.params.labels()  # type: ignore[attr-defined]
    return found
