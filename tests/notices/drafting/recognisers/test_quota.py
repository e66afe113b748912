import pytest

from tests.notices.drafting.notice import only, proposals, proposed

COUNTIES = {"levels": ["county"], "place_kinds": ["county"]}


@pytest.mark.parametrize(("sentence", "params", "audience"), [
    ("每个县（市、区）要确保重点活动7—10项。", {"of": "key_activities", "title": "重点活动", "per": "place", "place_level": "county", "min": 7, "max": 10, "unit": "项"}, COUNTIES),
    ("各县（市、区）组织科普讲座不少于5场。", {"of": "lectures", "title": "科普讲座", "per": "place", "place_level": "county", "min": 5, "unit": "场"}, COUNTIES),
    ("市级各学会至少组织开展1—2项重点活动。", {"of": "key_activities", "title": "重点活动", "per": "unit", "min": 1, "max": 2, "unit": "项"}, {"kinds": ["society"], "levels": ["city"]}),
    ("每校限报5件作品。", {"of": "entries", "title": "作品", "per": "unit", "max": 5, "unit": "件", "cap": True}, {"kinds": ["school"]}),
    ("每位作者限报2件作品。", {"of": "entries", "title": "作品", "per": "person", "max": 2, "unit": "件", "cap": True}, {}),
    ("组织网上答题，每人每天限答3次。", {"of": "attempts", "title": "答题", "per": "person_day", "max": 3, "unit": "次"}, {}),
    ("各中小学校每周至少开设1节阅读课。", {"of": "lessons", "title": "阅读课", "per": "week", "per_title": "每周", "min": 1, "unit": "节"}, {"kinds": ["school"]}),
    ("全市计划开展主题活动100场以上。", {"of": "activities", "title": "主题活动", "per": "total", "min": 100, "unit": "场"}, {}),
    ("各县（市、区）参与人数不少于5000人。", {"of": "participants", "title": "参与人数", "per": "place", "place_level": "county", "min": 5000, "unit": "人"}, COUNTIES),
    ("每个村（社区）超过3条宣传标语。", {"of": "publicity_items", "title": "宣传标语", "per": "place", "place_level": "village", "min": 4, "unit": "条"}, {"levels": ["village"]}),
])  # fmt: skip
def test_a_number_for_each(sentence, params, audience):
    one = only("quota", "一、任务", sentence)

    assert (dict(one.params), dict(one.audience)) == (params, audience)


def test_several_quotas_of_one_sentence_share_what_they_count():
    quotas = proposals(
        "quota",
        "一、素材",
        "各县（市、区）提供视频和图片不少于20个，各成员单位不少于2个，市级学会不少于1个。",
    )

    assert [(q.params["of"], q.params["min"], dict(q.audience)) for q in quotas] == [
        ("materials", 20, COUNTIES), ("materials", 2, {"members_of": ["outline_member"], "levels": ["city"]}),
        ("materials", 1, {"kinds": ["society"], "levels": ["city"]}),
    ]  # fmt: skip


def test_two_ends_and_a_limit_for_all_that_follows():
    assert [
        (q["per"], q.get("min"), q.get("max"))
        for q in proposed("quota", "一、任务", "每校推荐作品不少于2件、不超过5件。")
    ] == [("unit", 2, 5)]
    assert [q["max"] for q in proposed("quota", "一、任务", "每个街道限推优秀单位1个、优秀个人2名。")] == [
        1,
        2,
    ]


def test_places_allotted_by_a_label_are_caps():
    assert [
        (q["max"], q["cap"]) for q in proposed("quota", "一、推荐名额", "各县（市、区）2名，市直单位1名。")
    ] == [(2, True), (1, True)]


def test_what_is_striven_for():
    assert only("quota", "一、任务", "力争每个县（市、区）开展活动20场以上。").strictness == "strive"
    assert only("quota", "一、任务", "原则上每个县（市、区）活动不少于20场。").strictness == "in_principle"


