"""Commending: whom, by what standard, by whom; passing up the best; awards with their number; publication of results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of

_BY = re.compile(r"^(?P<by>[^，。；]{2,24}?)(?:牵头|将|拟|会同|对|适时|按照)")
_WITH = re.compile(
    r"^(?P<by>[^，。；]{2,16}?)将?会同(?P<with>[^，。；]{2,24}?)(?:按照?|根据|对|开展|共同|组织|评)"
)
_COMMEND = re.compile(
    r"(?:予以|给予|进行|通报|提出|获|作为|颁发|发文)?(?:通报)?(?:表扬|表彰|奖励|鼓励表扬|嘉奖)"
)
_STANDARDS = re.compile(r"(?:对|将)(?P<who>[^。；]{2,120}?)(?:，)?(?:予以|给予|进行|通报|择优|颁发)")
_OBJECTS = (
    ("活动", "activity"),
    ("项目", "activity"),
    ("个人", "person"),
    ("志愿者", "person"),
    ("工作者", "person"),
    ("选手", "person"),
    ("作品", "entry"),
    ("案例", "entry"),
    ("单位", "organisation"),
    ("集体", "organisation"),
    ("部门", "organisation"),
    ("地区", "organisation"),
    ("团队", "organisation"),
)
_PASS_UP = re.compile(
    r"(?:从中)?择优(?:推荐|上报|报送|选送|推选)(?:至|到|给|参加)?(?P<to>[^，。；表参]{2,16}?(?=表扬|表彰|，|。|；|$|参加|参评))"
)
_NOMINATE = re.compile(r"(?:进行|开展|组织)(?P<what>[^，。；]{4,30}?)(?:的)?推荐(?!表|材料)")
_AWARD = re.compile(
    r"(?P<label>(?:特等|一等|二等|三等|优秀|优胜|最佳[\u4e00-\u9fff]{2,4}|优秀组织|优秀指导|入围|单项|鼓励|金|银|铜)奖)(?:各)?(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,4})?(?P<unit>名|个|件|项|篇|部|幅|组|家)?"
)
_TEN = re.compile(r"(?P<label>十大[\u4e00-\u9fff]{2,8}?)(?<!发布)(?=、|，|。|和|颁|评|$)")
_PUBLIC = re.compile(r"公示(?:期)?(?:为|不少于)?(?P<n>\d{1,2}|[一二三四五六七八九十])个?(?P<u>工作日|[日天])")
ORDER = 65


def recognise(context: Context) -> Iterator[Proposal]:
    seen: set[str] = set()
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        for params, confidence, status in _steps(sentence):
            mark = repr(params)
            if mark not in seen:
                seen.add(mark)
                yield context.propose(
                    "commendation", "commendation", params, sentence, confidence, status=status
                )


def _steps(sentence: Sentence) -> Iterator[tuple[dict[str, Any], float, str]]:
    text = sentence.text
    who = _by(text)
    up = _PASS_UP.search(text)
    standards = _standards(text)
    if _COMMEND.search(text) and standards and not (up and "推荐" in up[0]):
        yield {"step": "commend", "objects": list(standards), "by": who, "criteria": standards}, 0.88, "final"
    if up and re.search("科协|上级|省|国家|市|全国|中国|总会|部|厅|局", up["to"]):
        params: dict[str, Any] = {
            "step": "recommend",
            "objects": list(standards) or _objects(text),
            "by": who,
            "to": up["to"].strip("“”"),
        }
        if standards and "推荐" in up[0]:
            params["criteria"] = standards
        yield params, 0.85, "final"
    elif (named := _NOMINATE.search(text)) and (
        labels := [x for x in items_of(named["what"].split("进行")[-1]) if x.startswith("优秀")]
    ):
        codes = unique([code_for(x) for x in labels])
        yield {
            "step": "nominate", "objects": _objects(named["what"]), "by": who, "channel": "platform" if re.search("平台|网站|系统", text) else "",
            "awards": [{"code": c, "label": x} for c, x in zip(codes, labels, strict=True)],
        }, 0.8, "final"  # fmt: skip
    awards = _awards(text)
    if awards:
        tentative = "tentative" if "拟" in text[:20] or re.search("拟(?:举行|设|评)", text) else "final"
        step = "commend" if re.search("颁|表扬|表彰|十大", text) else "decide"
        yield {"step": step, "code": "awards", "objects": _objects(text), "awards": awards}, 0.75, tentative
    if m := _PUBLIC.search(text):
        number = whole_number(m["n"])
        if number:
            yield (
                {
                    "step": "publicise",
                    "objection": {"working_days" if m["u"] == "工作日" else "days": number},
                },
                0.75,
                "final",
            )


def _by(text: str) -> str:
    if m := _WITH.match(text):
        return f"{m['by']}会同{m['with']}"
    m = _BY.match(text)
    by = m["by"].strip() if m else ""
    return "" if re.search(r"^[（\d请各对]|活动结束|通过|为|根据", by) else by


def _standards(text: str) -> dict[str, list[str]]:
    """{object: its standards} of 对活动组织有序、服务基层有效的单位和影响大的活动予以表扬."""
    m = _STANDARDS.search(text)
    found: dict[str, list[str]] = {}
    if m is None:
        return found
    said = re.sub(r"^.*对", "", m["who"])
    for part in re.finditer(
        r"(?:^|[和与、及])(?P<what>[^，。；的]{2,40}?)的(?P<object>(?:先进|优秀)?(?:组织)?(?:单位|集体|部门|地区|个人|活动|作品|案例|项目|志愿者|工作者|选手|团队))",
        said,
    ):
        code = next((c for word, c in _OBJECTS if word in part["object"]), "")
        what = items_of(part["what"].lstrip("和与、及"), last_and=False)
        if code and what and code not in found:
            found[code] = what
    return found


def _objects(text: str) -> list[str]:
    return list(dict.fromkeys(code for word, code in _OBJECTS if word in text))[:4]


def _awards(text: str) -> list[dict[str, Any]]:
    found = []
    for m in _AWARD.finditer(text):
        places = whole_number(m["n"]) if m["n"] and m["unit"] else None
        found.append({"label": m["label"]} | ({"places": places} if places else {}))
    for m in _TEN.finditer(text):
        found.append({"label": m["label"], "places": 10})
    labels = [f["label"] for f in found]
    if len(set(labels)) < 2 or not re.search("设|评|颁|奖", text):
        return []
    kept = [f for i, f in enumerate(found) if f["label"] not in labels[:i]]
    codes = unique([code_for(f["label"]) for f in kept])
    return [{"code": c, **f} for c, f in zip(codes, kept, strict=True)]
