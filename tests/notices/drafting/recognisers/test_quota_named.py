from tests.notices.drafting.notice import proposals, proposed


def test_a_number_in_a_name_is_nominal():
    assert proposed(
        "quota_named", "一、行动", "（一）“百会”科普行动。各级学会积极参加。", "（二）“千村”科普行动。"
    ) == [
        {
            "of": "activities",
            "code": "hundred_societies",
            "title": "“百会”科普行动",
            "per": "total",
            "nominal": 100,
        },
        {
            "of": "activities",
            "code": "thousand_villages",
            "title": "“千村”科普行动",
            "per": "total",
            "nominal": 1000,
        },
    ]


def test_a_slogan_asks_for_one_of_each():
    assert [(q["of"], q["per"], q["place_level"], q["min"]) for q in proposed("quota_named", "一、线上", "打造“一县一品一直播”活动矩阵。")] == [
        ("products", "place", "county", 1), ("broadcasts", "place", "county", 1),
    ]  # fmt: skip


def test_a_slogan_of_nothing_that_can_be_counted():
    assert proposals("quota_named", "一、理念", "按照“一县一策一特色”理念开展活动。") == []
