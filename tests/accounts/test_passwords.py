"""Passwords made of what everybody uses are refused, others are not."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kepu.accounts.passwords import NotGuessable, _words

WORDS = sorted(word for word in _words()[0] if word.isascii() and word.isalpha() and 3 <= len(word) <= 8)[
    :3000
]


def refused(password):
    try:
        NotGuessable().validate(password)
    except ValidationError as fault:
        (sentence,) = fault.messages
        assert sentence.startswith("这个密码是用常见的词、姓名拼音和数字拼成的")
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [
        "kepu2023kepu", "Kepu@2023!!", "zhangwei1990", "ZhangWei@1990", "woaini5201314", "P@ssw0rd2023", "Passw0rd!!!!",
        "qwe1234567890", "1qaz2wsx1990", "5201314521", "admin888888", "abcdefghijkl", "lkjhgfdsa0987", "aaaaaaaaaaaa",
        "dongguan2023", "13800000000abc", "科普日2023年", "ｋｅｐｕ２０２３ｋｅｐｕ", "wangfang-0512", "iloveyou1314", "kexie#19951123",
    ],
)  # fmt: skip
def test_what_lists_of_leaked_passwords_are_full_of_is_refused(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "东江边上的那座气象台", "石龙镇上的老木匠王师傅", "滦河边上的那座天文台", "kepu-yanlian-2023", "correct horse battery staple",
        "xK9#mPq2vL!z", "wo zai dongjiang bian kan xingxing", "Ursae-Majoris-eta-Alkaid",
    ],
)  # fmt: skip
def test_what_nobody_guesses_passes(password):
    assert not refused(password)


@given(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.integers(0, 10**8),
    st.sampled_from(["", "@", ".", "_", "!!"]),
)
def test_any_two_common_words_and_a_number_are_refused(first, second, number, sign):
    password = f"{first.title()}{sign}{second}{number}"
    assert refused(password) or password.lower() in CommonPasswordValidator().passwords


@given(st.text(max_size=400))
def test_any_text_is_judged(text):
    assert refused(text) in (True, False)


def test_a_new_password_is_held_to_it(system, noon, db):
    from kepu.accounts.actions import create_person
    from kepu.core.refusals import Incomplete

    with pytest.raises(Incomplete) as refusal:
        create_person(username="li", name="李四", password="kepu2023kepu", by=system, at=noon)
    assert [reason.field for reason in refusal.value.reasons] == ["password"]
