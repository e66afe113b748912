import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.drafting.text.reading import read


def numbers_of(text):
    return [(s.number, s.text) for s in read(text).sentences]


@pytest.mark.parametrize(("written", "read_as"), [
    ("活动时间为２０２４年 9 月 8 日。", "活动时间为2024年9月8日。"), ("請於9月8日前報送活動總結。", "请于9月8日前报送活动总结。"),
    ("8 月 15 日至 10 月 15 日。", "8月15日至10月15日。"), ("不少於50人(含)。", "不少于50人（含）。"),
])  # fmt: skip
def test_one_way_of_writing(written, read_as):
    assert [s.text for s in read(written).sentences] == [read_as]


def test_every_sentence_knows_its_number_and_its_headings():
    text = "六、报送要求\n（一）材料报送。\n1.各单位请报送总结。\n2.请报送图片。\n（二）其他\n请配合。\n"

    sentences = {s.text: (s.number, s.titles) for s in read(text).sentences}

    assert sentences["1.各单位请报送总结。"][0] == "六（一）1"
    assert sentences["请配合。"] == ("六（二）", ("报送要求", "其他"))


def test_a_title_stands_alone_though_the_next_line_follows_close():
    text = "关于征集读书主题摄影作品的公告\n现公开征集作品，有关事项公告如下。\n一、征集时间\n4月20日至5月20日。\n二、要求\n照片不小于3M。\n"

    assert read(text).blocks[0].text == "关于征集读书主题摄影作品的公告"


def test_neither_a_narrow_column_nor_the_number_of_a_page_cuts_a_sentence():
    paragraphs = [
        "一、各县（市、区）科协要高度重视本次读书科学月活动，认真制定活动方案，明确责任分工，确保各项任务落到实处。",
        "二、请各县（市、区）科协于9月8日前将活动总结、图片和视频素材报送至市科协普及部邮箱，逾期不再受理，并视为放弃。",
        "三、活动期间要充分利用各类媒体广泛宣传，营造良好氛围，组织动员广大科技工作者和志愿者积极参与，形成工作合力。",
    ]
    lines = [p[i : i + 24] for p in paragraphs for i in range(0, len(p), 24)]

    wrapped = read("\n".join([*lines[:4], "— 3 —", *lines[4:]]) + "\n")

    assert [s.text for s in wrapped.sentences] == [s.text for s in read("\n".join(paragraphs)).sentences]


@given(st.text(alphabet="九月8日 \n\t，。（）一、1.活動總結０ａ‍﻿", max_size=120))
def test_spans_lead_back_to_what_was_written(text):
    reading = read(text)

    for sentence in reading.sentences:
        span = reading.span(sentence.start, sentence.end)
        assert 0 <= span.start <= span.end <= len(text)
        assert span.words(text).strip() != ""
