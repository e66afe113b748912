"""Where each tile stands: the provinces roughly where they lie, any other places in the order of their codes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ROWS, COLUMNS = 8, 7


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of the grid, counted from 1, and the short name that fits into it."""

    row: int
    column: int
    name: Any


# by official code; row after row as they are read
COUNTRY: dict[str, Spot] = {
    "230000": Spot(1, 7, _("黑龙江")),
    "660000": Spot(2, 1, _("兵团")),
    "150000": Spot(2, 4, _("内蒙古")),
    "110000": Spot(2, 5, _("北京")),
    "220000": Spot(2, 7, _("吉林")),
    "650000": Spot(3, 1, _("新疆")),
    "620000": Spot(3, 2, _("甘肃")),
    "640000": Spot(3, 3, _("宁夏")),
    "140000": Spot(3, 4, _("山西")),
    "130000": Spot(3, 5, _("河北")),
    "120000": Spot(3, 6, _("天津")),
    "210000": Spot(3, 7, _("辽宁")),
    "630000": Spot(4, 2, _("青海")),
    "610000": Spot(4, 3, _("陕西")),
    "410000": Spot(4, 4, _("河南")),
    "370000": Spot(4, 5, _("山东")),
    "540000": Spot(5, 1, _("西藏")),
    "510000": Spot(5, 2, _("四川")),
    "500000": Spot(5, 3, _("重庆")),
    "420000": Spot(5, 4, _("湖北")),
    "340000": Spot(5, 5, _("安徽")),
    "320000": Spot(5, 6, _("江苏")),
    "310000": Spot(5, 7, _("上海")),
    "530000": Spot(6, 2, _("云南")),
    "520000": Spot(6, 3, _("贵州")),
    "430000": Spot(6, 4, _("湖南")),
    "360000": Spot(6, 5, _("江西")),
    "330000": Spot(6, 6, _("浙江")),
    "450000": Spot(7, 3, _("广西")),
    "440000": Spot(7, 4, _("广东")),
    "350000": Spot(7, 5, _("福建")),
    "710000": Spot(7, 6, _("台湾")),
    "460000": Spot(8, 3, _("海南")),
    "820000": Spot(8, 4, _("澳门")),
    "810000": Spot(8, 5, _("香港")),
}
