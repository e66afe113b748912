"""Charts: the numbers become lengths, whatever they are, and nobody needs eyes or colours to read them."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web.shared.charts import Bar, Column, bars, columns
from kepu.web.shared.charts.drawing import round_top

pytestmark = pytest.mark.one_database

SAID = {"name": "c", "title": "各地的活动", "desc": "最多的是东莞市，40场。"}
numbers = st.integers(-5, 10**9)


def shares(svg, name, kind):
    """An attribute of all shapes of a kind, without its percent sign."""
    return [float(one.attrib[name].removesuffix("%")) for one in svg.iter() if one.get("class") == kind]


def test_a_chart_is_a_picture_with_a_title_and_a_description():
    svg = fromstring(bars([Bar("东莞市", 40, 10)], **SAID))

    assert (svg.attrib["role"], svg.attrib["aria-labelledby"], svg.attrib["aria-describedby"]) == (
        "img",
        "c-title",
        "c-desc",
    )
    assert {one.attrib["id"]: one.text for one in svg.iter() if one.tag in ("title", "desc")} == {
        "c-title": "各地的活动", "c-desc": "最多的是东莞市，40场。"
    }  # fmt: skip


def test_bars_are_as_long_as_their_numbers_say():
    svg = fromstring(bars([Bar("东莞市", 40, 10), Bar("惠州市", 20, 20), Bar("汕尾市", 0, 0)], **SAID))

    assert shares(svg, "width", "chart-whole") == [78.0, 39.0]
    assert shares(svg, "width", "chart-done") == [19.5, 39.0]
    assert [t.text for t in svg.iter("text")] == ["东莞市", "40", "惠州市", "20", "汕尾市", "0"]


def test_without_a_part_a_bar_is_filled():
    svg = fromstring(bars([Bar("讲座", 8)], **SAID))
    assert (shares(svg, "width", "chart-done"), shares(svg, "width", "chart-whole")) == ([78.0], [])


def test_columns_to_come_are_drawn_otherwise_than_those_behind():
    svg = fromstring(columns([Column("9/17", 10), Column("9/18", 5, open=True), Column("9/19", 0)], **SAID))

    heights = {
        one.attrib["class"]: float(one.attrib["height"]) for one in svg.iter("rect") if "height" in one.attrib
    }
    assert heights == {"chart-done": 142.0, "chart-open": 71.0}


def test_of_many_columns_some_are_named_and_the_highest_says_its_number():
    svg = fromstring(columns([Column(f"9/{n}", n) for n in range(1, 31)], **SAID))

    said = {kind: [t.text for t in svg.iter("text") if t.get("class") == kind] for kind in
            ("chart-label", "chart-number", "chart-scale")}  # fmt: skip
    assert said == {
        "chart-label": ["9/1", "9/6", "9/11", "9/16", "9/21", "9/26"],
        "chart-number": ["30"],
        "chart-scale": ["50"],
    }


def test_nothing_is_drawn_of_nothing():
    assert (bars([], **SAID), columns([], **SAID)) == ("", "")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>', "A & B", "张三'"])
def test_what_stands_in_a_label_is_text(text):
    drawn = bars([Bar(text, 1)], name="c", title=text, desc=text)

    svg = fromstring(drawn)
    assert [one.text for one in svg.iter() if one.tag in ("title", "desc", "text")][:3] == [text] * 3
    assert "<script" not in drawn


def test_nothing_is_styled_inline():
    drawn = bars([Bar("一", 3, 1)], **SAID) + columns([Column("9/1", 3)], **SAID)
    assert not any(word in drawn for word in ("style", "onload", "#", "rgb"))


@given(st.lists(st.tuples(numbers, st.none() | numbers), min_size=1, max_size=40))
def test_a_bar_never_leaves_its_room(found):
    svg = fromstring(bars([Bar("某地", whole, part) for whole, part in found], **SAID))

    widths = [*shares(svg, "width", "chart-done"), *shares(svg, "width", "chart-whole")]
    assert all(0 <= width <= 78.01 for width in widths)


@given(st.lists(numbers, min_size=1, max_size=70))
def test_a_column_never_leaves_its_room(found):
    svg = fromstring(columns([Column(str(n), n, open=n % 2 == 0) for n in found], **SAID))

    for one in svg.iter("rect"):
        left, width = (float(one.attrib[name].removesuffix("%")) for name in ("x", "width"))
        top, height = float(one.attrib["y"]), float(one.attrib["height"])
        assert 0 <= left <= left + width <= 100.01
        assert 21.9 <= top <= top + height <= 164.2


@given(st.integers(0, 10**12))
def test_a_scale_ends_with_a_round_number_not_far_above(most):
    top = round_top(most)
    assert max(most, 1) <= top <= max(most * 2.5, 1)
    assert str(top).rstrip("0") in ("1", "2", "5")
