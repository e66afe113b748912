"""The sentences of clauses and gates in English: whole, with English stops, in a good order of words."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from kepu.notices.format.reading import read_notice, text_of
from kepu.notices.kinds.gate import Gate
from kepu.notices.kinds.quota import Quota

SEASON = Path(__file__).resolve().parents[2] / "seasons" / "2023"
NOTICES = sorted(path for path in SEASON.glob("*.toml") if path.name != "season.toml")
FLAW = re.compile(r"  |\.\.| [,.;:]|[,;:]\.|:,|[。；：]$")


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_every_clause_reads_well(path):
    with override("en"):
        said = {c.id: c.params.sentence() for c in read_notice(text_of(path), path.name).clause}
    assert {code: s for code, s in said.items() if s and (FLAW.search(s) or not s.endswith("."))} == {}


def test_a_gate_says_what_then_when():
    gate = Gate(fact="participants_expected", min=50, when={"mode": ("offline",)})
    with override("en"):
        assert gate.sentence() == (
            "Participants expected: at least 50 people (at filing, where “How it is held” is On site)."
        )


def test_a_gate_that_fails_says_what_is_there_and_what_to_do():
    gate = Gate(fact="lead_days", min=7)
    with override("en"):
        assert gate.check({"lead_days": 1}, {}).sentence == (
            "Days before the start: at least 7 days; now: 1 day. "
            "Please file earlier, or move the start to a later time."
        )


def test_a_number_of_one_is_singular():
    with override("en"):
        assert Quota(of="online_activities", per="day", min=1, unit="场").sentence() == (
            "Online activities, for each day: at least 1 event."
        )
