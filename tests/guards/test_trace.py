"""Every act can be told: an event without a sentence, or one that does not say who and what, is found here."""

import ast
import re
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest
from django.utils.translation import override

from kepu.core import telling
from kepu.core.models import AuditEntry
from kepu.core.telling import Named, Row
from tests.conftest import NOON

KEPU = Path(telling.__file__).parents[1]
MODULES = sorted(
    ".".join(path.relative_to(KEPU.parent).with_suffix("").parts) for path in KEPU.glob("*/workflow.py") if path.parent.name != "cli"
)  # fmt: skip
EVENTS = sorted(
    {str(event) for name in MODULES if isinstance(enum := getattr(import_module(name), "Event", None), type) for event in enum}
)  # fmt: skip
SAID = sorted({*EVENTS, *telling.known()})  # those of acts that are on their way as well
# what the rows of these events speak of is the person or what the sentence names otherwise
WITHOUT_THING = {
    "delegation.given", "delegation.ended", "person.language_chosen", "post.given", "post.ended", "lines.written", "terms.written", "post.changed", "invitation.given",
    "invitation.withdrawn", "invitation.accepted", "deputy.given", "deputy.ended", "keys.changed", "person.signed_in",
    "person.password_changed", "person.name_changed", "person.email_changed", "person.phone_changed", "person.phone_removed",
    "person.second_step_added", "person.second_step_removed", "person.recovery_codes_made", "person.recovery_codes_seen",
    "person.sessions_ended", "person.identity_linked", "person.identity_unlinked", "person.access_granted",
}  # fmt: skip
CHINESE = re.compile(r"[一-鿿]")

# A detail as rich as any: every sentence finds in it what it may say more.
RICH = {
    "fields": ["title"], "round": 2, "reasons": ["incomplete"], "reason": "r", "waivers": {"g": "w"}, "step": 1, "before": 1,
    "participants": 1, "late": True, "code": "c", "since": "2026-09-01", "until": "2026-10-01", "body": "b", "person": 1, "unit": 1,
    "role": "filer", "place": "p", "line": "", "created": 1, "changed": 1, "codes": ["x"] * 20, "language": "en", "number": 2,
    "clauses": 3, "first": True, "notice": "n", "title": "T", "file": 1, "which": "unopened", "count": 2, "origin": "blank", "clause": "C-1",
    "kind": "gate", "above": "a#1", "mode": "fixed", "state": "confirmed", "up": True, "source": "s", "days": 2, "done": 1, "drafts": 1,
    "left_out": 1, "difference": None, "into": [1], "part": 1, "leaver": 1, "successor": 1, "posts": ["filer"], "stands_in_for": 1, "people": [1],
}  # fmt: skip


def told(event, detail):
    entry = AuditEntry(at=NOON, event=event, thing="x", thing_id=1, detail=detail)
    saying = telling.saying_of(event)
    kinds = {*saying.refs.values(), "unit", "person", "term", "place or line"}
    refs = {(kind, key): Named("REF") for kind in kinds for key in (1, "c", "b", "p", "x")}
    return str(telling.tell(Row(entry, Named("WHO"), Named("THING"), refs)))


def detail_of(event):
    other = {
        "notice_draft.clauses_decided": {"clauses": ["C-1"]},
        "notice_draft.clauses_moved": {"clauses": ["C-1"], "after": "C-2"},
        "unit.let_go": {"of": 1},
        "personal.shown": {"of": "unit", "of_id": 1},
    }
    return {**RICH, **other.get(event, {})}


def test_every_module_with_acts_was_looked_at():
    assert (len(EVENTS) > 60, all(issubclass(import_module(m).Event, StrEnum) for m in MODULES if hasattr(import_module(m), "Event"))) == (True, True)  # fmt: skip


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_its_sentence(event):
    assert telling.saying_of(event) is not None, f"Say {event} in the sentences.py of its module."


@pytest.mark.parametrize("event", SAID)
def test_a_sentence_says_who_did_what_with_which_thing(event):
    sentence = told(event, detail_of(event))
    missing = [
        word for word in ("WHO", *([] if event in WITHOUT_THING else ["THING"])) if word not in sentence
    ]
    assert (missing, event in sentence, sentence[-1]) == ([], False, "。")


@pytest.mark.parametrize("event", SAID)
def test_a_bare_row_can_still_be_told(event):
    assert "WHO" in told(event, {})


@pytest.mark.parametrize("event", SAID)
def test_every_sentence_is_in_english_too(event):
    with override("en"):
        sentence = told(event, detail_of(event))
    assert (CHINESE.findall(sentence), sentence.startswith("WHO"), sentence[-1]) == ([], True, ".")


def test_every_event_belongs_to_a_group_that_people_can_choose():
    assert {telling.saying_of(event).group for event in SAID} <= set(telling.groups())


def test_acts_name_their_events_as_the_tables_do():
    """An event written as a bare text in an act must be one of a module's table."""
    found = []
    for path in KEPU.glob("*/actions/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "record"
                and node.args
            ):
                texts = [
                    n.value
                    for n in ast.walk(node.args[0])
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
                found += [
                    f"{path.relative_to(KEPU)}:{node.lineno} {text}" for text in texts if text not in EVENTS
                ]
    assert found == []
