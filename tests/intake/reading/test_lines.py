"""What single cells come to, kind by kind."""

import tracemalloc
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.content import cleaned
from kepu.core.calendar import CHINA
from kepu.core.spoken import Around
from kepu.intake.reading import Column, Context, RawRow, read_line
from kepu.intake.reading.columns import FIELDS
from kepu.intake.reading.context import Limit

PLACES = {"石龙镇": (7,), "石龙": (7,), "东莞市石龙镇": (7,), "朝阳区": (8, 9)}
LABELS = {
    "audiences": {"青少年": "youth", "农民群体": "farmers", "老年人": "elderly"},
    "formats": {"讲座": "lecture", "展览": "exhibition"},
    "tracks": {"科技、教育联动": "joint"},
}
CONTEXT = Context(
    Around(2023, date(2023, 9, 1), date(2023, 9, 30)),
    labels=LABELS,
    open_lists=("formats",),
    place_of=lambda words: PLACES.get(words, ()),
    unit_of=lambda words: {"石龙镇教育局": (3,), "科协": (1, 2)}.get(words, ()),
    own_names=("石龙镇科协", "东莞市石龙镇科学技术协会"),
    limits={"summary": Limit(20, "东科协〔2023〕17号 六（一）")},
)


def line(context=CONTEXT, **cells):
    """The reading of a row with these texts by field; a header is its field's name."""
    columns = [Column(i, field, field, 1.0) for i, field in enumerate(cells)]
    return read_line(RawRow(5, cells), columns, context)


def codes(found):
    return {fault.code for fault in found.faults}


def at(day, hour, minute=0):
    return datetime(2023, 9, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        ("200", 200, ""),
        ("200人", 200, ""),
        ("1,200", 1200, ""),
        ("约200人", 200, "about"),
        ("300余人", 300, "about"),
        ("5000+", 5000, "about"),
        ("不少于50人", 50, "about"),
        ("1.2万人次", 12000, ""),
        ("2万余人次", 20000, "about"),
        ("两百人", 200, ""),
        ("200-300人", 200, "range"),
        ("1-2万人", 10000, "range"),
        ("100人/场，共3场", 300, "per_session"),
        ("每场50人，4场", 200, "per_session"),
        ("每场50人", 50, "per_session"),
        ("共500人，其中学生300人", 500, ""),
        ("学生300人，家长100人", 300, "several_numbers"),
        ("若干", None, "no_number"),
        ("待定", None, "no_number"),
        ("0.5人", None, "no_number"),
    ],
)
def test_numbers_of_people_as_they_are_written(text, expected, said):
    found = line(participants_expected=text)
    assert found.content.get("participants_expected") == expected
    assert codes(found) == ({said} if said else set())


def test_online_and_onsite_are_summed_and_told():
    found = line(participants_expected="线上约1万人，线下200人")
    assert (found.content["participants_expected"], found.content["online_expected"]) == (10200, 10000)
    assert codes(found) == {"summed"}


def test_those_online_may_be_part_of_the_whole():
    found = line(participants_expected="共3000人，其中线上2000人")
    assert (found.content["participants_expected"], found.content["online_expected"]) == (3000, 2000)


def test_a_number_for_each_session_counts_the_sessions_of_its_time():
    found = line(when="9月16日、17日9:00-10:00", participants_expected="80人/场")
    assert found.content["participants_expected"] == 160


