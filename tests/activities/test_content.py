from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.content import as_plain, changed_only, check_order, cleaned, fit_part, from_plain
from kepu.activities.models import CONTENT, Activity
from kepu.core.refusals import Incomplete, verdict
from tests.factories.notices import china

NINE = china(2023, 9, 17)


def refusal(function, *args):
    with pytest.raises(Incomplete) as caught:
        function(*args)
    return [(reason.field, str(reason)) for reason in caught.value.reasons]


def test_values_come_out_as_the_row_takes_them():
    assert cleaned({
        "title": "  走进中医药 ", "fields": ["health", " health", ""], "participants_expected": "120", "starts_at": NINE,
        "key_activity": 1, "place_id": 7, "responsible_unit": None, "answers": {"budget": 300, "note": " 好 "},
    }) == {
        "title": "走进中医药", "fields": ["health"], "participants_expected": 120, "starts_at": NINE,
        "key_activity": True, "place_id": 7, "responsible_unit_id": None, "answers": {"budget": 300, "note": "好"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("title", "名" * 121, "“活动名称”最多120个字，现在有121个字。"),
        ("title", "a\0b", "“活动名称”里有不能保存的字符。"),
        ("mode", "hybrid", "“举办方式”没有“hybrid”这一项。"),
        ("participants_expected", -1, "“预计参与人数”要写整数，不能是负数。"),
        ("participants_expected", "很多", "“预计参与人数”要写整数，不能是负数。"),
        ("participants_expected", 10**12, "“预计参与人数”要写整数，不能是负数。"),
        ("starts_at", "明天", "“开始时间”要写日期和时间。"),
        ("place", None, "请选“举办地”。"),
        ("co_hosts", ["某单位"] * 3 + [str(n) for n in range(100)], "“联合主办单位”最多100项，每项最多500个字。"),
        ("online_link", "javascript:alert(1)", "“线上网址”要以 http:// 或 https:// 开头。"),
        ("online_link", "https://", "“线上网址”要以 http:// 或 https:// 开头。"),
        ("answers", {"x": {"deep": 1}}, "“通知另行要求的内容”的写法不对。"),
    ],
)  # fmt: skip
def test_what_is_unfit_is_told_in_a_sentence(name, value, sentence):
    assert refusal(cleaned, {name: value}) == [(name, sentence)]


def test_every_fault_is_told_at_once():
    assert [field for field, _ in refusal(cleaned, {"title": "\0", "participants_expected": -1})] == [
        "title",
        "participants_expected",
    ]


@pytest.mark.parametrize(
    "name", ["state", "version", "key_confirmed", "published_at", "unit", "place_path", "token"]
)
def test_what_only_acts_may_write_is_no_content(name):
    assert name not in CONTENT
    with pytest.raises(ValueError, match="not for its host"):
        cleaned({name: "x"})


def test_an_instant_without_a_time_zone_is_a_fault_of_the_program():
    with pytest.raises(ValueError, match="time zone"):
        cleaned({"starts_at": datetime(2023, 9, 17, 9)})


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [(0, "结束时间要晚于开始时间。"), (-1, "结束时间要晚于开始时间。"), (24 * 400, "一项活动最长一年。更长的请分成几项。")],
)  # fmt: skip
def test_the_end_comes_after_the_beginning(hours, sentence):
    assert refusal(check_order, {"starts_at": NINE, "ends_at": NINE + timedelta(hours=hours)}) == [
        ("ends_at", sentence)
    ]


def test_a_new_end_is_compared_with_the_beginning_that_stands():
    assert refusal(check_order, {"ends_at": NINE}, Activity(starts_at=NINE))
    check_order({"ends_at": NINE}, Activity(starts_at=None))


def test_a_proposal_kept_as_json_comes_back_whole():
    values = {"starts_at": NINE, "ends_at": None, "venue": "馆", "place_id": 3, "fields": ["health"]}
    assert from_plain(as_plain(values)) == values


def test_only_what_differs_counts_as_changed():
    activity = Activity(title="甲", venue="馆", fields=["health"])
    assert changed_only(activity, {"title": "甲", "venue": "院", "fields": ["health"]}) == {"venue": "院"}


@given(st.dictionaries(st.sampled_from(CONTENT), st.none() | st.text() | st.integers() | st.lists(st.text())))
def test_anything_typed_is_taken_or_refused_with_a_sentence(values):
    faults = verdict(cleaned, values).reasons
    assert [reason.field for reason in faults if not str(reason).endswith("。")] == []
    fit = {name: value for name, value in values.items() if name not in {reason.field for reason in faults}}
    assert "\0" not in str(cleaned(fit))


@pytest.mark.parametrize(
    ("values", "kept", "faults"),
    [
        ({"title": " 走进 ", "online_link": "没有网址"}, {"title": "走进"}, ["online_link"]),
        (
            {
                "title": "走进",
                "starts_at": china(2023, 9, 17, 9),
                "ends_at": china(2023, 9, 17, 8),
                "mode": "x",
            },
            {"title": "走进"},
            ["mode", "ends_at"],
        ),
        ({"latitude": 23.1, "venue": "礼堂"}, {"venue": "礼堂"}, ["longitude"]),
        ({"sessions": [{"title": "长" * 200}], "venue": "礼堂"}, {"venue": "礼堂"}, ["sessions.0.title"]),
        ({}, {}, []),
    ],
)
def test_the_part_that_is_fit_is_kept_and_the_rest_named(values, kept, faults):
    found, reasons = fit_part(values)
    assert (found, [reason.field for reason in reasons]) == (kept, faults)


def test_a_beginning_after_the_end_that_stands_there_is_left():
    kept = Activity(ends_at=china(2023, 9, 17, 17))
    found, reasons = fit_part({"starts_at": china(2023, 9, 18, 9), "title": "走进"}, kept)
    (reason,) = reasons
    assert (found, reason.field) == ({"title": "走进"}, "ends_at")


@given(st.dictionaries(st.sampled_from(CONTENT), st.none() | st.text() | st.integers() | st.lists(st.text())))
def test_whatever_was_written_its_fit_part_can_be_written(values):
    found, reasons = fit_part(values)
    assert fit_part(found) == (found, ())
    assert (len(found) == len(values)) or reasons
