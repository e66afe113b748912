from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core.refusals import NotAllowed
from kepu.orgs import queries
from kepu.orgs.actor import OVERSEEING, SYSTEM, Actor, Held
from kepu.orgs.models import Level, Place, PlaceKind, Role, Unit
from tests.conftest import NOON, undone
from tests.factories.accounts import a_person
from tests.factories.orgs import a_coordinator, a_deputy, a_line, a_place, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class TestActorFor:
    def test_a_person_acts_with_the_posts_held_there_and_no_others(self, chain):
        _nation, _guangdong, dongguan, shilong = chain
        person = a_person("王小明")
        unit = a_unit(dongguan)
        a_post(unit, Role.FILER, person=person)
        a_post(unit, Role.REVIEWER, person=person, place=shilong)
        a_post(unit, Role.AUDITOR, person=person, line=a_line("edu"))
        a_post(a_unit(dongguan), Role.COORDINATOR, person=person)
        a_post(unit, Role.EVALUATOR)

        assert queries.actor_for(person, unit.pk, NOON) == Actor(
            person_id=person.pk,
            person_name="王小明",
            unit=unit,
            posts=(
                Held(Role.FILER),
                Held(Role.REVIEWER, places=("/440000/441900/441900103/",)),
                Held(Role.AUDITOR, lines=("/edu/",)),
            ),
        )

    @pytest.mark.parametrize("role", list(Role))
    def test_a_post_without_a_place_reaches_what_its_unit_coordinates(self, chain, role):
        line = a_line("edu")
        unit = a_unit(chain[2], coordinates=[chain[2], line])
        post = a_post(unit, role)
        reach = Held(role, ("/440000/441900/",), ("/edu/",)) if role in OVERSEEING else Held(role)
        assert queries.actor_for(post.person, unit.pk, NOON).posts == (reach,)

    def test_a_place_of_its_own_narrows_a_post(self, chain):
        unit = a_unit(chain[2], coordinates=[chain[2]])
        post = a_post(unit, Role.REVIEWER, place=chain[3])
        assert queries.actor_for(post.person, unit.pk, NOON).posts == (
            Held(Role.REVIEWER, ("/440000/441900/441900103/",)),
        )

    @pytest.mark.parametrize(
        ("since", "until", "holds"),
        [
            (None, None, True),
            (NOON, None, True),
            (NOON + HOUR, None, False),
            (None, NOON + HOUR, True),
            (NOON - HOUR, NOON, False),
        ],
    )
    def test_a_post_holds_from_its_first_instant_and_no_longer_at_its_last(self, chain, since, until, holds):
        post = a_post(a_unit(chain[2]), since=since, until=until)
        found = [way.unit.pk for way in queries.standings(post.person, NOON)]
        assert found == ([post.unit_id] if holds else [])
        if holds:
            assert queries.actor_for(post.person, post.unit_id, NOON).unit == post.unit
        else:
            with pytest.raises(NotAllowed, match="您现在没有代表这个单位的岗位"):
                queries.actor_for(post.person, post.unit_id, NOON)

    def test_nobody_acts_for_a_closed_unit(self, chain):
        post = a_post(a_unit(chain[2], closed_on=NOON.date()))
        assert queries.standings(post.person, NOON) == []
        assert queries.only_way_to_act(post.person, NOON) is None
        with pytest.raises(NotAllowed):
            queries.actor_for(post.person, post.unit_id, NOON)

    def test_a_closed_account_acts_for_nobody(self, chain):
        post = a_post(a_unit(chain[2]), person=a_person(is_active=False))
        with pytest.raises(NotAllowed):
            queries.actor_for(post.person, post.unit_id, NOON)

    @pytest.mark.parametrize("posts", [1, 3])
    def test_two_queries_however_many_posts(self, chain, django_assert_num_queries, posts):
        person, unit = a_person(), a_unit(chain[2], coordinates=chain)
        for role in OVERSEEING[:posts]:
            a_post(unit, role, person=person)
        with django_assert_num_queries(2):
            actor = queries.actor_for(person, unit.pk, NOON)
            assert (actor.unit.place_path, len(actor.posts)) == ("/440000/441900/", posts)

    def test_one_query_for_a_filer(self, chain, django_assert_num_queries):
        post = a_post(a_unit(chain[2]))
        with django_assert_num_queries(1):
            queries.actor_for(post.person, post.unit_id, NOON)