@pytest.mark.parametrize(
    ("cells", "name", "phone", "said"),
    [
        ({"contact": "张老师13800000000"}, "张老师", "13800000000", ""),
        ({"contact": "张老师 138 0000 0000"}, "张老师", "13800000000", ""),
        ({"contact": "张老师，138-0000-0000"}, "张老师", "13800000000", ""),
        ({"contact": "张老师（13800000000）"}, "张老师", "13800000000", ""),
        ({"contact": "联系人：张老师\n电话：０７６９－８６６１１１１１"}, "张老师", "0769-86611111", ""),
        ({"contact": "13800000000 张老师"}, "张老师", "13800000000", ""),
        ({"contact": "张老师（微信同号）13800000000"}, "张老师", "13800000000", ""),
        ({"contact": "13800000000（张老师）"}, "张老师", "13800000000", ""),
        ({"contact": "张老师 zhang@example.cn 13800000000"}, "张老师", "13800000000", "mailbox"),
        ({"contact": "13800000000"}, None, "13800000000", ""),
        ({"contact": "张老师"}, "张老师", None, "no_phone"),
        ({"contact": "张老师13800000000、李老师13900000000"}, "张老师", "13800000000", "several_contacts"),
        ({"contact_name": "张老师", "contact_phone": "13800000000"}, "张老师", "13800000000", ""),
        ({"contact_name": "张老师", "contact_phone": "86611111"}, "张老师", "86611111", ""),
        ({"contact": "张老师1380000000"}, "张老师", None, "bad_phone"),
        ({"contact_phone": "1.38E+10"}, None, None, "scientific"),
        ({"contact_phone": "见通知"}, None, None, "bad_phone"),
    ],
)
def test_a_contact_is_a_name_and_a_number(cells, name, phone, said):
    found = line(**cells)
    assert (found.content.get("contact_name"), found.content.get("contact_phone")) == (name, phone)
    assert codes(found) == ({said} if said else set())


@pytest.mark.parametrize(
    ("cells", "mode"),
    [
        ({"mode": "线下"}, "offline"),
        ({"mode": "网络直播"}, "online"),
        ({"mode": "线上+线下"}, "mixed"),
        ({"mode": "线上线下相结合"}, "mixed"),
        ({"formats": "讲座、线上"}, "online"),
        ({"where": "文化馆"}, "offline"),
        ({"where": "腾讯会议"}, "online"),
        ({"online_link": "https://kepu.example.cn/1"}, "online"),
        ({"where": "文化馆", "online_link": "https://kepu.example.cn/1"}, "mixed"),
        ({"mode": "视情况"}, None),
        ({"title": "讲座"}, None),
    ],
)
def test_how_it_is_held_comes_from_words_or_from_what_is_filled(cells, mode):
    assert line(**cells).content.get("mode") == mode


def test_what_was_concluded_is_told():
    assert codes(line(online_link="https://kepu.example.cn/1")) == {"mode_inferred"}
    assert codes(line(mode="视情况")) == {"no_mode"}


@pytest.mark.parametrize(
    ("cells", "content", "said"),
    [
        ({"where": "东莞市石龙镇文化广场"}, {"venue": "东莞市石龙镇文化广场", "place": 7, "mode": "offline"}, ""),
        ({"place": "石龙镇"}, {"place": 7}, ""),
        ({"place": "朝阳区"}, {}, "no_place"),
        ({"place": "不存在镇"}, {}, "no_place"),
        ({"where": "线上"}, {"mode": "online"}, ""),
        ({"where": "直播间 https://kepu.example.cn/1"},
         {"venue": "直播间", "mode": "online", "online_link": "https://kepu.example.cn/1"}, ""),
        ({"online_link": "www.kepu.example.cn"}, {"mode": "online", "online_link": "https://www.kepu.example.cn"},
         "link_completed mode_inferred"),
        ({"online_link": "腾讯会议：123-456-789"}, {}, "no_link"),
        ({"venue": "文化馆", "address": "石龙镇中山路1号"},
         {"venue": "文化馆", "address": "石龙镇中山路1号", "mode": "offline"}, ""),
        ({"where": "甲" * 121}, {"address": "甲" * 121, "mode": "offline"}, ""),
        ({"where": "甲" * 201}, {}, "too_long"),
        ({"where": "文化馆；图书馆"}, {"venue": "文化馆；图书馆", "mode": "offline"}, "several_places"),
    ],
)  # fmt: skip
def test_where_it_is_held(cells, content, said):
    found = line(**cells)
    assert (dict(found.content), codes(found)) == (content, set(said.split()))


def test_a_place_for_each_session_makes_a_tour():
    found = line(when="9月16日、17日9:00-10:00", where="1.石龙镇文化广场\n2.图书馆")
    assert found.content["arrangement"] == "tour"
    assert [(s["venue"], s.get("place_id")) for s in found.content["sessions"]] == [
        ("石龙镇文化广场", 7),
        ("图书馆", None),
    ]
    assert codes(found) == {"tour"}


