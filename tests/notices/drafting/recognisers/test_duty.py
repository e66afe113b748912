from datetime import date

import pytest

from tests.notices.drafting.notice import only, proposals, proposed

DUE = {"date": date(2024, 5, 20)}


@pytest.mark.parametrize(("sentence", "what", "title"), [
    ("请各县（市、区）科协于5月20日前报送活动总结。", "organisation_summary", "活动总结"),
    ("请于5月20日前将活动计划表（见附件）报市科协。", "plan_table", "活动计划表"),
    ("5月20日前，各县（市、区）科协要总结本地活动开展情况，并通过平台报送。", "organisation_summary", "活动开展情况总结"),
    ("请填写《参赛报名表》，于5月20日下班前反馈至邮箱。", "registration", "参赛报名表"),
    ("参赛作品须于5月20日前通过官网提交。", "entries", "参赛作品"),
    ("请各单位于5月20日前提供今年以来的视频和图片。", "materials", "今年以来的视频和图片"),
    ("督查情况于5月20日前报市科协。", "organisation_summary", "督查情况"),
    ("请确定1名联络员，于5月20日前将联络员名单报我办。", "contact_list", "联络员名单"),
])  # fmt: skip
def test_what_is_to_be_handed_in_by_a_day(sentence, what, title):
    (duty,) = proposed("duty", "一、报送", sentence)

    assert (duty["title"], duty["due"]) == (title, DUE)
    if what != "organisation_summary" or "总结" in title:
        assert duty["what"] == what


def test_receiver_desk_parts_channel_and_form():
    tail = "\n附件：活动计划表\n"

    one = only(
        "duty",
        "一、报送",
        "请各县（市、区）科协于5月20日前将活动计划表（见附件）盖章扫描件和电子版报送至市科协普及部邮箱。",
        tail=tail,
    )

    assert (dict(one.params), dict(one.audience)) == ({
        "what": "plan_table", "title": "活动计划表", "due": DUE, "to": "issuer", "desk": "普及部", "form": "plan_table",
        "parts": [{"code": "sealed_scan", "label": "盖章扫描件"}, {"code": "electronic", "label": "电子版"}],
        "channels": [{"code": "mailbox", "label": "市科协普及部邮箱"}],
    }, {"kinds": ["association"], "levels": ["county"]})  # fmt: skip


@pytest.mark.parametrize(("sentence", "dues"), [
    ("请于5月20日前报送方案；6月30日前报送总结；7月5日前报送统计表。", [(5, 20), (6, 30), (7, 5)]),
    ("请各单位分别于5月20日前、6月30日前将活动方案、活动总结报送至市科协。", [(5, 20), (6, 30)]),
])  # fmt: skip
def test_several_duties_of_one_sentence(sentence, dues):
    duties = proposed("duty", "一、报送", sentence)

    assert [d["due"]["date"] for d in duties] == [date(2024, *day) for day in dues]
    assert len({d["what"] for d in duties}) == len(dues)


def test_a_duty_for_each_activity_counts_from_its_end():
    (duty,) = proposed("duty", "一、报送", "各举办单位于活动举办结束后10日内上传活动总结。")

    assert duty == {
        "what": "activity_summary",
        "title": "活动总结",
        "about": "activity",
        "due": {"days": 10, "after": "activity_end"},
    }


def test_two_channels_either_or_both():
    (either,) = proposed("duty", "一、报送", "请于5月20日前将总结发送至邮箱或通过平台提交。")
    (both,) = proposed("duty", "一、报送", "请于5月20日前在平台提交总结，并将电子版发送至邮箱。")

    assert ([c["code"] for c in either["channels"]], either.get("channels_needed")) == (
        ["mailbox", "platform"],
        None,
    )
    assert ([c["code"] for c in both["channels"]], both["channels_needed"]) == (
        ["mailbox", "platform"],
        "all",
    )


def test_a_label_is_enough():
    (duty,) = proposed("duty", "一、作品报送要求", "报送截止时间：2024年5月20日18:00")

    assert (duty["what"], duty["due"]) == ("entries", DUE | {"time": "18:00"})


def test_a_point_of_a_list_needs_no_verb():
    assert [(d["title"], d["due"]) for d in proposed("duty", "一、材料报送", "①活动计划5月20日前；②总结6月30日。")] == [
        ("活动计划", DUE), ("总结", {"date": date(2024, 6, 30)}),
    ]  # fmt: skip


def test_without_a_day_it_is_a_duty_too_and_less_sure():
    one = only("duty", "一、完善", "请各活动举办单位及时补充完善活动信息，包括活动图片视频、新闻报道链接等。")

    assert (one.confidence < 0.7, dict(one.params)) == (True, {
        "what": "completion_record", "title": "活动信息", "about": "activity",
        "parts": [{"code": "news_link", "label": "新闻报道链接"}, {"code": "photo_video", "label": "活动图片视频"}],
    })  # fmt: skip


