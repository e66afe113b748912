from tests.notices.drafting.notice import head_of


def test_the_title_stands_on_one_line_or_on_several():
    assert (
        head_of("title", head="关于举办临溪县读书月的通知\n各乡镇：\n", tail="")
        == "关于举办临溪县读书月的通知"
    )
    assert (
        head_of("title", head="关于举办临溪县2024年\n第三届读书月活动的\n通知\n各乡镇：\n", tail="")
        == "关于举办临溪县2024年第三届读书月活动的通知"
    )


def test_the_issuer_above_the_title_belongs_to_it():
    assert (
        head_of("title", head="临溪县教育局\n关于举办读书月的通知\n各学校：\n", tail="")
        == "临溪县教育局关于举办读书月的通知"
    )


def test_a_red_head_and_a_number_do_not():
    head = "临溪县教育局文件\n临教发〔2024〕3号\n关于举办读书月的通知\n各学校：\n"

    assert head_of("title", head=head, tail="") == "关于举办读书月的通知"


def test_an_issuer_printed_twice_is_said_once():
    head = "临溪县教育局\n\n临溪县教育局 关于举办读书月的通知\n各学校：\n"

    assert head_of("title", head=head, tail="") == "临溪县教育局关于举办读书月的通知"


def test_what_a_web_page_puts_above_the_title():
    head = "通知公告\n关于转发读书月的通知\n关于转发《市科协关于开展\n读书月活动的通知》的通知\n各单位：\n"
    assert head_of("title", head=head, tail="") == "关于转发《市科协关于开展读书月活动的通知》的通知"
    head = "关于开展读书月活动的通知（截止时间：8月8日）\n各单位：\n"
    assert head_of("title", head=head, tail="") == "关于开展读书月活动的通知"