@pytest.mark.parametrize(
    ("cells", "content", "said"),
    [
        ({"audiences": "青少年、老年人"}, {"audiences": ["youth", "elderly"]}, ""),
        ({"audiences": "农民"}, {"audiences": ["farmers"]}, ""),
        ({"audiences": "青少年;外星人"}, {"audiences": ["youth"]}, "not_listed"),
        ({"formats": "讲座+义诊"}, {"formats": ["lecture", "义诊"]}, ""),
        ({"formats": "线上讲座、展览等"}, {"formats": ["线上讲座", "exhibition"], "mode": "online"}, ""),
        ({"formats": "线上线下结合"}, {"mode": "mixed"}, ""),
        ({"host": "石龙镇科协（盖章）、石龙镇教育局等"}, {"co_hosts": ["石龙镇教育局"]}, ""),
        ({"tracks": "科技、教育联动"}, {"tracks": ["joint"]}, ""),
        ({"topics": "航天 急救"}, {"topics": ["航天", "急救"]}, ""),
        ({"key_activity": "√"}, {"key_activity": True}, ""),
        ({"key_activity": "否"}, {"key_activity": False}, ""),
        ({"key_activity": "看情况"}, {}, "no_answer"),
        ({"activity_level": "市级"}, {"activity_level": "city"}, ""),
        ({"activity_level": "镇街"}, {"activity_level": "town"}, ""),
        ({"activity_level": "宇宙级"}, {}, "no_level"),
        ({"responsible_unit": "石龙镇教育局"}, {"responsible_unit": 3}, ""),
        ({"responsible_unit": "科协"}, {}, "no_unit"),
        ({"host": "石龙镇科协、石龙镇教育局"}, {"co_hosts": ["石龙镇教育局"]}, ""),
        ({"host": "石龙镇教育局"}, {}, "other_host"),
        ({"host": "主办：石龙镇科协 承办：石龙镇图书馆；协办：石龙中学"},
         {"undertakers": ["石龙镇图书馆"], "supporters": ["石龙中学"]}, ""),
        ({"undertakers": "甲协会\n乙学会"}, {"undertakers": ["甲协会", "乙学会"]}, ""),
        ({"undertakers": "、".join(f"第{n}中学" for n in range(102))}, {"undertakers": [f"第{n}中学" for n in range(100)]}, "too_many"),
        ({"latitude": "23.1", "longitude": "113.8"}, {"latitude": 23.1, "longitude": 113.8}, ""),
        ({"latitude": "23.1"}, {}, "no_degrees"),
        ({"latitude": "北", "longitude": "113.8"}, {}, "no_degrees"),
        ({"title": "甲" * 121}, {}, "too_long"),
        ({"summary": "讲" * 21}, {"summary": "讲" * 21}, "over_limit"),
        ({"summary": "讲 " * 20}, {"summary": ("讲 " * 20).strip()}, ""),
    ],
)  # fmt: skip
def test_words_become_what_an_activity_keeps(cells, content, said):
    found = line(**cells)
    assert (dict(found.content), codes(found)) == (content, set(said.split()))


def test_rows_read_with_no_memory_of_those_before():
    columns = [
        Column(0, "活动名称", "title", 1.0),
        Column(1, "活动时间", "when", 1.0),
        Column(2, "人数", "participants_expected", 1.0),
    ]

    def peak(rows):
        tracemalloc.start()
        for n in range(rows):
            read_line(
                RawRow(
                    n, {"活动名称": f"讲座{n}", "活动时间": f"9月{n % 30 + 1}日9:00-10:00", "人数": str(n)}
                ),
                columns,
                CONTEXT,
            )
        return tracemalloc.get_traced_memory()[1], tracemalloc.stop()

    few, many = peak(50)[0], peak(200)[0]
    assert many < few + 64 * 1024  # a row that stayed would be a kilobyte


def test_a_limit_names_its_clause():
    (fault,) = line(summary="讲" * 21).faults
    assert fault.sentence == "“活动简介”最多20个字，现在有21个字。（东科协〔2023〕17号 六（一））"
    assert (fault.column, fault.field, fault.severity, fault.text) == (
        "summary",
        "summary",
        "error",
        "讲" * 21,
    )


