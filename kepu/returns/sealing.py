"""The proof of a frozen copy: its digest, and the seal that keeps the digest from giving away what was erased. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEAL = "seal"  # a random word in every frozen copy: without it, nobody finds an erased number by trying all of them


def digest_of(copy: Mapping[str, Any]) -> str:
    """SHA-256 of a frozen copy in canonical JSON: the audit keeps it, so that a changed copy shows."""
    return hashlib.sha256(json.dumps(copy, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
