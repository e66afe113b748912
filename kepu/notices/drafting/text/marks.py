"""The marks that open a paragraph of an official document: 一、（一）1.（1）, 附件, and what else begins a line of its own."""

from __future__ import annotations

import re

NUMERAL = "一二三四五六七八九十"
_MARKS = (
    (1, re.compile(rf"第?([{NUMERAL}]{{1,3}})(?:、|\.(?!\d)|部分[：、]?)")),
    (2, re.compile(rf"（([{NUMERAL}]{{1,3}})）[、.]?")),
    (3, re.compile(r"(\d{1,2})(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d(?!\d))|\.(?=\d{1,2}月\d))")),
    (4, re.compile(r"（(\d{1,2})）[、.]?|(\d{1,2})）|([①-⑳])")),
)
_OWN_LINE = re.compile(
    r"附[件表：]|联\s?系\s?(?:人|电话|方式|地址|单位)|(?:咨询|监督|联络)?电\s?话|(?:电子)?邮\s?箱|邮\s?编|地\s?址|传\s?真|主送|抄送|抄报|"
    r"注[：:]|备注[：:]|说明[：:]|(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|\.\d{1,2}\.\d{1,2})$|一是|二是|三是|第[一二三四五六]，"
)


def mark_of(text: str) -> tuple[int, str, int] | None:
    """Level, number and length of the mark that a paragraph opens with: "（二）平台填报" is (2, "（二）", 3)."""
    for level, pattern in _MARKS:
        if found := pattern.match(text):
            said = next(g for g in found.groups() if g)
            if level == 4 and "①" <= said <= "⑳":
                said = str(ord(said) - ord("①") + 1)
            number = {1: said, 2: f"（{said}）", 3: said, 4: f"（{said}）"}[level]
            return level, number, found.end()
    return None


def stands_alone(text: str) -> bool:
    """Whether a line surely opens something new, so that nothing above it goes on in it."""
    return mark_of(text) is not None or _OWN_LINE.match(text) is not None
