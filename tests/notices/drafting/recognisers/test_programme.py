from datetime import date

from tests.notices.drafting.notice import only


def test_an_event_with_its_day_and_place():
    one = only("programme", "一、主场", "（一）启动仪式。4月23日，在临溪市图书馆举行全市读书月启动仪式。")

    assert dict(one.params) == {
        "code": "launch_ceremony", "title": "全市读书月启动仪式", "type": "ceremony", "when": {"date": date(2024, 4, 23)}, "where": "临溪市图书馆",
    }  # fmt: skip
