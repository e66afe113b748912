"""Which face each part of the document is set in: as Word names them, and what a PDF takes from those that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Face:
    """A face by the name that Word knows, the families that draw it in a PDF, best first, and the weight of the stand-in."""

    word: str
    families: tuple[str, ...]
    weight: int = 400


STAND_IN: Final = (
    "Noto Sans SC"  # comes with the software; its weights tell the faces apart where none of them is there
)
SONG_TITLE: Final = Face(
    "方正小标宋简体",
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋", "SimSun", "宋体",
     "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC"),
    700,
)  # fmt: skip
FANG_SONG: Final = Face(
    "仿宋_GB2312",
    ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong", "华文仿宋", "FandolFang R"),
)
HEI: Final = Face(
    "黑体", ("SimHei", "黑体", "STHeiti", "华文黑体", "Source Han Sans SC", "Noto Sans CJK SC"), 700
)
KAI: Final = Face(
    "楷体_GB2312", ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "华文楷体", "FandolKai"), 500
)
SONG: Final = Face(
    "宋体", ("SimSun", "宋体", "STSong", "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC")
)
