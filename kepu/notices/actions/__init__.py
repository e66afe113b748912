"""Every act on seasons, notices, drafts of notices and deliveries."""

from kepu.notices.actions.copying import copy_next_notices, copy_season
from kepu.notices.actions.feeds import end_feed_key, make_feed_key
from kepu.notices.actions.issuing import as_issued, digest_of, issue_draft
from kepu.notices.actions.pressing import remind_before_deadline
from kepu.notices.actions.receiving import forward_notice, open_delivery, receive_notice
from kepu.notices.actions.seasons import close_season, open_season
from kepu.notices.actions.sending import queue_deliveries, remind, send_notice
from kepu.notices.actions.taking_over import TakenOver, take_over_notice
from kepu.notices.actions.withdrawing import withdraw_notice
from kepu.notices.actions.writing import (
    add_clause,
    decide_clauses,
    discard_draft,
    move_clause,
    move_clauses,
    restore_draft,
    save_clause,
    save_header,
    start_draft,
    take_over_rule,
)

__all__ = [
    "TakenOver",
    "add_clause",
    "as_issued",
    "close_season",
    "copy_next_notices",
    "copy_season",
    "decide_clauses",
    "digest_of",
    "discard_draft",
    "end_feed_key",
    "forward_notice",
    "issue_draft",
    "make_feed_key",
    "move_clause",
    "move_clauses",
    "open_delivery",
    "open_season",
    "queue_deliveries",
    "receive_notice",
    "remind",
    "remind_before_deadline",
    "restore_draft",
    "save_clause",
    "save_header",
    "send_notice",
    "start_draft",
    "take_over_notice",
    "take_over_rule",
    "withdraw_notice",
]
