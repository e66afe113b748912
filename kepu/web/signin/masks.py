"""A mail address or a phone number, shown so that its owner knows it and nobody else learns it."""

from __future__ import annotations


def masked(recipient: str) -> str:
    if "@" in recipient:
        name, _at, host = recipient.rpartition("@")
        return f"{name[:1]}***@{host}"
    return f"{recipient[:3]}****{recipient[-4:]}" if len(recipient) == 11 else "****"
