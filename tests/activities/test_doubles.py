"""How alike two activities are: what holds of any two, and how well it agrees with a person's judgement."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.doubles import (
    WEIGHTS,
    Alikeness,
    Traits,
    alikeness,
    area_of,
    marks_of,
    party_key,
    title_alikeness,
    title_key,
    traits_of_values,
)
from tests.activities.judged_pairs import CITY, COUNTY, DIFFERENT, SAME, SHILONG, VILLAGE, held
from tests.factories.notices import china

WORDS = st.lists(st.sampled_from(["走进", "中医药", "科普", "讲座", "第一讲", "（二）", "2023年", "石龙中学", "AI"]), max_size=5).map("".join)  # fmt: skip
MOMENTS = st.integers(0, 72).map(lambda hours: china(2023, 9, 17) + timedelta(hours=hours))


@st.composite
def activities(draw):
    starts = draw(st.none() | MOMENTS)
    ends = starts + timedelta(hours=draw(st.integers(1, 48))) if starts else None
    names = st.sampled_from(["石龙中学", "东莞市石龙中学", "东莞市医学会", "石碣中学", ""])
    return Traits(
        draw(WORDS), starts, ends, draw(st.sampled_from(["/", CITY, SHILONG, VILLAGE, COUNTY])), draw(WORDS), draw(names),
        tuple(draw(st.lists(names, max_size=2))),
    )  # fmt: skip


@given(activities(), activities())
def test_it_is_symmetric_and_bounded(one, other):
    found = alikeness(one, other)
    assert found == alikeness(other, one)
    assert all(0 <= getattr(found, name) <= 1 for name in (*WEIGHTS, "score"))


@given(activities())
def test_of_an_activity_with_itself_all_is_one(one):
    assert alikeness(one, one).score == 1


PARTS = st.tuples(*[st.floats(0, 1)] * 4)


@given(PARTS, PARTS)
def test_more_agreement_never_counts_for_less(some, more):
    less, full = Alikeness(*map(min, some, more)), Alikeness(*map(max, some, more))
    assert less.score <= full.score
    assert set(less.why) <= set(full.why)
    assert full.suspicious or not less.suspicious


@given(activities(), st.integers(2, 40))
def test_what_lies_days_or_a_county_apart_is_not_the_same(one, days):
    later = replace(one, starts_at=china(2023, 9, 17), ends_at=china(2023, 9, 18))
    apart = replace(
        later, starts_at=later.starts_at + timedelta(days=days), ends_at=later.ends_at + timedelta(days=days)
    )
    assert (alikeness(later, apart).time, alikeness(later, apart).suspicious) == (0, False)
    here, there = replace(one, place=SHILONG), replace(one, place=COUNTY)
    assert (alikeness(here, there).place, alikeness(here, there).suspicious) == (0, False)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("2023年全国科普日“走进中医药”活动", "走进中医药"), ("第五届 ＡＩ 大赛", "ai大赛"), ("全国科普日", "全国科普日"),
        ("二〇二三年度科普日·观鸟", "观鸟"), ("", ""), ("！！", ""), ("活动", "活动"),
    ],
)  # fmt: skip
def test_a_title_without_what_is_written_differently(title, key):
    assert title_key(title) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("讲座第一讲", "讲座第1讲", True), ("讲座（二）", "讲座(2)", True), ("讲座第十二场", "讲座第12场", True), ("课程之三", "课程之四", False),
        ("讲座第一讲", "讲座第二讲", False), ("讲座第二十讲", "讲座第20讲", True), ("讲座第一百讲", "讲座第二百讲", False),
        ("第一届观鸟节", "第二届观鸟节", True), ("观鸟节2022", "观鸟节2023", True),
    ],
)  # fmt: skip
def test_the_number_in_a_series_tells_apart_and_the_edition_does_not(one, other, same):
    assert (title_alikeness(one, other) == 1) is same
    assert (title_alikeness(one, other) >= 0.45) is same


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("广东省东莞市石龙中学", "石龙中学"), ("大连市中山区药学会", "药学会"), ("石龙中学", "石龙中学"), ("内蒙古自治区科学技术馆", "科学技术馆"),
        ("东莞市", "东莞市"), ("", ""),
    ],
)  # fmt: skip
def test_a_unit_without_the_places_before_its_name(name, key):
    assert party_key(name) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("石龙中学", "东莞市石龙中学", True), ("广东省东莞市石龙镇石龙中学", "石龙中学", True), ("石龙中学", "石碣中学", False),
        ("东莞市科学技术协会", "东莞市石龙镇科学技术协会", False), ("中学", "石龙镇中学", False), ("东莞市医学会", "东莞市中医学会", False),
    ],
)  # fmt: skip
def test_one_unit_under_two_names_and_two_of_one_kind(one, other, same):
    at = held("讲座", "17 9-11", SHILONG, "", one), held("讲座", "17 9-11", SHILONG, "", other)
    assert (alikeness(*at).host == 1) is same


@pytest.mark.parametrize(
    ("place", "area"),
    [(SHILONG, CITY), (VILLAGE, CITY), (CITY, CITY), (f"{COUNTY}210202001/", COUNTY), (COUNTY, COUNTY), ("/440000/", "/440000/"), ("/", "/"), ("/XQ1/", "/")],
)  # fmt: skip
def test_the_county_of_a_place_or_the_city_without_counties(place, area):
    assert area_of(place) == area


def test_what_is_being_written_is_compared_as_far_as_it_is_written():
    written = traits_of_values(
        {"title": "走进中医药", "undertakers": "石龙中学"}, host="东莞市医学会", place=SHILONG
    )
    filed = held("走进中医药", "17 9-11", SHILONG, "礼堂", "石龙中学")
    found = alikeness(written, filed)
    assert (written.parties, found.time, found.host) == (("石龙中学",), 0.5, 0.9)
    assert (found.suspicious, found.why) == (True, ["title", "place", "host"])


def test_the_weights_come_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_it_judges_as_a_person_does(capsys):
    """On the pairs that a person has judged, what is found is right, and what is right is found."""
    found_same = [pair for pair in SAME if alikeness(*pair).suspicious]
    found_different = [pair for pair in DIFFERENT if alikeness(*pair).suspicious]
    precision = len(found_same) / (len(found_same) + len(found_different))
    recall = len(found_same) / len(SAME)
    with capsys.disabled():
        print(
            f"\ndoubles: {len(SAME)} same, {len(DIFFERENT)} different; precision {precision:.3f}, recall {recall:.3f}"
        )
        for kind, pairs in (("missed", [p for p in SAME if p not in found_same]), ("wrong", found_different)):
            for one, other in pairs:
                print(f"  {kind}: {one.title} / {other.title}: {alikeness(one, other)}")
    assert (len(SAME) >= 30, len(DIFFERENT) >= 30) == (True, True)
    assert precision >= 0.9
    assert recall >= 0.9


def test_what_is_the_same_shares_a_mark():
    """The marks are how the other is found at all: without a common one, no likeness helps."""
    assert [(a.title, b.title) for a, b in SAME if not set(marks_of(a)) & set(marks_of(b))] == []
    assert all(len(marks_of(one)) <= 13 for pair in SAME for one in pair)
