"""The same activity in two tables: found after filing, shown to reviewers, merged or counted together by a person."""

from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.activities import actions, alike, double_rules, queries
from kepu.activities.grouping import settled, way
from kepu.activities.models import Activity, Double, DoubleState, LikenessMark, Publication
from kepu.activities.workflow import State
from kepu.core import audit, outbox, tallies
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, Refused, StaleState
from kepu.notices.models import Season
from kepu.orgs.models import Role
from tests.factories.activities import (
    AFTER,
    FILED,
    PUBLISHED,
    REVIEWED,
    World,
    a_draft,
    an_activity,
    content,
    events_of,
    loaded,
    taken_back,
    tally,
    told,
)
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_line, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db


@dataclass
class Both:
    """A school's filing and the same one in a society's list, and the pair that was found."""

    world: World
    society: object
    filer: object
    school: Activity
    listed: Activity

    @property
    def double(self):
        return alike.whole().get(a=self.school.pk, b=self.listed.pk)


def filed(world, *, by=None, at=FILED, **changes):
    draft = a_draft(world, by=by or world.filer, **changes)
    return actions.file_activity(draft, by=by or world.filer, at=at)


def worked(at=FILED):
    """What the worker does after the commit."""
    while outbox.deliver(at=at):
        pass


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def both(world):
    society = a_unit(world.city, "东莞市医学会", kind="society")
    filer = an_actor(society)
    school = filed(world)
    listed = filed(
        world,
        by=filer,
        title="“走进中医药”科普讲座",
        place=world.town,
        venue="石龙中学",
        undertakers=["石龙中学"],
        activity_level="town",
    )
    worked()
    return Both(world, society, filer, loaded(school), loaded(listed))


def test_the_same_in_two_tables_is_found_and_its_reviewer_told_once(both):
    double = both.double
    assert (double.state, double.why, double.score >= 80) == (
        "open",
        ["title", "time", "place", "host"],
        True,
    )
    assert (double.place_path, double.line_path, double.host_id) == (both.world.city.path, "", None)
    asked = (both.world.city_office.pk, "double_found", "可能重复填报：“走进中医药”科普讲座（东莞市医学会）")
    assert told().count(asked) == 1
    assert events_of(both.listed)[-1] == "double_found"

    before = (Double.objects.count(), LikenessMark.objects.count(), AuditEntry.objects.count(), told())
    for one in (both.school, both.listed):
        assert actions.look_for_doubles(one.pk, at=REVIEWED) == []
    assert (
        Double.objects.count(),
        LikenessMark.objects.count(),
        AuditEntry.objects.count(),
        told(),
    ) == before


def test_both_count_until_a_person_decides(both):
    assert (tally(both.world)["activity.filed"], tally(both.world, both.society)["activity.filed"]) == (1, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "人工智能体验日"}, {"starts_at": china(2023, 9, 18), "ends_at": china(2023, 9, 18, 17)},
        {"title": "走进中医药第二讲"},
    ],
)  # fmt: skip
def test_what_differs_in_title_or_time_is_not_asked_about(world, changes):
    filed(world, title="走进中医药第一讲")
    filed(world, **changes)
    worked()
    assert Double.objects.count() == 0


def test_another_town_is_not_asked_about(world):
    other = a_unit(a_place("441900107", "石碣镇", parent=world.city), "石碣中学", kind="school")
    filed(world)
    filed(world, by=an_actor(other))
    worked()
    assert Double.objects.count() == 0


def test_a_change_of_the_time_is_looked_at_anew_and_a_pair_that_is_alike_no_more_goes(both):
    later = {"starts_at": china(2023, 9, 20), "ends_at": china(2023, 9, 20, 17)}
    listed = actions.approve_activity(both.listed, by=both.world.reviewer, at=REVIEWED)
    actions.change_activity(listed, changes=later, by=both.filer, at=REVIEWED)
    worked(REVIEWED)
    assert Double.objects.count() == 0
    back = {"starts_at": both.school.starts_at, "ends_at": both.school.ends_at}
    actions.approve_activity(loaded(listed), by=both.world.reviewer, at=REVIEWED)
    actions.change_activity(loaded(listed), changes=back, by=both.filer, at=REVIEWED)
    worked(REVIEWED)
    assert both.double.state == "open"


