from tests.notices.drafting.notice import only


def test_who_must_use_the_sub_theme():
    one = only("gate_theme", "一、主题", "承办市级活动的单位需采用全市统一的副主题。")

    assert (one.strictness, dict(one.params)) == ("hard", {
        "fact": "subtheme", "required": True, "same_as": "subtheme", "when": {"activity_level": ["city"]}, "labels": {"city": "市级"},
    })  # fmt: skip
