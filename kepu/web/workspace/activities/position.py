"""Where on the map, in the filing form: two numbers, or a pair pasted from a map, in the system they were taken from.

What is kept is WGS-84 (EPSG:4326), six places behind the point: about ten centimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.geo import Position, System, pair_in, to_wgs84

NAME = "position"
PARTS = ("latitude", "longitude", "system", "paste")
SYSTEMS = (
    (System.WGS84, lazy("手机定位、天地图（WGS-84）")),
    (System.GCJ02, lazy("高德、腾讯地图（GCJ-02）")),
    (System.BD09, lazy("百度地图（BD-09）")),
)
PLACES = 6


class PositionWidget(forms.Widget):
    template_name = "workspace/activities/_position.html"
    grouped = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}.{part}") or "").strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_latitude"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        held: Mapping[str, Any] = value or {}
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        controls = {
            part: {"name": f"{name}.{part}", "id": f"{id_}_{part}", "value": held.get(part) if held.get(part) is not None else ""}
            for part in PARTS
        }  # fmt: skip
        system = str(held.get("system") or System.WGS84)
        context["widget"] |= {
            **controls, "id": id_, "systems": [(code, label, code == system) for code, label in SYSTEMS],
        }  # fmt: skip
        return context


class PositionField(forms.Field):
    """Cleans to latitude and longitude in WGS-84, or to None. A pasted pair stands for both numbers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=PositionWidget(), required=False, **kwargs)

    def clean(self, value: Mapping[str, str]) -> Position | None:
        found = _pasted(value["paste"]) if value["paste"] else _typed(value["latitude"], value["longitude"])
        if found is None:
            return None
        system = System(value["system"]) if value["system"] in tuple(System) else System.WGS84
        latitude, longitude = to_wgs84(found, system)
        return round(latitude, PLACES), round(longitude, PLACES)


def _pasted(text: str) -> Position:
    found = pair_in(text[:200])
    if found is None:
        raise ValidationError(
            _("看不出“%(text)s”是哪里。请写成 23.0205, 113.7518 这样，两个数中间用逗号分开。")
            % {"text": text[:40]}
        )
    return found


def _typed(latitude: str, longitude: str) -> Position | None:
    if not latitude and not longitude:
        return None
    if not (latitude and longitude):
        raise ValidationError(_("位置要同时写纬度和经度，或者都不写。"))
    try:
        found = float(latitude), float(longitude)
    except ValueError:
        raise ValidationError(_("纬度和经度要写度数，例如 23.0205 和 113.7518。")) from None
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise ValidationError(_("纬度在 -90 到 90 之间，经度在 -180 到 180 之间。是不是写反了？"))
    return found
