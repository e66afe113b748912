"""The place a notice is for, and its level: by the issuer's name, else by the title, else as the caller says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found
from kepu.orgs.divisions import Division, divisions
from kepu.orgs.workflow import NATION

ORDER = 5
_NATIONAL = re.compile(
    r"^(?:中国|全国|国家|国务院|中共中央|中央|共青团中央|中华|[教科工文水农应交生自住人司民公商]\S{1,9}部$)"
)
_LOCAL = re.compile(
    r"(?:^|(?<=[\u4e00-\u9fff]{2}))(?P<level>省|自治区|自治州|市|州|(?<![社地园校])区|县|旗|镇|乡|街道)(?!级|直|场|政|容|民|域|长)"
)
_LEVELS = {
    "省": "province", "自治区": "province", "自治州": "city", "市": "city", "州": "city", "区": "county", "县": "county", "旗": "county", "镇": "town", "乡": "town", "街道": "town",
}  # fmt: skip
# whom a notice is for says who stands above them
_ADDRESSED = (
    (re.compile(r"(?:^|\n)(?:各有关单位，)?各省(?:、|（|级|区)"), "nation"),
    (re.compile(r"(?:^|\n)各(?:设区|地级)?市(?:、|（(?!县)|级|科|教|委|人)|(?:^|\n)各州"), "province"),
    (re.compile(r"(?:^|\n)各(?:县|区|旗)(?:、|（|市|级|科|教)"), "city"),
    (re.compile(r"(?:^|\n)各(?:乡|镇|街)"), "county"),
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:镇|乡|街道)(?:人民政府|办事处|科协|科学技术协会|党委|委员会)")


def recognise(context: Context) -> Iterator[Found]:
    if context.place:
        level = next((d.level.value for d in divisions() if d.code == context.place), "")
        yield Found("place", context.place, (), 1.0, "place")
        if level:
            yield Found("level", level, (), 1.0, "place")
            return
    for key, confidence in (("issuer", 0.95), ("title", 0.85)):
        source = context.found.get(key)
        if source is None:
            continue
        spans = source.spans[:1]
        named = nearest(str(source.value))
        if named is not None:
            level = "town" if _TOWN.search(str(source.value)) else named.level.value
            if not context.place:
                yield Found("place", named.code, spans, confidence, "place")
            yield Found("level", level, spans, confidence, "place")
            return
        if key == "issuer" and _NATIONAL.match(str(source.value)):
            if not context.place:
                yield Found("place", NATION, spans, 0.9, "place")
            yield Found("level", "nation", spans, 0.9, "place")
            return
    yield from _by_words(context)


def _by_words(context: Context) -> Iterator[Found]:
    """The level as the issuer's name ends its place: 某市…, 市…; the place only where the text itself names one."""
    source = context.found.get("issuer") or context.found.get("title")
    words = str(source.value) if source else ""
    start = context.reading.text[:1500]
    elsewhere = nearest("\n".join(line for line in start.split("\n") if not line.endswith("：")))
    if elsewhere is not None and not context.place:
        yield Found("place", elsewhere.code, (), 0.5, "place")
    local = [m["level"] for m in _LOCAL.finditer(words)]
    addressed = next((level for pattern, level in _ADDRESSED if pattern.search(start)), "")
    if addressed == "nation" and not local and elsewhere is None and not context.place:
        yield Found("place", NATION, (), 0.5, "place")
    level = _LEVELS[local[-1]] if local else elsewhere.level.value if elsewhere else addressed
    if level:
        yield Found("level", level, source.spans[:1] if source else (), 0.5, "place")


def nearest(text: str) -> Division | None:
    """The lowest division that a text names first: of 临沂市兰山区 the district."""
    found: list[tuple[int, int, Division]] = []
    for name, those in _by_name().items():
        at = text.find(name)
        if at >= 0 and (len(name) > 2 or at == 0 or text[at - 1] in "省市区州盟"):
            found += [(at, len(name), d) for d in those]
    if not found:
        return None
    codes = {d.code for _at, _len, d in found}
    inner = [f for f in found if f[2].parent in codes or _above(f[2].parent) in codes]
    sure = inner or [
        f
        for f in found
        if sum(f[2].name == d.name for _a, _l, d in found) == 1
        and not (f[0] and text[f[0] - 1] in "省市州盟")
    ]
    if not sure:
        return None
    depth = {"province": 1, "city": 2, "county": 3}
    first = min(f[0] for f in (inner or sure))
    near = [f for f in sure if f[0] <= first + 12]
    return max(near, key=lambda f: (depth.get(f[2].level.value, 0), -f[0], f[1]))[2]


def _above(code: str) -> str:
    return code[:2] + "0000"


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Division]]:
    names: dict[str, list[Division]] = {}
    for d in divisions():
        if d.code != NATION:
            names.setdefault(d.name, []).append(d)
    return names
