"""Codes for what a text names: the conventional one where the words are known, else one that the same words always get."""

from __future__ import annotations

from hashlib import sha1

from kepu.notices.drafting.values.labels import LABELS

_LETTERS = str.maketrans(
    "0123456789", "ghijklmnop"
)  # a code of digits alone would look like a telephone number


def code_for(label: str, *, prefix: str = "x") -> str:
    """A code for an entry of a list, an action, a column: the same for the same words in every notice."""
    plain = label.strip("“”《》 、。")
    if known := LABELS.get(plain):
        return known
    if plain.isascii() and plain.replace(" ", "").isalnum() and plain:
        return plain.lower().replace(" ", "_")[:40]
    digest = sha1(plain.encode(), usedforsecurity=False).hexdigest()[:8]
    return f"{prefix}_{digest.translate(_LETTERS)}"


def unique(codes: list[str]) -> list[str]:
    """The codes with a number behind those that stand twice."""
    seen: dict[str, int] = {}
    out = []
    for code in codes:
        seen[code] = seen.get(code, 0) + 1
        out.append(code if seen[code] == 1 else f"{code}_{seen[code]}")
    return out
