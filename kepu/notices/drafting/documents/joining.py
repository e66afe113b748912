"""Sentences that a line end or a page end broke in two are put together again; what may be two things stays two lines.

A wrong join hides the beginning of an item, a missed one only splits a sentence that recognisers read over anyway, so
a doubt keeps the line end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# what begins a new item whatever stands before it: numbers of every level and bullets
_NUMBERED = re.compile(
    r"""\s*(?:
        [一二三四五六七八九十]{1,3}\s*[、.．]
      | [(（]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]
      | \d{1,2}\s*(?:[、．]|\.(?!\d)|[)）])
      | [①-⑳⑴-⒇⒈-⒛•●○■◆★※▪\#*]
      | [-—·]\s+
      | 第[一二三四五六七八九十百\d]{1,4}[章节条款]
    )""",
    re.VERBOSE,
)
# the words of head and foot, and any short word with a colon
_LABELLED = re.compile(
    r"""\s*(?:
        (?:附件|附表|附|注|主送|抄送|抄报|印发|联系人|联系电话|电话|邮箱|地址)\s*\d{0,2}\s*(?:[:：.．]|$)
      | [^\s，。；：:、（(“]{2,8}[:：]
    )""",
    re.VERBOSE,
)
_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》]*$")
_GOES_ON = re.compile(r"[，、,（(“‘《〈【〔「『/和与及或]$")
_GOES_BACK = re.compile(r"[，。、；：）》”’」』】〕]")
_PROSE = re.compile(r"[，。；、]")
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】", "〔": "〕"}
_REACH = 80
_LONG = 25  # a line of prose shorter than this was ended on purpose
_WIDEST = 60  # lines that a program broke are hardly wider, in full-width characters


def width(line: str) -> float:
    """How wide a line is, in full-width characters."""
    return sum(1.0 if c >= "\u2000" else 0.5 for c in line.strip())


def begins_item(line: str) -> bool:
    """Whether a line reads as a beginning: it has a number, a bullet or a label, or is set in."""
    return is_numbered(line) or bool(_LABELLED.match(line)) or line.startswith(("  ", "\u3000"))


def is_numbered(line: str) -> bool:
    """Whether a line begins with the number of an item, or its bullet."""
    return bool(_NUMBERED.match(line))


def may_go_on(line: str, following: str) -> bool:
    """Whether nothing says that the first line ended or that the second is a beginning. Rows of a table never go on."""
    return not ("\t" in line or "\t" in following or begins_item(following) or _ENDS.search(line))


def goes_on(line: str, following: str) -> bool:
    """Whether a line ends in the middle of a sentence.

    By its own signs: a comma, a bracket closed in the next; or because prose of some length ends where no sentence does.
    """
    if not may_go_on(line, following):
        return False
    if _GOES_ON.search(line) or _GOES_BACK.match(following) or _left_open(line, following):
        return True
    prose = _PROSE.search(line) and (_PROSE.search(following) or _ENDS.search(following))
    return bool(prose) and width(line) >= _LONG and not line.rstrip().endswith("通知")


def _left_open(line: str, following: str) -> bool:
    """Whether a bracket is open at the end of a line that the next line closes, neither far from the break."""
    for opening, closing in _PAIRS.items():
        if _unmatched(line[:-_REACH:-1], closing, opening) and _unmatched(
            following[:_REACH], opening, closing
        ):
            return True
    return False


def _unmatched(text: str, opening: str, closing: str) -> bool:
    """Whether a text closes what it did not open."""
    depth = 0
    for sign in text:
        depth += (sign == opening) - (sign == closing)
        if depth < 0:
            return True
    return False


def broken_width(lines: Sequence[str]) -> float | None:
    """The width at which a program broke the lines of a text, None where each paragraph is one line."""
    widths = [width(line) for line in lines if line.strip()]
    widest = max(widths, default=0)
    if len(widths) < 5 or not 15 <= widest <= _WIDEST:
        return None
    full = [w for w in widths if w >= widest - 2]
    return widest if len(full) >= max(3, len(widths) * 0.4) else None


def joined(lines: Sequence[str], *, wrapped: bool = False) -> list[str]:
    """The lines with broken sentences whole again. ``wrapped``: a program may have broken every line at one width."""
    broken = broken_width(lines) if wrapped else None
    whole: list[list[str]] = []
    last, gap = "", 0
    for line in lines:
        if not line.strip():
            gap += 1
            whole.append([""])
            continue
        full = broken is not None and not gap and width(last) >= broken - 2
        if last and gap <= 2 and (goes_on(last, line) or (full and may_go_on(last, line))):
            del whole[len(whole) - gap :]
            whole[-1].append(line)
        else:
            whole.append([line])
        last, gap = line, 0
    return [glued(parts) for parts in whole]


def glued(parts: Sequence[str]) -> str:
    """The parts of a line as one; words of Latin letters stay apart. Blanks at the breaks go, those before all stay."""
    said = [parts[0].rstrip() if len(parts) > 1 else parts[0]]
    for part in (part.strip() for part in parts[1:]):
        latin = [sign.isascii() and sign.isalpha() for sign in (said[-1][-1:], part[:1])]
        said.append(f" {part}" if all(latin) else part)
    return "".join(said)
