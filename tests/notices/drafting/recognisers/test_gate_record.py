import pytest

from tests.notices.drafting.notice import only, proposals, proposed


@pytest.mark.parametrize(("sentence", "gates"), [
    ("活动结束后，发布至少1篇媒体报道，并提供链接。", [("media_links", 1)]),
    ("每场活动上传照片不少于3张、视频不少于1个。", [("photos", 3), ("videos", 1)]),
    ("各单位在活动结束后3日内上传不少于2张照片、不少于1条新闻链接。", [("photos", 2), ("media_links", 1)]),
])  # fmt: skip
def test_what_the_record_of_each_activity_has(sentence, gates):
    said = proposed("gate_record", "一、完善", sentence)

    assert [(g["fact"], g["min"]) for g in said] == gates
    assert all(g["stages"] == ["completion"] for g in said)


def test_what_a_county_sends_is_a_quota():
    paragraphs = ("一、宣传", "各县（市、区）报送新闻稿不少于5篇。")

    assert (proposals("gate_record", *paragraphs), len(proposals("quota", *paragraphs))) == ([], 1)


def test_pictures_beside_a_summary():
    one = only("gate_record", "一、总结", "各单位于5月20日前报送读书月总结材料和不少于5张活动照片。")
    assert (one.params["fact"], one.params["stages"], one.params["min"]) == ("photos", ["summary"], 5)
    assert proposals("quota", "一、总结", "各单位于5月20日前报送读书月总结材料和不少于5张活动照片。") == []


@pytest.mark.parametrize("sentence", [
    "5月20日前报送总结，内容包括基本情况、主要成效、经验做法，不超过2000字，附图片3—5张。", "5月20日前提交结项报告、活动照片3张以上。",
])  # fmt: skip
def test_pictures_further_off_in_the_sentence_of_a_summary(sentence):
    (photos,) = [p for p in proposed("gate_record", "一、总结", sentence) if p["fact"] == "photos"]
    assert (photos["min"], photos["stages"]) == (3, ["summary"])
