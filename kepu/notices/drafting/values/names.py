"""Names of bodies as they sign: what may be one, and how a line of several is cut."""

from __future__ import annotations

import re
from itertools import pairwise

_SUFFIX = (
    "协会|联合会|红十字会|商会|理事会|促进会|联谊会|指挥部|[技研协科传务生学术理事]处|[究展业术普革教务育]司|委员会|研究会|学会|总工会|工会|办公室|组委会|领导小组|基金会|促进会|管委会|联席会议|管理局|[^以全结布当]局|[省市区县国团农自水应文民体商卫]厅|厅|"
    "[育技传织法安产赢政建输部境源务业农卫急理化部动]部|国家[\\u4e00-\\u9fff]{2,8}部|教育部|科技部|部|宣传部|统战部|组织部|政府|人民政府|科协|团市委|团省委|团县委|团区委|团中央|团委|共青团[\\u4e00-\\u9fff]{1,8}|"
    "妇联|文联|作协|残联|侨联|工商联|总队|支队|大队|科学院|工程院|研究院|学院|大学|机构|中心|馆|集团|公司|报社|电视台|广播电视台|出版社|中央|卫生健康委|发展改革委|国资委|网信办|教育工委|市委|省委|县委|区委|工委|委|办|社|院|所|站|校"
)
NAME = re.compile(rf"[\u4e00-\u9fff（）“”·、]{{2,34}}?(?:{_SUFFIX})(?:（[^（）]{{2,20}}）)?")
_LINE = re.compile(rf"[\u4e00-\u9fff（）“”·]{{1,34}}(?:{_SUFFIX})(?:（[^（）]{{2,20}}）)?")
_PLACE = re.compile(
    r"(?:中共|共青团)?(?P<place>[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|州|县|区|盟|旗|镇))(?=[\u4e00-\u9fff]{2})"
)
_NOT = re.compile(
    r"[，。；：！？]|^(?:附件|联系|抄送|主送|注|关于|各|请|为|根据|通知)|(?:通知|方案|函|表|如下)$"
)


def is_name(text: str) -> bool:
    """Whether a line by itself is the name of a body."""
    return 2 < len(text) <= 40 and not _NOT.search(text) and _LINE.fullmatch(text) is not None


def names_in(line: str) -> list[str]:
    """The names on a line that has nothing else; empty when it has. Names that run together are cut apart."""
    parts = [n for p in re.split(r"[ \t、]+", line.strip()) if p for n in _apart(p)]
    return parts if parts and all(is_name(p) for p in parts) else []


def _apart(name: str) -> list[str]:
    """平川市教育局平川市文化馆 as two: what begins again with the place is another body."""
    place = _PLACE.match(name)
    if place is None:
        return [name]
    starts = [m.start() for m in re.finditer(rf"(?:中共|共青团)?{place['place']}", name)]
    parts = [name[a:b] for a, b in pairwise([0, *(s for s in starts if s), len(name)])]
    return parts if len(parts) > 1 and all(is_name(p) for p in parts) else [name]
