from tests.notices.drafting.notice import only, proposals


def test_who_answers_for_what_is_filed():
    one = only("routing", "一、填报", "填报活动时，归口单位选择“市科协”。")

    assert dict(one.params) == {
        "choice": "fixed",
        "routes": [{"steps": ["coordinator@city"]}],
        "label": "归口单位选择“市科协”",
    }


def test_nobody_is_named():
    assert proposals("routing", "一、填报", "各单位要认真审核把关。") == []
