import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core.models import OutboxRow, TallyTotal
from kepu.core.paging import _encode, page, page_in_turn
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
BY_NUMBER = ("n", "id")


def rows(*numbers):
    TallyTotal.objects.all().delete()
    made = [TallyTotal(season_id=1, scope=f"unit:{i}", measure="m", n=n) for i, n in enumerate(numbers)]
    TallyTotal.objects.bulk_create(made)


def walk(order, size):
    """Forwards to the end, then backwards to the beginning: the items of every page."""
    forwards, backwards, cursor = [], [], ""
    while True:
        here = page(TallyTotal.objects.all(), order=order, cursor=cursor, size=size)
        forwards.append([row.pk for row in here.items])
        if not here.next:
            break
        cursor = here.next
    while here.previous:
        here = page(TallyTotal.objects.all(), order=order, cursor=here.previous, size=size)
        backwards.append([row.pk for row in here.items])
    return forwards, backwards[::-1]


def flat(pages):
    return [pk for one in pages for pk in one]


@settings(deadline=None, max_examples=60)
@given(
    numbers=st.lists(st.integers(0, 3), max_size=14),
    size=st.integers(1, 5),
    order=st.sampled_from([("id",), ("-id",), ("n", "id"), ("-n", "id"), ("n", "-id"), ("-n", "-id")]),
)
def test_every_row_comes_exactly_once_forwards_and_backwards(numbers, size, order):
    rows(*numbers)
    right = list(TallyTotal.objects.order_by(*order).values_list("pk", flat=True))

    forwards, backwards = walk(order, size)

    assert flat(forwards) == right
    assert flat(backwards) == right[: len(flat(backwards))]
    assert len(flat(backwards)) == len(flat(forwards[:-1]))
    assert all(len(one) == size for one in forwards[:-1])


def test_a_row_that_comes_in_between_neither_doubles_nor_hides_another():
    rows(1, 2, 3, 4)
    first = page(TallyTotal.objects.all(), order=BY_NUMBER, size=2)
    TallyTotal.objects.create(season_id=1, scope="unit:new", measure="m", n=0)
    second = page(TallyTotal.objects.all(), order=BY_NUMBER, cursor=first.next, size=2)
    assert [row.n for row in first.items + second.items] == [1, 2, 3, 4]


def test_an_only_page_has_no_neighbours():
    rows(1, 2)
    only = page(TallyTotal.objects.all(), order=BY_NUMBER, size=2)
    assert ([row.n for row in only.items], only.next, only.previous) == ([1, 2], "", "")


def test_an_empty_list_is_an_empty_page():
    empty = page(TallyTotal.objects.all(), order=BY_NUMBER)
    assert (empty.items, empty.next, empty.previous) == ([], "", "")


def test_where_the_rows_before_have_gone_the_reader_gets_the_first_page():
    rows(1, 2, 3, 4)
    first = page(TallyTotal.objects.all(), order=BY_NUMBER, size=2)
    second = page(TallyTotal.objects.all(), order=BY_NUMBER, cursor=first.next, size=2)
    TallyTotal.objects.filter(n__lte=2).delete()
    here = page(TallyTotal.objects.all(), order=BY_NUMBER, cursor=second.previous, size=2)
    assert [row.n for row in here.items] == [3, 4]


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_is_one_query(django_assert_num_queries, size):
    rows(1, 2, 3)
    first = page(TallyTotal.objects.all(), order=BY_NUMBER, size=1)
    with django_assert_num_queries(1):
        page(TallyTotal.objects.all(), order=BY_NUMBER, cursor=first.next, size=size)


def raw(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


BAD_CURSORS = {
    "no base64": "%%%",
    "not ASCII": "科普",
    "no JSON": raw("no json"),
    "a lone number": raw("5"),
    "too few values": raw(json.dumps([False, 1])),
    "too many values": raw(json.dumps([False, 1, 2, 3])),
    "a list for a value": raw(json.dumps([False, [1], 2])),
    "null for a value": raw(json.dumps([False, None, 2])),
    "a word for a number": raw(json.dumps([False, "x", 2])),
    "a number too big": raw(json.dumps([False, 10**30, 2])),
    "a zero character": raw(json.dumps([False, "\0", 2])),
    "half a character": raw('[false, "\\ud800", 2]'),
    "a deep nest": raw("[" * 5000),
    "nothing but dots": "....",
}


@pytest.mark.parametrize("cursor", BAD_CURSORS.values(), ids=BAD_CURSORS)
def test_a_cursor_that_is_none_gives_a_page_and_no_error(cursor):
    rows(1, 2, 3)
    here = page(TallyTotal.objects.all(), order=BY_NUMBER, cursor=cursor, size=2)
    assert [row.n for row in here.items] in (
        [1, 2],
        [],
    )  # a number beyond every row is a cursor after the end


@pytest.mark.parametrize("value", ["yesterday", "2023-13-40", "", 5])
def test_a_cursor_with_a_day_that_is_none_gives_the_first_page(value):
    OutboxRow.objects.create(kind="bell", written_at=NOON, due_at=NOON)
    here = page(OutboxRow.objects.all(), order=("due_at", "id"), cursor=_encode([value, 0], False), size=2)
    assert [row.kind for row in here.items] == ["bell"]


def test_instants_make_cursors():
    for _ in range(3):
        OutboxRow.objects.create(kind="bell", written_at=NOON, due_at=NOON)
    first = page(OutboxRow.objects.all(), order=("-due_at", "-id"), size=2)
    second = page(OutboxRow.objects.all(), order=("-due_at", "-id"), cursor=first.next, size=2)
    assert len({row.pk for row in first.items + second.items}) == 3


def test_a_fault_of_the_list_itself_is_told():
    listed = TallyTotal.objects.filter(measure="\ud800")
    with pytest.raises(ValueError, match="surrogates"):
        page(listed, order=BY_NUMBER)


@settings(max_examples=25, deadline=None)
@given(
    numbers=st.lists(st.integers(0, 8), max_size=12), size=st.integers(1, 4), cuts=st.tuples(st.integers(0, 8), st.integers(0, 8))
)  # fmt: skip
def test_one_list_after_another_brings_every_row_once_forwards_and_backwards(numbers, size, cuts):
    rows(*numbers)
    low, high = sorted(cuts)
    every = TallyTotal.objects.all()
    parts = [
        (every.filter(n__lt=low), BY_NUMBER), (every.filter(n__gte=low, n__lt=high), ("-n", "id")), (every.filter(n__gte=high), BY_NUMBER),
    ]  # fmt: skip
    expected = [row.pk for part, order in parts for row in part.order_by(*order)]

    here = page_in_turn(parts, size=size)
    forwards = [[row.pk for row in here.items]]
    while here.next:
        here = page_in_turn(parts, cursor=here.next, size=size)
        forwards.append([row.pk for row in here.items])
    backwards = []
    while here.previous:
        here = page_in_turn(parts, cursor=here.previous, size=size)
        backwards.append([row.pk for row in here.items])

    assert flat(forwards) == expected
    assert all(len(one) == size for one in forwards[:-1])
    assert flat(backwards[::-1]) == flat(forwards[:-1])


@pytest.mark.parametrize("cursor", ["9.", "x.y", "1", "0.$", "-1.", "²."])
def test_a_cursor_of_no_part_gives_a_page_and_no_error(cursor):
    rows(1, 2, 3)
    parts = [
        (TallyTotal.objects.filter(n__lt=2), BY_NUMBER),
        (TallyTotal.objects.filter(n__gte=2), BY_NUMBER),
    ]
    assert page_in_turn(parts, cursor=cursor, size=2).items
