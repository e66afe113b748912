"""Beside a clause: the sentence it will be shown as, what lies above it, what it changes for one unit, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from kepu.notices.book import profile_of
from kepu.notices.format import columns
from kepu.notices.format.checking import check_notice
from kepu.notices.format.schema import FileClause, Header, NoticeFile
from kepu.notices.inheritance import InForce
from kepu.notices.models import DraftClause, NoticeDraft
from kepu.notices.overlay import Overlay
from kepu.notices.queries import draft_problem, surroundings_of
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Unit
from kepu.web.shared.differences import Shown, names_for, shown_changes
from kepu.web.shared.sources import Source, source_of


@dataclass(frozen=True, slots=True)
class Pane:
    """What stands beside the form."""

    sentence: str
    whole: bool
    who: str
    above: str
    source: Source | None
    problems: tuple[tuple[str, bool], ...]  # sentence, whether it is an error
    effect: Shown | None
    binds: bool | None  # whether it speaks to the chosen unit; None while that cannot be told


def pane_of(
    draft: NoticeDraft, row: DraftClause, data: Mapping[str, Any], unit: Unit, *, at: datetime
) -> Pane:
    """The pane of a clause as typed, seen by ``unit``. A fixed number of queries."""
    book = rule_book(draft.season)
    try:
        clause: Any = FileClause.model_validate(dict(data))
    except ValidationError:
        above = _rule_above(draft, row, None, unit, at)
        return Pane(
            "",
            False,
            "",
            above.sentence() if above else "",
            source_of(above) if above else None,
            (),
            None,
            None,
        )
    above = _rule_above(draft, row, clause.rule_key(), unit, at)
    file = NoticeFile.model_construct(notice=_header(draft), clause=(clause,))
    problems = [
        (p.sentence, p.is_error)
        for p in map(
            draft_problem, check_notice(file, "", "", surroundings_of(file, draft.season, draft.place))
        )
        if p.clause == clause.id
    ]
    begins = begins_at(draft, at)
    overlay = Overlay(book, file, season=draft.season, place=draft.place, line=draft.line, in_force_at=begins)
    after = overlay.rules_for(unit, max(begins, at))
    rule = after.get(clause.rule_key())
    binds = rule is not None and any(c.notice.code == file.notice.code for c in rule.chain)
    changes = [c for c in overlay.effect(profile_of(unit), max(begins, at)) if c.key == clause.rule_key()]
    effect = shown_changes(changes, names_for(book)) if changes else None
    who = "" if clause.audience.is_everybody() else clause.audience.words(dict(after.names))
    return Pane(
        clause.params.sentence(), True, who, above.sentence() if above else "", source_of(above) if above else None,
        tuple(problems), effect, binds,
    )  # fmt: skip


def begins_at(draft: NoticeDraft, at: datetime) -> datetime:
    """When the draft would be in force if it were issued at ``at``: the day its head names, never earlier."""
    return max(columns.begins_at(_header(draft)) or at, at)


def _header(draft: NoticeDraft) -> Header:
    """The draft's head; while it is not whole, as much of it as says where and from when the notice stands."""
    parents = draft.header.get("parents")
    least: dict[str, Any] = {
        "code": "draft", "season": draft.season.code, "title": draft.title or _("未命名的通知稿"), "issuer": draft.unit.name,
        "place": draft.place.code, "line": draft.line.code if draft.line else None,
        "parents": tuple(p for p in parents if isinstance(p, str)) if isinstance(parents, list) else (),
    }  # fmt: skip
    dated = {name: draft.header[name] for name in ("in_force", "issued") if draft.header.get(name)}
    for data in (draft.header, {**least, **dated}):
        try:
            return Header.model_validate(data)
        except ValidationError:
            continue
    return Header.model_construct(**least)


def _rule_above(
    draft: NoticeDraft, row: DraftClause, key: str | None, unit: Unit, at: datetime
) -> InForce | None:
    """The rule that the clause stands on: of the same key for the chosen unit, else the one it was taken from."""
    book = rule_book(draft.season)
    rules = book.rules_for(unit, at)
    if key and key in rules:
        return rules[key]
    _notice, _hash, code = row.above.partition("#")
    ours = book.rules_for(draft.unit, at)
    return next((r for r in ours.values() if code and any(c.code == code for c in r.chain)), None)
