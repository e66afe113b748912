"""Where a reading stands: what was gathered, what was read last, what is left of the cell."""

from __future__ import annotations

from kepu.core.spoken.groups import Group
from kepu.core.spoken.tokens import Token
from kepu.core.spoken.values import Around, Flag, flag


class State:
    """The state of a reading, and which year a day without one lies in."""

    def __init__(self, tokens: list[Token], around: Around) -> None:
        self.tokens, self.around = tokens, around
        self.groups = [Group()]
        self.flags: list[Flag] = []
        self.left: list[tuple[int, str]] = []
        self.year: int | None = None
        self.month: int | None = None
        self.period = ""
        self.join = self.next_day = self.only_until = False
        self.last = ""  # what was read last: "day", "hour", "" for neither
        self.counted = 0

    @property
    def group(self) -> Group:
        return self.groups[-1]

    def read(self, i: int, token: Token) -> None:
        """Read a piece by its kind; ``i`` is its place among the pieces."""
        getattr(self, f"_{token.kind}")(i, token)

    def _words(self, i: int, token: Token) -> None:
        before = self.tokens[i - 1].text if self.join else ""
        if before in ("至", "到"):  # 至善楼: no join, but the beginning of a word
            self.left.append((i - 1, before))
        self.left.append((i, token.text))
        self.join = False

    def _year_of(self, token: Token) -> int:
        """The year written, else the one written before it, else the one in which the day lies in the season."""
        if token.year is not None:
            self.year = token.year
            if token.year != self.around.year and not self._in_season_years(token.year):
                self.flags.append(flag("other_year", said=token.year, year=self.around.year))
            return token.year
        if self.year is not None:
            return self.year
        first, last = self.around.first_day, self.around.last_day
        if first and last and first.year != last.year:
            return last.year if (token.month or 1) < first.month else first.year
        return self.around.year

    def _in_season_years(self, year: int) -> bool:
        first, last = self.around.first_day, self.around.last_day
        return bool(first and last and first.year <= year <= last.year)

    def _only_month(self) -> int | None:
        first, last = self.around.first_day, self.around.last_day
        return (
            first.month if first and last and (first.year, first.month) == (last.year, last.month) else None
        )
