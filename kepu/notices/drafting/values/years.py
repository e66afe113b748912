"""Which year a date without one is in: that of the text, over New Year the next."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from kepu.core.numerals import whole_number

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|〕|\]|[./-]\d)")
_CHINESE = re.compile(r"([二一][〇零九][〇零一二三四五六七八九]{2})年")
_ISSUED = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:印发)?$")
_DOTTED = re.compile(r"^((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})$")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_IN_CHINESE = re.compile(
    r"([二一][〇零九][〇零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$"
)
HEAD = 400  # the title and the number of a notice stand in its first characters


@dataclass(frozen=True, slots=True)
class Years:
    """What is known of the year: the day a notice was issued, and the year it speaks of."""

    said: int | None = None
    issued: date | None = None
    first: date | None = None  # the first day that the text writes out with its year

    def of(self, month: int, near: int | None = None) -> int | None:
        """The year of a date in ``month`` for which the text gives none; ``near`` is the year said just before it."""
        if near is not None:
            return near
        if self.issued is None:
            rolls = self.first is not None and self.first.month >= 10 and month <= 4
            return self.said + 1 if rolls and self.said is not None else self.said
        if self.said is not None and self.said == self.issued.year + 1:
            return self.issued.year if month >= self.issued.month else self.said
        if self.issued.month >= 10 and month <= 4:
            return self.issued.year + 1
        return self.issued.year


def years_of(text: str, today_year: int | None) -> Years:
    """The years of a text: those in its head count most, then the most frequent one."""
    issued = issued_on(text)
    head = _YEAR.search(text, 0, HEAD) or _CHINESE.search(text, 0, HEAD)
    if head:
        said = whole_number(head[1])
    else:
        often = Counter(_YEAR.findall(text)).most_common(1)
        said = int(often[0][0]) if often else issued.year if issued else today_year
    full = next((day for m in _FULL.finditer(text) if (day := _day(*map(int, m.groups())))), None)
    return Years(said, issued, full if full and full.year == said else None)


def issued_on(text: str) -> date | None:
    """The day under the signature: the last date that stands alone at the end of a line of the text itself."""
    found = None
    for line in text.split("\n"):
        if len(line) > 60:
            continue
        match = _ISSUED.search(line) or _IN_CHINESE.search(line) or _DOTTED.search(line)
        if match and (match.start() == 0 or line.endswith("印发") or line[match.start() - 1] in " \t）"):
            day = _day(*(whole_number(part) for part in match.groups()))
            if day and (found is None or not line.endswith("印发")):
                found = day if found is None else found
    return found


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