def test_a_word_near_to_one_of_the_list_is_offered():
    (fault,) = line(audiences="青年").faults
    assert fault.sentence == "“服务人群”的清单里没有“青年”。您是不是要写“青少年”？"


@pytest.mark.parametrize(
    ("cells", "starts", "ends", "arrangement", "said"),
    [
        ({"when": "9月17日9:00-11:30"}, at(17, 9), at(17, 11, 30), "once", ""),
        ({"when": "9月16日、17日9:00-11:30"}, at(16, 9), at(17, 11, 30), "recurring", ""),
        ({"starts_at": "2023-09-17 09:00", "ends_at": "2023-09-17 11:30"}, at(17, 9), at(17, 11, 30), "once", ""),
        ({"when": "9月17日", "starts_at": "9:00", "ends_at": "11:30"}, at(17, 9), at(17, 11, 30), "once", ""),
        ({"when_where": "9月17日9:00-11:30，文化馆"}, at(17, 9), at(17, 11, 30), "once", ""),
        ({"when": "9月17日9:00"}, at(17, 9), None, "once", "no_end"),
        ({"when": "9月17日"}, None, None, None, "no_hours"),
        ({"when": "9.17-9.23"}, None, None, None, "no_hours"),
        ({"when": "9月17日起9:00-10:00"}, None, None, None, "no_last_day"),
        ({"when": "待定"}, None, None, None, "to_be_told"),
    ],
)  # fmt: skip
def test_the_time_of_an_activity(cells, starts, ends, arrangement, said):
    found = line(**cells)
    content = found.content
    assert (content.get("starts_at"), content.get("ends_at"), content.get("arrangement")) == (
        starts,
        ends,
        arrangement,
    )
    assert {fault.code for fault in found.errors} == ({said} if said else set())


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("9月17日", at(17, 9), at(17, 17)),
        ("9月17日上午", at(17, 9), at(17, 11)),
        ("9.17-9.23", at(17, 9), at(23, 17)),
        ("9月17日全天", at(17, 9), at(17, 17)),
    ],
)
def test_hours_that_were_not_written_are_the_usual_ones_where_somebody_said_so(text, starts, ends):
    usual = {"": (time(9), time(17)), "morning": (time(9), time(11))}
    found = line(Context(CONTEXT.around, usual_hours=usual), when=text)
    assert (found.content["starts_at"], found.content["ends_at"]) == (starts, ends)
    assert codes(found) == {"hours_assumed"}


def test_a_part_of_the_day_without_usual_hours_stays_a_fault():
    usual = {"": (time(9), time(17))}
    assert codes(line(Context(CONTEXT.around, usual_hours=usual), when="9月17日晚上")) == {"no_hours"}


@pytest.mark.parametrize(
    "title", ["1.讲座\n2.展览", "①讲座②展览", "（一）讲座（二）展览", "一、讲座 二、展览"]
)
def test_several_activities_in_a_cell_are_to_have_a_row_each(title):
    found = line(title=title, when="1.9月16日9:00-10:00\n2.9月17日9:00-10:00", host="石龙镇科协")
    assert "several_activities" in {fault.code for fault in found.errors}
    assert found.split == (
        {"title": "讲座", "when": "9月16日9:00-10:00", "host": "石龙镇科协"},
        {"title": "展览", "when": "9月17日9:00-10:00", "host": "石龙镇科协"},
    )


@pytest.mark.parametrize(
    "title", ["1.5℃的科学", "《三体》与科学（一）", "科普讲座、展览", "2023年科普日", "一、二年级科学课"]
)
def test_a_name_with_numbers_is_one_activity(title):
    found = line(title=title)
    assert (found.split, found.faults, found.content["title"]) == ((), (), title)


def test_a_name_carried_down_is_a_hint():
    columns = [Column(0, "活动名称", "title", 1.0)]
    found = read_line(RawRow(6, {"活动名称": "科普周"}, frozenset({"活动名称"})), columns, CONTEXT)
    assert [(fault.code, fault.severity) for fault in found.faults] == [("carried", "hint")]


