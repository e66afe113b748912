"""Dates and times as people write them in a cell, by a table of such cells and by forms written from known days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import spoken
from kepu.core.calendar import CHINA
from kepu.core.spoken import Around

SEPTEMBER = Around(2023, date(2023, 9, 1), date(2023, 9, 30))
AUTUMN = Around(2023, date(2023, 8, 15), date(2024, 1, 15))


def said(session):
    """A session as MM-DD, MM-DD..MM-DD, with HH:MM-HH:MM or the part of the day behind it; +1 for the next day."""
    days = (
        f"{session.first:%m-%d}"
        if session.first == session.last
        else f"{session.first:%m-%d}..{session.last:%m-%d}"
    )
    if session.starts_at is None:
        return f"{days} {session.part}".strip()
    ends = f"{session.ends_at:%H:%M}" if session.ends_at else "?"
    return f"{days} {session.starts_at:%H:%M}-{ends}"


def read(text, around=SEPTEMBER):
    found = spoken.read(text, around)
    return [said(session) for session in found.sessions], set(found.codes)


# what is written, the sessions, the flags
CELLS = [
    # one day
    ("9月17日上午9:00-11:30", ["09-17 09:00-11:30"], ""),
    ("9月17日", ["09-17"], ""),
    ("9月17号", ["09-17"], ""),
    ("9/17", ["09-17"], ""),
    ("9.17", ["09-17"], ""),
    ("9.17日", ["09-17"], ""),
    ("09.17上午", ["09-17 morning"], ""),
    ("23.9.17", ["09-17"], ""),
    ("23年9月17日", ["09-17"], ""),
    ("20230917", ["09-17"], ""),
    ("2023-09-17", ["09-17"], ""),
    ("2023.09.17", ["09-17"], ""),
    ("2023 年 9 月 17 日", ["09-17"], ""),
    ("九月十七日", ["09-17"], ""),
    ("二〇二三年九月十七日", ["09-17"], ""),
    ("9-17", ["09-17"], "dashed_date"),
    ("17日上午", ["09-17 morning"], ""),
    ("9月17日全天", ["09-17 all_day"], ""),
    ("2023年9月17日 上午", ["09-17 morning"], ""),
    ("活动时间：2023年9月17日（周日）下午", ["09-17 afternoon"], ""),
    # a day with its hours
    ("2023年9月17日（周日）9时—11时半", ["09-17 09:00-11:30"], ""),
    ("９月１７日　９：００～１１：３０", ["09-17 09:00-11:30"], ""),
    ("9月17日9；00-11；30", ["09-17 09:00-11:30"], ""),
    ("9.17 9:00-11:30", ["09-17 09:00-11:30"], ""),
    ("9月17日 上午9.30-11.30", ["09-17 09:30-11:30"], ""),
    ("9月17日上午9-11时", ["09-17 09:00-11:00"], ""),
    ("9月17日9-11点", ["09-17 09:00-11:00"], ""),
    ("9月17日9点15分至10点45分", ["09-17 09:15-10:45"], ""),
    ("9月17日9点一刻到10点三刻", ["09-17 09:15-10:45"], ""),
    ("9月17日下午2点半至4点", ["09-17 14:30-16:00"], ""),
    ("9月17日下午2:30—下午4:00", ["09-17 14:30-16:00"], ""),
    ("9月17日上午9点到下午4点", ["09-17 09:00-16:00"], ""),
    ("9月17日晚7点-9点", ["09-17 19:00-21:00"], ""),
    ("9月17日中午12点-1点", ["09-17 12:00-13:00"], ""),
    ("9月17日中午12:30—13:30", ["09-17 12:30-13:30"], ""),
    ("九月十七日上午九点至十一点半", ["09-17 09:00-11:30"], ""),
    ("9月17日 AM9:00-11:00", ["09-17 09:00-11:00"], ""),
    ("9月17日上午9：00开始至11：30结束", ["09-17 09:00-11:30"], ""),
    ("9月17日上午9:00—11：30时", ["09-17 09:00-11:30"], ""),
    ("2023-09-17 09:00:00", ["09-17 09:00-?"], "no_end"),
    ("2023-09-17T09:00", ["09-17 09:00-?"], "no_end"),
    ("2023/9/17 9:00", ["09-17 09:00-?"], "no_end"),
    ("9月17日晚上7:30", ["09-17 19:30-?"], "no_end"),
    ("9月17日 9:00 开始，约2小时", ["09-17 09:00-11:00"], ""),
    ("9月17日9:00，时长90分钟", ["09-17 09:00-10:30"], ""),
    ("上午9:00-11:00（9月17日）", ["09-17 09:00-11:00"], ""),
    ("9月17日2:30-4:00", ["09-17 14:30-16:00"], "afternoon_assumed"),
    ("9月17日9:00-4:00", ["09-17 09:00-16:00"], "afternoon_assumed"),
    ("9月17日02:30-04:00", ["09-17 02:30-04:00"], "early_hour"),
    # past midnight
    ("9月17日19:30-次日1:00", ["09-17..09-18 19:30-01:00"], ""),
    ("9月17日20:00-1:00", ["09-17..09-18 20:00-01:00"], "past_midnight"),
    ("9月17日22:00-24:00", ["09-17 22:00-00:00"], ""),
    # days in a row
    ("9.17-9.23", ["09-17..09-23"], ""),
    ("9.17-23", ["09-17..09-23"], ""),
    ("9月17-23日", ["09-17..09-23"], ""),
    ("9月17日～23日", ["09-17..09-23"], ""),
    ("9月17日至9月23日", ["09-17..09-23"], ""),
    ("9月17日起至9月23日止", ["09-17..09-23"], ""),
    ("2023.9.17-9.23", ["09-17..09-23"], ""),
    ("2023年9月17日——2023年9月23日", ["09-17..09-23"], ""),
    ("九月十六日到十八日", ["09-16..09-18"], ""),
    ("9月17日为期3天", ["09-17..09-19"], ""),
    ("9月17日9:00-9月18日17:00", ["09-17..09-18 09:00-17:00"], ""),
    ("2023年9月17日（周日）上午9:00—2023年9月23日（周六）下午17:00", ["09-17..09-23 09:00-17:00"], ""),
    ("9月17日—19日、23日", ["09-17..09-19", "09-23"], ""),
    # several sessions
    ("9月17日、18日 14:30-16:00", ["09-17 14:30-16:00", "09-18 14:30-16:00"], ""),
    ("9月16、17日", ["09-16", "09-17"], ""),
    ("9月17日和18日", ["09-17", "09-18"], ""),
    ("9月16日（周六）、9月17日（周日）9:00-17:00", ["09-16 09:00-17:00", "09-17 09:00-17:00"], ""),
    ("9月17日上午9:00-11:30，下午2:00-4:00", ["09-17 09:00-11:30", "09-17 14:00-16:00"], ""),
    ("9月17日9:00-10:00、14:00-15:00，共2场", ["09-17 09:00-10:00", "09-17 14:00-15:00"], ""),
    ("9月17日9:00-10:00、14:00-15:00，共3场", ["09-17 09:00-10:00", "09-17 14:00-15:00"], "wrong_count"),
    ("第一场：9月16日9:00-10:00；第二场：9月17日9:00-10:00", ["09-16 09:00-10:00", "09-17 09:00-10:00"], ""),
    ("①9月16日9:00-10:00 ②9月17日9:00-10:00", ["09-16 09:00-10:00", "09-17 09:00-10:00"], ""),
    ("1.9月16日9:00-10:00\n2.9月17日9:00-10:00", ["09-16 09:00-10:00", "09-17 09:00-10:00"], ""),
    ("9月16日上午、17日下午", ["09-16 morning", "09-17 afternoon"], ""),
    ("上午9:00-11:00 9月17日，下午2:00-4:00 9月18日", ["09-17 09:00-11:00", "09-18 14:00-16:00"], ""),
    # every day, some weekdays
    ("9月17日-19日每天9:00-17:00", ["09-17 09:00-17:00", "09-18 09:00-17:00", "09-19 09:00-17:00"], ""),
    ("9月11日至12日，每天下午3:00—4:30", ["09-11 15:00-16:30", "09-12 15:00-16:30"], ""),
    ("9月16日-17日(周六、周日)9：00—17：00", ["09-16 09:00-17:00", "09-17 09:00-17:00"], "daily_assumed"),
    ("9月每周六上午", [f"09-{d:02d} morning" for d in (2, 9, 16, 23, 30)], ""),
    ("每周三15:00-16:00", [f"09-{d:02d} 15:00-16:00" for d in (6, 13, 20, 27)], "season_span"),
    ("9月11日-17日工作日", [f"09-{d}" for d in (11, 12, 13, 14, 15)], ""),
    ("9月第三个周六上午9:00-11:00", ["09-16 09:00-11:00"], ""),
    ("9月16日至19日（周一闭馆）9:00-17:00", [f"09-{d} 09:00-17:00" for d in (16, 17, 19)], ""),
    ("9月16日—19日（除周一）", ["09-16", "09-17", "09-19"], ""),
    ("9月15日至20日每周一至周三", ["09-18", "09-19", "09-20"], ""),
    ("周六上午9点", [f"09-{d:02d} 09:00-?" for d in (2, 9, 16, 23, 30)], "weekdays_assumed season_span no_end"),
    # roughly, not yet, not at all
    ("9月中旬", ["09-11..09-20"], "approximate"),
    ("9月底", ["09-21..09-30"], "approximate"),
    ("9月", ["09-01..09-30"], "approximate"),
    ("8-9月", ["08-01..09-30"], "approximate outside_season"),
    ("科普日期间", ["09-01..09-30"], "season_span"),
    ("暂定9月17日", ["09-17"], "tentative"),
    ("9月17日左右", ["09-17"], "tentative"),
    ("9月17日起", ["09-17"], "no_last_day"),
    ("待定", [], "to_be_told"),
    ("9月（具体时间待定）", ["09-01..09-30"], "to_be_told approximate"),
    ("9月20日前", [], "only_until"),
    ("长期", [], "open_ended"),
    ("下午2点半至4点", [], "no_day"),
    ("国庆期间", [], "unread"),
    ("详见附件", [], "unread"),
    ("09/17/2023", [], "unread"),
    # wrong
    ("9月17日（周六）9:00-11:00", ["09-17 09:00-11:00"], "wrong_weekday"),
    ("9月31日", [], "impossible_date"),
    ("2023年2月29日", [], "impossible_date"),
    ("13月1日", [], "impossible_date"),
    ("9月17日25:00", ["09-17"], "impossible_hour"),
    ("9月23日-17日", ["09-23"], "reversed_days"),
    ("9月17日15:00-14:00", ["09-17 15:00-?"], "reversed_hours"),
    ("9月17日9:00-9:00", ["09-17 09:00-?"], "reversed_hours"),
    ("2024年9月17日", ["09-17"], "other_year outside_season"),
    ("10月17日", ["10-17"], "outside_season"),
    # as a spreadsheet keeps it
    ("45186", ["09-17"], "serial"),
    ("45186.375", ["09-17 09:00-?"], "serial no_end"),
    # other words beside it
    ("9月17日9:00-11:00（雨天顺延）", ["09-17 09:00-11:00"], "words_left"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sessions", "flags"), CELLS, ids=[cell[0] for cell in CELLS])
def test_a_cell_is_read_as_it_is_meant(text, sessions, flags):
    assert read(text) == (sessions, set(flags.split()))


def test_an_empty_cell_says_nothing():
    assert spoken.read("  ", SEPTEMBER) == spoken.Spoken("  ")


def test_a_flag_is_a_sentence_that_names_what_is_wrong():
    (flag,) = spoken.read("9月17日（周六）", SEPTEMBER).flags
    assert flag.sentence == "2023年9月17日是星期日，表里写的是星期六，请核对。"
    assert flag.grave


def test_instants_are_in_chinas_time():
    (session,) = spoken.read("9月17日9:00-11:30", SEPTEMBER).sessions
    assert session.starts_at == datetime(2023, 9, 17, 9, 0, tzinfo=CHINA)
    assert session.ends_at == datetime(2023, 9, 17, 11, 30, tzinfo=CHINA)


def test_the_more_is_doubtful_the_less_it_is_sure():
    plain, doubtful, wrong = (
        spoken.read(text, SEPTEMBER).sure for text in ("9月17日9:00-11:00", "9月17日2:30-4:00", "9月31日")
    )
    assert plain == 1.0 > doubtful > wrong == 0.0


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("9月17日上午9:00-11:30，石龙镇文化广场", "石龙镇文化广场"),
        ("石龙镇文化广场，9月17日上午9点", "石龙镇文化广场"),
        ("时间：9月17日9:00-11:00 地点：和平广场（西门）", "地点:和平广场（西门）"),
        ("9月17日9:00，于洪区文化馆", "于洪区文化馆"),
        ("9月17日 至善楼", "至善楼"),
        ("9月17日 2号楼301室", "2号楼301室"),
        ("9月17日到现场", "到现场"),
        ("9月17日9:00", ""),
    ],
)
def test_words_that_are_not_about_time_are_kept_as_they_stand(text, rest):
    assert spoken.read(text, SEPTEMBER).rest == rest


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月30日-1月2日", (date(2023, 12, 30), date(2024, 1, 2))),
        ("1月5日", (date(2024, 1, 5), date(2024, 1, 5))),
        ("9月5日", (date(2023, 9, 5), date(2023, 9, 5))),
        ("2024年1月5日-7日", (date(2024, 1, 5), date(2024, 1, 7))),
    ],
)
def test_a_season_over_new_year_gives_each_month_its_year(text, days):
    found = spoken.read(text, AUTUMN)
    assert [(s.first, s.last) for s in found.sessions] == [days]
    assert not found.flags


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("17日", {"no_month"}),
        ("每周六", {"no_day"}),
        ("科普日期间", {"open_ended"}),
        ("9月17日", set()),
    ],
)  # fmt: skip
def test_without_the_seasons_days_nothing_is_made_up(text, codes):
    assert set(spoken.read(text, Around(2023)).codes) == codes


def test_sessions_beyond_measure_are_cut_and_told():
    found = spoken.read("2023年1月1日至2023年12月31日每天9:00-10:00", Around(2023))
    assert len(found.sessions) == 200
    assert "too_many" in found.codes


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
MINUTES = st.integers(7 * 60, 23 * 60)
DAY_FORMS = (
    "{d.year}年{d.month}月{d.day}日", "{d.month}月{d.day}日", "{d.month}.{d.day}", "{d.month}/{d.day}", "{d:%Y-%m-%d}", "{d:%Y%m%d}",
    "{d.month}月{d.day}号（周{w}）", "{d.year}/{d.month}/{d.day}", "{d.year}.{d.month}.{d.day}",
)  # fmt: skip
HOUR_FORMS = ("{h}:{m:02d}", "{h}：{m:02d}", "{h}时{m:02d}分", "{h}点{m:02d}分", "{h:02d}:{m:02d}:00")
JOINS = ("-", "—", "——", "~", "～", "至", "到", " - ", "–")


def write_day(form, day):
    return form.format(d=day, w="一二三四五六日"[day.weekday()])


@given(
    DAYS,
    st.sampled_from(DAY_FORMS),
    MINUTES,
    st.integers(1, 59),
    st.sampled_from(HOUR_FORMS),
    st.sampled_from(JOINS),
)
def test_a_written_day_with_its_hours_comes_back(day, form, start, length, hours, join):
    first, last = divmod(start, 60), divmod(start + length, 60)
    text = " ".join((
        write_day(form, day), hours.format(h=first[0], m=first[1]) + join + hours.format(h=last[0], m=last[1])
    ))  # fmt: skip
    found = spoken.read(text, Around(2023))
    begins = datetime.combine(day, datetime.min.time(), CHINA) + timedelta(minutes=start)
    assert [(s.starts_at, s.ends_at) for s in found.sessions] == [
        (begins, begins + timedelta(minutes=length))
    ]
    assert (found.flags, found.rest, found.sure) == ((), "", 1.0)


@given(DAYS, st.integers(1, 60), st.sampled_from(DAY_FORMS[:6]), st.sampled_from(JOINS))
def test_a_written_stretch_of_days_comes_back(first, length, form, join):
    last = min(first + timedelta(days=length), date(2023, 12, 31))
    found = spoken.read(write_day(form, first) + join + write_day(form, last), Around(2023))
    assert [(s.first, s.last) for s in found.sessions] == [(first, last)]
    assert found.flags == ()


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True), st.sampled_from("、，；"))
def test_written_days_come_back_in_the_order_of_time(days, mark):
    found = spoken.read(mark.join(f"{d.month}月{d.day}日" for d in days), Around(2023))
    assert [s.first for s in found.sessions] == sorted(days)


@given(
    st.text(
        st.sampled_from(
            "0123456789年月日号时点分半上下午每周一二三六天至到-~:：.、，/（）起前共场镇广和\n 待定"
        ),
        max_size=40,
    )
)
def test_whatever_is_written_is_read_without_a_crash_and_in_order(text):
    found = spoken.read(text, SEPTEMBER)
    assert [s.first for s in found.sessions] == sorted(s.first for s in found.sessions)
    assert all(s.first <= s.last for s in found.sessions)
    assert all(s.ends_at > s.starts_at for s in found.sessions if s.ends_at)
    assert found.sessions or found.flags or not text.strip()
    assert 0.0 <= found.sure <= 1.0
