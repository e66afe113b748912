"""A declaration that says too little, or twice, is refused where it is made."""

import pytest

from kepu.core import personal
from kepu.core.personal import Ground, Kept, declare, emptied, free

ABOUT = {"what": "号码", "whose": "人", "purpose": "联系", "seen_by": "单位", "ground": Ground.DUTY}


@pytest.fixture(autouse=True)
def taken_back(monkeypatch):
    personal.inventory()
    monkeypatch.setattr(personal, "_columns", dict(personal._columns))
    monkeypatch.setattr(personal, "_free", set(personal._free))


def test_what_goes_with_a_season_says_how_and_with_which():
    with pytest.raises(ValueError, match="says how"):
        declare("orgs.unit", "motto", kept=Kept.SEASON, **ABOUT)
    with pytest.raises(ValueError, match="says how"):
        declare("orgs.unit", "motto", kept=Kept.SEASON, erase=emptied, **ABOUT)
    declare("orgs.unit", "motto", kept=Kept.SEASON, erase=emptied, season="season", **ABOUT)


@pytest.mark.parametrize(
    "again",
    [lambda: free("orgs.unit", "name"), lambda: declare("orgs.unit", "name", kept=Kept.ACCOUNT, **ABOUT)],
)
def test_a_column_is_spoken_for_once(again):
    with pytest.raises(ValueError, match=r"orgs\.unit\.name is declared twice"):
        again()


def test_a_declaration_of_nothing_is_stale():
    free("orgs.unit", "motto")
    assert list(personal.stale()) == ["orgs.unit.motto"]


def test_a_column_that_nobody_spoke_for_is_found(monkeypatch):
    monkeypatch.setattr(personal, "_free", personal._free - {"orgs.unit.name"})
    assert list(personal.undeclared()) == ["orgs.unit.name"]


@pytest.mark.parametrize(("value", "left"), [("王联", ""), (["a"], []), ({"a": 1}, {}), (None, None)])
def test_what_is_left_of_an_emptied_column(value, left):
    assert emptied(None, value) == left
