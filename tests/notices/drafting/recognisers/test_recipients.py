import pytest

from tests.notices.drafting.notice import head_of

TITLE = "临溪市科学技术协会关于举办读书月的通知\n"


@pytest.mark.parametrize(("line", "groups"), [
    ("各县（市、区）科协，市级各学会（协会、研究会），各有关单位：", [
        {"title": "各县（市、区）科协", "kinds": ["association"], "levels": ["county"]},
        {"title": "市级各学会（协会、研究会）", "kinds": ["society"], "levels": ["city"]},
        {"title": "各有关单位"},
    ]),
    ("各镇（街道）、各中小学校、市图书馆：", [
        {"title": "各镇（街道）", "levels": ["town"]},
        {"title": "各中小学校、市图书馆", "kinds": ["school", "library"]},
    ]),
    ("各县（市、区）科协、教育局、团委；市直有关部门：", [
        {"title": "各县（市、区）科协、教育局、团委", "lines": ["kx", "education", "youth_league"], "levels": ["county"]},
        {"title": "市直有关部门", "kinds": ["department"], "levels": ["city"]},
    ]),
])  # fmt: skip
def test_recipients_above_the_text_are_cut_into_groups(line, groups):
    assert head_of("recipients", head=f"{TITLE}{line}\n", tail="") == groups


def test_recipients_and_copies_below_the_text():
    tail = "\n主送：各县（市、区）科协，各有关单位。\n抄送：临溪大学、临溪银行。\n"

    assert head_of("recipients", "请各单位认真落实，切实抓好各项读书活动，并及时总结经验，推广好的做法。", head=TITLE, tail=tail) == [
        {"title": "各县（市、区）科协", "kinds": ["association"], "levels": ["county"]},
        {"title": "各有关单位"},
        {"role": "cc", "title": "临溪大学、临溪银行", "names": ["临溪大学", "临溪银行"]},
    ]  # fmt: skip
