"""Every act on seasons, notices, drafts of notices and deliveries."""

from kepu.notices.actions.issuing import as_issued, digest_of, issue_draft
from kepu.notices.actions.seasons import close_season, open_season
from kepu.notices.actions.taking_over import TakenOver, take_over_notice
from kepu.notices.actions.withdrawing import withdraw_notice
from kepu.notices.actions.writing import (
    add_clause,
    decide_clauses,
    discard_draft,
    move_clause,
    restore_draft,
    save_clause,
    save_header,
    start_draft,
    take_over_rule,
)

__all__ = [
    "TakenOver", "add_clause", "as_issued", "close_season", "decide_clauses", "digest_of", "discard_draft", "issue_draft",
    "move_clause", "open_season", "restore_draft", "save_clause", "save_header", "start_draft", "take_over_notice",
    "take_over_rule", "withdraw_notice",
]  # fmt: skip