def test_what_a_person_decided_stays_whatever_is_found_later(both):
    actions.tell_apart(both.double, words="两个学校", by=both.world.coordinator, at=REVIEWED)
    actions.look_for_doubles(both.listed.pk, at=REVIEWED)
    assert (both.double.state, both.double.words, both.double.decided_unit_id) == (
        "different", "两个学校", both.world.city_office.pk
    )  # fmt: skip
    assert events_of(both.school)[-1] == events_of(both.listed)[-1] == "told_apart"


def test_at_most_five_pairs_are_kept_of_one(world):
    for _ in range(8):
        filed(world)
        worked()
    newest = Activity.objects.latest("pk")
    assert Double.objects.filter(b=newest).count() == 5
    assert alike.alike_to(newest)[0][1].score == 1


def test_looking_costs_the_same_however_many_there_are(world):
    def cost():
        one = filed(world)
        with CaptureQueriesContext(connection) as seen:
            actions.look_for_doubles(one.pk, at=FILED)
        return len(
            [
                q
                for q in seen.captured_queries
                if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
            ]
        )

    cost(), cost()  # the strands of the trace have begun
    first = cost()
    for _ in range(4):
        filed(world)
    assert cost() <= first + 2  # a strand of the trace may be new


# --- deciding


def link(both, keep=None, **by):
    return actions.link_double(
        both.double, keep=(keep or both.school).pk, by=by.get("by", both.world.coordinator), at=REVIEWED
    )


def counts():
    """What counts itself, from the rows."""
    return sorted(
        Activity.objects.filter(same_as=None).exclude(state="withdrawn").values_list("pk", flat=True)
    )


def exact():
    assert tallies.verify() == []
    return True


def test_linked_both_go_on_and_are_counted_once(both):
    link(both)
    assert (loaded(both.listed).same_as_id, loaded(both.school).same_as_id) == (both.school.pk, None)
    assert (loaded(both.listed).state, both.double.kept_id, both.double.state) == (
        "filed",
        both.school.pk,
        "linked",
    )
    assert (tally(both.world)["activity.filed"], tally(both.world, both.society)) == (1, {})
    assert exact()
    assert (events_of(both.listed)[-1], events_of(both.school)[-1]) == ("linked", "counts_for")
    assert [(unit, kind) for unit, kind, _ in told()[-2:]] == [
        (both.society.pk, "linked"), (both.world.school.pk, "linked")
    ]  # fmt: skip


def test_whatever_becomes_of_the_other_it_is_counted_with_the_one_kept(both):
    link(both)
    actions.approve_activity(loaded(both.listed), by=both.world.reviewer, at=REVIEWED)
    actions.publish_activity(loaded(both.listed), by=both.filer, at=PUBLISHED)
    actions.hold_activity(loaded(both.listed), participants_actual=50, by=both.filer, at=AFTER)
    assert (tally(both.world, both.society), exact()) == ({}, True)


def test_unlinked_each_counts_again_and_the_pair_is_open(both):
    link(both)
    actions.unlink_double(both.double, words="看错了", by=both.world.coordinator, at=REVIEWED)
    assert (loaded(both.listed).same_as_id, both.double.state, both.double.kept_id) == (None, "open", None)
    assert (tally(both.world, both.society)["activity.filed"], exact()) == (1, True)
    assert events_of(both.listed)[-1] == "unlinked"


