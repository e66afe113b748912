"""Numbers as people write them: 12, 1,000, 十二, 两, 三百, 1.5万, 10余."""

from __future__ import annotations

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "廿": 20,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "零〇一二两三四五六七八九十百千"


def number_of(said: str) -> float | None:
    """The number that ``said`` is, with 万 and 亿; None when it is none."""
    said = said.replace(",", "").strip()
    scale = 1.0
    while said[-1:] in ("万", "亿", "千", "百") and said[:1].isascii() and len(said) > 1:
        scale *= {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}[said[-1]]
        said = said[:-1]
    if said.isascii():
        try:
            return float(said) * scale if len(said) <= 12 else None
        except ValueError:
            return None
    if "万" in said:
        head, _, tail = said.partition("万")
        high, low = whole_number(head), whole_number(tail) if tail else 0
        return None if high is None or low is None else float(high * 10000 + low)
    whole = whole_number(said)
    return None if whole is None else float(whole)


def whole_number(said: str) -> int | None:
    """A whole number below ten thousand in digits or in Chinese, else None: "十二" is 12, "二〇二三" is 2023."""
    if not said or len(said) > 9:
        return None
    if said.isascii():
        return int(said) if said.isdigit() else None
    if any(c not in _DIGITS and c not in _TENS for c in said):
        return None
    if not any(c in _TENS for c in said):
        if len(said) == 1:
            return _DIGITS[said]
        return int("".join(str(_DIGITS[c]) for c in said)) if all(_DIGITS[c] < 10 for c in said) else None
    total, digit = 0, 0
    for c in said:
        if c in _TENS:
            total += (digit or 1) * _TENS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit
