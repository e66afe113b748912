"""Whom a sentence speaks to: 各县（市、区）科协, 市级各学会（协会、研究会）, 各活动举办单位 → the audience of a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from kepu.notices.drafting.values.vocabulary import BODIES, CHILD, LEVEL_WORDS, LINES, PLACES


def _any(words: Any) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


_PLACE = _any(PLACES)
_BODY = _any((*BODIES, *LINES))
_HIT = re.compile(
    rf"(?P<all>各个?|每个|每一个|每|全体|所有|凡)?(?:有关|相关)?(?:(?P<level>全国|国家级|省|市|区|县|州|镇)(?P<how>直属|直|属|级)(?P<each>各|有关|相关|各有关)?|(?P<any>各级各类|各级|各类)?(?P<nation>全国)?)"
    rf"(?P<place>{_PLACE})?(?:级)?(?P<of>(?:纲要|[^，。；、：（）各每请于将要应须的和及至到报送向给对\d.]){{0,14}}?)(?:各(?:有关|相关)?(?=成员单位))?(?P<body>{_BODY})(?![事的]?长|法|章程|精神|号|各?(?:有关|相关)?成员单位)(?:办公室(?!主任))?"
    rf"|(?P<all2>各个?|每个|每一个|每|所有)(?:有关|相关)?(?P<place2>{_PLACE}|市)(?![级直属])(?:（[^（）]{{2,16}}）)?(?:辖区|党委|行政区域)?"
    r"|(?P<host>(?:各|有关|相关)?(?:活动)?(?:举办|主办|承办|组织)(?:单位|方))"
    r"|(?P<schools>各校)(?![区园长外方])"
    r"|(?P<takers>每(?:个|家)?单位|各(?:参赛|申报|报送|推荐|参与|参加|参展|投稿|征集|填报)单位)"
    r"|(?P<some>(?:各|有关|相关|各有关|各相关)(?:有关|相关)?单位(?:和部门)?)"
    r"|(?P<everywhere>各地(?:区)?(?P<everyone>、?(?:和)?各(?:有关)?(?P<dept>部门|单位)(?:（单位）)?)?)|(?P<departments>各(?:有关|相关)?部门)"
    r"|(?P<others>各[^，。；、：（）各每请于将要应须的和及至到报送向给对\d]{2,10}(?:机构|场馆|景区|网点|社团|园区|站点|中心|公司|银行))(?![长法])"
    r"|(?P<wish>有(?:意愿?|条件|需求)[^，。；、：（）于将把]{0,10}?单位)"
)
_JOINT = re.compile(r"(?:[、，和及与]|以及|（[^（）]{1,24}）[、，和及]?)?")
_STRICT_JOINT = re.compile(r"(?:[、和及与]|以及|，(?=各|市|省|全|每))")


@dataclass(frozen=True, slots=True)
class Body:
    """Whom a stretch of a sentence names. ``audience`` is that of a clause; empty means everybody.

    ``per`` is what a quota for it counts by: "place" for 每个县, "unit" for bodies; ``is_host`` for those who hold an activity.
    """

    start: int
    end: int
    words: str
    audience: dict[str, Any] = field(default_factory=dict)
    per: str = "unit"
    place_level: str = ""
    is_host: bool = False
    known: bool = True  # a code is known for it


def bodies_in(text: str, level: str, members: str = "outline_member", *, bare: bool = False) -> list[Body]:
    """Every body a sentence names, in its order. ``level`` is that of the issuer; ``members`` of what its 成员单位 are members.

    A bare 学校 or 企业 is a body only where ``bare`` says so: in a list of recipients, not in a sentence about schools.
    """
    found: list[Body] = []
    for m in _HIT.finditer(text):
        strung = bool(found) and _STRICT_JOINT.fullmatch(text[found[-1].end : m.start()]) is not None
        body = _body(m, level, members, bare or strung)
        if body is not None:
            found.append(body)
    return found


def joined(bodies: list[Body], text: str) -> list[list[Body]]:
    """Bodies that the text strings together with 、和及, group by group."""
    groups: list[list[Body]] = []
    for body in bodies:
        if groups and _STRICT_JOINT.fullmatch(text[groups[-1][-1].end : body.start]):
            groups[-1].append(body)
        else:
            groups.append([body])
    return [_shared(group) for group in groups]


def audience_of(bodies: list[Body]) -> dict[str, Any]:
    """One audience for several bodies; empty when one of them is everybody."""
    said: list[dict[str, Any]] = []
    for body in bodies:
        if body.is_host or not body.audience:
            if body.is_host or body.known:
                return {}
            continue
        inner = body.audience.get("any_of") or [body.audience]
        said += [a for a in inner if a not in said]
    if not said:
        return {}
    return said[0] if len(said) == 1 else {"any_of": said}


def spoken(bodies: list[Body]) -> str:
    """The bodies in the words of the text, short enough for a summary."""
    return "、".join(b.words.removeprefix("请") for b in bodies)[:60]


def _shared(group: list[Body]) -> list[Body]:
    """各县（市、区）、开发区（管理区）科协: the kind that the next place names goes for the places before it too."""
    said = list(group)
    for i in range(len(said) - 2, -1, -1):
        body, follower = said[i], said[i + 1]
        shared = {k: v for k, v in follower.audience.items() if k in ("kinds", "lines")}
        if (
            body.per == "place"
            and "kinds" not in body.audience
            and shared
            and follower.place_level
            and follower.words[0] not in "各每"
            and "直" not in follower.words[:4]
        ):
            said[i] = replace(body, audience={**body.audience, **shared}, per="unit")
    for i in range(1, len(said)):
        before, body = said[i - 1], said[i]
        shared = {k: v for k, v in before.audience.items() if k in ("levels", "place_kinds")}
        if (
            body.audience.get("kinds") == ["department"]
            and "lines" in body.audience
            and "levels" not in body.audience
            and shared
        ):
            said[i] = replace(body, audience={**body.audience, **shared})
    return said


def _body(m: re.Match[str], level: str, members: str, bare: bool) -> Body | None:
    body = Body(m.start(), m.end(), m[0])
    if m["place2"]:
        return _of_place(body, m["place2"], level)
    if m["body"]:
        return _of_kind(body, m, level, members, bare)
    return _of_all(body, m, level)


def _of_all(body: Body, m: re.Match[str], level: str) -> Body:
    """Those who are named by what they do, or not at all: 举办单位, 各有关单位, 各地各部门."""
    if m["host"]:
        if "主办单位" in m[0] and not m[0].startswith(("活动", "各活动")):
            return replace(body, audience={"members_of": ["joint_issuer"]})
        return replace(body, is_host=True)
    if m["wish"]:
        return replace(body, audience={"only_for": m["wish"]})
    if m["others"]:
        return replace(body, audience={"only_for": m["others"][1:]})
    if m["schools"]:
        return replace(body, audience={"kinds": ["school"]})
    if m["some"] and m[0] not in ("各单位", "各单位和部门"):
        return replace(body, audience={"only_for": re.sub("^各", "", m["some"])})
    departments = {"kinds": ["department"], "levels": [level]}
    if m["departments"]:
        return replace(body, audience=departments)
    if m["everywhere"] and m["dept"] != "单位":
        here = {"levels": [CHILD[level]], "roles": ["coordinator"]}
        return replace(body, audience={"any_of": [here, departments]} if m["dept"] else here)
    return body


def _of_place(body: Body, word: str, level: str) -> Body:
    where, kind = PLACES[word] if word != "市" else (_level_of("市", level), "")
    if word == "市" and where == "county":
        kind = "county"
    audience: dict[str, Any] = {"levels": [where]} | ({"place_kinds": [kind]} if kind else {})
    return replace(body, audience=audience, per="place", place_level=where)


def _of_kind(body: Body, m: re.Match[str], level: str, members: str, bare: bool) -> Body | None:
    word = m["body"]
    if not (bare or m["all"] or m["level"] or m["place"] or m["any"] or m["nation"]) and word in _VAGUE:
        return None
    codes = BODIES.get(word) or {"kinds": ["department"], "lines": [LINES[word]] if word in LINES else []}
    audience: dict[str, Any] = {name: list(values) for name, values in codes.items() if values}
    if audience.get("members_of") == ["?"]:
        audience["members_of"] = [_membership(m["of"] or "", members)]
    where, kind = _where(m, level)
    if "designations" in audience:
        audience["levels"] = ["county"]
        return replace(body, audience=audience, per="place", place_level="county")
    if "members_of" in audience and not where and audience["members_of"] != ["joint_issuer"]:
        where = level
    if where and not m["any"]:
        audience["levels"] = [where]
    if kind == "zone":
        audience["place_kinds"] = [kind]
    if audience.get("kinds") == ["department"] and "lines" not in audience:
        audience.setdefault("levels", [level])
    per = "place" if "kinds" not in audience and where and "members_of" not in audience else "unit"
    return replace(body, audience=audience, per=per, place_level=where, known=bool(audience))


def _where(m: re.Match[str], level: str) -> tuple[str, str]:
    """The level and the kind of place that the words before a body name."""
    if m["level"] and m["how"]:
        return LEVEL_WORDS[m["level"]], ""
    if m["nation"] and not m["any"]:
        return "nation", ""
    if m["place"]:
        return PLACES[m["place"]]
    first = (m["of"] or "")[:1]
    return (_level_of(first, level), "") if m["all"] and first in ("市", "区", "县", "省") else ("", "")


def _membership(of: str, members: str) -> str:
    for word, code in (
        ("领导小组", "leading_group_member"),
        ("联席会议", "joint_conference"),
        ("安委", "safety_committee_member"),
        ("纲要", "outline_member"),
        ("主办", "joint_issuer"),
    ):
        if word in of:
            return code
    return members


def _level_of(word: str, level: str) -> str:
    if word == "市":
        return "city" if level in ("nation", "province") else "county"
    return {"区": "county", "县": "county", "省": "province"}[word]


_VAGUE = frozenset(
    {
        "学校",
        "企业",
        "部门",
        "协会",
        "大学",
        "中学",
        "小学",
        "医院",
        "媒体",
        "政府",
        "人民政府",
        "志愿者",
        "职能部门",
        "工会",
        "学会",
        "科技馆",
        "博物馆",
        "图书馆",
        "办事处",
        "科协",
        "社会组织",
        "幼儿园",
        "高校",
        "科研院所",
        "科普基地",
        "科技小院",
        "农技协",
        "研究会",
        "科学院",
        "科技志愿者",
    }
)
