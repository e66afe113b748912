from tests.notices.drafting.notice import only, proposals


def test_numbered_actions_under_one_heading():
    one = only(
        "track",
        "一、开展系列联合行动",
        "（一）“书香校园”行动。各学校开展阅读。",
        "（二）“书香社区”行动。各社区开展阅读。",
        "（三）“书香家庭”行动。组织亲子阅读。",
    )

    assert one.params["code"] == "joint_actions"
    assert [n["label"] for n in one.params["nodes"]] == ["“书香校园”行动", "“书香社区”行动", "“书香家庭”行动"]


def test_numbered_demands_are_no_tracks():
    assert (
        proposals("track", "二、工作要求", "（一）加强领导。各单位要重视。", "（二）做好宣传。各单位要配合。")
        == []
    )
