import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.orgs.credit_code import ALPHABET, check_character, is_credit_code


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),  # the standard's own example
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100M000100Y433", False),
        ("91350100m000100y43", False),
        ("91350100M000100I43", False),  # no I, O, S, V, Z
        ("９1350100M000100Y43", False),
        ("", False),
    ],
)
def test_the_last_character_checks_the_rest(code, right):
    assert is_credit_code(code) == right


@given(
    first=st.text(ALPHABET, min_size=17, max_size=17), at=st.integers(0, 16), other=st.sampled_from(ALPHABET)
)
def test_one_wrong_character_is_always_found(first, at, other):
    code = first + check_character(first)
    wrong = code[:at] + other + code[at + 1 :]
    assert is_credit_code(wrong) == (wrong == code)
