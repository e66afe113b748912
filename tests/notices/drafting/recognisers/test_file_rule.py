import pytest

from tests.notices.drafting.notice import proposed


def test_a_rule_for_each_material():
    pictures, films = proposed(
        "file_rule", "一、图片要求",
        "照片为JPG格式，单张不小于3M，以“单位名称-作品题目”命名；视频为MP4格式，时长3至5分钟，大小不超过200M。",
    )  # fmt: skip

    assert {k: v for k, v in pictures.items() if k != "call"} == {
        "material": "picture", "formats": ["jpg", "jpeg"], "size_mb": {"min": 3}, "name_pattern": "{unit}-{title}",
    }  # fmt: skip
    assert {k: v for k, v in films.items() if k != "call"} == {
        "material": "video", "formats": ["mp4"], "duration_s": {"min": 180, "max": 300}, "size_mb": {"max": 200},
    }  # fmt: skip


@pytest.mark.parametrize(("sentence", "key", "value"), [
    ("照片长边不低于2000像素。", "long_side", {"min": 2000}), ("视频时长不超过90秒。", "duration_s", {"max": 90}), ("视频分辨率不低于1920×1080。", "width", {"min": 1920}),
    ("视频为横屏拍摄，时长2分钟以内。", "orientation", "landscape"), ("视频画面比例16：9，时长2分钟以内。", "aspect", ["16:9"]), ("海报分辨率不低于300dpi。", "dpi", {"min": 300}),
    ("摄影作品为组照的，每组4—8张。", "count", {"min": 4, "max": 8}), ("图片大于500KB。", "size_mb", {"over": 0.4883}),
])  # fmt: skip
def test_one_limit(sentence, key, value):
    (rule,) = proposed("file_rule", "一、作品", sentence)

    assert rule[key] == value


def test_two_materials_of_one_sentence_keep_their_own_limits():
    rules = proposed("file_rule", "一、总结", "并附高清照片（单张3MB以上）、2分钟以内的短视频。")

    assert [(r["material"], r.get("size_mb"), r.get("duration_s")) for r in rules] == [
        ("picture", {"min": 3}, None), ("video", None, {"max": 120}),
    ]  # fmt: skip
