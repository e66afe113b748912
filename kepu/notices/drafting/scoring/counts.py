"""The figures of a comparison, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class GroupScore:
    """What of one group was found, what of the truth was missed, what of the draft is in no truth; as sentences."""

    found: int = 0
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()

    @property
    def recall(self) -> float | None:
        """Which share of the truth was found; None where there is nothing to find."""
        return _share(self.found, len(self.missed))

    @property
    def precision(self) -> float | None:
        """Which share of the draft is true; None where nothing was drafted."""
        return _share(self.found, len(self.invented))

    def __add__(self, other: GroupScore) -> GroupScore:
        return GroupScore(
            self.found + other.found, (*self.missed, *other.missed), (*self.invented, *other.invented)
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "true_positives": self.found, "false_positives": len(self.invented), "false_negatives": len(self.missed),
            "precision": self.precision, "recall": self.recall, "missed": list(self.missed), "invented": list(self.invented),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Of things that were found, how many have one of their fields right as well."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None

    def __add__(self, other: FieldScore) -> FieldScore:
        return FieldScore(self.right + other.right, self.of + other.of)

    def as_json(self) -> dict[str, Any]:
        return {"right": self.right, "of": self.of, "share": self.share}


@dataclass(frozen=True, slots=True)
class Score:
    """A comparison, or the sum of several. Every group and field is there, also with nothing in it."""

    groups: Mapping[str, GroupScore] = field(default_factory=dict)
    fields: Mapping[str, FieldScore] = field(default_factory=dict)

    def total(self, groups: Iterable[str] | None = None) -> GroupScore:
        """These groups as one; all of them unless named."""
        whole = GroupScore()
        for code in self.groups if groups is None else groups:
            whole += self.groups.get(code, GroupScore())
        return whole

    def __add__(self, other: Score) -> Score:
        return Score(
            {
                code: self.groups.get(code, GroupScore()) + other.groups.get(code, GroupScore())
                for code in {**self.groups, **other.groups}
            },
            {
                code: self.fields.get(code, FieldScore()) + other.fields.get(code, FieldScore())
                for code in {**self.fields, **other.fields}
            },
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "groups": {code: group.as_json() for code, group in self.groups.items()},
            "fields": {code: one.as_json() for code, one in self.fields.items()},
            "total": self.total().as_json(),
        }


def _share(found: int, besides: int) -> float | None:
    return found / (found + besides) if found + besides else None
