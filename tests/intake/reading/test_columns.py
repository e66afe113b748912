import pytest

from kepu.activities.models import CONTENT
from kepu.intake.reading.columns import FIELDS, TOGETHER, field_of, match_columns


def fields(*headers, remembered=None):
    return [column.field for column in match_columns(list(enumerate(headers)), remembered or {})]


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("title", "活动名称 项目名称 活动项目 *活动名称（必填） 活动名称： 重点活动名称 讲座名称"),
        ("host", "主办单位 举办单位 牵头单位 主办方"),
        ("undertakers", "承办单位 承办 具体承办单位"),
        ("co_hosts", "联合主办单位 共同主办单位"),
        ("supporters", "支持单位 协办单位"),
        ("when", "活动时间 举办时间 起止时间 活动日期 拟举办时间 活动时间（月/日） 时间安排 计划开展时间"),
        ("starts_at", "开始时间 活动开始时间"),
        ("ends_at", "结束时间 活动结束时间"),
        ("where", "活动地点 举办地点 活动场所 举办场所 地点"),
        ("when_where", "时间地点 活动时间及地点 时间、地点 活动时间和地点"),
        ("formats", "活动形式 活动类型 活动类别"),
        ("summary", "内容简介 活动概况 活动内容 内容简介（300字以内） 活动简介 主要内容"),
        (
            "participants_expected",
            "参与人数 预计人数 预计参与人次 活动规模 参与人数（预计） 预计参加人数（人）",
        ),
        ("online_expected", "线上人数 线上参与人数"),
        ("contact", "联系人及电话 联系方式 联系人/电话 联系人及联系方式"),
        ("contact_name", "联系人 活动联系人 联系人姓名"),
        ("contact_phone", "联系电话 手机号 电话"),
        ("mode", "线上/线下 举办方式 活动方式"),
        ("online_link", "活动网址 线上网址 直播链接"),
        ("key_activity", "重点活动 是否重点活动 是否为重点活动"),
        ("taking_part", "参加方式 是否预约 是否需要预约 是否要提前预约"),
        ("booking_note", "预约方式 预约电话 报名方式"),
        ("booking_link", "预约链接 报名网址"),
        ("capacity", "名额 活动名额 人数上限（人） 名额（个）"),
        ("accessibility", "无障碍 无障碍设施"),
        ("audiences", "活动对象 面向人群 服务人群"),
        ("place", "所属镇街 区县"),
        ("responsible_unit", "归口单位"),
        ("risk_plan", "应急预案"),
        ("", "序号 备注 填报时间 报名时间 审核意见 经费预算（元） 甲乙丙丁 实际参与人数 填报人"),
    ],
)
def test_a_header_means_its_field(field, headers):
    assert {header: field_of(header)[0] for header in headers.split()} == dict.fromkeys(
        headers.split(), field
    )


def test_every_field_is_one_of_an_activity_or_one_that_several_share():
    assert set(FIELDS) <= set(CONTENT) | set(TOGETHER)


def test_a_theme_is_the_name_where_there_is_no_other():
    assert fields("活动主题", "活动时间") == ["title", "when"]
    assert fields("活动名称", "活动主题") == ["title", "theme"]
    (column, _when) = match_columns([(0, "活动主题"), (1, "活动时间")], {})
    assert column.sure < 1
    assert "核对" in column.note


def test_what_was_decided_before_wins_over_every_guess():
    remembered = {"甲乙丙丁": "summary", "活动名称": "", "主题": "title"}
    assert fields("甲乙丙丁", "活动名称", "主题", remembered=remembered) == ["summary", "", "title"]


def test_a_memory_of_a_field_that_is_none_is_not_followed():
    assert fields("活动名称", remembered={"活动名称": "no_such_field"}) == ["title"]


def test_two_columns_for_one_field_are_told_apart_and_told():
    columns = match_columns([(0, "项目名称"), (1, "活动名称"), (2, "活动时间")], {})
    assert [column.field for column in columns] == ["title", "", "when"]
    assert "活动名称" in columns[0].note
    assert "项目名称" in columns[1].note
    assert columns[0].sure < 1


def test_the_one_that_was_decided_before_keeps_the_field():
    assert fields("项目名称", "活动名称", remembered={"活动名称": "title"}) == ["", "title"]


def test_a_day_and_its_hours_may_stand_in_two_columns():
    assert fields("活动时间·日期", "活动时间·时间") == ["when", "when"]


def test_a_header_under_another_is_read_with_it():
    assert fields("联系方式·联系人", "联系方式·电话", "联系方式·姓名") == [
        "contact_name",
        "contact_phone",
        "",
    ]


def test_a_column_nobody_knows_says_so():
    (column,) = match_columns([(4, "甲乙丙丁")], {})
    assert (column.index, column.field, column.sure) == (4, "", 0.0)
    assert "认不出" in column.note
