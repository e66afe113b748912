from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kepu.core import audit
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.orgs import actions, coming_queries, jobs, queries
from kepu.orgs.actions.changes import Piece
from kepu.orgs.coming import ChangeState
from kepu.orgs.models import Coordination, Designation, Membership, Post, Role, Unit, UnitChange, Vocabulary
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.coming import a_claim, kinds_known
from tests.factories.orgs import a_chain, a_coordinator, a_line, a_place, a_post, a_term, a_unit, an_actor

pytestmark = pytest.mark.django_db
TODAY = date(2023, 9, 1)
TOMORROW = date(2023, 9, 2)
LATER = NOON + timedelta(days=1)
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture
def chain():
    kinds_known()
    return a_chain()


@pytest.fixture
def shilong(chain):
    return chain[3]


@pytest.fixture
def dalang(chain):
    return a_place("441900122", "大朗镇", parent=chain[2])


@pytest.fixture
def city(chain):
    return a_unit(chain[2], "东莞市科协", coordinates=[chain[2]])


@pytest.fixture
def coordinator(city):
    return a_coordinator(city)


@pytest.fixture
def school(shilong):
    return a_unit(shilong, "石龙中学", kind="school")


def history(unit):
    return [(change.kind, change.effective_on) for change in coming_queries.history_of(unit)]


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


class TestRenaming:
    def test_a_unit_has_its_new_name_and_a_line_in_its_history(self, school, coordinator):
        change = actions.rename_unit(
            school, " 石龙高级中学 ", ground="东府〔2023〕1号", by=coordinator, at=NOON
        )
        assert (school.name, fresh(school).name_key) == ("石龙高级中学", "石龙高级中学")
        assert history(school) == [("renamed", TODAY)]
        assert (change.before["name"], change.after, change.ground) == (
            "石龙中学", {"name": "石龙高级中学"}, "东府〔2023〕1号",
        )  # fmt: skip
        assert [row.event for row in audit.of(school)] == [Event.UNIT_CHANGED]

    def test_on_a_day_to_come_it_waits_for_that_day(self, school, coordinator):
        actions.rename_unit(school, "石龙高级中学", effective_on=TOMORROW, by=coordinator, at=NOON)
        assert (jobs.carry_out_changes(NOON), fresh(school).name) == ((0, 0), "石龙中学")
        assert (jobs.carry_out_changes(LATER), fresh(school).name) == ((1, 0), "石龙高级中学")
        assert (jobs.carry_out_changes(LATER), history(school)) == ((0, 0), [("renamed", TOMORROW)])

    def test_it_can_be_called_off_before(self, school, coordinator):
        change = actions.rename_unit(school, "石龙高级中学", effective_on=TOMORROW, by=coordinator, at=NOON)
        actions.call_off_change(change, by=coordinator, at=NOON)
        assert (jobs.carry_out_changes(LATER), history(school)) == ((0, 0), [])
        with pytest.raises(NotAllowed, match="不能再取消"):
            actions.call_off_change(change, by=coordinator, at=NOON)

    def test_never_for_a_day_that_is_past(self, school, coordinator):
        with pytest.raises(Incomplete, match="以前的统计不会改动"):
            actions.rename_unit(school, "新名", effective_on=date(2023, 8, 31), by=coordinator, at=NOON)

    def test_one_change_waits_at_a_time(self, school, coordinator):
        actions.rename_unit(school, "石龙高级中学", effective_on=TOMORROW, by=coordinator, at=NOON)
        with pytest.raises(NotAllowed, match="已经安排了“更名”，2023-09-02生效"):
            actions.close_unit(school, by=coordinator, at=NOON)


class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.FILER, Role.REVIEWER, Role.AUDITOR])
    def test_only_a_coordinator(self, school, city, chain, role):
        somebody = an_actor(city, role, places=[] if role == Role.FILER else [chain[2]])
        with pytest.raises(NotAllowed, match="不在您统筹"):
            actions.close_unit(school, by=somebody, at=NOON)

    def test_no_unit_decides_on_itself(self, city, coordinator):
        with pytest.raises(NotAllowed, match="由上一级的统筹单位办"):
            actions.rename_unit(city, "东莞市科学技术协会", by=coordinator, at=NOON)

    def test_from_one_area_to_another_the_unit_above_both_moves(self, chain, school):
        town = a_unit(chain[3], "石龙镇科协", coordinates=[chain[3]])
        with pytest.raises(NotAllowed, match="两地共同的上级"):
            actions.move_unit(school, chain[2], None, by=a_coordinator(town), at=NOON)


class TestCorrecting:
    def test_kind_and_credit_code(self, school, coordinator):
        actions.correct_unit(school, kind="venue", credit_code=CREDIT_CODE.lower(), by=coordinator, at=NOON)
        assert (school.kind, school.credit_code) == ("venue", CREDIT_CODE)

    def test_a_code_of_another_unit_is_refused_with_its_name(self, school, shilong, coordinator):
        a_unit(shilong, "石龙馆", credit_code=CREDIT_CODE)
        with pytest.raises(Incomplete, match="已登记给“石龙馆”"):
            actions.correct_unit(school, kind="school", credit_code=CREDIT_CODE, by=coordinator, at=NOON)


