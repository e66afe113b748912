from tests.notices.drafting.notice import head_of


def test_headings_of_two_levels_with_their_numbers():
    assert head_of("sections", "一、时间和主题", "四月。", "二、有关要求", "（一）加强领导。各单位要重视。", "1.成立专班。要快。") == [
        {"number": "一", "title": "时间和主题"}, {"number": "二", "title": "有关要求"}, {"number": "二（一）", "title": "加强领导"},
    ]  # fmt: skip
