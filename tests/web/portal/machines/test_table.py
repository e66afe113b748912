"""The list as a table for spreadsheets: read back by the csv module; no cell is ever reckoned."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.models import Publication
from kepu.activities.workflow import State
from kepu.web.portal.machines.table import harmless
from tests.factories.notices import china


@pytest.fixture
def rows(client):
    def read(query=""):
        response = client.get(f"/activities.csv{query and '?' + query}")
        assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
        assert response["Content-Disposition"] == 'attachment; filename="activities.csv"'
        text = response.content.decode("utf-8-sig")
        assert response.content.startswith(b"\xef\xbb\xbf")
        assert "\ufeff" not in text
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return read


def test_a_line_for_each_activity(publish, rows, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    activity = publish('走进,"中医药"', summary="第一行\n第二行", key_activity=False)
    publish("取消了的", State.CANCELLED)

    first, second = rows()

    assert first == {
        "编号": str(activity.pk), "活动名称": "走进,\"中医药\"", "状态": "如期举办", "状态说明": "", "开始时间": "2023-09-17 09:00",
        "结束时间": "2023-09-17 17:00", "场数": "1", "方式": "线下", "地区": "广东省东莞市石龙镇", "场地": "石龙中学礼堂", "详细地址": "",
        "线上地址": "", "举办单位": "石龙中学", "联合主办": "", "行业领域": "健康", "活动形式": "", "服务人群": "", "参加方式": "",
        "预约网址": "", "怎么预约": "", "名额": "", "名额已满": "", "无障碍": "", "重点活动": "",
        "简介": "第一行\n第二行", "网页": f"https://kepu.example.cn/activities/{activity.pk}/", "更新时间": "2023-08-28 09:00",
    }  # fmt: skip
    assert (second["状态"], second["状态说明"]) == ("取消", "台风")


def test_headings_in_english(publish, rows):
    publish("走进中医药")
    assert list(rows("lang=en")[0])[:3] == ["No.", "Activity title", "Status"]


def test_no_cell_is_a_formula(publish, rows):
    activity = publish("走进中医药")
    Publication.objects.filter(pk=activity.pk).update(
        title='=HYPERLINK("http://x")', host_name="+8613800000000"
    )
    (row,) = rows()
    assert (row["活动名称"], row["举办单位"]) == ('\'=HYPERLINK("http://x")', "'+8613800000000")


@given(st.text())
def test_whatever_is_written_stays_text(value):
    cell = harmless(value)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "|", "＝", "＋", "－", "＠"))
    assert "\x00" not in cell


def test_the_way_on_stands_in_a_header(publish, client):
    for day in range(12, 15):
        publish(f"{day}日的", starts_at=china(2023, 9, day, 9), ends_at=china(2023, 9, day, 11))
    link = client.get("/activities.csv?size=2&lang=en")["Link"]
    following = link[1:].partition(">")[0].removeprefix("http://localhost:8000")
    assert "lang=en" in following
    assert "14日的" in client.get(following).content.decode()
