"""Seasons, notices and clauses as rows; drafts; deliveries and how they are sent; the copying of a season."""

from kepu.notices.models.copies import SeasonCopy
from kepu.notices.models.deliveries import Delivery, FeedKey
from kepu.notices.models.drafts import ClauseState, DraftClause, DraftOrigin, DraftState, NoticeDraft
from kepu.notices.models.notices import Clause, Notice, NoticeStatus, RulesSnapshot, Season
from kepu.notices.models.sendings import Sending, SendingKind, SentFile

__all__ = [
    "Clause",
    "ClauseState",
    "Delivery",
    "DraftClause",
    "DraftOrigin",
    "DraftState",
    "FeedKey",
    "Notice",
    "NoticeDraft",
    "NoticeStatus",
    "RulesSnapshot",
    "Season",
    "SeasonCopy",
    "Sending",
    "SendingKind",
    "SentFile",
]
