"""The rules an activity was filed under, beside what holds now: a later change never un-files what is past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kepu.activities.models import Activity
from kepu.notices.inheritance import Rules
from kepu.notices.kinds import kinds

SHOWN = ("theme", "gate", "routing", "duty", "form", "window", "quota")


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule as it was: its sentence, its source, and what it says now where that differs."""

    sentence: str
    cite: str
    now: str = ""


def kept_rules(activity: Activity, rules: Rules) -> list[Kept]:
    """The rules kept with the filing, in the order of their kinds. One query, none for a draft."""
    if activity.rules_id is None:
        return []
    content: Mapping[str, Any] = activity.rules.content  # type: ignore[union-attr]
    ordered = sorted(
        content.items(), key=lambda entry: SHOWN.index(entry[1]["kind"]) if entry[1]["kind"] in SHOWN else 99
    )
    return [
        _kept(key, was, rules) for key, was in ordered if was["kind"] in ("theme", "gate", "routing", "duty")
    ]


def _kept(key: str, was: Mapping[str, Any], rules: Rules) -> Kept:
    try:
        sentence = kinds()[was["kind"]].model_validate(was["params"]).sentence()
    except (KeyError, ValidationError):  # a kind that the program of that time knew
        return Kept(key, was["cite"])
    rule = rules.get(key)
    now = rule.sentence() if rule else ""
    return Kept(sentence, was["cite"], now if rule and now != sentence else "")
