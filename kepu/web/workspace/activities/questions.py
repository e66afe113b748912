"""The questions of the filing form: their groups, and what the notices in force add to them. No query.

The lists (fields, entries, tracks …) are those of the notices in force; a list that ends with 等 takes other words
too. What a gate asks for by a name of its own becomes a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.activities.models import CONTENT
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.gate import Gate, Stage

LISTED = ("tracks", "fields", "topics", "entries", "audiences", "formats")

# code of the group, its title, its questions in their order; each group is one screen of a phone
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("what", _("是什么活动"), ("title", "subtheme", "summary", "formats", "activity_level")),
    ("kind", _("属于哪一类"), ("tracks", "fields", "topics")),
    ("when", _("什么时候"), ("mode", "arrangement", "starts_at", "ends_at", "sessions")),
    ("where", _("在什么地方"), ("place", "place_other", "venue", "address", "position", "online_link", "main_venue")),
    ("whom", _("给谁"), ("audiences", "entries", "participants_expected", "online_expected", "participants_note")),
    ("join", _("怎么参加"), ("taking_part", "booking_link", "booking_note", "capacity", "accessibility", "accessibility_note")),
    ("who", _("谁负责"), ("content_person", "safety_person", "host_place_person", "contact_name", "contact_phone")),
    ("units", _("和哪些单位一起办"), ("co_hosts", "undertakers", "supporters", "responsible_unit")),
    ("care", _("宣传和安全"), ("publicity_plan", "resources_planned", "marks", "risk_assessment", "risk_plan")),
    ("key", _("重点活动和说明"), ("key_activity", "key_reason", "in_principle_note")),
)  # fmt: skip
# questions that stand for columns of other names, or for none
BESIDE = {"place_other": (), "position": ("latitude", "longitude")}

# asked only of those for whom the answer makes a difference: the word that the page's rule knows each by
NEEDS = {
    **dict.fromkeys(("venue", "address", "position", "host_place_person"), "onsite"),
    **dict.fromkeys(("online_link", "online_expected"), "online"),
    **dict.fromkeys(("starts_at", "ends_at"), "once"), "sessions": "several", "key_reason": "key",
    **dict.fromkeys(("booking_link", "booking_note"), "booking"),
}  # fmt: skip
OF_ACTIVITIES = frozenset(CONTENT) | {
    "lead_days", "filed_at", "published_at", "participants_actual", "host_kind", "days_after_end", "media_links", "photos",
    "videos", "materials", "sections",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Options:
    """What one list offers: groups of code and label, whether other words are taken, and the rules it comes from."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    open_ended: bool
    rules: tuple[InForce, ...]

    def __bool__(self) -> bool:
        return bool(self.groups) or self.open_ended


@dataclass(frozen=True, slots=True)
class Extra:
    """A question that a notice adds: the fact as the gate names it."""

    code: str
    label: str
    number: bool
    choices: tuple[tuple[str, str], ...]
    rule: InForce

    @property
    def field(self) -> str:
        return f"answers.{self.code}"


def options_for(name: str, rules: Rules) -> Options:
    """What the notices in force offer for one of the lists; what bears one title stands together."""
    found = tuple(_lists(name, rules))
    groups: dict[str, dict[str, str]] = {}
    for rule in found:
        params: Any = rule.params
        if labels := params.labels():
            groups.setdefault(str(params.title), {}).update(labels)
    return Options(
        tuple((title, tuple(labels.items())) for title, labels in groups.items()), _open(found), found
    )


def marks_for(rules: Rules) -> Options:
    """The marks whose use the notices lay down; an activity names those it carries by their words."""
    found = tuple(rule for rule in rules.of_kind("mark") if rule.key == "mark.marks")
    params: list[Any] = [rule.params for rule in found]
    groups = tuple((str(mark.LABEL), tuple((i.label, i.label) for i in mark.items)) for mark in params)
    return Options(groups, _open(found), found)


def _open(found: Iterable[InForce]) -> bool:
    """Whether one of the lists ends with 等."""
    params: list[Any] = [rule.params for rule in found]
    return any(one.open_ended for one in params)


def extras_for(rules: Rules) -> list[Extra]:
    """Questions that gates add by a name of their own, each once. Points for a reviewer's eye are no questions."""
    found: dict[str, Extra] = {}
    for rule in rules.of_kind("gate"):
        gate: Any = rule.params
        if not isinstance(gate, Gate) or gate.fact in OF_ACTIVITIES or not _asks(gate):
            continue
        if {Stage.FILING, Stage.PUBLICATION} & set(gate.stages):
            codes = gate.one_of or gate.contains or ((gate.equals,) if gate.equals else ())
            choices = tuple((code, gate.labels.get(code, code)) for code in codes)
            number = gate.bound.is_set() or gate.preferred is not None
            found.setdefault(gate.fact, Extra(gate.fact, gate.name(), number, choices, rule))
    return list(found.values())


_STANDING_FOR = {"lead_days": "starts_at", "latitude": "position", "longitude": "position"}


def field_of(reason_field: str) -> str:
    """The question that a reason speaks of; gates name some facts without saying that a notice added them."""
    if reason_field.startswith("sessions."):
        return "sessions"
    if (
        reason_field
        and reason_field not in OF_ACTIVITIES
        and "." not in reason_field
        and reason_field not in BESIDE
    ):
        return f"answers.{reason_field}"
    return _STANDING_FOR.get(reason_field, reason_field)


def _asks(gate: Gate) -> bool:
    return bool(
        gate.required
        or gate.bound.is_set()
        or gate.preferred
        or gate.equals
        or gate.one_of
        or gate.none_of
        or gate.contains
    )


def _lists(name: str, rules: Rules) -> Iterator[InForce]:
    if name == "tracks":
        # the programme itself first, then what lies in it
        yield from sorted(
            rules.of_kind("track"), key=lambda rule: (rule.key != "track.tracks", rule.key.count("."))
        )
        return
    key = f"list.{name}"
    for rule in rules.of_kind("list"):
        if rule.key == key or rule.key.startswith(f"{key}."):
            yield rule