def test_merged_before_the_public_knows_it_the_other_is_withdrawn(both):
    actions.merge_double(
        both.double, keep=both.school.pk, words="同一场讲座", by=both.world.coordinator, at=REVIEWED
    )
    left = loaded(both.listed)
    assert (left.state, left.same_as_id, left.withdrawn_at, both.double.state) == (
        "withdrawn", both.school.pk, REVIEWED, "merged"
    )  # fmt: skip
    assert loaded(both.school).undertakers == []  # suggested, not written
    subjects = [subject for _unit, kind, subject in told() if kind == "merged"]
    assert subjects == [
        "已并入“走进中医药”（石龙中学）：“走进中医药”科普讲座", "已并入“走进中医药”（石龙中学）：“走进中医药”科普讲座", "东莞市医学会填报的同一项活动并入了这一项：走进中医药",
    ]  # fmt: skip
    assert (tally(both.world, both.society), exact()) == ({}, True)


def published(both, activity, by):
    actions.approve_activity(loaded(activity), by=both.world.reviewer, at=REVIEWED)
    actions.publish_activity(loaded(activity), by=by, at=PUBLISHED)


def test_merged_after_publication_the_other_is_cancelled_for_the_public_with_the_way_to_the_one_kept(both):
    published(both, both.listed, both.filer)
    with pytest.raises(NotAllowed, match="请保留公众看到的那一项"):
        actions.merge_double(
            both.double, keep=both.school.pk, words="一场", by=both.world.coordinator, at=PUBLISHED
        )
    published(both, both.school, both.world.filer)

    actions.merge_double(
        both.double, keep=both.school.pk, words="一场", by=both.world.coordinator, at=PUBLISHED
    )

    copy = Publication.objects.get(pk=both.listed.pk)
    assert (copy.status, copy.status_words) == ("cancelled", "并入“走进中医药”（石龙中学）")
    assert (loaded(both.listed).state, tally(both.world, both.society), exact()) == ("cancelled", {}, True)


def test_what_was_held_is_not_merged_but_linked(both):
    published(both, both.listed, both.filer)
    actions.hold_activity(loaded(both.listed), participants_actual=50, by=both.filer, at=AFTER)
    with pytest.raises(NotAllowed, match="已经举办，不能并入另一项"):
        actions.merge_double(
            both.double, keep=both.school.pk, words="一场", by=both.world.coordinator, at=AFTER
        )
    link(both)
    assert (tally(both.world, both.society), exact()) == ({}, True)


@pytest.mark.parametrize("how", ["withdrawn", "cancelled"])
def test_when_the_one_kept_goes_the_other_counts_again_and_is_told(both, how):
    link(both)
    if how == "withdrawn":
        actions.withdraw_activity(loaded(both.school), reason="不办了", by=both.world.filer, at=REVIEWED)
    else:
        published(both, both.school, both.world.filer)
        actions.cancel_activity(loaded(both.school), reason="台风", by=both.world.filer, at=PUBLISHED)
    assert (loaded(both.listed).same_as_id, both.double.state, loaded(both.school).state) == (
        None,
        "open",
        how,
    )
    assert (tally(both.world, both.society)["activity.filed"], exact()) == (1, True)
    again = [unit for unit, kind, _ in told() if kind == "unlinked"]
    assert sorted(again) == sorted([both.society.pk, both.world.city_office.pk])
    assert (
        list(alike.open_doubles(both.world.coordinator, both.world.season)[0]) == []
    )  # nobody is asked: one has gone


def test_who_decides_at_the_instant_of_a_withdrawal_does_not_lose_the_count(both):
    """The host's page is older than the decision: it is told so, and what counts with it stays known."""
    page = loaded(both.school)
    link(both)
    with pytest.raises(StaleState):
        actions.withdraw_activity(page, by=both.world.filer, at=REVIEWED)
    assert (loaded(both.school).state, exact()) == ("filed", True)


def test_what_was_seen_must_still_be_so(both):
    double, seen = both.double, (both.school.version, both.listed.version)
    actions.edit_draft(
        actions.return_activity(loaded(both.listed), words="改", by=both.world.reviewer, at=REVIEWED),
        changes={"title": "别的"}, by=both.filer, at=REVIEWED,
    )  # fmt: skip
    with pytest.raises(StaleState):
        actions.link_double(double, keep=both.school.pk, seen=seen, by=both.world.coordinator, at=REVIEWED)


