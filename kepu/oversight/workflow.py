"""The acts of those who look on, as the audit names them. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    TRACE_EXPORTED = "trace.exported"
    PROGRAMME_EXPORTED = "programme.exported"  # all that a unit owns of a season, as a file
