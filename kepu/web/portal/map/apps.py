"""Links to a position in the map of the visitor's choice, each in the system that it reckons in. Nothing is fetched
before somebody presses one, and none says where the visitor is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kepu.core.geo import Position, System, from_wgs84

SOURCE = "kepu"  # what the services ask whoever links to them to call themselves
LONGEST_NAME = 40
PLACES = 6


@dataclass(frozen=True, slots=True)
class MapLink:
    label: str
    url: str


def links_to(position: Position, name: str, address: str = "") -> list[MapLink]:
    """Where a position in WGS-84 is shown: by the device's own map, then by the four that people here have."""
    name, address = name[:LONGEST_NAME], address[:LONGEST_NAME]
    wgs = _pair(position)
    gcj = _pair(from_wgs84(position, System.GCJ02))
    bd = _pair(from_wgs84(position, System.BD09))
    gaode = {
        "position": ",".join(reversed(gcj)),
        "name": name,
        "src": SOURCE,
        "coordinate": "gaode",
        "callnative": "1",
    }
    baidu = {
        "location": ",".join(bd), "title": name, "content": address or name, "coord_type": "bd09ll", "output": "html",
        "src": f"webapp.{SOURCE}.{SOURCE}",
    }  # fmt: skip
    # its own parts are told apart by these two signs
    marker = f"coord:{','.join(gcj)};title:{_plain(name)};addr:{_plain(address or name)}"
    return [
        MapLink(_("手机自带的地图"), f"geo:{','.join(wgs)}?{urlencode({'q': f'{wgs[0]},{wgs[1]}({_bare(name)})'})}"),
        MapLink(_("高德地图"), f"https://uri.amap.com/marker?{urlencode(gaode)}"),
        MapLink(_("百度地图"), f"https://api.map.baidu.com/marker?{urlencode(baidu)}"),
        MapLink(_("腾讯地图"), f"https://apis.map.qq.com/uri/v1/marker?{urlencode({'marker': marker, 'referer': SOURCE})}"),
        MapLink(_("苹果地图"), f"https://maps.apple.com/?{urlencode({'ll': ','.join(gcj), 'q': name})}"),
    ]  # fmt: skip


def _pair(position: Position) -> tuple[str, str]:
    return f"{position[0]:.{PLACES}f}", f"{position[1]:.{PLACES}f}"


def _plain(text: str) -> str:
    return text.replace(";", "；").replace(":", "：").replace("|", "｜")


def _bare(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")
