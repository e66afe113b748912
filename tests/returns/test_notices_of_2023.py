"""What the five notices of 2023 ask to be handed up, as units of the five places meet it."""

import pytest

from kepu.core.refusals import Incomplete
from kepu.notices import conditions
from kepu.orgs.models import Unit
from kepu.returns import actions, bound, rules
from kepu.returns.queries import duties_for
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator
from tests.seasons.conftest import season, season_loaded, unit_at  # noqa: F401

AT = china(2023, 9, 10)
DONGGUAN, TOWN, TANGSHAN, COUNTY, CHENGDU, DISTRICT, DALIAN = (
    "441900", "441900003", "130200", "130283", "510100", "510104", "210200"
)  # fmt: skip


@pytest.fixture
def offices(unit_at):  # noqa: F811
    """The associations that coordinate the places of the notices, and a few more units that they bind."""
    units = {
        code: unit_at(code, "association", coordinates=True)
        for code in ("CN", "440000", DONGGUAN, TOWN, TANGSHAN, COUNTY, CHENGDU, DISTRICT, "210000", DALIAN)
    }
    units["society"] = unit_at(TANGSHAN, "society")
    units["school"] = unit_at(COUNTY, "school")
    units["department"] = unit_at(TANGSHAN, "department", traits=["joint_issuer"])
    units["member"] = unit_at("210000", "department", traits=["leading_group_member"])
    return units


def told(unit, of):
    return {
        d.key.removeprefix("duty."): (d.clause_code, d.due.date().isoformat() if d.due else None, d.late)
        for d in duties_for(unit, of, at=AT)
        if d.is_waited_for
    }


def test_each_unit_owes_what_its_notices_ask_by_the_date_of_its_own_link(offices, season):  # noqa: F811
    assert {name: told(offices[name], season) for name in ("440000", TOWN, COUNTY, "school", DISTRICT)} == {
        "440000": {"organisation_summary": ("NA-71", "2023-10-10", False)},
        TOWN: {
            "plan_table": ("DG-43", "2023-09-08", True),
            "organisation_summary": ("DG-59", "2023-09-23", False),
        },
        COUNTY: {"organisation_summary": ("TS-54", "2023-09-26", False)},
        "school": {},
        DISTRICT: {
            "key_activity_list": ("CD-63", "2023-08-15", True),
            "organisation_summary": ("CD-62", "2023-10-10", False),
        },
    }


def test_a_town_of_dongguan_reports_to_the_desk_of_the_city(offices, season):  # noqa: F811
    plan = next(d for d in duties_for(offices[TOWN], season, at=AT) if d.key == "duty.plan_table")
    assert plan.receiver.unit_id == offices[DONGGUAN].pk
    assert str(plan.receiver) == f"{offices[DONGGUAN].name}科普部"


@pytest.mark.parametrize(
    ("duty", "missing"),
    [
        ("duty.plan_table", ("parts.sealed_pdf", "DG-43")),
        ("duty.organisation_summary", ("parts.sealed_scan", "DG-59")),
    ],
)
def test_without_the_stamped_copy_nothing_is_handed_in(offices, season, duty, missing):  # noqa: F811
    with pytest.raises(Incomplete) as refusal:
        actions.hand_in_return(
            offices[TOWN], season, duty, sections={"text": "总结"}, by=a_coordinator(offices[TOWN]), at=AT
        )
    reason = next(r for r in refusal.value.reasons if r.field.startswith("parts"))
    assert (reason.field, reason.clause_id, reason.notice) == (*missing, "dongguan-2023")
    assert reason.clause.startswith("东科协〔2023〕17号 六")


def test_a_date_announced_later_is_bounded_and_not_pretended(offices, season):  # noqa: F811
    summary = next(
        d for d in duties_for(offices[DISTRICT], season, at=AT) if d.key == "duty.organisation_summary"
    )
    assert (summary.is_settled, summary.late) == (False, False)
    assert "另行通知" in summary.due_words


def test_what_is_asked_only_of_some_is_shown_and_not_waited_for(offices, season):  # noqa: F811
    found = next(
        d for d in duties_for(offices[DISTRICT], season, at=AT) if d.key == "duty.sf_season_material"
    )
    assert (found.only_for, found.is_waited_for, found.late) == ("办“科幻季”活动的", False, False)


def test_the_units_found_in_the_database_are_those_that_their_rules_bind(offices, season):  # noqa: F811
    from kepu.notices.rulebook import rules_in_force

    everybody = list(Unit.objects.order_by("pk"))
    for key, found in bound.duties_bound(season, at=AT).items():
        expected = {
            u.pk for u in everybody for o in rules.owed_under(rules_in_force(u, season, at=AT))
            if o.key == key and bound.is_waited_for(o.rule)
        }  # fmt: skip
        assert (key, set(conditions.units(at=AT).filter(found.units).values_list("pk", flat=True))) == (
            key,
            expected,
        )
    for key, found in bound.rules_bound(season, "quota", at=AT).items():
        expected = {u.pk for u in everybody if key in rules_in_force(u, season, at=AT)}
        assert (key, set(conditions.units(at=AT).filter(found.units).values_list("pk", flat=True))) == (
            key,
            expected,
        )
