"""Broken sentences are whole again; what may be two things stays two lines."""

from __future__ import annotations

import pytest

from kepu.notices.drafting.documents import read_text

LONG = "各单位要广泛动员、精心组织，不断提升活动的服务力和影响力，切实为基"


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("围绕活动前、", "活动中、", "活动后做好宣传。"), "围绕活动前、活动中、活动后做好宣传。"),
        ((LONG, "", "层减负。"), f"{LONG}层减负。"),
        ((LONG, "", "- 3 -", "", "层减负，严格落实责任。"), f"{LONG}层减负，严格落实责任。"),
        ((LONG, "3", "层减负。"), f"{LONG}层减负。"),
        ((LONG, "3/12", "层减负。"), f"{LONG}层减负。"),
        (("可通过网站或“科普", "中国”客户端登录。"), "可通过网站或“科普中国”客户端登录。"),
        (("全省21家示范县（市、", "区），都要参加。"), "全省21家示范县（市、区），都要参加。"),
        (("（广泛发动，各示范县（市、区）要至少开展一", "场成员单位主办的活动）"), "（广泛发动，各示范县（市、区）要至少开展一场成员单位主办的活动）"),
        (("请把材料发到邮箱", "，并电话确认。"), "请把材料发到邮箱，并电话确认。"),
        (("Please send the form,", "and the list."), "Please send the form,and the list."),
        (("请联系 Science", "Office，或致电。"), None),
    ],
)  # fmt: skip
def test_a_sentence_is_whole_again(lines, whole):
    assert read_text("\n".join(lines)).text == (whole or "\n".join(lines))


@pytest.mark.parametrize(
    "lines",
    [
        (f"{LONG}层减负。", "各乡镇要按时报送，不得拖延。"),
        (LONG, "（二）各乡镇要按时报送，不得拖延。"),
        (LONG, "2.各乡镇要按时报送，不得拖延。"),
        (LONG, "　　各乡镇要按时报送，不得拖延。"),
        ("甲，", "一、主题"),
        ("县科协、县教育局，", "联系人：某某"),
        ("甲\t乙，", "丙\t丁"),
        ("关于举办全县第六届全民阅读月，暨书香临溪系列活动周的通知", "各乡镇，各部门，各中小学校："),
        ("县科协", "县教育局", "2025年3月3日"),
        ("活动名称", "3", "活动时间"),
        ("2023", "年度计划"),
        (LONG, "", "", "", "层减负。"),
    ],
)
def test_what_may_be_two_things_stays_two(lines):
    assert [line for line in read_text("\n".join(lines)).text.split("\n") if line] == [
        line for line in lines if line
    ]


def test_lines_that_a_program_broke_at_one_width_are_paragraphs_again():
    paragraphs = [
        "请各乡镇认真组织全民阅读月活动并把活动开展情况及时报送县阅读办邮箱同时抄报县科协县教育局和县文化馆",
        "活动结束后各乡镇要认真总结经验并在十日以内把书面总结材料一式两份报送到县阅读办公室并通知各村",
    ]
    broken = ["\n".join(text[i : i + 20] for i in range(0, len(text), 20)) for text in paragraphs]
    assert read_text("\n\n".join(broken)).text == "\n\n".join(paragraphs)
    assert read_text("\n".join(broken)).text == "\n".join(paragraphs)


@pytest.mark.parametrize(
    "line", ["- 3 -", "—4—", "－ 12 －", "第3页", "第 3 页 共 12 页", "Page 3 of 12", "— 三 —", "～5～"]
)
def test_page_numbers_that_stand_alone_are_left_out(line):
    assert read_text(f"一、主题\n{line}\n二、时间").text == "一、主题\n\n二、时间"


def test_numbers_of_pages_among_pages_are_left_out_and_numbers_of_rows_stay():
    assert read_text("甲\n1/2\n乙\n2/2\n丙").text == "甲\n\n乙\n\n丙"
    assert read_text("甲\n9/17\n乙").text == "甲\n9/17\n乙"
    assert read_text("序号\n1\n2\n3\n名称").text == "序号\n1\n2\n3\n名称"
