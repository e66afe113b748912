"""The numbers of a sentence as a quota reads them: two ends as one, a limiting word for all that is strung on behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.values.bodies import Body
from kepu.notices.drafting.values.bounds import Limited

_CLAUSE = re.compile("[，。；：（]")
_TOLD = re.compile(
    r"(?:推荐|报送|选送|选报|申报|提交|提供|确定|指定|选派|上报|选拔|组织|开展|举办|遴选|打造|可报|可推荐|自荐|派出|配备|安排)[^，。；]{0,8}$"
)
_HOLDS = re.compile("(?:组织|开展|举办|举行|召开|播放|更新)[^，。；]{0,2}$")
_MAY = re.compile("可以?(?:自行|择优)?(?:推荐|自荐|申报|选报)[^，。；]{0,4}$")
_EACH = re.compile(r"各(?:推荐|报送|选送|确定|选派|举办|开展|报|选)|每|各[^，。；]{1,20}$")
_ALLOTTED = re.compile("名额|指标|数量|任务数")
STRUNG = re.compile(r"[\u4e00-\u9fff“”]{0,12}[、和及](?:[\u4e00-\u9fff]{0,10}|“[^“”]{1,12}”)")
LONGEST, MOST = 80, 30  # characters of a clause that matter; numbers of a sentence that anybody reads
_NEVER_EXACT = frozenset(
    ["元", "%", "次", "期", "家", "所", "处", "种", "家次", "级"]
)  # words that as often describe as ask


def clause_of(text: str, limit: Limited) -> tuple[str, str]:
    """The clause in which a number stands, and what of it stands before the number."""
    starts = [m.end() for m in _CLAUSE.finditer(text, 0, limit.start)]
    start = max(starts[-1] if starts else 0, limit.start - LONGEST)
    return text[start : clause_end(text, limit.end)], text[start : limit.start]


def clause_end(text: str, at: int) -> int:
    """Where the clause at ``at`` ends."""
    found = _CLAUSE.search(text, at)
    return found.start() if found else len(text)


def numbers_of(limits: list[Limited], text: str) -> Iterator[Limited]:
    """The numbers in their order; of 限推单位1个、个人2名 both are limits."""
    last: Limited | None = None
    for limit in _paired(limits, text)[:MOST]:
        if last is not None and limit.exact is not None and STRUNG.fullmatch(text[last.end : limit.start]):
            if last.max is not None and last.min is None:
                limit = Limited(limit.start, limit.end, limit.unit, max=limit.exact)
            elif last.min is not None and last.max is None:
                limit = Limited(limit.start, limit.end, limit.unit, min=limit.exact)
        yield limit
        last = limit


def asks_exactly(before: str, group: list[Body], limit: Limited, label: str) -> bool:
    """Whether a number without a limiting word asks for just so many: 各推荐1名; 名额：各县2名."""
    if _ALLOTTED.search(label) and (not group or limit.start - group[-1].end <= 8):
        return True
    if limit.unit in _NEVER_EXACT and not (limit.unit in ("次", "期") and _HOLDS.search(before)):
        return False
    if _MAY.search(before):
        return True
    each = _EACH.search(before) or any(b.words[:1] in "各每" for b in group)
    return bool(_TOLD.search(before) and each)


def _paired(limits: list[Limited], text: str) -> list[Limited]:
    """不少于2个、不超过5个 as one."""
    out: list[Limited] = []
    for limit in limits:
        last = out[-1] if out else None
        if last is not None and _is_upper_end(last, limit) and len(text[last.end : limit.start]) <= 3:
            out[-1] = Limited(last.start, limit.end, last.unit, min=last.min, max=limit.max)
        else:
            out.append(limit)
    return out


def _is_upper_end(low: Limited, high: Limited) -> bool:
    if low.min is None or low.max is not None or high.max is None or high.min is not None:
        return False
    return low.unit == high.unit and high.max >= low.min
