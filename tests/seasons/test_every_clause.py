"""Every clause of the five notices, one by one: in force for whom it names, and its gates do answer."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from typing import Any

import pytest

from kepu.cli.loading import seasons_folder
from kepu.core.calendar import CHINA
from kepu.notices.duties import duties_of
from kepu.notices.kinds import kinds
from kepu.notices.kinds.audience import Audience, Profile
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.notices.rulebook import RuleBook, rule_book

SEPTEMBER = datetime(2023, 9, 5, 9, tzinfo=CHINA)
NOTICES = ("national", "liaoning", "chengdu", "tangshan", "dongguan")


def entries() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for name in NOTICES:
        text = (seasons_folder() / "2023" / f"{name}.toml").read_text(encoding="utf-8")
        found += [(f"{name}-2023", clause) for clause in tomllib.loads(text)["clause"]]
    return found


ENTRIES = entries()
GATES = [(notice, c) for notice, c in ENTRIES if c["kind"] == "gate"]
DUTIES = [(notice, c) for notice, c in ENTRIES if c["kind"] == "duty"]


def ids(found: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [c["id"] for _notice, c in found]


def somebody(audience: Audience, place: str, book: RuleBook) -> Profile:
    """Somebody the audience names, at the notice's place or, where it names one, in that place."""
    first = audience.any_of[0] if audience.any_of else Audience()

    def one(name: str, default: str = "") -> str:
        return next(iter(getattr(audience, name) or getattr(first, name)), default)

    home = book.paths.get(f"place:{one('places')}", place)
    traits = {
        t
        for a in (audience, first)
        for group in (a.designations[:1], a.members_of[:1], a.roles[:1])
        for t in group
    }
    line = book.paths.get(f"line:{one('lines')}", "")
    return Profile(
        home, one("kinds", "other_unit"), one("levels", "county"), one("place_kinds", "county"), line, frozenset(traits),
        one("units"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def the_book(season_loaded, django_db_blocker):
    with django_db_blocker.unblock():
        return rule_book(Season.objects.get(code="kepuri-2023"))


@pytest.fixture
def book(the_book, season):
    """The season's rules, which none of these tests changes: read once."""
    return the_book


@pytest.mark.parametrize(("notice", "entry"), ENTRIES, ids=ids(ENTRIES))
def test_it_is_in_force_for_whom_it_names(notice, entry, book):
    view = next(n for n in book.notices.values() if n.code == notice)
    clause = next(c for c in book.clauses_of([view]) if c.code == entry["id"])

    rules = book.rules_of(somebody(clause.audience, view.place, book), SEPTEMBER)

    assert clause.code in [c.code for c in rules[clause.key].chain]
    assert kinds()[clause.kind].model_validate(entry[entry["kind"]]) == clause.params


def failing(gate: Gate) -> dict[str, Any]:
    """Facts that the gate must not let pass."""
    facts: dict[str, Any] = {fact: codes[0] for fact, codes in gate.when.items()}
    if gate.bound.is_set():
        low, high = gate.bound.lower(), gate.bound.upper()
        facts[gate.fact] = (low - 1) if low is not None else (high or 0) + 1
    elif gate.one_of or gate.equals is not None or gate.same_as is not None:
        facts[gate.fact] = "something else"
    elif gate.not_before is not None:
        facts[gate.fact] = gate.not_before.begins() - timedelta(seconds=1)
    elif gate.not_after is not None:
        facts[gate.fact] = gate.not_after.resolve().at + timedelta(seconds=1)
    elif gate.within is not None:
        facts[gate.fact] = SEPTEMBER
    elif gate.none_of:
        facts[gate.fact] = gate.none_of[0]
    else:
        facts[gate.fact] = []
    return facts


@pytest.mark.parametrize(("notice", "entry"), GATES, ids=ids(GATES))
def test_its_gate_answers_what_does_not_keep_it(notice, entry):
    gate = Gate.model_validate(entry["gate"])
    elsewhere = Window(code="w", title="别的日子", start={"date": "2030-01-01"}, end={"date": "2030-01-02"})
    rules = {key: "规定的" for key in (gate.same_as,) if key} | {
        key: elsewhere for key in (gate.within,) if key
    }
    if gate.review and not gate.required:
        pytest.skip("a criterion that a person judges: no fact can fail it")

    answer = gate.check(failing(gate), rules)

    assert answer is not None
    assert gate.name() in answer.sentence


@pytest.mark.parametrize(("notice", "entry"), DUTIES, ids=ids(DUTIES))
def test_its_duty_is_owed_by_whom_it_names(notice, entry, book):
    view = next(n for n in book.notices.values() if n.code == notice)
    clause = next(c for c in book.clauses_of([view]) if c.code == entry["id"])

    rules = book.rules_of(somebody(clause.audience, view.place, book), SEPTEMBER)

    about = clause.params.about
    assert clause.key in [o.key for o in duties_of(rules, about=about)]
