"""The measures of an official document, by GB/T 9704-2012 (党政机关公文格式). The numbers in brackets are its sections.

[5.2] A4; 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm; the text is 3号 仿宋, 22 lines a page and 28 characters a line,
which fill the 版心; black, but for the head. [7.2.4] 发文机关标志: red 小标宋, its upper edge 35 mm below the upper edge
of the 版心. [7.2.5, 7.2.7] 发文字号 two empty lines below it, a red rule as wide as the 版心 4 mm below that.
[7.3.1] 标题: 2号 小标宋, centred, two empty lines below the rule. [7.3.2] 主送机关 one empty line below, flush left.
[7.3.3] paragraphs are indented by two characters; 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋.
[7.3.4] 附件说明 one empty line below the text, indented by two. [7.3.5.1] under a seal the date stands four characters
from the right, the issuer centred above it. [7.3.6] 附注 in brackets below the date, indented by two. [7.3.7] 附件 on a
page of its own, “附件” in 3号 黑体 flush left in line 1, the title centred in line 3. [7.4] 版记 at the foot of the last
page, 4号 仿宋, outer rules 0.35 mm, inner 0.25 mm. [7.5] page numbers in 4号 宋体 between dashes 7 mm below the 版心, one
character from the right on odd pages, from the left on even ones.
"""

from __future__ import annotations

import unicodedata
from typing import Final

PAGE_MM: Final = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26
TEXT_WIDTH_MM: Final = PAGE_MM[0] - LEFT_MM - RIGHT_MM  # 156
LINES, CHARACTERS = 22, 28

POINTS_PER_MM: Final = 72 / 25.4
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = 22.0, 16.0, 14.0, 12.0  # 2号, 3号, 4号, 小四 in points
LINE_PT: Final = 28.95  # 22 of them are 224.7 mm
TITLE_LINE_PT: Final = 35.0
PITCH_PT: Final = (
    TEXT_WIDTH_MM * POINTS_PER_MM / CHARACTERS
)  # 15.79: a 3号 character and what it is drawn closer by
HEAD_FROM_TOP_MM: Final = 35
RULE_BELOW_NUMBER_MM: Final = 4
OUTER_RULE_MM, INNER_RULE_MM, RED_RULE_MM = 0.35, 0.25, 0.6
NUMBER_BELOW_TEXT_MM: Final = 7
RED: Final = "E60012"

TITLE_FITS: Final = int(TEXT_WIDTH_MM * POINTS_PER_MM / SIZE_2)  # characters in a line of the title
_HEAD_PT: Final = (26.0, 48.0)
HEAD_FITS: Final = int(TEXT_WIDTH_MM * POINTS_PER_MM / _HEAD_PT[0])
WIDE_FROM: Final = 9  # a form with as many columns stands on a page of landscape


def width(text: str) -> float:
    """The width in characters: a Chinese character and its punctuation are 1, a Latin letter or digit a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def head_size(lines: tuple[str, ...]) -> float:
    """The size in points at which the longest line of the red head just keeps within the 版心."""
    least, most = _HEAD_PT
    fits = TEXT_WIDTH_MM * POINTS_PER_MM / max(1.0, *(width(line) for line in lines))
    return max(least, min(most, float(int(fits))))


def wide_width_mm() -> int:
    """The width of the text on a page of landscape: the upright page's height less its margins above and below."""
    return PAGE_MM[1] - TOP_MM - BOTTOM_MM
