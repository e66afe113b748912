import pytest

from tests.notices.drafting.notice import head_of


@pytest.mark.parametrize(("head", "tail", "issuer"), [
    ("临溪县教育局关于举办读书月的通知\n各学校：\n", "", "临溪县教育局"),
    ("临溪县教育局等3部门关于举办读书月的通知\n各学校：\n", "", "临溪县教育局"),
    ("临溪县教育局文件\n关于举办读书月的通知\n各学校：\n", "", "临溪县教育局"),
    ("关于举办读书月的通知\n各学校：\n请认真落实，切实抓好各项读书活动，并及时总结经验，推广好的做法。\n", "\n临溪县教育局\n2024年4月1日\n", "临溪县教育局"),
    ("关于举办读书月的通知\n各学校：\n", "", None),
])  # fmt: skip
def test_the_issuer_is_in_the_title_the_red_head_or_the_signature(head, tail, issuer):
    assert head_of("issuer", head=head, tail=tail) == issuer


def test_a_desk_that_signs_and_a_signature_behind_the_contacts():
    assert (
        head_of(
            "issuer",
            "一、要求",
            "请认真组织。",
            head="关于读书月的通知\n各学院：\n现通知如下。\n",
            tail="\n科研处\n2024.4.2\n",
        )
        == "科研处"
    )
    assert (
        head_of(
            "issuer",
            "一、要求",
            "请认真组织。",
            "二、联系方式",
            "办公室（一楼）",
            head="关于读书月的通知\n各单位：\n现通知如下。\n",
            tail="\n临溪藏书馆\n2024年4月2日\n",
        )
        == "临溪藏书馆"
    )


def test_a_title_that_forwards_names_no_issuer():
    head = "转发市科协关于开展读书月活动的通知\n各单位：\n现转发给你们。\n"
    assert head_of("issuer", "一、要求", "请认真组织。", head=head) == "临溪市科学技术协会"
