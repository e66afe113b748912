"""What became of a notice, counted and listed; what a receipt proves; whose business it is."""

from datetime import timedelta

import pytest

from kepu.core.paging import page
from kepu.notices import actions, queries, rules
from kepu.notices.actions.delivering import part_of
from kepu.notices.format.schema import Recipient
from kepu.notices.models import Delivery, Notice, SentFile
from kepu.notices.queries.deliveries import RECEIVED_ORDER, STEP_ORDER, Counted, Step
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role
from tests.conftest import NOON
from tests.factories.activities import a_world
from tests.factories.notices import a_clause, a_notice
from tests.factories.orgs import a_coordinator, a_line, a_place, a_unit, an_actor
from tests.factories.returns import more_towns
from tests.factories.sending import TOWNS, a_delivery, loaded, more_offices, with_recipients, work

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world():
    world = a_world()
    more_towns(world)
    return world


@pytest.fixture
def notice(world):
    a_unit(world.city, "市天文学会", kind="society")
    return with_recipients(Notice.objects.get(code="dg"), TOWNS, {"title": "学会", "kinds": ["society"]})


@pytest.mark.parametrize(
    ("place", "within", "part"),
    [
        ("/", "/44/4419/", "/44/"), ("/", "/", ""), ("/44/", "/44/", ""), ("/44/", "/44/4419/x/y/", "/44/4419/"),
        ("/44/", "/45/", ""), ("/44/4419/", "/44/", ""),
    ],
)  # fmt: skip
def test_the_part_is_the_place_directly_below(place, within, part):
    assert part_of(place, within) == part


def test_counts_are_those_of_the_rows_whatever_was_done(world, notice):
    a_delivery(world, notice=notice)
    rows = list(Delivery.objects.order_by("pk").select_related("unit", "notice"))
    for number, row in enumerate(rows):
        if number % 2:
            actions.open_delivery(row, by=an_actor(row.unit), at=LATER)
        if number % 3 == 0:
            actions.receive_notice(row, by=an_actor(row.unit), at=LATER)
    town = loaded(Delivery.objects.get(unit=world.town_office))
    actions.forward_notice(
        town, [Recipient(title="学校", kinds=("school",))], by=world.town_coordinator, at=LATER
    )
    work(LATER)

    counts = queries.delivery_counts(notice)

    every = Delivery.objects.all()
    assert counts.total == Counted(
        every.count(), every.exclude(opened_at=None).count(), every.exclude(received_at=None).count(), 1
    )
    for level, n in counts.by_level:
        assert n.sent == every.filter(unit__level=level).count()
    for path, n in counts.by_part:
        there = (
            every.filter(unit__place_path__startswith=path) if path else every.filter(unit__place=world.city)
        )
        assert n.sent == there.count()
    assert [level for level, _n in counts.by_level] == ["city", "town"]
    for step, n in ((Step.UNOPENED, counts.total.unopened), (Step.OPENED, counts.total.unreceived), (Step.RECEIVED, counts.total.received)):  # fmt: skip
        found = list(queries.deliveries_at(notice, step))
        assert (len(found), {queries.step_of(d) for d in found} <= {step}) == (n, True)


@pytest.mark.parametrize("more", [0, 50])
def test_counting_is_one_query(world, notice, django_assert_num_queries, more):
    more_offices(world, more)
    a_delivery(world, notice=notice)
    with django_assert_num_queries(1):
        assert queries.delivery_counts(notice).total.sent == 5 + more


def test_a_notice_that_went_to_nobody_counts_nothing(notice):
    counts = queries.delivery_counts(notice)
    assert (counts.total, counts.by_level, counts.by_part) == (Counted(), (), ())


def test_lists_are_read_page_by_page_and_hold_everybody_once(world, notice):
    more_offices(world, 20)
    a_delivery(world, notice=notice)
    cursor, seen = "", []
    while True:
        found = page(queries.deliveries_at(notice, Step.UNOPENED), order=STEP_ORDER, cursor=cursor, size=7)
        seen += [d.pk for d in found.items]
        if not found.next:
            break
        cursor = found.next
    assert sorted(seen) == sorted(Delivery.objects.values_list("pk", flat=True))


