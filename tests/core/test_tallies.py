from collections import Counter

import pytest
from django.db import connection, models
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core import tallies
from kepu.core.db import ActError, engine, transaction
from kepu.core.models import TallyEntry, TallyTotal
from kepu.core.tallies import Difference, Spot

pytestmark = pytest.mark.django_db

SHILONG = Spot(1, 7, "/44/4419/441900103/", "/sci/")
HUMEN = Spot(1, 8, "/44/4419/441900121/")


@transaction
def count(*counts):
    for spot, measure, n, *facet in counts:
        tallies.add(spot, measure, n, facet=facet[0] if facet else "")


@pytest.fixture
def recount(monkeypatch):
    """The records themselves, as the recount sees them."""
    records = []
    monkeypatch.setattr(tallies, "_recounts", [lambda: records])
    return records


def test_counting_outside_an_act_is_refused():
    with pytest.raises(ActError):
        tallies.add(SHILONG, "filed")


def test_a_count_is_seen_at_once_in_every_place_and_line_above(django_assert_num_queries):
    count((SHILONG, "filed", 2), (HUMEN, "filed", 1))

    with django_assert_num_queries(1):
        assert tallies.in_place(1, "/") == {("filed", ""): 3}
    assert tallies.in_place(1, "/44/4419/") == {("filed", ""): 3}
    assert tallies.in_place(1, "/44/4419/441900103/") == {("filed", ""): 2}
    assert tallies.in_place(1, "/45/") == {}
    assert tallies.in_place(2, "/") == {}
    with django_assert_num_queries(1):
        assert tallies.in_line(1, "/sci/") == {("filed", ""): 2}
    assert tallies.in_line(1, "/edu/") == {}


def test_a_reading_is_the_same_before_during_and_after_folding():
    count((SHILONG, "filed", 2), (HUMEN, "filed", 1), (HUMEN, "held", 1, "online"))
    readings = [(tallies.in_place(1, "/44/"), tallies.of_unit(1, 8), tallies.by_unit(1, "filed", [7, 8, 9]))]
    for _ in range(4):
        tallies.fold(size=1)
        readings.append(
            (tallies.in_place(1, "/44/"), tallies.of_unit(1, 8), tallies.by_unit(1, "filed", [7, 8, 9]))
        )

    assert readings == 5 * [
        (
            {("filed", ""): 3, ("held", "online"): 1},
            {("filed", ""): 1, ("held", "online"): 1},
            {7: 2, 8: 1, 9: 0},
        )
    ]
    assert TallyEntry.objects.count() == 0


def test_the_deltas_of_one_act_are_summed_and_nothing_is_written_for_zero():
    count((SHILONG, "draft", 1), (SHILONG, "draft", -1), (SHILONG, "filed", 1), (SHILONG, "filed", 1))
    assert list(TallyEntry.objects.values_list("measure", "n")) == [("filed", 2)]


def test_what_is_counted_back_comes_to_nothing():
    count((SHILONG, "filed", 1))
    tallies.fold()
    count((SHILONG, "filed", -1))
    assert tallies.in_place(1, "/") == {("filed", ""): 0}


def test_a_neighbour_whose_code_begins_alike_is_not_counted():
    count(
        (Spot(1, 1, "/44/"), "filed", 1), (Spot(1, 2, "/440/"), "filed", 1), (Spot(1, 3, "/43/"), "filed", 1)
    )
    before = tallies.in_place(1, "/44/")
    tallies.fold()
    assert (before, tallies.in_place(1, "/44/")) == ({("filed", ""): 1}, {("filed", ""): 1})


@pytest.mark.parametrize("folded", [0, 1, 9])
def test_places_of_a_page_are_counted_in_one_query_with_what_lies_in_them(django_assert_num_queries, folded):
    count((SHILONG, "filed", 2), (HUMEN, "filed", 1), (HUMEN, "held", 1), (HUMEN, "held", 5, "online"))
    count((Spot(1, 9, "/440/"), "filed", 9), (Spot(2, 8, "/44/"), "filed", 9))
    if folded:
        tallies.fold(size=folded)

    paths = ["/44/", "/44/4419/441900121/", "/45/"]
    with django_assert_num_queries(1):
        assert tallies.in_places(1, ["filed", "held"], paths) == {
            "/44/": {"filed": 3, "held": 1},
            "/44/4419/441900121/": {"filed": 1, "held": 1},
            "/45/": {"filed": 0, "held": 0},
        }
    assert tallies.in_places(1, ["held"], ["/"], facet="online") == {"/": {"held": 5}}
    assert tallies.in_places(1, ["filed"], []) == {}


@pytest.mark.parametrize("units", [1, 3])
def test_one_measure_of_many_units_is_one_query(django_assert_num_queries, units):
    with django_assert_num_queries(1):
        assert tallies.by_unit(1, "filed", range(units)) == dict.fromkeys(range(units), 0)


def test_folding_nothing_folds_nothing():
    assert tallies.fold() == 0


def test_a_right_tally_agrees_with_the_recount(recount):
    count((SHILONG, "filed", 2), (HUMEN, "filed", 1))
    tallies.fold(size=1)
    recount += [(SHILONG, "filed", "", 1), (HUMEN, "filed", "", 1), (SHILONG, "filed", "", 1)]
    assert tallies.verify() == []


def test_a_wrong_total_is_named_with_both_numbers(recount):
    count((HUMEN, "filed", 1))
    tallies.fold()
    recount += [(HUMEN, "filed", "", 1)]
    TallyTotal.objects.filter(scope="place:/44/").update(n=5)
    assert tallies.verify() == [Difference(1, "place:/44/", "filed", "", 5, 1)]


