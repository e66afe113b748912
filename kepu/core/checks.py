"""Checks that Django runs by itself: before a migration, and on ``kepu manage check --database default``."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from kepu.core import space

POSTS_OUTSIDE = "smtp"


def the_database_is_of_this_space(
    databases: Collection[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Nobody migrates a real database as a rehearsal, or the reverse."""
    if not databases or "default" not in databases:
        return []
    try:
        space.check()
    except space.WrongSpace as wrong:
        return [Error(str(wrong), id="kepu.E001")]
    return []


def a_rehearsal_posts_nothing(**_kwargs: Any) -> list[CheckMessage]:
    """What is practised never reaches a real mailbox."""
    if settings.KEPU_REHEARSAL and POSTS_OUTSIDE in settings.EMAIL_BACKEND:
        return [
            Error(
                "A rehearsal space must not send mail outside.",
                hint="Use kepu.config.settings.training, or a backend that keeps mail here.",
                id="kepu.E002",
            )
        ]
    return []
