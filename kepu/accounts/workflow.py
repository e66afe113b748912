"""The acts on people, as the audit names them. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    PERSON_CREATED = "person.created"
    LANGUAGE_CHOSEN = "person.language_chosen"
    SIGNED_IN = "person.signed_in"
    PASSWORD_CHANGED = "person.password_changed"
    NAME_CHANGED = "person.name_changed"
    EMAIL_CHANGED = "person.email_changed"
    PHONE_CHANGED = "person.phone_changed"
    PHONE_REMOVED = "person.phone_removed"
    SECOND_STEP_ADDED = "person.second_step_added"
    SECOND_STEP_REMOVED = "person.second_step_removed"
    RECOVERY_CODES_MADE = "person.recovery_codes_made"
    RECOVERY_CODES_SEEN = "person.recovery_codes_seen"
    SESSIONS_ENDED = "person.sessions_ended"
    IDENTITY_LINKED = "person.identity_linked"
    IDENTITY_UNLINKED = "person.identity_unlinked"
    ACCESS_GRANTED = "person.access_granted"
