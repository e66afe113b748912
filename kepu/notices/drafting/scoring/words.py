"""Whether two wordings mean one thing: punctuation, width and short forms apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from kepu.notices.drafting.text import traditional

ENOUGH = 0.5  # titles at least this alike may name one thing

_SHORT = (
    ("中国共产党", ""), ("中共", ""), ("人民政府", ""), ("科学技术协会", "科协"), ("科学技术普及部", "科普部"),
    ("网络安全和信息化委员会办公室", "网信办"), ("精神文明建设指导委员会办公室", "文明办"), ("精神文明建设办公室", "文明办"),
    ("国有资产监督管理委员会", "国资委"), ("发展和改革委员会", "发改委"), ("发展改革委员会", "发改委"), ("发展改革委", "发改委"),
    ("发展和改革局", "发改局"), ("工业和信息化", "工信"), ("科学技术", "科技"), ("卫生健康委员会", "卫健委"),
    ("卫生健康委", "卫健委"), ("卫生健康局", "卫健局"), ("人力资源和社会保障", "人社"), ("住房和城乡建设", "住建"),
    ("市场监督管理", "市场监管"), ("文化和旅游", "文旅"), ("林业和草原", "林草"), ("妇女联合会", "妇联"),
    ("文学艺术界联合会", "文联"), ("工商业联合会", "工商联"), ("归国华侨联合会", "侨联"), ("残疾人联合会", "残联"),
    ("作家协会", "作协"), ("总工会", "工会"), ("共产主义青年团", "共青团"), ("委员会", "委"),
)  # fmt: skip
_LEVEL = "省|自治区|自治州|自治县|市(?!场)|州|盟|县|旗|区"
_LEAGUE = re.compile(rf"(?:中国)?(?:共青团[\u4e00-\u9fff]{{0,7}}?|团)(?P<level>{_LEVEL})?工?委")
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,7}}?(?P<level>{_LEVEL})(?=[\u4e00-\u9fff]{{2}})")
_OWN = re.compile(rf"(?P<level>{_LEVEL})(?=[\u4e00-\u9fff]{{2}})")
_OTHERS = re.compile(r"等[0-9一二三四五六七八九十]+(?:个|家)?(?:部门|单位)?$")
_NATION = re.compile(r"(?:中国|全国|国家|中央)(?=[\u4e00-\u9fff]{2})")


@cache
def plain(text: str) -> str:
    """Letters, digits and characters: full-width ones as half-width, capitals as small, traditional as simplified."""
    return "".join(c for c in _folded(text) if c.isalnum())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(traditional.TABLE)


@cache
def _pairs(text: str) -> Counter[str]:
    said = plain(text)
    return Counter(said[i : i + 2] for i in range(len(said) - 1)) or Counter([said])


@cache
def alike(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1: by the pairs of characters they share, by those of the shorter mostly."""
    a, b = plain(one), plain(other)
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if (a in b or b in a) and min(len(a), len(b)) > 1:
        return 0.95
    shared = (_pairs(one) & _pairs(other)).total()
    sizes = _pairs(one).total(), _pairs(other).total()
    return 0.9 * (0.7 * shared / min(sizes) + 0.3 * 2 * shared / sum(sizes))


@cache
def body(name: str) -> tuple[str, str]:
    """A body's level and its name in short: 唐山市科学技术协会 and 市科协 are both (市, 科协); "" where no level is said."""
    said = re.sub(r"[^\u4e00-\u9fff0-9a-z]", "", _folded(name))
    said = _OTHERS.sub("", said)
    if "团" in said and (
        league := _LEAGUE.fullmatch(said.replace("委员会", "委").replace("共产主义青年团", "共青团"))
    ):
        return league["level"] or "", "团委"
    for long, short in _SHORT:
        said = said.replace(long, short)
    if nation := _NATION.match(said):
        return "国", said[nation.end() :]
    place = _OWN.match(said) or _PLACE.match(said)
    level = place["level"] if place else ""
    rest = said[place.end() :] if place else said
    return level, rest.removeprefix("委") if len(rest) > 2 else rest


def same_body(one: str, other: str) -> float:
    """1 for one body at one level, a little less where one of the two wordings does not say the level, else 0."""
    (level, name), (their_level, their_name) = body(one), body(other)
    if plain(one) == plain(other):
        return 1.0
    if name != their_name or not name:
        return 0.0
    return 1.0 if level == their_level else 0.8 if not (level and their_level) else 0.0