def test_a_record_that_nobody_counted_is_named_in_every_scope(recount):
    recount += [(HUMEN, "filed", "", 1)]
    assert [(found.scope, found.tallied, found.counted) for found in tallies.verify()] == [
        ("place:/", 0, 1),
        ("place:/44/", 0, 1),
        ("place:/44/4419/", 0, 1),
        ("place:/44/4419/441900121/", 0, 1),
        ("unit:8", 0, 1),
    ]


def test_a_recount_is_registered():
    def recount():
        return []

    before = list(tallies._recounts)
    try:
        assert tallies.recounts(recount) is recount
        assert tallies._recounts == [*before, recount]
    finally:
        tallies._recounts[:] = before


paths = st.lists(st.sampled_from(["4", "44", "440", "9", "a", "a-b"]), max_size=4).map(
    lambda parts: "/" + "".join(f"{part}/" for part in parts)
)
deltas = st.lists(
    st.tuples(
        st.builds(
            Spot, st.integers(1, 2), st.integers(1, 4), paths, paths.map(lambda p: "" if p == "/" else p)
        ),
        st.sampled_from(["filed", "held"]),
        st.integers(-3, 3),
        st.sampled_from(["", "online"]),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=40)
@given(deltas=deltas, folded=st.integers(0, 12), at=paths)
def test_any_tree_reads_as_a_naive_walk_counts(deltas, folded, at):
    TallyEntry.objects.all().delete()
    TallyTotal.objects.all().delete()
    count(*deltas)
    if folded:
        tallies.fold(size=folded)

    def naive(season, holds):
        found = Counter()
        for spot, measure, n, facet in deltas:
            if spot.season_id == season and holds(spot):
                found[measure, facet] += n
        return {key: n for key, n in found.items() if n}

    def read(counts):
        return {key: n for key, n in counts.items() if n}

    assert read(tallies.in_place(1, at)) == naive(1, lambda spot: spot.place.startswith(at))
    assert read(tallies.of_unit(1, 2)) == naive(1, lambda spot: spot.unit_id == 2)
    assert tallies.in_places(1, ["filed", "held"], [at, "/"], facet="online") == {
        path: {
            measure: naive(1, lambda spot, path=path: spot.place.startswith(path)).get((measure, "online"), 0)
            for measure in ("filed", "held")
        }
        for path in (at, "/")
    }
    naive_by_unit = {
        u: naive(1, lambda spot, u=u: spot.unit_id == u).get(("filed", "online"), 0) for u in range(1, 5)
    }
    assert tallies.by_unit(1, "filed", range(1, 5), facet="online") == naive_by_unit


@settings(deadline=None, max_examples=25)
@given(deltas=deltas, folded=st.integers(0, 12))
def test_any_tally_agrees_with_its_recount(deltas, folded):
    TallyEntry.objects.all().delete()
    TallyTotal.objects.all().delete()
    count(*deltas)
    if folded:
        tallies.fold(size=folded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tallies, "_recounts", [lambda: [(s, m, f, n) for s, m, n, f in deltas]])
        assert tallies.verify() == []


@pytest.mark.parametrize("folds", [0, 1, 9])
def test_lists_read_kinds_and_places_together_as_each_alone(django_assert_num_queries, folds):
    there, beside = Spot(1, tallies.OF_LISTS, "/44/4419/441900103/"), Spot(1, tallies.OF_LISTS, "/44/4401/")
    count(
        (there, "begins:2023-09-17", 2), (there, "begins:2023-09-17", 2, "fields:health"), (there, "begins:2023-09-20", 1),
        (beside, "begins:2023-09-18", 4), (beside, "begins:2023-09-18", 3, "mode:online"), (beside, "begins:2023-09-01", 9),
        (Spot(1, tallies.OF_DAYS, beside.place), "on:2023-09-18", 8), (Spot(1, tallies.OF_DAYS, there.place), "on:2023-09-18", 1, "mode:online"),
    )  # fmt: skip
    for _ in range(folds):
        tallies.fold(size=2)
    asked = ("begins:2023-09-10", "begins:~")
    below = ["/44/4419/", "/44/4401/", "/44/4402/"]
    with django_assert_num_queries(1):
        kinds, places = tallies.in_lists_and_places(1, "/44/", below, *asked)

    assert kinds == {"": 7, "fields:health": 2, "mode:online": 3} == tallies.in_lists(1, "/44/", *asked)
    assert places == {"/44/4419/": 3, "/44/4401/": 4, "/44/4402/": 0}
    assert places == tallies.in_lists_of_places(1, below, *asked, above="/44/")
    assert tallies.in_lists_and_places(1, "/44/4401/", [], *asked) == ({"": 4, "mode:online": 3}, {})
    assert tallies.in_lists_and_places(1, "/44/", below, "on:2023-09-18", "on:2023-09-18", of=tallies.OF_DAYS) == (
        {"": 8, "mode:online": 1}, {"/44/4419/": 0, "/44/4401/": 8, "/44/4402/": 0},
    )  # fmt: skip


@pytest.mark.parametrize("model", [TallyEntry, TallyTotal])
def test_what_is_counted_is_compared_byte_by_byte_whatever_the_language_of_the_database(model):
    """A language sorts “~” before digits: the lists of such a database counted nothing."""
    with connection.cursor() as cursor:
        columns = {
            one.name: one
            for one in connection.introspection.get_table_description(cursor, model._meta.db_table)
        }
    compared = [field for field in model._meta.fields if isinstance(field, models.CharField)]
    assert {columns[field.column].collation for field in compared} == {engine().CODE_COLLATION}
