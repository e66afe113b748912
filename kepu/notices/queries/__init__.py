"""Reads of this module, by what they are about."""

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
    "above", "clauses_of", "current_season", "file_of", "notices_of", "parent_clauses", "shown_season", "surroundings_of",
]  # fmt: skip
