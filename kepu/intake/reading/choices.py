"""Words of a list: codes of the lists in force, how an activity is held, yes or no, names of units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from kepu.activities.content import LONGEST_ENTRY, MOST_ENTRIES
from kepu.activities.models import Activity, Mode
from kepu.core.sheets import Suggestions
from kepu.intake.reading.columns import FIELDS
from kepu.intake.reading.heading import SEAL
from kepu.intake.reading.said import Cell, Said
from kepu.orgs.models import Level

LISTS = ("tracks", "fields", "topics", "entries", "audiences", "formats", "marks")
FLAGS = ("key_activity", "main_venue")
UNITS = ("host", "co_hosts", "undertakers", "supporters")
_APART = re.compile(r"[、，,；;\n+＋|]|(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff])|/")
_YES = re.compile(r"是|有|√|✓|✔|☑|★|●|对|y(?:es)?|重点(?:活动)?|主会场(?:活动)?|1|申报|true", re.I)
_NO = re.compile(r"否|不是|无|没有|×|✗|✕|☐|□|非|n(?:o)?|/|-|—|0|一般(?:活动)?|不申报|分会场|false", re.I)
_ONLINE = re.compile(r"线上|网上|网络|直播|云端|在线|远程|视频会议|腾讯会议|抖音|视频号|公众号|小程序")
_OFFLINE = re.compile(r"线下|现场|实地|场馆|面对面")
_BOTH = re.compile(r"线上[+＋、/和与及&加]?线下|线下[+＋、/和与及&加]?线上|相?结合|双线|混合|同步")
_ONLY_MODE = re.compile(r"(?:线上|线下|网上|云端|在线|相?结合|同步|活动|方式|形式|进行|[和与及])+")
_AND_SO_ON = re.compile(r"(?<=.)(?<![平高初中同优相])等$")
_ROLES = {
    "主办": "host",
    "联合主办": "co_hosts",
    "承办": "undertakers",
    "协办": "supporters",
    "支持": "supporters",
}
_ROLE = re.compile(r"(?P<role>联合主办|主办|承办|协办|支持)(?:单位|方)?\s*[:：]")
_LEVELS = {"国": "nation", "省": "province", "市": "city", "县": "county", "区": "county", "镇": "town", "街": "town",
           "乡": "town", "村": "village", "社区": "village"}  # fmt: skip


def entries_of(text: str) -> list[str]:
    """The entries of a cell that holds several words, each once."""
    return list(
        dict.fromkeys(
            entry for part in _APART.split(text) if (entry := _AND_SO_ON.sub("", part.strip(" 。.·：:")))
        )
    )


def read_lists(said: Said) -> None:
    """Set the fields that take several codes. A word that no list knows is a fault, unless the list takes others."""
    for name in LISTS:
        for cell in said.of(name):
            _read_list(said, cell, name)


def _read_list(said: Said, cell: Cell, name: str) -> None:
    labels = said.context.labels.get(name, {})
    known = _known(tuple(labels.items()))
    whole = known.get(_plain(cell.text))
    entries = [cell.text.strip()] if whole else entries_of(cell.text)
    taken: list[str] = said.content.setdefault(name, [])
    for entry in entries:
        found = known.get(_plain(entry)) or _near(_plain(entry), known)
        if found:
            taken.append(found)
        elif name == "formats" and _ONLY_MODE.fullmatch(entry):
            continue  # 线上 in a column of forms says how it is held
        elif not labels or name in said.context.open_lists:
            if len(entry) > LONGEST_ENTRY:
                said.error(
                    cell,
                    name,
                    "too_long",
                    _("“%(name)s”的一项最多%(most)s个字。") % {"name": FIELDS[name], "most": LONGEST_ENTRY},
                )
            else:
                taken.append(entry)
        else:
            words = _("“%(name)s”的清单里没有“%(entry)s”。") % {"name": FIELDS[name], "entry": entry[:30]}
            said.error(cell, name, "not_listed", words + _suggestions(tuple(labels)).sentence(entry))
    if taken:
        said.content[name] = _at_most(said, cell, name, taken)
    else:
        del said.content[name]


def mode_of(text: str) -> str:
    """How an activity is held by the words for it: a value of ``Mode``, or ""."""
    if _BOTH.search(text) or (_ONLINE.search(text) and _OFFLINE.search(text)):
        return Mode.MIXED.value
    return Mode.ONLINE.value if _ONLINE.search(text) else Mode.OFFLINE.value if _OFFLINE.search(text) else ""


def read_mode(said: Said) -> None:
    """Set ``mode`` from its own words, else from the words for the form, else from what else is filled."""
    for cell in said.of("mode"):
        if found := mode_of(cell.text):
            said.content["mode"] = found
        else:
            words = _("“%(text)s”不是举办方式，请写线下、线上，或线上线下结合。")
            said.error(cell, "mode", "no_mode", words % {"text": cell.text[:30]})
        return
    for cell in said.of("formats"):
        if any(len(entry) <= 8 and mode_of(entry) for entry in entries_of(cell.text)):
            said.content["mode"] = mode_of(cell.text)
            return
    place = said.of("where", "when_where", "venue", "address")
    onsite, link = bool(said.content.get("venue") or said.content.get("address")), said.of("online_link")
    if said.content.get("mode"):
        return
    if link and "online_link" in said.content:
        said.content["mode"] = Mode.MIXED.value if onsite else Mode.ONLINE.value
        said.hint(
            link[0], "mode", "mode_inferred",
            _("有地点也有网址，按线上线下结合填，请核对。") if onsite else _("只有网址没有地点，按线上活动填，请核对。"),
        )  # fmt: skip
    elif onsite and place:
        said.content["mode"] = Mode.OFFLINE.value


def read_flags(said: Said) -> None:
    """Set what is answered with yes or no."""
    for name in FLAGS:
        for cell in said.of(name):
            if says_yes(cell.text):
                said.content[name] = True
            elif says_no(cell.text):
                said.content[name] = False
            else:
                words = _("“%(name)s”要写“是”或“否”，现在写的是“%(text)s”。")
                said.error(cell, name, "no_answer", words % {"name": FIELDS[name], "text": cell.text[:30]})


def says_yes(text: str) -> bool:
    return bool(_YES.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def says_no(text: str) -> bool:
    return bool(_NO.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def read_level(said: Said) -> None:
    """Set ``activity_level`` from 市级, 镇街 and the like."""
    for cell in said.of("activity_level"):
        text = cell.text.strip()
        found = next((value for value, label in Level.choices if text in (value, str(label))), "") or next(
            (value for start, value in _LEVELS.items() if text.startswith(start)), ""
        )
        if found:
            said.content["activity_level"] = found
        else:
            said.error(
                cell, "activity_level", "no_level", _("“%(text)s”不是活动级别。") % {"text": text[:30]}
            )


def read_units(said: Said) -> None:
    """Set hosts, co-hosts, undertakers and supporters; a cell may name several parts: 主办：…；承办：…."""
    hosts: list[str] = []
    for name in UNITS:
        for cell in said.of(name):
            for role, text in _roles(name, cell.text):
                entries = entries_of(SEAL.sub("", text))
                if long := next((entry for entry in entries if len(entry) > LONGEST_ENTRY), ""):
                    said.error(cell, role, "too_long", _("单位名称太长：“%(text)s…”。") % {"text": long[:20]})
                elif role == "host":
                    hosts += entries
                else:
                    said.content[role] = _at_most(said, cell, role, [*said.content.get(role, []), *entries])
    if hosts:
        _hosts(said, list(dict.fromkeys(hosts)))
    for cell in said.of("responsible_unit"):
        _responsible(said, cell)


def _hosts(said: Said, hosts: Sequence[str]) -> None:
    own = {_plain(name) for name in said.context.own_names}
    mine = next((host for host in hosts if _plain(host) in own), "")
    said.host = mine or hosts[0]
    if own and not mine:
        words = _("主办单位写的是“%(host)s”，不是填报单位，请核对。")
        cell = said.of(*UNITS)[0]
        said.hint(cell, "host", "other_host", words % {"host": said.host})
    if others := [host for host in hosts if host != said.host]:
        every = [*others, *said.content.get("co_hosts", [])]
        said.content["co_hosts"] = _at_most(said, said.of(*UNITS)[0], "co_hosts", every)


def _at_most(said: Said, cell: Cell, name: str, entries: Sequence[str]) -> list[str]:
    """The entries, each once; those beyond what an activity keeps are a fault."""
    once = list(dict.fromkeys(entries))
    if len(once) > MOST_ENTRIES:
        words = _("“%(name)s”最多%(most)s项，现在有%(now)s项。")
        said.error(
            cell, name, "too_many", words % {"name": FIELDS[name], "most": MOST_ENTRIES, "now": len(once)}
        )
    return once[:MOST_ENTRIES]


def _responsible(said: Said, cell: Cell) -> None:
    found = said.context.unit_of(cell.text.strip())
    if len(found) == 1:
        said.content["responsible_unit"] = found[0]
    else:
        words = (
            _("有几个单位叫“%(text)s”，请写全称。") if found else _("没有找到归口单位“%(text)s”，请写全称。")
        )
        said.error(cell, "responsible_unit", "no_unit", words % {"text": cell.text[:40]})


def _roles(name: str, text: str) -> list[tuple[str, str]]:
    marks = list(_ROLE.finditer(text))
    if not marks:
        return [(name, text)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    lead = text[: marks[0].start()].strip(" ；;，,、\n")
    said = [(_ROLES[mark["role"]], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [(name, lead), *said] if lead else said


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"'（）()·]", "", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=64)
def _known(labels: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Codes by label and by code, however they are spaced."""
    return {_plain(code): code for _label, code in labels} | {_plain(label): code for label, code in labels}


def _near(entry: str, known: dict[str, str]) -> str:
    """The one code whose label begins or ends with the entry: 农民 for 农民群体."""
    if len(entry) < 2:
        return ""
    codes = {code for label, code in known.items() if label.startswith(entry) or label.endswith(entry)}
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=64)
def _suggestions(labels: tuple[str, ...]) -> Suggestions:
    return Suggestions(labels)


def longest_of(name: str) -> int | None:
    """The most characters that an activity keeps in a field."""
    return getattr(Activity._meta.get_field(name), "max_length", None)
