"""When two names are likely to name one unit: their key, and the ways in which a place's units are written. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NO_LETTER = re.compile(r"[\W_]+")
_LEGAL_FORM = re.compile(r"(股份|有限|责任|集团|总)*公司$")
_NATION = re.compile(r"^中华人民共和国")
_SHORT_OF = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|地区|街道|[省市县区镇乡盟州])$"
)
LONGEST_KEY = 120


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name without what people write one way or the other: width, case, spaces, brackets, legal form."""
    plain = _NATION.sub("", _NO_LETTER.sub("", unicodedata.normalize("NFKC", name)).casefold())
    return (_LEGAL_FORM.sub("", plain) or plain)[:LONGEST_KEY]


def name_keys(name: str, places: Iterable[str]) -> set[str]:
    """The key of a name, and of the name with and without the names of the places it lies in, long and short.

    ``places`` are the names of the chain, from the top down to the unit's own.
    """
    chain = [name_key(place) for place in places]
    forms = [{place, _SHORT_OF.sub("", place) or place} for place in chain]
    base = name_key(name)
    for either in forms:
        for form in sorted(either, key=len, reverse=True):
            if form and base.startswith(form) and len(base) > len(form) + 1:
                base = base.removeprefix(form)
                break
    fronts = {""}
    for either in forms:
        fronts |= {front + form for front in fronts for form in either}
        fronts = set(sorted(fronts, key=len)[:64])
    return {name_key(name), *((front + base)[:LONGEST_KEY] for front in fronts)}
