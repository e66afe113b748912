"""Every act on seasons, notices, drafts of notices and deliveries."""

from kepu.notices.actions.seasons import close_season, open_season
from kepu.notices.actions.taking_over import TakenOver, take_over_notice
from kepu.notices.actions.withdrawing import withdraw_notice

__all__ = ["TakenOver", "close_season", "open_season", "take_over_notice", "withdraw_notice"]
