from tests.notices.drafting.notice import drafted, head_of


def test_a_list_of_attachments_on_several_lines_and_what_is_there_of_it():
    tail = "\n附件：1.活动计划表\n2.2024年推荐表\n\n附件1\n活动计划表\n序号\t名称\t时间\n"

    draft = drafted("一、请填表。", tail=tail)

    assert draft.value("attachments") == [
        {"number": 1, "title": "活动计划表"}, {"number": 2, "title": "2024年推荐表", "known": False},
    ]  # fmt: skip
    assert [f.code for f in draft.flags] == ["attachment_absent"]


def test_one_attachment_without_a_number():
    assert head_of("attachments", tail="\n附件：活动计划表\n\n附件\n\n活动计划表\n序号\t名称\t时间\n") == [
        {"number": 1, "title": "活动计划表"}
    ]


def test_a_list_that_was_run_together_on_one_line():
    assert head_of("attachments", tail="\n附件：1.活动计划表2.推荐表3.回执\n") == [
        {"number": n, "title": title, "known": False}
        for n, title in ((1, "活动计划表"), (2, "推荐表"), (3, "回执"))
    ]


def test_a_table_that_the_text_only_points_at():
    assert head_of("attachments", "一、请将重点活动安排表（见附件）报市科协。") == [
        {"number": 1, "title": "重点活动安排表", "known": False}
    ]


def test_names_below_the_word_are_a_list_where_the_day_stands_behind_them():
    found = head_of("attachments", "一、要求", "请认真组织。", "附件：", "1.活动计划表", "2.推荐表.doc")
    assert [a["title"] for a in found][:1] == ["活动计划表"]
    assert head_of("issued", "一、要求", "请认真组织。", "附件：", "1.活动计划表", "2.推荐表.doc") is not None
