"""Whom the recipients of a notice reach: nobody by accident, nobody outside, nobody twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.notices.format.schema import Recipient
from kepu.notices.kinds.audience import Audience
from kepu.notices.models import Delivery
from kepu.notices.recipients import (
    addressed,
    preview,
    recipients_of,
    units_addressed,
    within_coordination,
    within_notice,
)
from kepu.notices.rulebook import profile_of
from kepu.orgs.models import Line, Place, Unit
from tests.conftest import undone
from tests.factories.country import a_country
from tests.factories.notices import a_notice, a_season, china
from tests.factories.orgs import a_place, a_unit
from tests.factories.sending import with_recipients

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 1)


@pytest.fixture
def country():
    made = a_country()
    village = a_place("440300001001", "某村", kind="village", parent=made["county"])
    a_unit(village, "某村科协")
    a_unit(village, "某村小学", kind="school", line=made["education"])
    return made


def line(**fields):
    return Recipient.model_validate({"title": "某些单位", **fields})


def names(recipients, within):
    found = units_addressed(addressed(recipients, within), at=NOW)
    return set(found.values_list("name", flat=True))


def reached(country, place="nation", *, of_line=None, issuer=None, **fields):
    """Names of the units that one line of a notice for ``place`` reaches."""
    within = within_notice(country[place], country[of_line] if of_line else None, issuer)
    return names([line(**fields)], within)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"lines": ["education"]},
        {"places": ["440000"]},
        {"place_kinds": ["village"]},
        {"designations": ["demonstration_county"]},
        {"role": "cc"},
        {"count": 10},
    ],
)
def test_without_kinds_and_levels_nobody_is_reached(country, fields):
    assert reached(country, **fields) == set()


def test_a_notice_that_names_nobody_reaches_nobody(country):
    assert names([], within_notice(country["nation"], None)) == set()


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"levels": ["nation"], "kinds": ["association"]}, {"中国科协"}),
        ({"levels": ["county"], "lines": ["education"]}, {"某县教育局", "开发区教育局", "示范县的学校"}),
        ({"kinds": ["association"], "place_kinds": ["zone"]}, {"开发区科协"}),
        ({"kinds": ["society"]}, {"科协会员单位"}),
        ({"kinds": ["school"], "designations": ["demonstration_county"]}, set()),
        ({"kinds": ["hospital"], "designations": ["demonstration_county"]}, {"医院"}),
        ({"kinds": ["association"], "places": ["441900"]}, {"东莞市科协", "石龙镇科协"}),
        ({"kinds": ["association"], "places": ["999999"]}, set()),
        ({"kinds": ["association"], "lines": ["no_such_line"]}, set()),
        ({"units": ["SOC-1"]}, {"科协会员单位"}),
        ({"names": ["医院", "某村小学"]}, {"医院", "某村小学"}),
        ({"units": ["SOC-1"], "names": ["医院"]}, {"科协会员单位", "医院"}),
        ({"names": ["医院", "某村小学"], "kinds": ["school"]}, {"某村小学"}),
    ],
)  # fmt: skip
def test_fields_narrow_each_other_and_entries_widen(country, fields, found):
    # the traits of the country: the society sits in the outline's body, the school's county is a demonstration county
    Unit.objects.filter(name="医院").update(traits=["place:demonstration_county"])
    Unit.objects.filter(name="示范县的学校").update(traits=[])
    assert reached(country, **fields) == found


def test_members_of_a_body_are_meant_at_the_senders_own_level(country):
    Unit.objects.filter(name__in=["科协会员单位", "医院", "某村科协"]).update(traits=["outline_member"])
    Unit.objects.filter(name="示范县的学校").update(traits=["outline_member_of_schools"])
    assert reached(country, "city", members_of=["outline_member"]) == {"科协会员单位"}
    assert reached(country, "nation", members_of=["outline_member"]) == set()
    assert reached(country, "nation", members_of=["outline_member"], levels=["village", "county"]) == {"医院", "某村科协"}  # fmt: skip


def test_nobody_outside_the_place_and_the_line_is_reached(country):
    assert reached(country, "county", kinds=["association"]) == {"某县科协", "某村科协"}
    assert reached(country, "county", names=["医院", "科协会员单位"]) == {"医院"}
    assert reached(country, "county", of_line="education", kinds=["school", "hospital"]) == {"示范县的学校", "某村小学"}  # fmt: skip
    assert reached(country, "county", levels=["province", "nation"]) == set()


def test_the_issuer_is_not_sent_its_own_notice(country):
    issuer = Unit.objects.get(name="广东省科协")
    assert reached(country, "province", issuer=issuer.pk, levels=["province"], kinds=["association"]) == set()
    assert reached(country, "province", issuer=issuer.pk, names=["广东省科协"]) == set()


def test_closed_units_are_not_reached(country):
    Unit.objects.filter(name="医院").update(closed_on=NOW.date())
    assert reached(country, names=["医院"]) == set()


def test_a_unit_that_several_lines_name_is_reached_once_and_as_main_recipient(country):
    within = within_notice(country["nation"], None)
    lines = addressed(
        [
            line(role="cc", names=["医院", "某村科协"]),
            line(title="各医院", kinds=["hospital"]),
            line(names=["医院"]),
        ],
        within,
    )
    found = units_addressed(lines, at=NOW)
    assert sorted((u.name, lines[u.by_line].recipient.role, lines[u.by_line].recipient.title) for u in found) == [
        ("医院", "to", "各医院"), ("某村科协", "cc", "某些单位")
    ]  # fmt: skip


def test_whoever_forwards_reaches_what_it_coordinates_but_not_itself(country):
    office = Unit.objects.get(name="某县科协")
    area = within_coordination(office, [country["county"].path], [])
    assert names([line(kinds=["association", "school"])], area) == {"某村科协", "示范县的学校", "某村小学"}
    of_line = within_coordination(office, [], [country["education"].path])
    assert names([line(kinds=["school"])], of_line) == {"示范县的学校", "某村小学"}
    assert names([line(kinds=["school"])], within_coordination(office, [], [])) == set()


def test_a_preview_says_what_each_line_finds_and_what_is_missing(country):
    notice = a_notice(a_season(), country["nation"])
    Delivery.objects.create(
        notice=notice,
        unit=Unit.objects.get(name="医院"),
        role="to",
        level="county",
        digest="0" * 64,
        sent_at=NOW,
    )
    lines = [
        line(title="各县教育局", kinds=["department"], levels=["county"]),
        line(title="各有关单位"),
        line(title="两家单位", names=["医院", "没有的单位"], units=["NO-1"], role="cc"),
        line(title="各大学", kinds=["college"]),
        line(title="点名", names=["查无此家"]),
    ]
    found = preview(lines, within_notice(country["nation"], None), at=NOW, notice=notice)
    assert [(f.recipient.title, f.count, f.names, f.missing) for f in found.lines] == [
        ("各县教育局", 2, ("某县教育局", "开发区教育局"), ()), ("各有关单位", 0, (), ()), ("各大学", 0, (), ()),
        ("点名", 0, (), ("查无此家",)), ("两家单位", 1, ("医院",), ("NO-1", "没有的单位")),
    ]  # fmt: skip
    assert [f.why for f in found.lines] == [
        "", "只凭“各有关单位”不知道发给哪些单位。请写明单位类别、级别，或点名单位。",
        "发送范围内没有这样的单位。请核对类别、级别、系统和地区，或先登记单位。",
        "点名的单位在发送范围内一家也没有找到。请核对名称，或改写单位编号。", "",
    ]  # fmt: skip
    assert (found.total, found.reached, found.new) == (3, 1, 2)


@pytest.mark.parametrize("more", [0, 40])
def test_a_preview_costs_the_same_however_many_units(country, django_assert_num_queries, more):
    for number in range(more):
        a_unit(country["county"], f"学校{number}", kind="school")
    lines = [line(kinds=["school"]), line(levels=["town"], lines=["education"]), line(names=["医院"])]
    with django_assert_num_queries(6):
        preview(lines, within_notice(country["nation"], None), at=NOW)


def test_recipients_are_read_from_the_notices_header(country):
    notice = a_notice(a_season(), country["city"])
    assert recipients_of(notice) == []
    with_recipients(
        notice, {"title": "各镇", "levels": ["town"]}, {"title": "抄送", "role": "cc", "units": ["SOC-1"]}
    )
    assert recipients_of(notice) == [
        line(title="各镇", levels=["town"]),
        line(title="抄送", role="cc", units=["SOC-1"]),
    ]


KINDS, LEVELS = ["association", "department", "school", "hospital"], ["province", "city", "county", "village"]
some = st.builds(
    lambda **fields: {name: value for name, value in fields.items() if value},
    kinds=st.lists(st.sampled_from(KINDS), max_size=2), levels=st.lists(st.sampled_from(LEVELS), max_size=2),
    places=st.lists(st.sampled_from(["440000", "440300", "441900"]), max_size=2),
    lines=st.lists(st.sampled_from(["education", "health"]), max_size=1),
    designations=st.lists(st.sampled_from(["demonstration_county", "special_unit"]), max_size=1),
)  # fmt: skip


@given(fields=some, place=st.sampled_from(["nation", "province", "county"]))
@settings(max_examples=40)
def test_what_the_database_finds_is_what_an_audience_of_the_same_words_binds(django_db_setup, fields, place):
    with undone():
        country = a_country()
        paths = {f"place:{p.code}": p.path for p in Place.objects.all()}
        paths |= {f"line:{x.code}": x.path for x in Line.objects.all()}
        means_somebody = bool(fields.get("kinds") or fields.get("levels"))
        expected = {
            u.name for u in Unit.objects.all()
            if means_somebody and Audience.model_validate(fields).binds(profile_of(u), paths)
            and u.place_path.startswith(country[place].path)
        }  # fmt: skip
        assert reached(country, place, **fields) == expected


def test_the_condition_is_one_statement(country, django_assert_num_queries):
    lines = addressed(
        [line(kinds=["school"], places=["440000"], lines=["education"])],
        within_notice(country["nation"], None),
    )
    with django_assert_num_queries(1):
        assert len(units_addressed(lines, at=NOW)) == 2