def test_who_holds_what_counts_and_who_does_not():
    (quota,) = proposed("quota", "一、任务", "各县（市、区）要至少开展一场成员单位（科协除外）主办的活动。")

    assert (quota["code"], quota["host_excludes"], quota["min"]) == ("member_units", ["association"], 1)


@pytest.mark.parametrize("sentence", [
    "线下活动参与人数不少于50人。", "每张照片大小不超过5M。", "设一等奖3名、二等奖5名。", "全市12个县（市、区）都要行动。", "说明不超过300字。",
    "各单位开展“三个一”活动。", "市科协等17家单位共同组织。", "今年是第20周年。", "每场活动上传照片不少于3张。",
])  # fmt: skip
def test_numbers_that_are_no_quota(sentence):
    assert proposals("quota", "一、任务", sentence) == []


@pytest.mark.parametrize(("sentence", "numbers"), [
    ("各中小学至少开展2场读书讲座、1次图书馆参观。", [("读书讲座", 2), ("图书馆参观", 1)]),
    ("各县（市、区）至少走进3所学校、2个社区。", [("学校", 3), ("社区", 2)]),
    ("市直单位每单位不少于2块展板，每家学会不少于1项互动体验项目。", [("展板", 2), ("互动体验项目", 1)]),
    ("各市州组织进乡村活动不少于3项、进校园活动不少于3项。", [("进乡村活动", 3), ("进校园活动", 3)]),
    ("各图书馆开放时间不少于3天，免费接待读者不少于200人次。", [("开放天数", 3), ("参与人数", 200)]),
    ("各高等学校开放实验室不少于2个。", [("实验室", 2)]),
    ("各镇于9月12日前确定1名信息联络员。", [("信息联络员", 1)]),
    ("各图书馆展出时间不得少于10天。", [("开放天数", 10)]),
])  # fmt: skip
def test_several_things_of_one_sentence(sentence, numbers):
    assert [(q["title"], q["min"]) for q in proposed("quota", "一、任务", sentence)] == numbers


def test_what_may_be_nominated_is_known_by_the_title_of_the_notice():
    head = "临溪市科学技术协会关于申报2024年度阅读推广项目的通知\n各县（市、区）科协，各有关单位：\n现将有关事项通知如下。\n"
    found = proposed("quota", "一、申报要求", "每个市级学会限报2项，每个县（市、区）科协限报3项。", head=head)

    assert [(q["of"], q["title"], q["max"]) for q in found] == [
        ("nominations", "阅读推广项目", 2), ("nominations", "阅读推广项目", 3),
    ]  # fmt: skip


def test_a_number_of_all_together():
    found = proposed("quota", "一、资助数量", "阅读服务类项目资助数量不超过15个。")
    assert [(q["title"], q["per"], q["max"]) for q in found] == [("阅读服务类项目", "total", 15)]


def test_some_thousands_and_conditions_are_no_numbers_asked_for():
    assert proposals("quota", "一、回顾", "各县（市、区）开展数千项活动。") == []
    assert proposals("quota", "一、要求", "各单位活动参与人数超过500人的须制定应急预案。") == []


@pytest.mark.parametrize(("sentence", "numbers"), [
    ("每班推荐小制作不超过5件，每校限报20件。", [("小制作", 5), ("小制作", 20)]),
    ("各学会全年至少开展3场志愿服务，其中进农村不少于1场。", [("志愿服务", 3), ("进农村", 1)]),
    ("各村（社区）每天播放科普知识不少于2次。", [("播放科普知识", 2)]),
    ("各校开展讲座至少2场、诵读比赛1次。", [("讲座", 2), ("诵读比赛", 1)]),
])  # fmt: skip
def test_what_is_counted_has_its_own_name(sentence, numbers):
    found = proposed("quota", "一、任务", sentence)
    assert [(q["title"], q.get("min", q.get("max"))) for q in found] == numbers