def test_defaults_stand_where_the_row_says_nothing():
    context = Context(CONTEXT.around, defaults={"key_activity": True, "mode": "offline"})
    found = line(context, key_activity="否", title="讲座")
    assert (found.content["key_activity"], found.content["mode"]) == (False, "offline")


TEXTS = st.text(
    st.sampled_from(
        "石龙镇科协讲座线上下主承办：；、，。\n 0123456789.-:/月日时点上下午人万每场共约（）①②√是否@张老师http://a.cn"
    ),
    max_size=60,
)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), TEXTS, max_size=8))
def test_whatever_stands_in_a_row_what_comes_out_is_fit_for_an_activity(cells):
    found = line(**cells)
    clean = cleaned(found.content)
    if "starts_at" in clean and "ends_at" in clean:
        assert clean["ends_at"] > clean["starts_at"]
    assert all(fault.sentence and fault.text and fault.column for fault in found.faults)


@given(st.sampled_from(sorted(FIELDS)), TEXTS.filter(str.strip))
def test_no_cell_is_dropped_without_a_word(field, text):
    found = line(**{field: text})
    assert found.content or found.faults or found.host or not any(c.isalnum() for c in text)


BOOKS, WALKS = {"taking_part": "booking"}, {"taking_part": "walk_in"}


@pytest.mark.parametrize(
    ("cells", "content", "said"),
    [
        ({"taking_part": "需预约"}, BOOKS, ""),
        ({"taking_part": "提前报名"}, BOOKS, ""),
        ({"taking_part": "免预约"}, WALKS, ""),
        ({"taking_part": "无需预约，直接参加"}, WALKS, ""),
        ({"taking_part": "内部活动"}, {"taking_part": "groups"}, ""),
        ({"taking_part": "组织学生参加"}, {"taking_part": "groups"}, ""),
        ({"taking_part": "线上"}, {"mode": "online"}, ""),
        ({"taking_part": "看情况"}, {}, "no_way"),
        ({"taking_part": "已满员"}, {}, "full"),
        ({"taking_part": "需预约，电话0769-12345678"}, {**BOOKS, "booking_note": "需预约,电话0769-12345678"}, ""),
        ({"taking_part": "个人免预约，团体需预约"}, {**BOOKS, "booking_note": "个人免预约,团体需预约"}, "both_ways"),
        ({"booking_note": "公众号预约 https://book.example.cn/1"},
         {**BOOKS, "booking_link": "https://book.example.cn/1", "booking_note": "公众号预约"}, ""),
        ({"booking_note": "无需预约"}, WALKS, ""),
        ({"booking_link": "打电话"}, {**BOOKS, "booking_note": "打电话"}, ""),
        ({"capacity": "限50人"}, {"capacity": 50}, ""),
        ({"capacity": "每场三十人"}, {"capacity": 30}, "per_session"),
        ({"capacity": "不限"}, {"capacity": None}, ""),
        ({"capacity": "满额"}, {}, "full"),
        ({"capacity": "若干人吧"}, {"capacity": None}, ""),
        ({"capacity": "待定"}, {}, "no_number"),
        ({"accessibility": "轮椅通道、手语"}, {"accessibility": ["wheelchair", "sign_language"]}, ""),
        ({"accessibility": "无障碍厕所"}, {"accessibility": ["toilet"]}, ""),
        ({"accessibility": "字幕；安静区"}, {"accessibility": ["captions"], "accessibility_note": "字幕;安静区"}, ""),
        ({"accessibility": "无"}, {"accessibility": []}, ""),
        ({"accessibility": "有"}, {}, "which"),
    ],
)  # fmt: skip
def test_how_one_takes_part(cells, content, said):
    found = line(**cells)
    assert (dict(found.content), codes(found)) == (content, set(said.split()))


@pytest.mark.parametrize(("answer", "way"), [("是", "booking"), ("否", "walk_in")])
def test_whether_one_must_book(answer, way):
    columns = [Column(0, "是否预约", "taking_part", 1.0)]
    assert read_line(RawRow(5, {"是否预约": answer}), columns, CONTEXT).content == {"taking_part": way}
