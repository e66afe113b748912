"""A table of an attachment as columns of a form: titles from its head, limits from its words and its sample row."""

from __future__ import annotations

import re
from typing import Any

from kepu.notices.drafting.values.codes import code_for, unique
from kepu.notices.drafting.values.enumerations import items_of

_CHARS = re.compile(
    r"(?P<n>\d{2,5})字(?:以内|之内|左右|内)|(?:不超过|不多于|限|控制在)(?P<n2>\d{2,5})字|(?P<least>\d{2,5})字以上|不少于(?P<least2>\d{2,5})字"
)
_PERSONAL = re.compile(r"联系人|姓名|电话|手机|身份证|联系方式|作者|邮箱|住址|出生|指导(?:教师|老师)|负责人")
_BRACKET = re.compile(r"（(?P<in>[^（）]{1,60})）?")
_COVER = re.compile(
    r"(?:包括|含|概括|说明|介绍|填写|写明)(?:[^，。；、]{0,12}的)?(?P<items>[^，。；]{4,60}?)等"
)
_KNOWN = re.compile(
    r"序号|编号|名称|单位|时间|地点|内容|形式|联系|电话|备注|姓名|职务|类别|简介|概述|人数|作者|题目|主题|规模|对象|链接|来源|说明|组别|数量|级别|邮箱|性别|年龄|年级|学校|部门|责任|进度|方式|平台|项目|得分|日期|地址|措施|情况"
)
LONG, MOST = 100, 40


def column(cell: str) -> dict[str, Any] | None:
    """A column from the words in its head: "图片说明（200字以内）", "提供单位信息（单位名称、联系人、联系方式）"."""
    title, said = cell.strip(" ：*"), {}
    bracket = _BRACKET.search(title)
    if bracket:
        inner = bracket["in"]
        said = limits(inner)
        if not said and "、" in inner:
            said = {"parts": items_of(inner)}
        if said or re.search("必填|选填|格式|注明|选择|如", inner):
            title = (title[: bracket.start()] + title[bracket.end() :]).strip() or title
    if not title or len(title) > 40:
        return None
    if "parts" not in said and re.fullmatch(r"[\u4e00-\u9fff]{2,6}[、及和][\u4e00-\u9fff]{2,6}", title):
        said["parts"] = re.split("[、及和]", title)
    out: dict[str, Any] = {"code": code_for(title, prefix="col"), "title": title, **said}
    if title in ("序号", "编号"):
        out |= {"type": "serial", "required": False}
    elif title.startswith("备注"):
        out["required"] = False
    elif "max_chars" in out or "min_chars" in out:
        out["type"] = "long_text"
    if _PERSONAL.search(cell):
        out["personal"] = True
    return out


def limits(text: str) -> dict[str, Any]:
    """How many characters a text may have."""
    said: dict[str, Any] = {}
    for m in _CHARS.finditer(text):
        most, least = m["n"] or m["n2"], m["least"] or m["least2"]
        if most and int(most):
            said["max_chars"] = int(most)
        if least and int(least):
            said["min_chars"] = int(least)
    return said if said.get("min_chars", 0) <= said.get("max_chars", 10**6) else {}


def columns_of(cells: list[str]) -> list[dict[str, Any]]:
    """The columns of a head, each with a code of its own."""
    columns = [c for cell in cells[:MOST] if cell.strip() and (c := column(cell))]
    for c, code in zip(columns, unique([c["code"] for c in columns]), strict=True):
        c["code"] = code
    return columns


def with_sample(columns: list[dict[str, Any]], row: list[str]) -> None:
    """Takes limits, points and an example from the row below the head."""
    for col, cell in zip(columns, row, strict=False):
        cell = cell.strip()
        if not cell:
            continue
        if said := limits(cell):
            col.update(said)
            col["type"] = "long_text"
        if m := _COVER.search(cell):
            col["must_cover"] = [re.sub(r"^.*的", "", x) for x in items_of(m["items"])]
        if example := re.match(r"（?(?:示?例|样例)[）：:]?(?P<e>.{2,40})", cell):
            col["example"] = example["e"].strip("）： ")


def is_head(cells: list[str]) -> bool:
    """Whether the cells of a row are titles of columns."""
    filled = [c.strip() for c in cells if c.strip()]
    known = sum(_KNOWN.search(c) is not None for c in filled)
    return (
        len(filled) >= 3
        and all(len(c) <= 45 for c in filled)
        and known >= max(2, len(filled) * 0.5)
        and not any(re.search("[。；]", c) for c in filled)
    )