def test_when_is_told_later():
    one = only("duty", "一、报送资料", "请各单位将活动总结、图片等资料进行整理。具体报送时间另行通知。")

    assert (one.status, one.params["due"], one.waits_for) == (
        "pending",
        {"reference": "另行通知"},
        "具体报送时间另行通知",
    )


def test_the_next_sentence_may_say_how():
    (duty,) = proposed("duty", "一、征集", "请各单位于5月20日前提供活动视频和图片。素材提交至联系人邮箱。")

    assert duty["channels"] == [{"code": "mailbox", "label": "联系人邮箱"}]


def test_an_attachment_that_repeats_the_text_adds_nothing():
    tail = "\n附件：活动计划表\n\n附件\n活动计划表\n注：请于5月20日前报送盖章版。\n"

    assert len(proposals("duty", "一、报送", "请于5月20日前报送附件《活动计划表》盖章版。", tail=tail)) == 1


@pytest.mark.parametrize("sentence", [
    "市科协将汇总各地活动信息并向社会公布。", "各单位要为公众提供优质的服务。", "不得重复报送材料。", "总结包括基本情况、主要成效、存在问题等。",
    "推动资源开放，提供高质量的教育。",
])  # fmt: skip
def test_what_nobody_hands_in(sentence):
    assert proposals("duty", "一、要求", sentence) == []


def test_a_day_that_does_not_exist_waits_for_a_person():
    one = only("duty", "一、报送", "请于5月32日前报送活动总结。")

    assert (one.status, [f.code for f in one.flags]) == ("pending", ["impossible_date"])


@pytest.mark.parametrize(("sentence", "title", "due"), [
    ("各乡镇（街道）读书集市方案请于8月30日前报县科协备案。", "读书集市方案", date(2024, 8, 30)),
    ("请各单位9月8日前将参加人员名单报校科协秘书处。", "参加人员名单", date(2024, 9, 8)),
    ("纸质申报书一式三份于9月30日前邮寄至市科协。", "申报书", date(2024, 9, 30)),
    ("请于9月12日前提出书面申请。", "书面申请", date(2024, 9, 12)),
    ("请将活动联系人回执于9月12日前传真至市科协。", "活动联系人回执", date(2024, 9, 12)),
])  # fmt: skip
def test_many_verbs_of_handing_in(sentence, title, due):
    duty = only("duty", "一、报送", sentence)
    assert (duty.params["title"], duty.params["due"]) == (title, {"date": due})


def test_the_day_may_stand_in_the_next_sentence():
    duty = only("duty", "一、申请", "需要补助的单位须填报《读书活动补助申请表》。请于9月12日前报送。")
    assert (duty.params["title"], duty.params["due"]) == ("读书活动补助申请表", {"date": date(2024, 9, 12)})


def test_a_day_under_a_heading_of_its_own_is_for_all_of_the_section():
    paragraphs = (
        "一、报送要求",
        "（一）截止时间",
        "2024年9月15日",
        "（二）其他要求",
        "1.图书类需提交《优秀图书推荐表》盖章扫描件。",
    )
    duty = only("duty", *paragraphs)
    assert (duty.params["title"], duty.params["due"]) == ("优秀图书推荐表", {"date": date(2024, 9, 15)})


def test_before_an_activity_and_on_the_day_after_it():
    before = only("duty", "一、报送", "举办线上活动的，须在活动开始前提供网址信息。")
    after = only("duty", "一、报送", "活动结束次日将活动照片发送至宣传部邮箱。")
    assert (before.params["due"], before.params["about"]) == (
        {"days": 0, "before": "activity_start"},
        "activity",
    )
    assert after.params["due"] == {"days": 1, "after": "activity_end"}


@pytest.mark.parametrize("sentence", [
    "项目申报分为填报申请书、专家评审和签订任务书三个阶段。", "报送的材料要真实准确。", "报送作品须符合大赛要求。",
    "2024年读书周拟于9月20日—28日举行，现征集读书周项目。", "各县（市、区）报送作品不少于10件。",
])  # fmt: skip
def test_what_only_describes_asks_for_nothing(sentence):
    assert proposals("duty", "一、要求", sentence) == []


def test_lines_that_begin_with_a_day():
    duties = proposals(
        "duty", "一、时间节点", "5月10日：各校上报活动方案；", "5月27日：各校上交读书卡登记表；"
    )
    assert [(d.params["title"], d.params["due"]["date"].day) for d in duties] == [
        ("活动方案", 10),
        ("读书卡登记表", 27),
    ]


def test_reporting_without_any_other_verb():
    duties = proposals("duty", "一、报送", "6月20日前报年度活动计划，12月5日前报全年工作总结。")
    assert [d.params["due"]["date"].month for d in duties] == [6, 12]


def test_what_is_reported_every_week_stands_beside_what_has_a_day():
    sentence = "各镇于8月30日前报送读书月方案，每周五报送工作动态，10月12日前报送总结材料。"
    duties = proposals("duty", "一、报送", sentence)
    assert [(d.params["what"], "due" in d.params) for d in duties] == [
        ("plan_table", True), ("organisation_summary", True), ("progress_report", False),
    ]  # fmt: skip
