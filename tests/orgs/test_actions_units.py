from datetime import date, timedelta

import pytest

from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed, verdict
from kepu.orgs import actions, rules
from kepu.orgs.models import Coordination, Designation, Role, Unit, Vocabulary
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.orgs import a_coordinator, a_line, a_place, a_term, a_unit, an_actor

pytestmark = pytest.mark.django_db
TODAY = date(2023, 9, 1)
DAY = timedelta(days=1)
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture
def dongguan(chain):
    return chain[2]


@pytest.fixture
def shilong(chain):
    return chain[3]


@pytest.fixture(autouse=True)
def words():
    a_term(Vocabulary.UNIT_KIND, "school", "学校")
    a_term(Vocabulary.UNIT_KIND, "association", "科协")
    a_term(Vocabulary.DESIGNATION, "demo-county", "全国科普示范县")
    a_term(Vocabulary.BODY, "outline", "纲要成员单位")


@pytest.fixture
def association(dongguan):
    return a_unit(dongguan, "东莞市科协", coordinates=[dongguan])


def traits(unit):
    return Unit.objects.values_list("traits", flat=True).get(pk=unit.pk)


class TestRegisterUnit:
    def register(self, place, by, **more):
        return actions.register_unit(
            **{"code": "DG-1", "name": "石龙中学", "kind": "school", **more}, place=place, by=by, at=NOON
        )

    def test_a_unit_holds_copies_of_its_place_and_line(self, shilong, coordinator):
        line = a_line("edu")
        unit = self.register(shilong, coordinator, line=line, credit_code=CREDIT_CODE)

        unit.refresh_from_db()
        assert (unit.place_path, unit.place_kind, unit.level, unit.line_path, unit.credit_code, unit.traits) == (
            "/440000/441900/441900103/", "town", "town", "/edu/", CREDIT_CODE, [],
        )  # fmt: skip
        assert [(row.event, row.person_id, row.unit_id, row.at) for row in audit.of(unit)] == [
            (Event.UNIT_REGISTERED, coordinator.person_id, coordinator.unit_id, NOON)
        ]

    def test_a_unit_bears_the_titles_of_its_places_from_the_start(self, dongguan, shilong, system):
        actions.designate(dongguan, "demo-county", by=system, at=NOON)
        assert traits(self.register(shilong, system)) == ["place:demo-county"]

    @pytest.mark.parametrize(
        ("more", "sentences"),
        [
            ({"code": ""}, ["编号“”不能用。编号只用文字、数字、横线和点，最多 40 个字符。"]),
            ({"code": "DG/1"}, ["编号“DG/1”不能用。编号只用文字、数字、横线和点，最多 40 个字符。"]),
            ({"name": ""}, ["单位名称空着或超过 120 字。请填写全称。"]),
            (
                {"credit_code": "91350100M000100Y44", "name": "x" * 121},
                [
                    "单位名称空着或超过 120 字。请填写全称。",
                    "统一社会信用代码“91350100M000100Y44”不对：应为 18 位，且与末位校验码相符。请对照证书核对。",
                ],
            ),
            (
                {"kind": "schol"},
                ["单位类别“schol”不在词表里。您是不是要写“school”？请改正，或先请系统管理员把它加进词表。"],
            ),
            ({"code": "TAKEN"}, ["编号 TAKEN 已经有单位在用。请换一个编号，或查看那个单位是否就是它。"]),
        ],
    )
    def test_what_cannot_be_right_is_answered(self, shilong, system, more, sentences):
        a_unit(shilong, code="TAKEN")
        with pytest.raises(Incomplete) as refusal:
            self.register(shilong, system, **more)
        assert [str(reason) for reason in refusal.value.reasons] == sentences
        assert Unit.objects.count() == 1

    def test_a_credit_code_belongs_to_one_unit(self, shilong, system):
        a_unit(shilong, "石龙小学", credit_code=CREDIT_CODE)
        with pytest.raises(Incomplete, match="已登记给“石龙小学”"):
            self.register(shilong, system, credit_code=CREDIT_CODE)

    def test_only_a_coordinator_of_the_place_or_line_registers(
        self, chain, shilong, association, coordinator
    ):
        guangdong = chain[1]
        line = a_line("edu")
        bureau = a_unit(guangdong, coordinates=[line])
        asked = {
            "coordinator of the city": (coordinator, shilong, None),
            "coordinator of the line": (a_coordinator(bureau), shilong, line),
            "coordinator of another line": (a_coordinator(bureau), shilong, None),
            "coordinator above its area": (coordinator, guangdong, None),
            "reviewer of the city": (an_actor(association, Role.REVIEWER, places=[chain[2]]), shilong, None),
            "filer": (an_actor(association), shilong, None),
        }
        answers = {who: bool(verdict(rules.check_register, *question)) for who, question in asked.items()}
        assert answers == {
            "coordinator of the city": True,
            "coordinator of the line": True,
            "coordinator of another line": False,
            "coordinator above its area": False,
            "reviewer of the city": False,
            "filer": False,
        }

    def test_a_refused_registration_leaves_nothing(self, chain, coordinator):
        with pytest.raises(NotAllowed, match="只有统筹“广东省”或该系统的单位"):
            self.register(chain[1], coordinator)
        assert Unit.objects.filter(code="DG-1").count() == 0


