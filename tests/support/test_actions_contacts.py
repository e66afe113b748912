"""How an office is reached is said by whoever coordinates, and never leads to a person."""

import pytest

from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Place, Role
from kepu.support.actions import keep_contact, remove_contact
from kepu.support.models import OfficeContact
from kepu.support.queries import levels_over, nodes_kept_by, whom_to_ask
from tests.conftest import NOON
from tests.factories.orgs import an_actor
from tests.support.conftest import events

OFFICE = {
    "office": "科普部办公室",
    "phone": "0769-22223333",
    "mail": "kepu@dongguan.example.cn",
    "hours": "工作日 9:00—17:00",
    "about": "填报和审核",
}


def keep(node, by, version=None, **changes):
    return keep_contact(node, **{**OFFICE, **changes}, expected_version=version, by=by, at=NOON)


def test_what_a_city_says_is_found_by_everybody_below_the_nearest_first(desk):
    city = desk.city.place
    keep(city, desk.city_office)

    found = levels_over(desk.school.place_path, desk.school.line_path)
    assert [(level.node.name, level.unit.name, str(level.contact or "")) for level in found] == [
        ("石龙镇", "石龙镇科协", ""), ("东莞市", "东莞市科协", "科普部办公室"), ("广东省", "广东省科协", ""), ("中国", "中国科协", ""),
        ("教育系统", "广东省教育厅", ""),
    ]  # fmt: skip
    assert [level.unit.name for level in whom_to_ask(desk.school)] == ["石龙镇科协", "广东省教育厅"]
    assert [level.unit.name for level in whom_to_ask(desk.town)] == ["东莞市科协"]
    assert whom_to_ask(desk.nation) == []


def test_the_questions_asked_of_the_database_do_not_grow(desk, django_assert_num_queries):
    with django_assert_num_queries(2):
        levels_over("/440000/441900/441900103/", "/education/")
    keep(desk.city.place, desk.city_office)
    keep(desk.town.place, desk.town_office)
    with django_assert_num_queries(2):
        levels_over("/440000/441900/441900103/", "/education/")


def test_it_is_changed_by_whoever_saw_what_is_there(desk):
    first = keep(desk.city.place, desk.city_office)
    second = keep(desk.city.place, desk.city_office, version=first.version, phone="0769-22220000")
    assert (second.pk, second.version, second.phone) == (first.pk, 2, "0769-22220000")
    with pytest.raises(StaleState):
        keep(desk.city.place, desk.city_office, version=1)
    with pytest.raises(StaleState):
        keep(desk.city.place, desk.city_office)
    assert events() == ["help.contact.kept", "help.contact.kept"]


def test_a_line_has_one_too_and_it_can_be_taken_away(desk):
    contact = keep(desk.bureau.line, desk.line_office)
    assert [level.contact for level in levels_over(desk.school.place_path, "/education/")][-1] == contact
    remove_contact(contact, by=desk.line_office, at=NOON)
    assert not OfficeContact.objects.exists()
    assert events() == ["help.contact.kept", "help.contact.removed"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"office": " "}, "office"),
        ({"phone": "", "mail": ""}, "phone"),
        ({"phone": "13912345678"}, "phone"),
        ({"phone": "139 1234 5678"}, "phone"),
        ({"hours": "找李老师 +86 139-1234-5678"}, "hours"),
        ({"phone": "0769-22223333 李老师"}, "phone"),
        ({"mail": "kepu"}, "mail"),
    ],
)
def test_what_is_missing_or_somebodys_own_is_refused_in_its_field(desk, changes, field):
    with pytest.raises(Incomplete) as refusal:
        keep(desk.city.place, desk.city_office, **changes)
    assert field in [reason.field for reason in refusal.value.reasons]


def test_an_office_number_that_looks_like_a_mobile_inside_is_none(desk):
    assert keep(desk.city.place, desk.city_office, phone="0769-21391234 转 5678").pk


def test_nobody_speaks_for_a_place_that_is_not_theirs(desk):
    for by in (desk.town_office, desk.teacher, an_actor(desk.city, Role.REVIEWER, places=[desk.city.place])):
        with pytest.raises(NotAllowed, match="“东莞市”不在您统筹的范围之内"):
            keep(desk.city.place, by)
    assert nodes_kept_by(desk.city_office) == [Place.objects.get(code="441900")]