def test_two_who_decide_at_once_decide_once(both):
    first, second = both.double, both.double
    actions.tell_apart(first, by=both.world.coordinator, at=REVIEWED)
    with pytest.raises(StaleState):
        actions.link_double(second, keep=both.school.pk, by=both.world.coordinator, at=REVIEWED)
    assert (loaded(both.listed).same_as_id, both.double.state) == (None, "different")


def test_a_merger_says_why_and_keeps_one_of_the_two(both):
    with pytest.raises(Incomplete, match="请写明为什么是同一项"):
        actions.merge_double(
            both.double, keep=both.school.pk, words=" ", by=both.world.coordinator, at=REVIEWED
        )
    with pytest.raises(Incomplete, match="请选保留两项中的哪一项"):
        actions.link_double(both.double, keep=0, by=both.world.coordinator, at=REVIEWED)
    with pytest.raises(Incomplete, match="说明最多500个字"):
        actions.tell_apart(both.double, words="长" * 501, by=both.world.coordinator, at=REVIEWED)
    assert both.double.state == "open"


def test_who_decides_and_who_sees(both):
    """Who coordinates above both, reviews both, or hosts both; nobody else. Its host alone does not see the other's."""
    world, double = both.world, both.double
    education = a_line("edu", "教育")
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    other = a_unit(far, "四川省科协", coordinates=[far])
    who = {
        "city": (world.coordinator, True, True), "reviewer": (world.reviewer, True, True),
        "nation": (a_coordinator(world.nation_office), True, True), "town": (world.town_coordinator, False, True),
        "school": (world.filer, False, False), "society": (both.filer, False, False), "outsider": (a_coordinator(other), False, False),
        "auditor": (an_actor(world.city_office, Role.AUDITOR, places=[world.city]), False, True),
        "line": (an_actor(a_unit(world.city, "教育局"), Role.COORDINATOR, lines=[education]), False, False),
    }  # fmt: skip
    found = {
        name: (double_rules.may_decide(actor, double), alike.double_in_scope(actor, double.pk) is not None)
        for name, (actor, *_expected) in who.items()
    }
    assert found == {name: tuple(expected) for name, (_actor, *expected) in who.items()}
    for actor, decides, _sees in who.values():
        listed = [d for rows in alike.open_doubles(actor, world.season) for d in rows]
        assert bool(listed) is decides
        if not decides:
            for act in (
                lambda by: actions.link_double(both.double, keep=both.school.pk, by=by, at=REVIEWED),
                lambda by: actions.merge_double(
                    both.double, keep=both.school.pk, words="一", by=by, at=REVIEWED
                ),
                lambda by: actions.tell_apart(both.double, by=by, at=REVIEWED),
                lambda by: actions.unlink_double(both.double, by=by, at=REVIEWED),
            ):
                with pytest.raises(NotAllowed, match="是不是同一项"):
                    act(actor)


def test_the_host_of_both_decides(world):
    one, other = filed(world), filed(world)
    worked()
    double = alike.whole().get()
    assert [d.pk for rows in alike.open_doubles(world.filer, world.season) for d in rows] == [double.pk]
    actions.merge_double(double, keep=one.pk, words="填了两遍", by=world.filer, at=REVIEWED)
    assert (loaded(other).state, exact()) == ("withdrawn", True)


