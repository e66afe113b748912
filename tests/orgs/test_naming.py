import pytest

from kepu.orgs.naming import name_key, name_keys

CHAIN = ["广东省", "东莞市", "石龙镇"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东莞市科学馆", "东莞市 科学馆"),
        ("东莞市科学馆（总馆）", "东莞市科学馆(总馆)"),
        ("ＡＢＣ科技", "abc科技"),
        ("石龙水务有限公司", "石龙水务有限责任公司"),
        ("石龙水务股份有限公司", "石龙水务"),
        ("中华人民共和国水利部", "水利部"),
        ("“星火”协会", "星火协会"),
    ],
)
def test_what_is_written_one_way_or_the_other_is_one_name(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("石龙一小", "石龙二小"), ("科学馆", "科技馆"), ("公司", "")])
def test_other_names_stay_others(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "written", ["科学馆", "石龙科学馆", "石龙镇科学馆", "东莞市石龙镇科学馆", "广东省东莞市石龙镇科学馆"]
)
def test_the_places_a_unit_lies_in_may_stand_in_front(written):
    assert name_key(written) in name_keys("东莞石龙镇科学馆", CHAIN)


def test_a_name_that_is_nothing_but_a_place_is_kept():
    assert name_keys("石龙镇", CHAIN) >= {"石龙镇"}
