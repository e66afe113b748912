"""Slips of the hand in TOML, in words: full-width signs, a date in dots, True, a bracket left open."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from kepu.notices.format.problems import Problem

_TEXTS = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$')
_WIDE = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "＝": "=", "：": "=", "，": ",", "［": "[", "］": "]", "【": "[", "】": "]",
    "｛": "{", "｝": "}", "＃": "#", "。": ".", "．": ".", "－": "-", "　": "", **{chr(0xFF10 + n): str(n) for n in range(10)},
}  # fmt: skip


def toml_problem(error: Exception, file: str, text: str = "") -> Problem:
    """The parser's complaint in plain words, at its line."""
    rows = text.replace("\r\n", "\n").split("\n")
    said = str(error)
    found = re.search(r"at line (\d+), column (\d+)", said)
    line = int(found[1]) if found else len(rows) if "end of document" in said else 1
    row = _TEXTS.sub('""', rows[line - 1] if line <= len(rows) else "")
    return Problem(file, line, _sentence(said, row))


def _sentence(said: str, row: str) -> str:
    if wide := next((c for c in row if c in _WIDE), ""):
        shown = _("全角空格") if wide == "　" else wide
        return _("“%(wide)s”是中文符号，要换成英文（半角）的“%(plain)s”。") % {
            "wide": shown,
            "plain": _WIDE[wide] or " ",
        }
    low = said.lower()
    if "overwrite" in low or "duplicate" in low or "twice" in low:
        return _("同一个键写了两次，请去掉一个。")
    key, _equals, value = row.partition("=")
    if re.search(r"[\u4e00-\u9fff]", key) and "[" not in key:
        return _("键要用英文，如 title；中文的键不认识。")
    if re.search(r"\b(True|TRUE|False|FALSE|yes|no|是|否)\b", value):
        return _("是否要写成小写的 true 或 false，不加引号。")
    if re.search(r"\btime\s*=\s*\d{1,2}:", row):
        return _('几点要加引号，写成 time = "16:00"。')
    if "date" in low or re.search(r"\d{4}\s*[/.年-]\s*\d{1,2}", value):
        return _("日期不存在或写法不对。日期写成 2023-09-08，不加引号。")
    if re.search(r"[\u4e00-\u9fff]", value):
        return _("文字要加英文双引号。")
    for sign, sentence in (
        ("unclosed array", _("方括号没有配对，或者两项之间缺了逗号。")),
        ("unclosed inline table", _("花括号没有配对，或者两项之间缺了逗号；花括号里不能换行。")),
        ("key part", _("花括号里不能换行，也不能有多余的逗号。")),
        ("illegal character", _("引号没有配对：一段文字要在同一行里开头和结尾。")),
        ("expected '='", _("键和值之间要有等号。")),
        ("invalid value", _("等号后面没有值，或者文字没有加引号。")),
        ("end of document", _("文件到末尾还有没配对的引号或括号。")),
        ("invalid statement", _("这一行既不是“键 = 值”，也不是 [[clause]] 这样的表头。")),
    ):
        if sign in low:
            return _("不是合规的 TOML：%(text)s") % {"text": sentence}
    return _("不是合规的 TOML，请看这一行和上一行的引号、括号、逗号。")
