"""What leads to a person is found, masked in its length, and taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import contacts
from kepu.core.contacts import (
    GONE,
    first_number,
    is_masked,
    mask_cell,
    mask_mailbox,
    mask_name,
    mask_phone,
    mask_text,
    numbers,
    without,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800000000", "138****0000"), ("138 0000 0000", "138 **** 0000"), ("０769-22220000", "０76*-****0000"),
        ("0769-22220000", "076*-****0000"), ("22220000", "****0000"), ("12345", "*****"), ("", ""),
    ],
)  # fmt: skip
def test_a_number_shows_its_ends(text, masked):
    assert mask_phone(text) == masked


def test_names_and_mailboxes():
    assert (mask_name("张三丰"), mask_name("王"), mask_name("")) == ("张**", "王", "")
    assert mask_mailbox("zhang@example.cn") == "z****@example.cn"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请打13800000000，或发 zhang@example.cn。", "请打138****0000，或发 z****@example.cn。"),
        ("身份证 44190019800101123X", "身份证 441900*********23X"),
        ("科协电话(0769)22220000转8", None),
        ("9月17日，参加120人，第2023年第15号", "9月17日，参加120人，第2023年第15号"),
        ("订单 20230917123456789012", "订单 20230917123456789012"),
    ],
)  # fmt: skip
def test_in_a_text_only_what_leads_to_somebody_is_masked(text, shown):
    found = mask_text(text)
    assert len(found) == len(text)
    assert "22220000" not in found
    if shown is not None:
        assert found == shown


def test_a_cell_of_contacts_masks_names_as_well():
    assert mask_cell("王联 13800000000") == "王* 138****0000"
    assert mask_cell("张三、李四：00000000") == "张*、李*：****0000"


@pytest.mark.parametrize(
    "text", ["+86 138-0000-0000", "１３８００００００００", "王联 13800000000，0769-22220000"]
)
def test_a_number_is_compared_by_its_digits(text):
    assert first_number(text) == "13800000000"


def test_every_number_of_plain_data_is_found():
    data = [{"a": "王联 13800000000", "b": ["0769-22220000"]}, "zhang@example.cn"]
    assert list(numbers(data)) == ["13800000000", "076922220000"]


def test_what_is_taken_out_stays_out():
    once = without({"plan": "值班 13800000000，zhang@example.cn", "n": 3})
    assert once == {"plan": f"值班 {GONE}，{GONE}", "n": 3}
    assert without(once) == once


@given(st.text(max_size=60))
def test_a_mask_is_as_long_as_what_it_hides(text):
    assert len(mask_text(text)) == len(text)
    assert len(mask_cell(text)) == len(text)


@given(
    st.integers(13000000000, 19999999999),
    st.text("，。、 年月日参加", max_size=8),
    st.text("，。、 年月日参加", max_size=8),
)
def test_a_mobile_number_never_survives(number, before, after):
    text = f"{before}{number}{after}"
    assert str(number) not in mask_text(text)
    assert is_masked(mask_text(text))
    assert str(number) not in without(text)
    assert contacts.number(str(number)) in list(numbers(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张老师13800000000", [("张老师", "13800000000")]),
        (
            "张老师 138-0000-0000、李老师 0769-86611111",
            [("张老师", "13800000000"), ("、李老师", "0769-86611111")],
        ),
        ("13800000000 张老师", [("张老师", "13800000000")]),
        ("张老师（０７６９）８６６１１１１１转８０１", [("张老师", "(0769)86611111转801")]),
        ("zhang@example.cn", []),
        ("共200人", []),
    ],
)
def test_numbers_with_the_words_before_them(text, found):
    assert list(contacts.named_numbers(text)) == found