class TestMoving:
    def test_place_level_line_and_titles_follow(self, school, dalang, coordinator):
        line = a_line("edu", "教育")
        a_term(Vocabulary.DESIGNATION, "demo")
        Designation.objects.create(place=dalang, code="demo")
        actions.move_unit(school, dalang, line, by=coordinator, at=NOON)
        assert (school.place, school.place_path, school.line, school.line_path, school.traits) == (
            dalang, dalang.path, line, "/edu/", ["place:demo"],
        )  # fmt: skip
        assert history(school) == [("moved", TODAY)]
        change = UnitChange.objects.get(unit=school)
        assert (change.before["place_name"], change.after["place_name"]) == ("石龙镇", "大朗镇")

    def test_who_coordinates_a_place_stays_in_it(self, shilong, dalang, coordinator):
        office = a_unit(shilong, "石龙镇科协", coordinates=[shilong])
        with pytest.raises(NotAllowed, match="还在统筹石龙镇"):
            actions.move_unit(office, dalang, None, by=coordinator, at=NOON)


class TestMerging:
    def test_everything_of_the_one_is_found_at_the_other(self, shilong, school, coordinator):
        kept = a_unit(shilong, "东莞市石龙中学", kind="school")
        school.credit_code = CREDIT_CODE
        school.save()
        filer = a_post(school, Role.FILER)
        both = a_post(school, Role.AUDITOR)
        a_post(kept, Role.AUDITOR, person=both.person)
        part = a_unit(shilong, "石龙中学初中部", kind="school", within=school)
        Membership.objects.create(unit=school, body="outline")
        claim = a_claim(school)
        change = actions.merge_unit(school, kept, by=coordinator, at=NOON)

        assert (school.merged_into, school.closed_on, school.credit_code) == (kept, TODAY, None)
        assert (fresh(kept).credit_code, fresh(part).within, fresh(kept).traits) == (
            CREDIT_CODE,
            kept,
            ["outline"],
        )
        assert change.before["credit_code"] == CREDIT_CODE
        later = NOON + timedelta(hours=1)
        assert {(p.person, p.role) for p in Post.objects.holding(later).filter(unit=kept)} == {
            (filer.person, "filer"), (both.person, "auditor"),
        }  # fmt: skip
        assert not Post.objects.holding(later).filter(unit=school).exists()
        claim.refresh_from_db()
        assert claim.unit == kept
        assert history(kept) == history(school) == [("merged", TODAY)]
        # whoever filed there goes on with what was begun
        actor = queries.actor_for(filer.person, school.pk, later)
        assert (actor.unit, actor.through) == (school, kept)

    def test_what_was_coordinated_is_coordinated_by_the_other(self, chain, shilong, dalang):
        nation = a_coordinator(a_unit(chain[0], coordinates=[chain[0]]))
        one, other = a_unit(shilong, coordinates=[shilong]), a_unit(shilong, coordinates=[dalang])
        actions.merge_unit(one, other, by=nation, at=NOON)
        assert {c.place for c in Coordination.objects.filter(unit=other)} == {shilong, dalang}
        assert (fresh(one).traits, fresh(other).traits) == ([], ["coordinator"])

    @pytest.mark.parametrize("way", ["out", "in"])
    def test_a_merger_gives_nobody_more_than_its_maker_coordinates(self, chain, shilong, coordinator, way):
        """An office in the city that coordinates a line of the whole country is not the city's to merge."""
        line = a_line("edu", "教育系统")
        office, club = a_unit(chain[2], "教育部驻莞办", coordinates=[line]), a_unit(shilong)
        one, other = (office, club) if way == "out" else (club, office)
        with pytest.raises(NotAllowed, match="“教育系统”超出了您统筹的范围"):
            actions.merge_unit(one, other, by=coordinator, at=NOON)
        assert Coordination.objects.get(line=line).unit == office
        assert fresh(one).merged_into is None

    def test_a_chain_of_mergers_is_one_step(self, shilong, coordinator):
        a, b, c = (a_unit(shilong, kind="school") for _ in range(3))
        actions.merge_unit(a, b, by=coordinator, at=NOON)
        actions.merge_unit(b, c, by=coordinator, at=NOON)
        assert (fresh(a).merged_into, fresh(b).merged_into) == (c, c)
        assert [found.unit for found in coming_queries.lookalikes(name=a.name, place=shilong)] == [c]

    def test_what_is_merged_is_merged_once(self, shilong, coordinator):
        a, b, c = (a_unit(shilong, kind="school") for _ in range(3))
        actions.merge_unit(a, b, by=coordinator, at=NOON)
        for one, other in ((a, c), (c, a)):
            with pytest.raises(NotAllowed, match="已经并入别的单位"):
                actions.merge_unit(one, other, by=coordinator, at=NOON)
        with pytest.raises(Incomplete, match="不能并入自己"):
            actions.merge_unit(b, b, by=coordinator, at=NOON)

    def test_a_parent_merged_into_its_part_stands_on_its_own(self, shilong, school, coordinator):
        part = a_unit(shilong, kind="school", within=school)
        actions.merge_unit(school, part, by=coordinator, at=NOON)
        assert (fresh(part).within, fresh(school).merged_into) == (None, part)

    def test_on_the_day_the_other_may_be_closed_already(self, shilong, school, coordinator):
        kept = a_unit(shilong, kind="school")
        change = actions.merge_unit(school, kept, effective_on=TOMORROW, by=coordinator, at=NOON)
        third = a_unit(shilong, kind="school")
        actions.merge_unit(kept, third, by=coordinator, at=NOON)
        assert jobs.carry_out_changes(LATER) == (0, 1)
        change.refresh_from_db()
        assert (change.state, fresh(school).merged_into_id) == (ChangeState.PLANNED, None)
        assert "已经并入别的单位" in change.held_up


