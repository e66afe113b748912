"""Readable differences: between two versions of a notice, and between the rules in force before and after."""

from kepu.notices.difference.notices import (
    BINDING,
    WHAT_WORDS,
    ClauseChange,
    Difference,
    HeaderChange,
    What,
    difference_on,
    notice_difference,
)
from kepu.notices.difference.rules import TURN_WORDS, RuleChange, RuleSide, Turn, rule_changes
from kepu.notices.difference.values import ValueChange

__all__ = [
    "BINDING", "TURN_WORDS", "WHAT_WORDS", "ClauseChange", "Difference", "HeaderChange", "RuleChange", "RuleSide", "Turn", "ValueChange",
    "What", "difference_on", "notice_difference", "rule_changes",
]  # fmt: skip
