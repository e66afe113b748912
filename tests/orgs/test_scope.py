"""Properties of scope on random trees of places and lines, with random posts, dates and deputies, all in the database."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.core.refusals import NotAllowed, Refused, refused
from kepu.orgs import actions, post_rules, queries, rules
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Coordination, Deputy, Line, Place, Post, Role, Unit
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.activities import taken_back
from tests.factories.orgs import a_line, a_place, a_unit

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ROLES = list(Role)

# a tree as the parent of each node, by its number; what lies deeper names one before it
trees = st.lists(st.integers(0, 5), max_size=5)
instants = st.none() | st.integers(-3, 3)
posts = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from(ROLES), st.sampled_from(["", "place", "line"]), st.integers(0, 9), instants, instants
    ),
    min_size=1, max_size=5,
)  # fmt: skip
units = st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)), min_size=1, max_size=6)
worlds = st.tuples(
    trees, trees, units, st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=3), posts
)


class World:
    """What the drawn numbers make: places, lines, units, who coordinates what, and the posts of one person."""

    def __init__(self, drawn):
        places, lines, unit_spots, coordinated, held = drawn
        self.places = [a_place("CN", "中国", kind="nation")]
        for number, parent in enumerate(places):
            self.places.append(
                a_place(f"P{number}", kind="town", parent=self.places[parent % len(self.places)])
            )
        self.lines = [a_line("edu")]
        for number, parent in enumerate(lines):
            above = self.lines[parent % len(self.lines)] if parent % 3 else None
            self.lines.append(a_line(f"L{number}", parent=above))
        self.units = [
            a_unit(self.places[place % len(self.places)], line=None if line is None else self.lines[line % len(self.lines)])
            for place, line in unit_spots
        ]  # fmt: skip
        taken = set()
        for by_place, number in coordinated:
            node = (self.places if by_place else self.lines)[
                number % len(self.places if by_place else self.lines)
            ]
            if (by_place, node.pk) not in taken:
                taken.add((by_place, node.pk))
                unit = self.units[number % len(self.units)]
                Coordination.objects.create(unit=unit, **{"place" if by_place else "line": node})
        self.person = a_person()
        for drawn_post in held:
            self._post(*drawn_post)

    def _post(self, unit, role, area, number, since, until):
        if role == Role.FILER or not area:
            where = {}
        elif area == "place":
            where = {"place": self.places[number % len(self.places)]}
        else:
            where = {"line": self.lines[number % len(self.lines)]}
        begins = None if since is None else NOON + since * DAY
        ends = None if until is None else NOON + until * DAY + DAY / 2
        if begins is not None and ends is not None and ends <= begins:
            begins, ends = ends, begins + DAY
        key = {"person": self.person, "unit": self.units[unit % len(self.units)], "role": role}
        Post.objects.get_or_create(
            **key, place=where.get("place"), line=where.get("line"), defaults={"since": begins, "until": ends}
        )

    def actors(self):
        return [
            queries.actor_for(self.person, way.unit.pk, NOON) for way in queries.standings(self.person, NOON)
        ]


def in_a_world(check):
    """The property over random worlds, each taken back."""

    @settings(
        max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    @given(drawn=worlds, data=st.data())
    def tried(drawn, data):
        with taken_back():
            check(World(drawn), data)

    return tried


def reaches_further(unit, role, place, line, actor):
    """Whether a post would let somebody see a unit that the actor does not coordinate, looked at unit by unit."""
    given = Post(unit=unit, role=role, place=place, line=line)
    if role == Role.FILER or (role == Role.OPERATOR and place is None and line is None):
        return False
    areas = [(place.path if place else "", line.path if line else "")] if place or line else [
        (c.place.path if c.place else "", c.line.path if c.line else "") for c in given.unit.coordinations.all()
    ]  # fmt: skip
    return any(
        ((at and other.place_path.startswith(at)) or (of and other.line_path.startswith(of)))
        and not rules.covers(actor, place=other.place_path, line=other.line_path)
        for at, of in areas
        for other in Unit.objects.all()
    )


def test_what_is_seen_as_a_list_is_what_is_seen_unit_by_unit():
    @in_a_world
    def holds(world, _data):
        for actor in world.actors():
            seen = set(rules.visible_to(actor))
            assert seen == {unit for unit in world.units if rules.sees(actor, unit)}
            kept = set(post_rules.people_visible_to(actor))
            assert kept == {unit for unit in world.units if post_rules.sees_people(actor, unit)}
            # whom one may give posts in, one sees
            covered = {u for u in world.units if rules.covers(actor, place=u.place_path, line=u.line_path)}
            assert covered <= seen
            assert covered <= kept

    holds()


def test_only_posts_that_hold_now_give_anything():
    @in_a_world
    def holds(world, _data):
        mine = Post.objects.filter(person=world.person)
        holding = [
            post for post in mine
            if (post.since is None or post.since <= NOON) and (post.until is None or post.until > NOON)
        ]  # fmt: skip
        ways = queries.standings(world.person, NOON)
        assert {post.pk for way in ways for post in way.posts} == {post.pk for post in holding}
        assert sum(len(actor.posts) for actor in world.actors()) == len(holding)

    holds()


def test_nobody_gives_a_post_wider_than_their_own():
    @in_a_world
    def holds(world, data):
        unit, role = data.draw(st.sampled_from(world.units)), data.draw(st.sampled_from(ROLES))
        place = data.draw(st.none() | st.sampled_from(world.places))
        line = None if place else data.draw(st.none() | st.sampled_from(world.lines))
        for actor in world.actors():
            if refused(rules.check_appoint, actor, unit, role, place=place, line=line):
                continue
            assert not reaches_further(unit, role, place, line, actor)
            actions.appoint(a_person(), unit, role, place=place, line=line, by=actor, at=NOON)

    holds()


def test_an_invitation_offers_no_more_than_its_giver_could_give_or_the_post_of_a_fellow_filer():
    @in_a_world
    def holds(world, data):
        unit, role = data.draw(st.sampled_from(world.units)), data.draw(st.sampled_from(ROLES))
        place = data.draw(st.none() | st.sampled_from(world.places))
        for actor in world.actors():
            if refused(post_rules.check_invite, actor, unit, role, place=place):
                continue
            fellow = (
                role == Role.FILER and place is None and actor.acts_for(unit.pk) and actor.holds(Role.FILER)
            )
            assert fellow or not refused(rules.check_appoint, actor, unit, role, place=place)

    holds()


def test_no_deputy_ever_outlives_or_outreaches_the_post():
    @in_a_world
    def holds(world, data):
        post = data.draw(st.sampled_from(list(Post.objects.filter(person=world.person))))
        begins, ends = NOON + data.draw(st.integers(-2, 2)) * DAY, NOON + data.draw(st.integers(1, 5)) * DAY
        person = a_person()
        try:
            actions.name_deputy(post, person, since=begins, until=ends, by=SYSTEM, at=NOON)
        except Refused:
            assert not Deputy.objects.exists()
            return
        change = data.draw(st.sampled_from(["", "end", "shorten", "hand over"]))
        try:
            if change == "end":
                actions.end_post(post, by=SYSTEM, at=NOON)
            elif change == "shorten":
                actions.change_post(post, until=NOON + DAY / 4, by=SYSTEM, at=NOON)
            elif change == "hand over":
                actions.hand_over(world.person, a_person(), post.unit, by=SYSTEM, at=NOON)
        except Refused:
            pass
        for hours in range(-72, 150, 12):
            at = NOON + timedelta(hours=hours)
            try:
                deputy = queries.actor_for(person, post.unit_id, at, deputy_for=world.person.pk)
            except NotAllowed:
                continue
            holder = queries.actor_for(world.person, post.unit_id, at)  # the post holds: this does not raise
            assert set(deputy.posts) <= set(holder.posts)
            assert begins <= at < ends

    holds()


def test_the_trees_of_these_properties_are_no_stumps():
    """The strategies reach places three deep, lines of their own, posts that hold and posts that do not."""
    world = World(([0, 1, 2], [1, 1], [(3, 2)], [(True, 1)], [(0, Role.COORDINATOR, "", 0, None, None)]))
    assert Place.objects.filter(path__regex=r"^/(\w+/){3}$").exists()
    assert Line.objects.count() == 3
    assert world.actors()[0].places_as(Role.COORDINATOR) == (world.places[1].path,)
