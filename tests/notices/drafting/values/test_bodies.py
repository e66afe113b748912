import pytest

from kepu.notices.drafting.values.bodies import audience_of, bodies_in, joined

COUNTY = {"levels": ["county"]}


@pytest.mark.parametrize(("words", "audience"), [
    ("各县（市、区）科协", {"kinds": ["association"], **COUNTY}), ("各县（市、区）", {**COUNTY, "place_kinds": ["county"]}), ("市级各学会（协会、研究会）", {"kinds": ["society"], "levels": ["city"]}),
    ("镇街（园区）科协", {"kinds": ["association"], "levels": ["town"]}), ("省级学会", {"kinds": ["society"], "levels": ["province"]}), ("各企业科协", {"kinds": ["enterprise_association"]}),
    ("各科普教育基地", {"kinds": ["science_base"]}), ("各校", {"kinds": ["school"]}), ("各成员单位", {"members_of": ["outline_member"], "levels": ["city"]}), ("各单位", {}),
    ("各检验检测机构", {"only_for": "检验检测机构"}),
])  # fmt: skip
def test_whom_words_name(words, audience):
    assert audience_of(bodies_in(words, "city")) == audience


def test_bodies_strung_together_are_one_group():
    text = "各乡镇（街道）、县直各部门请报送。"

    (group,) = joined(bodies_in(text, "county"), text)

    assert audience_of(group) == {"any_of": [{"levels": ["town"]}, {"kinds": ["department"], **COUNTY}]}


def test_who_holds_an_activity_is_everybody():
    (body,) = bodies_in("各活动举办单位", "city")

    assert (body.is_host, audience_of([body])) == (True, {})
