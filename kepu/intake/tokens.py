"""By what a line is known again: the token of its activity, and its likeness to others. Pure.

A token is made of the unit, the season and what the line says, so that the same line, handed in twice or taken up again
after a kill, is the same activity. It is made under a key of the installation: who knows the line does not know its token,
and cannot be there before it with an activity of their own. Contacts are left out: a line whose number was mended is the
same line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from kepu.activities.models import PERSONAL
from kepu.core import keys
from kepu.core.calendar import day_of

_COLUMN = "intake_sheetline.token"  # what the digest is bound to
_SPACE = UUID("6d1f3a52-93c5-4f0e-8f57-5f7b2a1c9d34")


def tokens_of(unit_id: int, season_id: int, content: Mapping[str, Any]) -> list[UUID]:
    """The token of the activity that a line makes; behind it those it had under keys that are being changed.

    ``content`` is plain data; what is empty in it says nothing.
    """
    said = {k: v for k, v in content.items() if k not in PERSONAL and v not in (None, "", [], {}, False)}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digests = keys.digests(f"{unit_id}/{season_id}/{text}", column=_COLUMN)
    return [uuid5(_SPACE, digest) for digest in digests]


def likeness_of(title: str, starts_at: datetime | None, where: str) -> str:
    """A digest that two activities share which have one title, one day and one place, however they are written; "" where
    one of the first two is missing."""
    if not title.strip() or starts_at is None:
        return ""
    parts = (_bare(title), day_of(starts_at).isoformat(), _bare(where))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _bare(text: str) -> str:
    """Without blanks, quotes and the marks that people put in or leave out."""
    return re.sub(r"[\s\W_]+", "", text).casefold()
