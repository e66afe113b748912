"""A row of the trace as plain data, and its hash."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from kepu.core.audit import offline
from kepu.core.models import AuditEntry

STRANDS = 16
VERSION = 2  # of the rows written today: what their hash covers stands in ``offline.COVERED``


def plain(row: AuditEntry) -> dict[str, Any]:
    """A row as an export gives it and as its hash reads it."""
    return {
        "version": row.version, "strand": row.strand, "seq": row.seq, "at": row.at.astimezone(UTC).isoformat(),
        "day": row.day.isoformat() if row.day else None, "event": row.event, "thing": row.thing, "thing_id": row.thing_id,
        "person_id": row.person_id, "unit_id": row.unit_id, "owner_id": row.owner_id, "place_path": row.place_path,
        "line_path": row.line_path, "detail": row.detail, "previous": row.previous, "hash": row.hash,
    }  # fmt: skip


def digest(row: AuditEntry) -> str:
    """SHA-256 of the row with its place in the chain; "" for a version that nobody knows."""
    return offline.digest(plain(row)) or ""
