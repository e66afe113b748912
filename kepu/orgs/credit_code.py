"""The unified social credit code (GB 32100-2015): 18 characters, the last one a check on the rest."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V and Z, which are easily mistaken
_FORM = re.compile(rf"[{ALPHABET}]{{18}}", re.ASCII)


def check_character(first: str) -> str:
    """The 18th character for the 17 before it: weights are the powers of 3, modulo 31."""
    total = sum(ALPHABET.index(character) * pow(3, i, 31) for i, character in enumerate(first))
    return ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether ``text`` is a well-formed code with the right check character."""
    return bool(_FORM.fullmatch(text)) and check_character(text[:17]) == text[17]