class TestStandings:
    def test_are_sorted_by_unit_with_all_posts_held_there(self, chain, django_assert_num_queries):
        person = a_person()
        second, first = a_unit(chain[2], "乙"), a_unit(chain[2], "一")
        for unit in (second, first):
            a_post(unit, Role.FILER, person=person)
            a_post(unit, Role.REVIEWER, person=person)
        with django_assert_num_queries(3):
            found = queries.standings(person, NOON)
        assert [(way.key, [post.role for post in way.posts]) for way in found] == [
            (str(unit.pk), [Role.FILER, Role.REVIEWER])
            for unit in sorted([first, second], key=lambda unit: unit.name)
        ]

    def test_name_each_whom_one_stands_in_for(self, chain):
        person, unit = a_person(), a_unit(chain[2])
        a_post(unit, person=person)
        away = a_post(unit, Role.REVIEWER)
        a_deputy(away, person, until=NOON + HOUR)
        own, stead = queries.standings(person, NOON)
        assert (own.key, own.deputy_for, own.until) == (str(unit.pk), None, None)
        assert (stead.key, stead.deputy_for, stead.until) == (
            f"{unit.pk}.{away.person_id}", away.person, NOON + HOUR,
        )  # fmt: skip

    def test_the_only_one_is_found_with_one_query(self, chain, django_assert_num_queries):
        away, person = a_post(a_unit(chain[2])), a_person()
        a_deputy(away, person)
        with django_assert_num_queries(1):
            assert queries.only_way_to_act(away.person, NOON) == (away.unit_id, None)
        assert queries.only_way_to_act(person, NOON) == (away.unit_id, away.person_id)
        a_post(away.unit, person=person)
        assert queries.only_way_to_act(person, NOON) is None


class TestDeputies:
    def test_act_with_the_posts_they_are_deputy_in_and_no_other(self, chain):
        unit, person, holder = a_unit(chain[2], coordinates=[chain[2]]), a_person(), a_person("王主任")
        a_post(unit, Role.FILER, person=person)
        a_post(unit, Role.FILER, person=holder)
        a_deputy(a_post(unit, Role.REVIEWER, person=holder), person)
        actor = queries.actor_for(person, unit.pk, NOON, deputy_for=holder.pk)
        assert (actor.person_id, actor.deputy_for, actor.deputy_for_name) == (person.pk, holder.pk, "王主任")
        assert actor.posts == (Held(Role.REVIEWER, ("/440000/441900/",)),)
        assert queries.actor_for(person, unit.pk, NOON).posts == (Held(Role.FILER),)

    @pytest.mark.parametrize(
        "when", ["before it begins", "at its end", "after the post has ended", "in another's stead"]
    )
    def test_act_only_in_their_time(self, chain, when):
        post, person = a_post(a_unit(chain[2]), until=NOON + HOUR), a_person()
        a_deputy(post, person, since=NOON, until=NOON + 3 * HOUR)
        at = {
            "before it begins": -1,
            "at its end": 3,
            "after the post has ended": 2,
            "in another's stead": 0,
        }[when]
        holder = a_person().pk if when == "in another's stead" else post.person_id
        with pytest.raises(NotAllowed, match="您现在没有代表这个单位的岗位"):
            queries.actor_for(person, post.unit_id, NOON + at * HOUR, deputy_for=holder)


class TestCoordinators:
    def test_the_nearest_at_or_above_coordinates(self, chain, django_assert_num_queries):
        nation, guangdong, dongguan, shilong = chain
        cast, city = a_unit(nation, coordinates=[nation]), a_unit(dongguan, coordinates=[dongguan])
        for place, right in [(shilong, city), (dongguan, city), (guangdong, cast), (nation, cast)]:
            with django_assert_num_queries(1):
                assert queries.coordinator_above(place.path) == right

    def test_where_nobody_coordinates_there_is_nobody(self, chain):
        a_unit(chain[3], coordinates=[chain[3]])
        assert queries.coordinator_above(chain[2].path) is None


