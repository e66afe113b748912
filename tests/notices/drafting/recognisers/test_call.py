from datetime import date

from tests.notices.drafting.notice import only, proposals


def test_a_section_that_calls_for_works():
    one = only(
        "call",
        "一、图片征集",
        "（一）征集时间：2024年4月20日至5月20日",
        "（二）征集内容：反映读书活动的照片和微视频，分为校园、社区、家庭三个组别。",
    )

    assert dict(one.params) == {
        "code": "photos", "title": "图片征集", "materials": ["video", "picture"], "categories": ["校园", "社区", "家庭"],
        "opens": {"date": date(2024, 4, 20)}, "closes": {"date": date(2024, 5, 20)},
    }  # fmt: skip


def test_a_notice_that_is_itself_a_call():
    head = "关于征集读书主题摄影作品的公告\n现公开征集作品，有关事项公告如下。\n"

    one = only("call", "一、征集时间", "自公告发布之日起至2024年5月20日。", head=head)

    assert (one.params["code"], one.params["title"]) == ("photos", "读书主题摄影作品")
    assert (one.params["opens"], one.params["closes"]) == (
        {"date": date(2024, 4, 2)},
        {"date": date(2024, 5, 20)},
    )


def test_a_list_to_hand_in_is_no_call():
    assert proposals("call", "一、重点活动清单征集", "请报送重点活动清单。") == []
