from tests.notices.drafting.notice import only, proposals


def test_what_a_summary_has_to_say():
    one = only(
        "form_of_text",
        "一、总结",
        "请报送活动总结。总结应包括基本情况、主要做法、取得成效、存在问题，不超过2000字。",
    )

    assert [c["title"] for c in one.params["columns"]] == ["基本情况", "主要做法", "取得成效", "存在问题"]
    assert (one.params["object"], one.params["max_chars"]) == ("document", 2000)


def test_two_points_are_too_few():
    assert proposals("form_of_text", "一、总结", "总结包括做法和成效。") == []
