"""Plain text: every usual coding, and only characters that a person sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.drafting.documents import DocumentRefused, read_document, read_text

NOTICE = "关于举办阅读月的通知\n各乡镇：\n请于4月8日前报送。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028"])
def test_every_coding_and_every_line_end_gives_the_same_text(codec, ends):
    read = read_document(NOTICE.replace("\n", ends).encode(codec), "通知.txt")
    assert (read.name, read.format, read.text, read.pages, read.remarks) == (
        "通知.txt",
        "txt",
        NOTICE.strip(),
        1,
        (),
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_a_character_cut_off_at_the_end_is_let_go(codec):
    assert read_document(f"{NOTICE}谢谢".encode(codec)[:-1], "a.txt").text == f"{NOTICE}谢"


def test_two_characters_that_could_be_either_coding_are_chinese():
    assert read_document("模".encode("gb18030"), "a.txt").text == "模"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("全\u00ad民\u200b阅\ufeff读\x00月\x07", "全民阅读月"),
        ("⼀、⽇期", "一、日期"),
        ("甲\xa0乙", "甲 乙"),
        ("甲\t乙\n\n\n\n丙  \n", "甲\t乙\n\n丙"),
        ("　　各乡镇：", "　　各乡镇："),
        ("甲\x0c乙", "甲\n乙"),
        ("繁體字和（全角）ＡＢＣ１２３", "繁體字和（全角）ＡＢＣ１２３"),
    ],
    ids=["unseen", "radicals", "hard blank", "blanks", "set in", "form feed", "left to recognisers"],
)
def test_only_what_hurts_nobody_is_changed(typed, seen):
    assert read_text(typed).text == seen


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff", "\n- 3 -\n"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(DocumentRefused, match="文件是空的"):
        read_text(text)


@pytest.mark.parametrize("text", ["字" * 200_001, "字\n" + "\n" * 900_000], ids=["words", "blanks"])
def test_a_text_beyond_a_notice_is_refused(text):
    with pytest.raises(DocumentRefused, match="文字超过200000字"):
        read_text(text)


@given(
    st.text(
        st.sampled_from("关于举办月日，。；：、（）“”《》 \t\n\u3000年通知各单位ab"), min_size=1, max_size=300
    )
)
def test_no_character_of_a_text_is_lost_or_moved(text):
    if not text.split():
        return
    assert "".join(read_text(text).text.split()) == "".join(text.split())