class TestDesignate:
    def test_a_units_title_is_its_trait_from_its_first_to_its_last_day(self, shilong, system):
        unit = a_unit(shilong)
        actions.designate(unit, "demo-county", since=TODAY, until=TODAY + DAY, by=system, at=NOON)
        held = [traits(unit)]
        for days in (-1, 0, 1, 2):
            actions.refresh_traits(NOON + days * DAY)
            held.append(traits(unit))
        assert held == [["demo-county"], [], ["demo-county"], ["demo-county"], []]

    def test_a_places_title_reaches_every_unit_below_and_nobody_beside(
        self, chain, dongguan, shilong, system
    ):
        below, there, above = a_unit(shilong), a_unit(dongguan), a_unit(chain[1])
        beside = a_unit(a_place("441800", "清远市", kind="city", parent=chain[1]))
        actions.designate(dongguan, "demo-county", by=system, at=NOON)
        assert [traits(unit) for unit in (below, there, above, beside)] == [
            ["place:demo-county"], ["place:demo-county"], [], [],
        ]  # fmt: skip

    def test_a_title_is_ended_by_its_last_day(self, shilong, system):
        unit = a_unit(shilong)
        actions.designate(unit, "demo-county", by=system, at=NOON)
        actions.designate(unit, "demo-county", until=TODAY - DAY, by=system, at=NOON)
        assert (traits(unit), Designation.objects.count()) == ([], 1)

    def test_a_title_that_ends_before_it_begins_is_refused(self, shilong, system):
        with pytest.raises(Incomplete, match="截止日期早于起始日期"):
            actions.designate(
                a_unit(shilong), "demo-county", since=TODAY, until=TODAY - DAY, by=system, at=NOON
            )

    def test_nobody_names_their_own_place(self, dongguan, shilong, coordinator):
        actions.designate(shilong, "demo-county", by=coordinator, at=NOON)
        with pytest.raises(NotAllowed, match="“东莞市”的称号由它上一级的统筹单位登记"):
            actions.designate(dongguan, "demo-county", by=coordinator, at=NOON)

    def test_a_title_leaves_its_trace_on_its_holder(self, shilong, system):
        actions.designate(shilong, "demo-county", since=TODAY, by=system, at=NOON)
        assert [(row.event, row.detail) for row in audit.of(shilong)] == [
            (Event.DESIGNATED, {"code": "demo-county", "since": "2023-09-01", "until": None})
        ]


class TestAddMembership:
    def test_a_seat_is_a_trait(self, shilong, system):
        unit = a_unit(shilong)
        actions.add_membership(unit, "outline", by=system, at=NOON)
        actions.add_membership(unit, "outline", by=system, at=NOON)
        assert (traits(unit), unit.memberships.count()) == (["outline"], 1)

    def test_an_unknown_body_is_answered_with_the_nearest(self, shilong, system):
        with pytest.raises(Incomplete, match="成员机制“outlin”不在词表里。您是不是要写“outline”？"):
            actions.add_membership(a_unit(shilong), "outlin", by=system, at=NOON)

    def test_only_a_coordinator_of_the_unit_gives_seats(self, chain, coordinator):
        with pytest.raises(NotAllowed, match="不在您统筹的地区和系统之内"):
            actions.add_membership(a_unit(chain[1]), "outline", by=coordinator, at=NOON)


class TestNameCoordinator:
    def test_a_bureau_may_coordinate_in_the_stead_of_another(self, shilong, system):
        old = a_unit(shilong, coordinates=[shilong])
        bureau = a_unit(shilong)

        actions.name_coordinator(bureau, shilong, by=system, at=NOON)

        assert [(c.unit, c.place) for c in Coordination.objects.all()] == [(bureau, shilong)]
        assert (traits(old), traits(bureau)) == ([], ["coordinator"])
        assert audit.of(bureau).get().detail == {
            "of": "place", "code": "441900103", "before": old.pk,
        }  # fmt: skip

    def test_a_unit_that_loses_one_of_two_areas_still_coordinates(self, dongguan, shilong, system):
        both = a_unit(dongguan, coordinates=[dongguan, shilong])
        actions.name_coordinator(a_unit(shilong), shilong, by=system, at=NOON)
        assert traits(both) == ["coordinator"]

    def test_naming_the_same_again_does_nothing(self, shilong, system):
        unit = a_unit(shilong)
        for _ in range(2):
            actions.name_coordinator(unit, shilong, by=system, at=NOON)
        assert audit.of(unit).count() == 1

    def test_a_line_has_a_coordinator_too(self, dongguan, system):
        line = a_line("edu")
        unit = a_unit(dongguan)
        assert actions.name_coordinator(unit, line, by=system, at=NOON).line == line

    def test_it_is_decided_from_above(self, chain, dongguan, shilong, coordinator):
        edu = a_line("edu")
        schools = a_line("schools", parent=edu)
        of_line = a_coordinator(a_unit(dongguan, coordinates=[edu]))
        answers = [
            bool(verdict(rules.check_name_coordinator, by, node))
            for by, node in [
                (coordinator, shilong), (coordinator, dongguan), (coordinator, chain[1]), (coordinator, chain[0]),
                (of_line, schools), (of_line, edu), (coordinator, edu),
            ]
        ]  # fmt: skip
        assert answers == [True, False, False, False, True, False, False]


class TestRefreshTraits:
    def test_wrong_copies_are_put_right_and_counted(self, dongguan, shilong):
        right, wrong = a_unit(dongguan, coordinates=[dongguan]), a_unit(shilong)
        Unit.objects.filter(pk=wrong.pk).update(traits=["made up"])
        assert actions.refresh_traits(NOON) == 1
        assert actions.refresh_traits(NOON) == 0
        assert (traits(right), traits(wrong)) == (["coordinator"], [])

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(self, shilong, django_assert_num_queries, count):
        for _ in range(count):
            a_unit(shilong)
        # units, their lock, four reads of what they bear, then an empty portion; two acts, each a savepoint in a test
        with django_assert_num_queries(1 + 1 + 4 + 1 + 2 * 2):
            actions.refresh_traits(NOON)
