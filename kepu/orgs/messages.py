"""Telling a unit something: a row of the outbox, made into a message and mails after the commit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation import override

from kepu.core import outbox
from kepu.core.db import in_transaction


@in_transaction
def tell(unit_id: int, kind: str, subject: Any, body: Any = "", link: str = "", *, at: datetime) -> None:
    """Tell a unit what happened and where to go, once the act under way has committed.

    Lazy texts are said in the source language: the reader is not the one whose page is open.
    """
    with override(settings.LANGUAGE_CODE):
        texts: dict[str, Any] = {"subject": " ".join(str(subject).split())[:200], "body": str(body)}
    outbox.send("unit.message", at=at, key=uuid4().hex, unit_id=unit_id, kind=kind, link=link, **texts)
