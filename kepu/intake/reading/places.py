"""Where: the place of the country, the site, the address, the stops of a tour, and a link where somebody wrote one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kepu.activities.models import Arrangement, Mode
from kepu.activities.records import is_address
from kepu.intake.reading.choices import longest_of, mode_of
from kepu.intake.reading.said import Cell, Said
from kepu.intake.reading.several import parts_of

_LINK = re.compile(r"(?:https?://|www\.)[\w\-./?%&=#:~+@!,;]*[\w\-/?%&=#~+@]", re.I | re.A)
_LABEL = re.compile(r"(?:活动|举办)?(?:地点|地址|场地)\s*[:：]")
_ONLY_ONLINE = re.compile(r"(?:线上|网络|网上|在线|云端)(?:活动|直播|平台|进行|开展|举办|参与)?")
_STEPS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|盟|地区))?(?:[\u4e00-\u9fff]{1,8}?(?:县|区|旗|市))?"
    r"(?:[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道|园区))?(?:[\u4e00-\u9fff]{1,8}?(?:村|社区))?"
)
_STEP = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:省|自治区|自治州|市|盟|地区|县|区|旗|镇|乡|街道|园区|社区|村)")


def read_where(said: Said, beside_time: str) -> None:
    """Set ``place``, ``venue``, ``address``, ``online_link``, and for a tour the place of each session.

    ``beside_time`` are the words about a place that stood in one cell with the time.
    """
    for cell in said.of("online_link"):
        _links(said, cell)
    for name in ("venue", "address"):
        for cell in said.of(name):
            _keep(said, cell, name, cell.text.strip())
    cells = [(cell, cell.text) for cell in said.of("where")]
    if beside_time:
        cells.append((said.of("when_where")[0], beside_time))
    for cell, text in cells:
        _site(said, cell, _LABEL.sub("", text).strip(" \n，,；;。、"))
    _place(said, [text for _cell, text in cells])


def _site(said: Said, cell: Cell, text: str) -> None:
    if links := _LINK.findall(text):
        _take_link(said, cell, links[0])
        text = _LINK.sub("", text).strip(" ：:，,；;")
    mode = mode_of(text)
    if mode and mode != Mode.OFFLINE:
        said.content.setdefault("mode", mode)
    if not text or _ONLY_ONLINE.fullmatch(text):
        return
    stops = _stops(text)
    sessions = said.content.get("sessions", [])
    if len(stops) > 1 and len(stops) == len(sessions):
        said.content["arrangement"] = Arrangement.TOUR.value
        most = longest_of("venue") or 120
        for session, stop in zip(sessions, stops, strict=True):
            session["venue"] = stop[:most]
            found = _looked_up(said, stop)
            if len(found) == 1:
                session["place_id"] = found[0]
            if len(stop) > most:
                said.error(
                    cell,
                    "sessions",
                    "too_long",
                    _("“%(name)s”最多%(most)s个字。") % {"name": stop[:20], "most": most},
                )
        said.hint(
            cell,
            "sessions",
            "tour",
            _("有%(n)s个地点、%(n)s场，读作一处一场的巡回活动，请核对。") % {"n": len(stops)},
        )
        _keep(said, cell, "venue", stops[0])
        return
    if len(stops) > 1:
        words = _("写了%(n)s个地点。如果是巡回活动，请给每个地点写上时间；如果是几项活动，请各写一行。")
        said.hint(cell, "venue", "several_places", words % {"n": len(stops)})
    if "venue" in said.content and cell.column.field == "where":
        _keep(said, cell, "address", text)
    else:
        _keep(said, cell, "venue", text)


def _keep(said: Said, cell: Cell, name: str, text: str) -> None:
    most = longest_of(name) or 120
    if name in said.content and said.content[name] != text:
        text = f"{said.content[name]} {text}"
    if (
        len(text) > most
        and name == "venue"
        and "address" not in said.content
        and len(text) <= (longest_of("address") or 200)
    ):
        name = "address"
    elif len(text) > most:
        words = _("地点太长：最多%(most)s个字，现在有%(now)s个字。")
        said.error(cell, name, "too_long", words % {"most": most, "now": len(text)})
        return
    if text:
        said.content[name] = text


def _stops(text: str) -> list[str]:
    return parts_of(text) or [stop for part in re.split(r"[；;\n]", text) if (stop := part.strip(" ，,、。"))]


def _links(said: Said, cell: Cell) -> None:
    found = _LINK.findall(cell.text)
    if not found:
        words = _("“%(text)s”不是网址。网址要以 http:// 或 https:// 开头；别的参与办法请写在活动简介里。")
        said.error(cell, "online_link", "no_link", words % {"text": cell.text.strip()[:40]})
        return
    _take_link(said, cell, found[0])
    left = _LINK.sub("", cell.text).strip(" ：:，,；;\n")
    if len(found) > 1:
        said.hint(cell, "online_link", "several_links", _("格里有几个网址，只取了第一个，其余没有导入。"))
    elif left:
        said.hint(
            cell, "online_link", "beside_link", _("网址旁边的“%(text)s”没有导入。") % {"text": left[:30]}
        )


def _take_link(said: Said, cell: Cell, link: str) -> None:
    if not link.lower().startswith("http"):
        link = f"https://{link}"
        said.hint(
            cell,
            "online_link",
            "link_completed",
            _("网址没有写开头，按%(link)s填，请核对。") % {"link": link},
        )
    if not is_address(link) or len(link) > (longest_of("online_link") or 500):
        said.error(cell, "online_link", "no_link", _("“%(text)s”不是能打开的网址。") % {"text": link[:40]})
        return
    said.content.setdefault("online_link", link)


def _place(said: Said, texts: list[str]) -> None:
    for cell in said.of("place"):
        found = _looked_up(said, cell.text)
        if len(found) == 1:
            said.content["place"] = found[0]
        else:
            words = (
                _("有几个地方叫“%(text)s”，请写上所在的市、县。")
                if found
                else _("没有找到“%(text)s”这个地方，请写区划里的名称。")
            )
            said.error(cell, "place", "no_place", words % {"text": cell.text.strip()[:30]})
        return
    for text in texts:
        found = _looked_up(said, text)
        if len(found) == 1:
            said.content["place"] = found[0]
            return


def _looked_up(said: Said, text: str) -> tuple[int, ...]:
    for words in place_words(text):
        if found := tuple(said.context.place_of(words)):
            return found
    return ()


def place_words(text: str) -> Iterator[str]:
    """What in a text may name a place of the country, the surest first: the whole, what leads it, its last steps."""
    text = re.sub(r"\s", "", text)
    if not text:
        return
    seen = {text}
    if len(text) <= 30:
        yield text
    lead = _STEPS.match(text)
    steps = _STEP.findall(lead[0]) if lead else []
    for last in range(len(steps), 0, -1):
        for first in range(last):
            words = "".join(steps[first:last])
            if words not in seen:
                seen.add(words)
                yield words
