"""Who to reach: a name and a number in one cell, in two, or several of both."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from kepu.core.contacts import named_numbers, number
from kepu.intake.reading.said import Cell, Said

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_LABELS = re.compile(r"(?:联系人|负责人|姓名|联系电话|联系方式|电话|手机号?|座机)\s*[:：]?")
_EDGE = " \t\n、，,；;：:/／()（）-—|·."
_MAILBOX = re.compile(r"(?:邮箱|[Ee]-?mail)?\s*:?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.A)
_BESIDE = re.compile(r"\([^()]*\)")  # 张老师(微信同号)
LONGEST_NAME, LONGEST_PHONE = 60, 40


def read_persons(said: Said) -> None:
    """Set ``contact_name`` and ``contact_phone``: the first person of those the cells name."""
    for cell in said.of("contact", "contact_name", "contact_phone"):
        _read(said, cell)


def _read(said: Said, cell: Cell) -> None:
    kind = cell.column.field
    text = _LABELS.sub(" ", unicodedata.normalize("NFKC", cell.text))
    if _SCIENTIFIC.fullmatch(text.strip()):
        words = _("“%(text)s”不是完整的号码：表格软件把它写成了科学记数。请把这一列改成文本后重写。")
        said.error(cell, "contact_phone", "scientific", words % {"text": cell.text.strip()})
        return
    if _MAILBOX.search(text):
        text = _MAILBOX.sub(" ", text)
        said.hint(cell, "contact_phone", "mailbox", _("联系方式里的邮箱没有导入。"))
    people = [
        (_BESIDE.sub("", name).strip(_EDGE) or name.strip(_EDGE), found)
        for name, found in named_numbers(text)
    ]
    if not people:
        _without_number(said, cell, kind, text.strip(_EDGE))
        return
    named = next(((name, found) for name, found in people if name), people[0])
    name = named[0]
    if name and len(name) <= LONGEST_NAME:
        said.content.setdefault("contact_name", name)
    elif name:
        said.error(cell, "contact_name", "too_long", _("联系人的姓名太长，请只写一个人的姓名。"))
    said.content.setdefault("contact_phone", named[1])
    if len(people) > 1:
        others = len({found for _name, found in people}) - 1
        if others:
            said.hint(
                cell, "contact_phone", "several_contacts", _("格里有几个号码，只取了第一个，其余没有导入。")
            )


def _without_number(said: Said, cell: Cell, kind: str, text: str) -> None:
    digits = number(text)
    if kind == "contact_name" or (kind == "contact" and not digits):
        if len(text) > LONGEST_NAME:
            said.error(cell, "contact_name", "too_long", _("联系人的姓名太长，请只写一个人的姓名。"))
        elif text:
            said.content["contact_name"] = text
            if kind == "contact" and "contact_phone" not in said.content and not said.of("contact_phone"):
                said.hint(cell, "contact_phone", "no_phone", _("只有姓名，没有电话。"))
        return
    name = re.sub(r"[\d\s()（）+-]+", " ", text).strip(_EDGE)
    if kind == "contact" and name and len(name) <= LONGEST_NAME:
        said.content["contact_name"] = name
    if 7 <= len(digits) <= 8 and digits == re.sub(r"\D", "", text) and len(digits) <= LONGEST_PHONE:
        said.content["contact_phone"] = digits  # a landline without its area's code
        return
    words = _("“%(text)s”不像电话号码（%(n)s位数字），请核对。")
    said.error(cell, "contact_phone", "bad_phone", words % {"text": cell.text.strip()[:30], "n": len(digits)})
