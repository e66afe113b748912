"""Reads of this module, by what they are about."""

from kepu.notices.queries.drafts import (
    DraftProblem,
    Standing,
    clauses_in_order,
    drafts_for,
    from_above,
    rules_above,
    standing_of,
    whole_file,
)
from kepu.notices.queries.log import LogLine, LogPage, log_of, log_page
from kepu.notices.queries.notices import (
    above,
    clauses_of,
    current_season,
    file_of,
    notices_of,
    parent_clauses,
    shown_season,
    surroundings_of,
)

__all__ = [
    "DraftProblem", "LogLine", "LogPage", "Standing", "above", "clauses_in_order", "clauses_of", "current_season", "drafts_for",
    "file_of", "from_above", "log_of", "log_page", "notices_of", "parent_clauses", "rules_above", "shown_season", "standing_of",
    "surroundings_of", "whole_file",
]  # fmt: skip