def test_full_names_leave_the_nation_out(chain, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.place_names([place.path for place in chain]) == {
            "/": "",
            "/440000/": "广东省",
            "/440000/441900/": "广东省东莞市",
            "/440000/441900/441900103/": "广东省东莞市石龙镇",
        }


class TestScope:
    def test_the_system_sees_all(self, chain):
        units = {a_unit(place) for place in chain}
        assert set(queries.units_in_scope(SYSTEM)) == units

    def test_a_filer_sees_the_unit_only(self, chain):
        unit = a_unit(chain[0])
        a_unit(chain[3])
        assert list(queries.units_in_scope(an_actor(unit))) == [unit]

    def test_a_coordinator_sees_its_places_and_lines_and_its_own_unit(self, chain):
        nation, guangdong, dongguan, shilong = chain
        edu = a_line("edu")
        own = a_unit(guangdong, coordinates=[dongguan, edu])
        below = a_unit(shilong)
        in_line = a_unit(guangdong, line=a_line("schools", parent=edu))
        a_unit(nation)
        assert set(queries.units_in_scope(a_coordinator(own))) == {own, below, in_line}

    def test_an_operator_helps_and_oversees_nobody(self, chain):
        own = a_unit(chain[2])
        a_unit(chain[3])
        assert list(queries.units_in_scope(an_actor(own, Role.OPERATOR, places=[chain[2]]))) == [own]


codes = st.sampled_from(["4", "44", "440", "9", "a", "a-b", "B"])
trees = st.lists(st.lists(codes, max_size=4).map(tuple), max_size=8)


@settings(deadline=None, max_examples=30)
@given(
    places=trees, lines=trees, data=st.data(),
    reach=st.lists(st.tuples(st.sampled_from(list(Role)), st.integers(0, 9), st.booleans()), max_size=3),
)  # fmt: skip
def test_scope_on_any_tree_is_what_a_naive_walk_finds(places, lines, data, reach):
    with undone():
        check_scope(places, lines, data, reach)


def check_scope(places, lines, data, reach):
    spot = Place.objects.create(code="CN", name="中国", kind=PlaceKind.NATION, level=Level.NATION, path="/")

    def path(parts):
        return "/" + "".join(f"{part}/" for part in parts)

    spots = [("/", "")] + [
        (path(p), path(line) if line else "") for p, line in zip(places, lines, strict=False)
    ]
    Unit.objects.bulk_create(
        Unit(
            code=f"U{i}", name=f"U{i}", kind="school", place=spot, place_kind="nation", level="nation",
            place_path=place, line_path=line,
        )
        for i, (place, line) in enumerate(spots)
    )  # fmt: skip
    units = list(Unit.objects.order_by("pk"))
    tops = [p for p, _line in spots] + [line for _p, line in spots if line]
    held = tuple(
        Held(role, places=(tops[i % len(tops)],)) if by_place else Held(role, lines=(tops[i % len(tops)],))
        for role, i, by_place in reach
    )
    actor = Actor(person_id=1, person_name="", unit=data.draw(st.sampled_from(units)), posts=held)

    def sees(unit):
        overseeing = [post for post in held if post.role in OVERSEEING]
        return (
            unit == actor.unit
            or any(unit.place_path.startswith(p) for post in overseeing for p in post.places)
            or any(unit.line_path.startswith(p) for post in overseeing for p in post.lines)
        )

    found = queries.units_in_scope(actor).order_by("pk")
    assert [unit.code for unit in found] == [unit.code for unit in units if sees(unit)]
    for unit in units:
        reached = actor.reaches(*OVERSEEING, place=unit.place_path, line=unit.line_path)
        assert (reached or unit == actor.unit) == sees(unit)


@pytest.mark.parametrize("count", [1, 3])
def test_traits_cost_four_queries_however_many_units(chain, django_assert_num_queries, count):
    units = [a_unit(chain[3]) for _ in range(count)]
    with django_assert_num_queries(4):
        assert queries.traits_of(units, NOON.date()) == {unit.pk: [] for unit in units}


def test_nothing_is_addressed_to_the_system():
    assert list(queries.messages_to(SYSTEM)) == []


def test_a_place_covers_its_subtree(chain):
    _nation, guangdong, dongguan, shilong = chain
    assert [dongguan.covers(place.path) for place in (guangdong, dongguan, shilong)] == [False, True, True]
    assert a_place("4419", "别处", kind=PlaceKind.ZONE, parent=guangdong).covers(shilong.path) is False
