"""Links to other maps: each in its own system, whatever an activity is called."""

from urllib.parse import parse_qs, urlsplit

import pytest

from kepu.core.geo import System, to_wgs84
from kepu.web.portal.map.apps import links_to

POSITION = (23.1065, 113.8748)
NAME = "石龙中学;礼堂 & 科技馆:(东)|门"


@pytest.fixture
def links():
    return {link.label: link.url for link in links_to(POSITION, NAME, "东江大道1号")}


def back(pair, system):
    return to_wgs84(tuple(map(float, pair)), system)


def test_each_leads_to_the_same_place(links):
    asked = {label: parse_qs(urlsplit(url).query) for label, url in links.items()}
    gaode = asked["高德地图"]["position"][0].split(",")
    baidu = asked["百度地图"]["location"][0].split(",")
    tencent = asked["腾讯地图"]["marker"][0].removeprefix("coord:").split(";")[0].split(",")
    apple = asked["苹果地图"]["ll"][0].split(",")

    assert back(reversed(gaode), System.GCJ02) == pytest.approx(POSITION, abs=2e-6)
    assert back(baidu, System.BD09) == pytest.approx(POSITION, abs=2e-6)
    assert back(tencent, System.GCJ02) == pytest.approx(POSITION, abs=2e-6)
    assert back(apple, System.GCJ02) == pytest.approx(POSITION, abs=2e-6)
    assert links["手机自带的地图"].startswith("geo:23.106500,113.874800?q=23.106500%2C113.874800%28")
    assert (asked["高德地图"]["coordinate"], asked["百度地图"]["coord_type"]) == (["gaode"], ["bd09ll"])


def test_a_name_cannot_break_out_of_its_part(links):
    asked = parse_qs(urlsplit(links["腾讯地图"]).query)
    assert asked["marker"][0].split(";")[1:] == [
        "title:石龙中学；礼堂 & 科技馆：(东)｜门",
        "addr:东江大道1号",
    ]
    assert parse_qs(urlsplit(links["高德地图"]).query)["name"] == [NAME]
    assert parse_qs(urlsplit(links["手机自带的地图"]).query)["q"][0].endswith(
        "(石龙中学;礼堂 & 科技馆:（东）|门)"
    )
