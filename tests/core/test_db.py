import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from kepu.config.database import KEEPS_PLANS_AFTER
from kepu.core.db import ActError, Gathering, among, in_transaction, rows_of, running_act, transaction
from kepu.core.models import TallyTotal


def a_row(measure="m"):
    return TallyTotal.objects.create(season_id=1, scope="unit:1", measure=measure, n=1)


@transaction
def write(measure="m"):
    return a_row(measure)


@transaction
def write_and_fail():
    a_row()
    raise LookupError("half way")


@transaction
def nest():
    a_row("outer")
    write("inner")


@in_transaction
def part():
    return running_act()


@transaction
def whole():
    return part(), part()


class First(Gathering):
    order = 10

    def write(self):
        a_row("first")


class Second(Gathering):
    order = 20

    def write(self):
        a_row("second")


def measures():
    return list(TallyTotal.objects.order_by("id").values_list("measure", flat=True))


@pytest.mark.django_db
def test_an_act_inside_an_act_is_refused_and_leaves_nothing():
    with pytest.raises(ActError, match="write is an act of its own"):
        nest()
    write("after")  # the refusal leaves no act behind


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_nothing():
    with pytest.raises(LookupError):
        write_and_fail()
    assert measures() == []


@pytest.mark.django_db(transaction=True)
def test_a_nested_act_undoes_the_outer_one():
    with pytest.raises(ActError):
        nest()
    assert measures() == []


@pytest.mark.django_db
def test_a_part_outside_an_act_is_refused_even_inside_a_tests_transaction():
    with pytest.raises(ActError, match="must be called from an act"):
        part()


@pytest.mark.django_db
def test_parts_share_the_act_of_their_caller():
    one, other = whole()
    assert one is other


@pytest.mark.django_db
def test_no_act_runs_after_one_has_ended():
    write()
    with pytest.raises(ActError):
        running_act()


@pytest.mark.django_db
def test_what_an_act_gathers_is_written_at_its_end_in_order():
    @transaction
    def act():
        running_act().gather(Second)
        running_act().gather(First)
        a_row("act")

    act()
    assert measures() == ["act", "first", "second"]


def test_an_act_keeps_its_name_and_says_that_it_is_one():
    assert (write.__name__, write.is_act) == ("write", True)


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's module keeps what was compiled by itself"
)
def test_what_is_asked_often_is_planned_once_and_answered_the_same():
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
    asked = [rows_of("SELECT %s + 1 AS asked_often", [n]) for n in range(KEEPS_PLANS_AFTER + 2)]
    assert asked == [[(n + 1,)] for n in range(KEEPS_PLANS_AFTER + 2)]
    assert rows_of(kept, ["%AS asked_often"]) == [(1,)]
    with CaptureQueriesContext(connection) as captured:
        rows_of("SELECT %s + 1 AS asked_often", [0])
    assert ["AS asked_often" in query["sql"] for query in captured] == [True]


@pytest.mark.django_db
def test_what_is_asked_by_hand_is_counted_like_all_that_is_asked(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rows_of("SELECT %(n)s + 1", {"n": 1}) == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_by_hand_outlives_its_connection():
    assert rows_of("SELECT 1") == [(1,)]
    connection.close()
    assert rows_of("SELECT 2") == [(2,)]


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_failed_leaves_nothing_behind_for_the_next():
    with pytest.raises(DatabaseError):
        rows_of("SELECT 1 FROM nowhere_at_all")
    assert rows_of("SELECT 2") == [(2,)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [[], [2], [1, 3, 1], [*range(300)], ["b"], ["a", 'it\'s %s \\ "so"', "{c,d}", "科普"]]
)
def test_one_statement_asks_for_any_number_of_values(values):
    numbers = not values or isinstance(values[0], int)
    there = [1, 2, 3] if numbers else ["a", "b", 'it\'s %s \\ "so"', "{c,d}", "c"]
    kind = "CAST(%s AS bigint)" if numbers else "CAST(%s AS varchar(40))"
    table = " UNION ALL ".join([f"SELECT {kind} AS n"] * len(there))
    where, parameter = among("n", values)
    found = rows_of(f"SELECT n FROM ({table}) t WHERE {where} ORDER BY n", [*there, parameter])
    assert {n for (n,) in found} == {*there} & {*values}
    assert among("n", [*values, *values])[0] == where
