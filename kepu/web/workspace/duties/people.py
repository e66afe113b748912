"""People in a form of a return: masked as the page opens, and what comes back untouched stands for what was kept. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kepu.core.contacts import is_masked, mask_cell

Row = dict[str, str]


class People:
    """The cells of people in what is kept and in what records say. ``kept`` are rows in the order the page shows them."""

    def __init__(self, codes: Collection[str], *kept: Sequence[Mapping[str, str]]) -> None:
        self.codes, self.kept = codes, kept
        self.behind: dict[str, set[str]] = {}  # mask → what may stand behind it
        for rows in kept:
            for row in rows:
                for code in self._in(row):
                    self.behind.setdefault(mask_cell(row[code]), set()).add(row[code])

    def masked(self, row: Mapping[str, str]) -> Row:
        """A row as the page shows it."""
        return {**row, **{code: mask_cell(row[code]) for code in self._in(row)}}

    def restored(self, rows: Sequence[Mapping[str, str]]) -> tuple[list[Row], list[tuple[int, str]]]:
        """The rows with what stands behind their masks, and the cells (row, code) of which that cannot be told."""
        found, unclear = [], []
        for n, row in enumerate(rows):
            new = dict(row)
            for code in self._in(row):
                if is_masked(row[code]):
                    new[code] = self._behind(row[code], n, code, len(rows)) or row[code]
                    if is_masked(new[code]):
                        unclear.append((n, code))
            found.append(new)
        return found, unclear

    def _behind(self, mask: str, n: int, code: str, count: int) -> str:
        may_be = self.behind.get(mask, set())
        if len(may_be) == 1:
            return next(iter(may_be))
        # two people look alike behind their stars: only where no row came or went does the place tell them apart
        at_the_place = {rows[n].get(code, "") for rows in self.kept if len(rows) == count} & may_be
        return next(iter(at_the_place)) if len(at_the_place) == 1 else ""

    def _in(self, row: Mapping[str, str]) -> list[str]:
        return [code for code in row if code in self.codes]
