from tests.notices.drafting.notice import only, proposals


def test_who_is_commended_and_for_what():
    one = only("commendation", "一、表扬", "对组织有力、成效突出的单位和个人予以通报表扬。")

    assert (one.params["step"], one.params["criteria"]["organisation"]) == (
        "commend",
        ["组织有力", "成效突出"],
    )


def test_prizes_with_their_numbers():
    one = only("commendation", "一、奖项", "设一等奖3名、二等奖5名、优秀奖若干。")

    assert one.params["awards"] == [
        {"code": "first", "label": "一等奖", "places": 3}, {"code": "second", "label": "二等奖", "places": 5}, {"code": "merit", "label": "优秀奖"},
    ]  # fmt: skip


def test_blame_is_no_praise():
    assert proposals("commendation", "一、要求", "逾期未报的，将予以通报。") == []
