from tests.notices.drafting.notice import HEAD, head_of


def test_the_edition_that_the_text_says():
    assert head_of("edition", "一、今年是第二十届读书科学月。") == 20


def test_a_local_edition_in_the_title():
    head = HEAD.replace("读书科学月活动", "读书科学月暨临溪市第十二届读书节活动")

    assert (head_of("edition_local", head=head), head_of("edition", head=head)) == (12, None)


def test_the_edition_of_something_else_is_none():
    assert head_of("edition", "一、第三届市运动会期间也可以开展活动。") is None
