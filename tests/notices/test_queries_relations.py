"""How a notice stands to others: what it replaces and amends, what replaces and amends it, what stands below."""

import pytest

from kepu.notices.models import Notice
from kepu.notices.queries.relations import relations_of, wordings_of
from tests.factories.notices import a_gate, a_notice, a_season
from tests.factories.orgs import a_chain, a_place


@pytest.fixture
def world(db):
    nation, province, city, town = a_chain()
    return a_season(), nation, province, city, town


def a(world, place, code, *, header=None, **fields):
    notice = a_notice(world[0], place, code)
    Notice.objects.filter(pk=notice.pk).update(header=header or {}, **fields)
    return Notice.objects.select_related("season", "place", "line").get(pk=notice.pk)


def codes(found):
    return [n.code for n in found]


def test_a_notice_without_relations_has_none(world):
    related = relations_of(a(world, world[3], "city"))
    assert [
        codes(r)
        for r in (related.replaces, related.replaced_by, related.amends, related.amended_by, related.below)
    ] == [[]] * 5


def test_what_replaces_and_amends_is_found_from_both_sides(world):
    advance = a(world, world[3], "advance")
    formal = a(world, world[3], "formal", replaces=["advance"])
    mended = a(world, world[3], "mended", header={"amends": ["formal"]})

    assert codes(relations_of(advance).replaced_by) == ["formal"]
    assert (codes(relations_of(formal).replaces), codes(relations_of(formal).amended_by)) == (
        ["advance"],
        ["mended"],
    )
    assert codes(relations_of(mended).amends) == ["formal"]


def test_a_code_inside_another_code_is_another_notice(world):
    city = a(world, world[3], "city")
    a(world, world[4], "town", parents=["city-2"], replaces=["my-city"], header={"amends": ["city-3"]})
    related = relations_of(city)
    assert (codes(related.replaced_by), codes(related.amended_by), codes(related.below)) == ([], [], [])


def test_below_stand_those_who_name_it_and_those_one_level_down_who_name_nobody(world):
    _season, nation, province, city, town = world
    top = a(world, nation, "top")
    a(world, province, "silent")
    a(world, city, "names", parents=["top"])
    a(world, town, "far")
    a(world, a_place("510000", "四川省", kind="province", parent=nation), "other", parents=["elsewhere"])

    assert codes(relations_of(top).below) == ["silent", "names"]


def test_of_many_below_some_are_listed_and_the_rest_is_told(world):
    top = a(world, world[1], "top")
    for number in range(4):
        a(world, world[3], f"below-{number}", parents=["top"])

    related = relations_of(top, most=3)

    assert (codes(related.below), related.more_below) == (["below-0", "below-1", "below-2"], True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow(world, number, django_assert_num_queries):
    top = a(world, world[1], "top")
    for n in range(number):
        a(world, world[3], f"b-{n}", parents=["top"], replaces=["top"], header={"amends": ["top"]})
    with django_assert_num_queries(2):
        relations_of(top)


def test_only_clauses_whose_words_are_kept_have_words(world):
    notice = a(world, world[3], "city")
    a_gate(notice, "C-1", fact="lead_days", min=7)
    a_gate(notice, "C-2", fact="safety_person", required=True)
    notice.clauses.filter(code="C-2").update(wording="须明确安全责任人。")
    assert wordings_of(notice) == {"C-2": "须明确安全责任人。"}