def test_a_unit_reads_what_was_sent_to_it_the_unopened_first(world, notice):
    first = a_delivery(world, notice=notice)
    second = a_delivery(
        world, notice=with_recipients(a_notice(world.season, world.city, "n2"), TOWNS), at=NOON
    )
    actions.receive_notice(second, by=world.town_coordinator, at=LATER)
    found = page(queries.received(world.town_coordinator), order=RECEIVED_ORDER)
    assert [d.pk for d in found.items] == [first.pk, second.pk]
    assert queries.to_receive(world.town_coordinator) == 1
    assert list(queries.received(world.filer)) == []
    assert list(queries.received(SYSTEM)) == []


def test_whose_business_a_notice_is(world, notice):
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    other = a_unit(far, "四川省科协", coordinates=[far])
    education = a_line("education", "教育")
    bureau = a_unit(world.city, "市教育局", kind="department", line=education, coordinates=[education])
    lined = a_notice(world.season, world.nation, "edu", line=education)
    seen = {
        "issuer": a_coordinator(world.city_office), "auditor of the issuer": an_actor(world.city_office, Role.AUDITOR),
        "above": a_coordinator(world.province_office), "below": world.town_coordinator, "filer": an_actor(world.city_office),
        "elsewhere": a_coordinator(other), "of the line": a_coordinator(bureau), "system": SYSTEM,
    }  # fmt: skip
    assert {who: sorted(rules.sent_by(actor).values_list("code", flat=True)) for who, actor in seen.items()} == {
        "issuer": ["dg"], "auditor of the issuer": ["dg"], "above": ["dg"], "below": [], "filer": [], "elsewhere": [],
        "of the line": [lined.code], "system": ["dg", "edu"],
    }  # fmt: skip
    delivery = a_delivery(world, notice=notice)
    may_see = {
        who for who, actor in seen.items() if queries.delivery_in_scope(actor).filter(pk=delivery.pk).exists()
    }
    assert may_see == {"issuer", "auditor of the issuer", "above", "below", "system"}


def test_only_the_clauses_that_bind_the_unit_are_told(world, notice):
    a_clause(notice, "X-1", "duty", {"what": "x", "title": "表"}, audience={"kinds": ["school"]})
    a_clause(notice, "X-2", "duty", {"what": "y", "title": "表"}, audience={"levels": ["town"]})
    told = {clause.code for clause in queries.clauses_binding(notice, world.town_office)}
    assert ("X-1" in told, "X-2" in told, "DG-07" in told) == (False, True, True)


class TestReceipt:
    @pytest.fixture
    def received(self, world, notice):
        delivery = a_delivery(world, notice=notice)
        actions.receive_notice(delivery, by=world.town_coordinator, at=LATER)
        return loaded(delivery)

    def test_it_holds(self, received):
        proof = queries.receipt_of(received)
        assert (proof.holds, proof.number, proof.wordings, proof.is_current, proof.trace.event) == (
            True, 1, 1, True, "delivery.received"
        )  # fmt: skip
        assert proof.trace.detail["digest"] == received.digest == queries.file_sent(received).digest

    def test_before_it_was_received_only_the_file_is_proved(self, world, received):
        waiting = loaded(Delivery.objects.get(unit__name="虎门镇科协"))
        proof = queries.receipt_of(waiting)
        assert (proof.holds, proof.trace, proof.is_traced) == (True, None, False)

    @pytest.mark.parametrize(
        "fields", [{"received_at": NOON + timedelta(hours=5)}, {"received_by": None}, {"digest": "0" * 64}]
    )
    def test_a_row_that_was_changed_behind_the_acts_does_not_hold(self, received, fields):
        Delivery.objects.filter(pk=received.pk).update(**fields)
        assert not queries.receipt_of(loaded(received)).holds

    def test_a_file_that_was_changed_or_lost_does_not_hold(self, received):
        SentFile.objects.update(text="format = 1\n")
        assert not queries.receipt_of(received).is_kept
        SentFile.objects.update(digest="1" * 64)
        assert (queries.receipt_of(received).number, queries.file_sent(received)) == (None, None)

    def test_a_notice_that_changed_since_is_known_by_it(self, notice, received):
        a_clause(notice, "X-9", "duty", {"what": "x", "title": "表"})
        proof = queries.receipt_of(received)
        assert (proof.holds, proof.is_current) == (True, False)
