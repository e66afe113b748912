"""A small country with units of many kinds, and audiences that pick among them."""

from kepu.orgs.models import PlaceKind
from tests.factories.orgs import a_chain, a_line, a_place, a_unit


def a_country():
    """中国, 广东省 with a city and its town, a county and a zone; associations, education bureaus and four others."""
    nation, province, city, town = a_chain()
    county = a_place("440300", "某县", kind=PlaceKind.COUNTY, parent=province)
    zone = a_place("440399", "开发区", kind=PlaceKind.ZONE, parent=province)
    education, health = a_line("education", "教育"), a_line("health", "卫生健康")
    for place in (nation, province, city, town, county, zone):
        a_unit(place, f"{place.name}科协", coordinates=[place])
        a_unit(place, f"{place.name}教育局", kind="department", line=education)
    units = [
        a_unit(city, "科协会员单位", kind="society", code="SOC-1"),
        a_unit(county, "示范县的学校", kind="school", line=education),
        a_unit(county, "医院", kind="hospital", line=health),
        a_unit(zone, "企业科协", kind="enterprise_association"),
    ]
    traits = (
        ["outline_member"],
        ["place:demonstration_county"],
        ["special_unit", "joint_issuer"],
        ["demonstration"],
    )
    for unit, borne in zip(units, traits, strict=True):
        unit.traits = borne
        unit.save()
    return {"nation": nation, "province": province, "city": city, "county": county, "education": education}


AUDIENCES = [
    {},
    {"kinds": ["society", "school"]},
    {"levels": ["county"]},
    {"place_kinds": ["zone"], "roles": ["coordinator"]},
    {"places": ["441900"]},
    {"places": ["999999"]},
    {"lines": ["education"]},
    {"lines": ["no_such_line"]},
    {"designations": ["demonstration_county"]},
    {"designations": ["demonstration"]},
    {"members_of": ["outline_member", "joint_issuer"]},
    {"roles": ["coordinator"], "levels": ["city", "county"]},
    {"units": ["SOC-1"]},
    {"exceptions": [{"kinds": ["association"]}]},
    {"exceptions": [{}]},
    {"any_of": [{"kinds": ["department"], "levels": ["city"]}, {"roles": ["coordinator"], "levels": ["town"]}]},
    {"any_of": [{}, {"kinds": ["school"]}]},
    {"levels": ["county"], "any_of": [{"lines": ["education"]}, {"kinds": ["association"], "exceptions": [{"place_kinds": ["zone"]}]}]},
]  # fmt: skip