class TestSplitting:
    def test_new_units_beside_the_old(self, school, coordinator):
        stays, goes = a_post(school), a_post(school)
        change = actions.split_unit(
            school, [Piece("石龙初级中学", "school", posts=(goes.pk,))], goes_on=True, by=coordinator, at=NOON
        )
        born = change.others.get()
        assert (born.name, born.place, born.code) == ("石龙初级中学", school.place, f"{school.code}-1")
        assert [p.person for p in Post.objects.filter(unit=born)] == [goes.person]
        assert {p.person for p in Post.objects.holding(LATER).filter(unit=school)} == {
            stays.person,
            goes.person,
        }
        assert history(born) == [("registered", TODAY), ("split", TODAY)]
        assert (school.closed_on, history(school)) == (None, [("split", TODAY)])

    def test_the_first_takes_over_where_the_old_does_not_go_on(self, school, coordinator):
        school.credit_code = CREDIT_CODE
        school.save()
        post = a_post(school)
        change = actions.split_unit(
            school,
            [Piece("石龙高中", "school", credit_code=CREDIT_CODE), Piece("石龙初中", "school", code="SL-2")],
            goes_on=False, by=coordinator, at=NOON,
        )  # fmt: skip
        high, low = change.others.order_by("pk")
        assert (school.merged_into, school.closed_on, high.credit_code, low.code) == (
            high,
            TODAY,
            CREDIT_CODE,
            "SL-2",
        )
        assert [p.person for p in Post.objects.holding(LATER).filter(unit=high)] == [post.person]

    def test_into_one_is_no_split(self, school, coordinator):
        with pytest.raises(Incomplete, match="至少要分成两个"):
            actions.split_unit(school, [Piece("石龙高中", "school")], goes_on=False, by=coordinator, at=NOON)

    def test_posts_of_another_unit_are_not_carried(self, school, city, coordinator):
        foreign = a_post(city)
        change = actions.split_unit(
            school, [Piece("石龙初中", "school", posts=(foreign.pk,))], goes_on=True, by=coordinator, at=NOON
        )
        assert not Post.objects.filter(unit=change.others.get()).exists()


class TestClosing:
    def test_a_closed_unit_has_no_people_and_files_nothing(self, school, coordinator):
        post = a_post(school)
        actions.close_unit(school, by=coordinator, at=NOON)
        assert (school.closed_on, history(school)) == (TODAY, [("closed", TODAY)])
        with pytest.raises(NotAllowed):
            queries.actor_for(post.person, school.pk, NOON)

    def test_what_stands_in_the_way_is_named(self, chain, shilong):
        nation = a_coordinator(a_unit(chain[0], coordinates=[chain[0]]))
        office = a_unit(shilong, "石龙镇科协", coordinates=[shilong])
        a_unit(shilong, "科普站", within=office)
        with pytest.raises(NotAllowed) as refused:
            actions.close_unit(office, by=nation, at=NOON)
        assert [str(reason) for reason in refused.value.reasons] == [
            "它还在统筹“石龙镇”。请先由上一级指定别的统筹单位。",
            "它还有下属单位“科普站”。请先解除归属，或把它们并入别的单位。",
        ]
        assert fresh(office).closed_on is None

    def test_what_is_held_up_says_so_to_whoever_laid_it_down_and_goes_on_later(
        self, school, city, coordinator, shilong
    ):
        actions.close_unit(school, effective_on=TOMORROW, by=coordinator, at=NOON)
        part = a_unit(shilong, "初中部", within=school)
        assert jobs.carry_out_changes(LATER) == (0, 1)
        assert jobs.carry_out_changes(LATER) == (0, 1)
        told = [row.payload for row in OutboxRow.objects.order_by("id")]
        assert [(p["unit_id"], p["kind"]) for p in told] == [
            (school.pk, "unit.change_planned"), (city.pk, "unit.change_held_up"),
        ]  # fmt: skip
        actions.let_go(part, by=coordinator, at=LATER)
        assert jobs.carry_out_changes(LATER) == (1, 0)
        assert fresh(school).closed_on == TOMORROW


def test_the_database_keeps_the_promises(school):
    for values in (
        {"merged_into": school},
        {"within": school},
        {"merged_into_id": school.pk, "closed_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(pk=school.pk).update(**values)
