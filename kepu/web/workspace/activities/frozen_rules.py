"""The rules an activity was filed under, beside what holds now: a later change never un-files what is past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kepu.activities.models import Activity
from kepu.notices.explaining import Explanation, links
from kepu.notices.inheritance import ClauseView, Rules
from kepu.notices.kinds import kinds
from kepu.notices.rulebook import rule_book
from kepu.web.shared.sources import Said, Source, said_of, url_of

SHOWN = ("theme", "gate", "routing", "duty")


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule as it was: its sentence, its source, and what it says now where that differs."""

    sentence: str
    source: Source
    now: Said | None = None


def kept_rules(activity: Activity, rules: Rules) -> list[Kept]:
    """The rules kept with the filing, in the order of their kinds. One query, none for a draft."""
    if activity.rules_id is None:
        return []
    content: Mapping[str, Any] = activity.rules.content  # type: ignore[union-attr]
    shown = [(key, was) for key, was in content.items() if was["kind"] in SHOWN]
    clauses = _clauses(activity)
    return [
        _kept(key, was, rules, clauses)
        for key, was in sorted(shown, key=lambda entry: SHOWN.index(entry[1]["kind"]))
    ]


def _clauses(activity: Activity) -> dict[str, list[ClauseView]]:
    """The clauses that may speak to the host, by code, those of notices out of force too. No query once they are known."""
    book = rule_book(activity.season)
    unit = activity.unit
    found: dict[str, list[ClauseView]] = {}
    for clause in book.clauses_of(book.chain_of(unit.place_path, unit.line_path)):
        found.setdefault(clause.code, []).append(clause)
    return found


def _kept(
    key: str, was: Mapping[str, Any], rules: Rules, clauses: Mapping[str, Sequence[ClauseView]]
) -> Kept:
    try:
        sentence = kinds()[was["kind"]].model_validate(was["params"]).sentence()
    except (KeyError, ValidationError):  # a kind that the program of that time knew
        return Kept(key, Source(was["cite"]))
    rule = rules.get(key)
    changed = rule is not None and rule.sentence() != sentence
    return Kept(
        sentence, _source(key, sentence, was, rules, clauses), said_of(rule) if rule and changed else None
    )


def _source(
    key: str, sentence: str, was: Mapping[str, Any], rules: Rules, clauses: Mapping[str, Sequence[ClauseView]]
) -> Source:  # fmt: skip
    """The chain it stood on then, as far as its clauses are still there."""
    first = [clause for clause in clauses.get(was["clause"], ()) if clause.notice.code == was["notice"]]
    chain = [
        clause for code in was["chain"] for clause in [*first, *clauses.get(code, ())] if clause.code == code
    ]
    chain = list({clause.id: clause for clause in chain}.values())
    if not first:
        return Source(was["cite"])
    why = Explanation(key, None, sentence, "", links(chain, rules.names), (), (), "")
    return Source(first[0].notice.number or first[0].notice.issuer, first[0].number, url_of(first[0]), why)
