from tests.notices.drafting.notice import HEAD, head_of


def test_what_stands_before_the_first_number():
    head = HEAD.replace("现将", "为办好读书科学月，经研究，现将")

    assert (
        head_of("opening", "一、时间", "四月。", head=head)
        == "为办好读书科学月，经研究，现将有关事项通知如下。"
    )


def test_nothing_personal_is_kept():
    head = HEAD.replace("现将", "有事请打13800138000或写信到clerk@linxi.example，现将")

    assert head_of("opening", "一、时间", head=head) == "有事请打或写信到，现将有关事项通知如下。"