def test_an_open_pair_is_in_order_and_once(both):
    double = both.double
    for a, b in ((double.a_id, double.b_id), (double.b_id, double.a_id), (double.a_id, double.a_id)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Double.objects.create(
                season=both.world.season, a_id=a, b_id=b, score=90, place_path="/", found_at=FILED
            )


# --- the hint while one writes


def test_while_it_is_written_ones_own_and_what_is_public_are_shown(both):
    world = both.world
    found = queries.like_this(content(), host=world.school, season=world.season)
    assert [(a.activity.pk, a.own, a.found.why) for a in found] == [
        (both.school.pk, True, ["title", "time", "place", "host"])
    ]  # the society's is filed and not public
    published(both, both.listed, both.filer)
    found = queries.like_this(content(), host=world.school, season=world.season, besides=[both.school.pk])
    assert [(a.activity.pk, a.own) for a in found] == [(both.listed.pk, False)]
    assert queries.like_this({"title": " "}, host=world.school, season=world.season) == []


def test_many_lines_cost_as_much_as_one(both):
    world = both.world
    lines = [
        content(place_id=world.town.pk, title=title)
        for title in ("走进中医药", "别的事", "走进中医药科普讲座", "")
    ]

    def cost(some):
        with CaptureQueriesContext(connection) as seen:
            found = queries.like_these(some, host=world.school, season=world.season)
        return len(seen), [[a.activity.pk for a in line] for line in found]

    assert cost(lines[:1]) == (3, [[both.school.pk]])
    lines[1]["place_id"] = world.city.pk
    assert cost(lines) == (4, [[both.school.pk], [], [both.school.pk], []])


# --- groups


EDGES = st.dictionaries(st.integers(2, 9), st.integers(1, 8)).map(
    lambda edges: {one: other for one, other in edges.items() if other < one}  # never a circle
)


@given(EDGES, st.sets(st.integers(1, 9)))
def test_who_is_live_counts_itself_or_with_one_that_lives(edges, live):
    roots, lost = settled(edges, live)
    assert all(one not in roots for one in lost)
    for one, root in roots.items():
        assert root not in roots
        if one in live:
            assert any(other in live for other in way(one, edges))
    assert settled({one: other for one, other in edges.items() if one not in lost}, live) == (roots, set())


def test_a_circle_is_refused_and_not_walked():
    with pytest.raises(ValueError, match="circle"):
        settled({1: 2, 2: 3, 3: 1}, {1, 2, 3})


def test_chains_point_at_the_one_that_counts_and_come_apart_where_they_were_joined(world):
    a, b, c = (filed(world) for _ in range(3))
    worked()

    def pair(one, other):
        return alike.whole().get(a=min(one.pk, other.pk), b=max(one.pk, other.pk))

    act = {"by": world.coordinator, "at": REVIEWED}
    actions.link_double(pair(a, b), keep=b.pk, **act)
    actions.link_double(pair(b, c), keep=c.pk, **act)
    assert [loaded(one).same_as_id for one in (a, b, c)] == [c.pk, c.pk, None]
    assert (tally(world)["activity.filed"], exact()) == (1, True)
    for keep in (a, c):  # they are one already: no circle can be made
        with pytest.raises(NotAllowed, match="这两项已经合计"):
            actions.link_double(pair(a, c), keep=keep.pk, **act)
    assert [d for rows in alike.open_doubles(world.coordinator, world.season) for d in rows] == []

    actions.unlink_double(pair(b, c), **act)
    assert [loaded(one).same_as_id for one in (a, b, c)] == [b.pk, None, None]
    assert (tally(world)["activity.filed"], exact()) == (2, True)


STEPS = st.lists(
    st.tuples(st.sampled_from(["link", "link", "merge", "unlink", "apart", "withdraw"]), st.integers(0, 3), st.integers(0, 3)),
    min_size=3, max_size=8,
)  # fmt: skip


def test_tallies_equal_a_recount_after_any_acts(world):
    """Whatever people do, each activity is counted once, where it counts itself, and no chain is left."""
    four = [filed(world) for _ in range(4)]
    worked()

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    def any_acts(steps):
        with taken_back():
            for what, i, j in steps:
                one, other = four[min(i, j)], four[max(i, j)]
                double = alike.whole().filter(a=one.pk, b=other.pk).first()
                who = {"by": world.coordinator, "at": REVIEWED}
                try:
                    if what == "withdraw":
                        actions.withdraw_activity(loaded(one), by=world.filer, at=REVIEWED)
                    elif double is None:
                        continue
                    elif what == "link":
                        actions.link_double(double, keep=four[i].pk, **who)
                    elif what == "merge":
                        actions.merge_double(double, keep=four[i].pk, words="一项", **who)
                    elif what == "unlink":
                        actions.unlink_double(double, **who)
                    else:
                        actions.tell_apart(double, **who)
                except Refused:
                    continue
            rows = list(Activity.objects.order_by("pk"))
            live = [row for row in rows if row.state != State.WITHDRAWN]
            roots = {row.pk for row in live if row.same_as_id is None}
            assert all(row.same_as_id in roots for row in live if row.same_as_id is not None)
            assert tallies.verify() == []
            assert tally(world).get("activity.filed", 0) == len(roots)
            assert list(audit.verify()) == []

    any_acts()


def test_a_decision_is_whole(both):
    """The states of a pair and its dates go together: the database keeps it so."""
    for values in ({"state": "linked"}, {"state": "different"}, {"kept_id": both.school.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Double.objects.filter(pk=both.double.pk).update(**values)
    assert both.double.state == DoubleState.OPEN


class TestFiledBeforeThereWereMarks:
    """An installation older than the marks: its worker looks at what was filed, piece by piece, once."""

    @pytest.fixture
    def older(self, world):
        rows = [
            an_activity(world, State.FILED, title=title) for title in ("甲乙丙丁", "甲乙丙丁", "子丑寅卯")
        ]
        an_activity(world, State.DRAFT, title="甲乙丙丁")
        an_activity(world, State.WITHDRAWN, title="甲乙丙丁")
        OutboxRow.objects.all().delete()
        LikenessMark.objects.all().delete()
        return rows

    def marked(self):
        return set(LikenessMark.objects.order_by("pk").values_list("activity_id", flat=True))

    def test_all_get_their_marks_and_doubles_are_found(self, world, older):
        assert not actions.look_at_older(0, at=FILED)
        assert self.marked() == {row.pk for row in older}
        assert [(d.a_id, d.b_id) for d in Double.objects.all()] == [(older[0].pk, older[1].pk)]
        before = list(LikenessMark.objects.order_by("pk").values_list("pk", flat=True))
        assert not actions.look_at_older(0, at=FILED)
        assert list(LikenessMark.objects.order_by("pk").values_list("pk", flat=True)) == before

    def test_it_goes_in_pieces_each_ordering_the_next(self, world, older):
        assert actions.look_at_older(0, at=FILED, size=2)
        assert self.marked() == {row.pk for row in older[:2]}
        while outbox.deliver(at=FILED):
            pass
        assert self.marked() == {row.pk for row in older}
        assert set(OutboxRow.objects.values_list("state", flat=True).order_by()) == {"sent"}

    def test_what_has_its_marks_costs_nothing_but_the_look(self, world, older):
        actions.look_at_older(0, at=FILED)
        with CaptureQueriesContext(connection) as seen:
            actions.look_at_older(0, at=FILED)
        assert len(seen) == 2

    def test_of_a_closed_season_nobody_needs_to_know(self, world, older):
        Season.objects.update(is_open=False)
        assert (actions.look_at_older(0, at=FILED), self.marked()) == (False, set())

    def test_the_migration_orders_it_only_where_something_lacks_its_marks(self, world, older):
        migration = import_module("kepu.activities.migrations.0014_mend")
        migration.look_at_older(apps, SimpleNamespace(connection=connection))
        [row] = OutboxRow.objects.filter(kind="activity.look_at_older")
        outbox.deliver(at=row.due_at)
        assert self.marked() == {one.pk for one in older}
        Activity.objects.exclude(pk__in=[one.pk for one in older]).filter(filed_at__isnull=False).delete()
        OutboxRow.objects.all().delete()
        migration.look_at_older(apps, SimpleNamespace(connection=connection))
        assert not OutboxRow.objects.filter(kind="activity.look_at_older").exists()
