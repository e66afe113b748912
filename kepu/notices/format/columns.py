"""A notice file as the rows it becomes: what an import writes, and what an overlay reads without writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kepu.core.calendar import CHINA, start_of_day
from kepu.notices.format.schema import ClauseBase, Header
from kepu.notices.kinds import Mode


def begins_at(head: Header) -> datetime | None:
    """From when on the notice holds: as it says, else from the day of its issue, else (None) from the season's beginning."""
    named = head.in_force or head.issued
    if named is None:
        return None
    if not isinstance(named, datetime):
        return start_of_day(named)
    return named if named.tzinfo else named.replace(tzinfo=CHINA)  # a notice speaks China's time


def clause_columns(said: ClauseBase, paths: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a clause's row but for its code and place. ``paths`` gives the path of a place it names as its scope.

    Raises KeyError for a scope that is no place.
    """
    return {
        "number": said.number, "kind": said.kind, "key": said.rule_key(), "summary": said.summary,
        "summary_en": said.summary_en or "", "wording": said.wording or "",
        "params": said.params.model_dump(mode="json", exclude_defaults=True),
        "audience": said.audience.model_dump(mode="json", exclude_defaults=True),
        "scope": paths[said.scope] if said.scope else "", "caller": said.caller or "",
        "strictness": str(said.effective_strictness()), "status": str(said.status), "waits_for": said.waits_for or "",
        "mode": str(Mode(said.effective_mode())), "relates": list(said.relates),
    }  # fmt: skip
