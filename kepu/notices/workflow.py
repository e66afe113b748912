"""The acts on seasons, notices, drafts and deliveries, as the audit names them. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    SEASON_OPENED = "season.opened"
    SEASON_CORRECTED = "season.corrected"
    SEASON_CLOSED = "season.closed"
    SEASON_COPIED = "season.copied"
    SEASON_COPY_RESUMED = "season.copy_resumed"
    SEASON_COPY_FINISHED = "season.copy_finished"

    ISSUED = "notice.issued"
    TAKEN_OVER = "notice.taken_over"
    WITHDRAWN = "notice.withdrawn"
    REPLACED = "notice.replaced"
    AMENDED = "notice.amended"
    CHILD_ISSUED = "notice.child_issued"
    CHILD_WITHDRAWN = "notice.child_withdrawn"
    SENT = "notice.sent"
    REMINDED = "notice.reminded"
    DELIVERED = "notice.delivered"
    REMINDED_BEFORE_DEADLINE = "notice.reminded_before_deadline"
    REMINDERS_SENT = "notice.reminders_sent"

    DRAFT_STARTED = "notice_draft.started"
    DRAFT_HEADER_SAVED = "notice_draft.header_saved"
    DRAFT_CLAUSE_ADDED = "notice_draft.clause_added"
    DRAFT_RULE_TAKEN = "notice_draft.rule_taken"
    DRAFT_CLAUSE_SAVED = "notice_draft.clause_saved"
    DRAFT_CLAUSES_DECIDED = "notice_draft.clauses_decided"
    DRAFT_CLAUSE_MOVED = "notice_draft.clause_moved"
    DRAFT_CLAUSES_MOVED = "notice_draft.clauses_moved"
    DRAFT_DISCARDED = "notice_draft.discarded"
    DRAFT_RESTORED = "notice_draft.restored"

    DELIVERY_OPENED = "delivery.opened"
    DELIVERY_RECEIVED = "delivery.received"
    DELIVERY_FORWARDED = "delivery.forwarded"

    FEED_MADE = "feed.made"
    FEED_RENEWED = "feed.renewed"
    FEED_ENDED = "feed.ended"
