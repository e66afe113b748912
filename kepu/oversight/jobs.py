"""What the worker does for those who look on: verifies the trace once a day, and mails its anchor."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import outbox
from kepu.oversight.trace import anchoring


@outbox.handles(anchoring.ANCHOR)
def mail_anchor(payload: dict[str, Any], at: datetime) -> None:
    anchoring.send_anchor(**payload)


def watch_trace(at: datetime) -> None:
    """Once a day, whichever worker comes first: verify what came since, and let the anchor be mailed."""
    anchoring.watch(at)
