import pytest

from tests.notices.drafting.notice import HEAD, head_of


@pytest.mark.parametrize(("title", "status"), [
    ("关于开展2024年读书科学月活动的补充通知", "supplement"), ("关于更正读书科学月活动时间的通知", "correction"),
    ("关于公布读书科学月获奖名单的通知", "results"), ("关于开展2024年读书科学月活动的预通知", "advance"),
    ("关于开展2024年读书科学月活动的通知", None),
])  # fmt: skip
def test_the_title_says_what_kind_of_notice_it_is(title, status):
    assert head_of("status", head=f"{title}\n各有关单位：\n") == status


def test_the_opening_may_call_it_an_advance_notice():
    assert head_of("status", "一、时间", head=HEAD.replace("现将有关事项", "现将有关事项预备")) == "advance"
