"""What becomes of a change: which of its answers go back to review, which hold at once, which only mend a typing error.

Pure. What the public relies on (:data:`~kepu.activities.models.MATERIAL`) goes to review. A text of it may be mended at
once where its host says so and the edit is that small: at most two characters, in a text long enough that they do not
make it another, and none of them one that changes when, where or whether: a digit, a Chinese number, a direction, a No.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.models import MATERIAL, Activity
from kepu.core.refusals import Incomplete, Reason

CORRECTABLE = ("title", "subtheme", "venue", "address")
MOST_CHARACTERS = 2
LENGTH_FOR_EACH = (
    4  # a text has at least so many characters for each that is mended: 石龙镇 is not 石排镇 mistyped
)
_NUMBERS = frozenset("〇零一二两三四五六七八九十百千万半")
_TURNING = frozenset("东南西北上下左右前后内外不非无未禁停免早晚晨午夜新旧老男女甲乙丙丁")
# which hall (A座), and which town or road: the two characters before such a word; 社区, 乡村 and 市民 name none
_NAMED = re.compile(
    r"(?<![a-z])[a-z](?![a-z])|..(?=省|市(?!民)|县|旗|镇|乡(?!村)|(?<!乡)村|街|路|巷|(?<!社)区)",
    re.IGNORECASE,
)


def is_correction(before: str, after: str) -> bool:
    """Whether ``after`` can be ``before`` with a typing error mended. Symmetric; nothing changed is none."""
    length = max(len(before), len(after))
    if before == after or not (before and after):
        return False
    if _telling(before) != _telling(after) or _NAMED.findall(before) != _NAMED.findall(after):
        return False
    most = min(MOST_CHARACTERS, length // LENGTH_FOR_EACH)
    return most > 0 and distance(before, after, most=most) <= most


def distance(one: str, other: str, *, most: int) -> int:
    """The edit distance (Levenshtein) of two texts, or ``most + 1`` where it is greater than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _telling(text: str) -> list[str]:
    """The characters that say when, where or whether, in their order; ３ is 3."""
    return [
        str(int(c)) if c.isdecimal() else c
        for c in text
        if c.isnumeric() or c.isdigit() or c in _NUMBERS or c in _TURNING
    ]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A change, sorted. ``corrections`` are among ``at_once``; each holds the text before and after."""

    material: dict[str, Any] = field(default_factory=dict)
    at_once: dict[str, Any] = field(default_factory=dict)
    corrections: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.material or self.at_once)

    @property
    def sentence(self) -> str:
        """What becomes of it, for the button: 这次改动：2 处要审核，1 处马上生效。"""
        if not self:
            return _("还没有改动。")
        parts = []
        if self.material:
            parts.append(_("%(n)s 处要审核") % {"n": len(names_of(self.material))})
        if self.at_once:
            parts.append(_("%(n)s 处马上生效") % {"n": len(names_of(self.at_once))})
        return _("这次改动：%(parts)s。") % {"parts": _("，").join(parts)}


def weigh(
    activity: Activity, values: Mapping[str, Any], *, typing_errors: bool = False, apart: bool = False,
    approved: Mapping[str, str] | None = None,
) -> Weighed:  # fmt: skip
    """Sort cleaned values that differ from the activity's.

    With ``typing_errors`` its host says that the texts among :data:`CORRECTABLE` only mend typing errors; those that are
    more are ``refused``. ``approved`` are such texts as their reviewer saw them, where they were corrected since: many
    small corrections do not make a large one. Where something goes to review, the rest waits with it and is decided as
    one, since texts speak of one another; ``apart`` lets the rest hold at once. Corrections always do.
    """
    approved = approved or {}
    corrections: dict[str, tuple[str, str]] = {}
    refused = []
    if typing_errors:
        for name in (name for name in CORRECTABLE if name in values):
            before = str(getattr(activity, name))
            if is_correction(before, values[name]) and _is_near(approved.get(name), values[name]):
                corrections[name] = (before, values[name])
            else:
                refused.append(_more_than_typing(name))
    material = {n: v for n, v in values.items() if _is_material(n) and n not in corrections}
    rest = {n: v for n, v in values.items() if n not in material}
    if material and not apart:
        material |= {n: v for n, v in rest.items() if n not in corrections}
        rest = {n: v for n, v in rest.items() if n in corrections}
    return Weighed(material, rest, corrections, tuple(refused))


def _is_near(approved: str | None, after: str) -> bool:
    """Whether the text, corrected before, is even now no more than a correction of what was approved."""
    return approved is None or approved == after or is_correction(approved, after)


def check_weighed(weighed: Weighed) -> None:
    """What was called a typing error is one. Raises :class:`Incomplete`, a sentence at each that is not."""
    if weighed.refused:
        raise Incomplete(reasons=weighed.refused)


def names_of(values: Mapping[str, Any]) -> list[str]:
    """The questions behind the columns, sorted."""
    return sorted(name.removesuffix("_id") for name in values)


def is_material(name: str) -> bool:
    """Whether changing the answer to this question goes to review."""
    return name in MATERIAL


def _is_material(column: str) -> bool:
    return is_material(column.removesuffix("_id"))


def _more_than_typing(name: str) -> Reason:
    label = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    sentence = _(
        "“%(name)s”不能当作错字：改了超过两个字、文字太短，或者动了数字、方位、地名、“不”这类字。请去掉“只是改错字”，交审核。"
    ) % {"name": label}
    return Reason(sentence, field=name, code="typing_error")
