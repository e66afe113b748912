"""The acts on people, as the audit names them. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    PERSON_CREATED = "person.created"
    LANGUAGE_CHOSEN = "person.language_chosen"
