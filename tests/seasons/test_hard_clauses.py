"""Every hard clause on gates, windows, theme, routing and lead time, through the acts, on the real notices."""

from __future__ import annotations

import pytest

from kepu.activities import actions
from kepu.activities.gates import at_filing
from kepu.activities.workflow import State
from kepu.core.refusals import Refused
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Place
from tests.factories.activities import loaded
from tests.seasons.conftest import THEME, china

SUB_THEME = "厚植科技创新沃土，擦亮科幻之都名片"


def clauses_of(refusal):
    return {reason.clause_id for reason in refusal.value.reasons if reason.clause_id}


@pytest.mark.parametrize(
    ("place", "clause"),
    [
        ("dongguan", "DG-07.gate"),
        ("tangshan", "TS-07.gate"),
        ("liaoning", "LN-06.gate"),
        ("hangzhou", "NA-05.gate"),
    ],
)
def test_another_theme_is_not_filed(place, clause, cast):
    people = cast(place)

    with pytest.raises(Refused) as refusal:
        people.filed(theme="别的主题", at=china(9, 2))

    assert clauses_of(refusal) == {clause}
    assert THEME in str(refusal.value)


@pytest.mark.parametrize(
    # Tangshan's notice is of 1 September: before it the nation's clause holds there (its own is TS-52, in test_values)
    ("place", "clause"),
    [("dongguan", "DG-47"), ("tangshan", "NA-69"), ("liaoning", "LN-50"), ("hangzhou", "NA-69")],
)
def test_nothing_is_published_before_21_august(place, clause, cast):
    people = cast(place)
    early = {"at": china(8, 18)}
    activity = people.filed(**early)
    actions.approve_activity(
        activity, waivers=people.waived(activity), words="", by=people.reviewer, at=china(8, 19)
    )
    activity = loaded(activity)

    with pytest.raises(Refused) as refusal:
        actions.publish_activity(activity, by=people.filer, at=china(8, 20, 23))
    actions.publish_activity(loaded(activity), by=people.filer, at=china(8, 21, 0))

    assert clauses_of(refusal) == {clause}
    assert loaded(activity).state == State.PUBLISHED


def test_dongguan_takes_no_filing_less_than_seven_days_ahead(cast):
    people = cast("dongguan")

    with pytest.raises(Refused) as refusal:
        people.filed(at=china(9, 14))
    people.filed(at=china(9, 13))

    assert clauses_of(refusal) == {"DG-48"}
    assert "不少于7天" in str(refusal.value)


def test_dongguan_publishes_nothing_less_than_seven_days_ahead(cast):
    people = cast("dongguan")
    activity = people.approved()

    with pytest.raises(Refused) as refusal:
        actions.publish_activity(activity, by=people.filer, at=china(9, 14))

    assert clauses_of(refusal) == {"DG-48"}


def test_elsewhere_no_lead_time_is_asked(cast):
    people = cast("tangshan")

    assert people.filed(at=china(9, 19)).state == State.FILED


def test_dongguan_s_filing_goes_past_the_town_to_the_city(cast):
    people = cast("dongguan")

    assert people.filed().reviewing_unit == people.office


def test_another_responsible_unit_is_refused_in_dongguan(cast):
    people = cast("dongguan")
    town_office = Place.objects.get(code="441900003").coordination.unit

    with pytest.raises(Refused) as refusal:
        people.filed(responsible_unit=town_office)

    assert clauses_of(refusal) == {"DG-50"}


def test_a_city_level_activity_in_chengdu_bears_the_city_s_sub_theme(cast):
    people = cast("chengdu")

    with pytest.raises(Refused) as refusal:
        people.filed(activity_level="city", subtheme="")
    people.filed(activity_level="city", subtheme=SUB_THEME)
    people.filed(activity_level="county", subtheme="")

    assert clauses_of(refusal) == {"CD-10"}


def test_chengdu_asks_who_answers_for_host_and_place(cast):
    people = cast("chengdu")

    with pytest.raises(Refused) as host:
        people.filed(safety_person="")
    with pytest.raises(Refused) as place:
        people.filed(host_place_person="")

    assert (clauses_of(host), clauses_of(place)) == ({"CD-50"}, {"CD-50.place"})


def test_dongguan_completes_nothing_without_a_media_report(cast):
    people = cast("dongguan")
    activity = people.held()
    facts = {"materials": [{"kind": "photo", "place": "单位网盘"}], "results": "很好", "minors": "none"}

    with pytest.raises(Refused) as refusal:
        actions.complete_activity(activity, media_links=[], by=people.filer, at=china(9, 22), **facts)
    actions.complete_activity(
        loaded(activity), media_links=["https://example.org/news"], by=people.filer, at=china(9, 22), **facts
    )

    assert clauses_of(refusal) == {"DG-54"}
    assert loaded(activity).state == State.COMPLETED


def test_dongguan_s_summary_has_five_parts(cast):
    people = cast("dongguan")
    activity = people.held()
    actions.complete_activity(
        activity,
        media_links=["https://example.org/news"],
        materials=[{"kind": "photo", "place": "网盘"}],
        minors="none",
        results="很好",
        by=people.filer,
        at=china(9, 22),
    )
    parts = dict.fromkeys(
        ("basics", "results", "highlights", "reusable_resources", "reflections"), "写了几句。"
    )

    with pytest.raises(Refused) as refusal:
        actions.summarise_activity(
            loaded(activity), sections={**parts, "reflections": ""}, by=people.filer, at=china(9, 25)
        )
    actions.summarise_activity(loaded(activity), sections=parts, by=people.filer, at=china(9, 25))

    assert "DG-57" in {clause.split(".")[0] for clause in clauses_of(refusal)}
    assert loaded(activity).state == State.SUMMARISED


def test_few_participants_warn_and_are_waived_with_a_reason_in_dongguan(cast):
    people = cast("dongguan")
    activity = people.filed(participants_expected=20)

    with pytest.raises(Refused) as refusal:
        actions.approve_activity(activity, waivers={}, words="", by=people.reviewer, at=china(8, 26))
    waivers = {
        **people.waived(loaded(activity)),
        "activity.participants_expected.offline": "村小全校只有二十人",
    }
    actions.approve_activity(loaded(activity), waivers=waivers, words="", by=people.reviewer, at=china(8, 26))

    assert "DG-51" in clauses_of(refusal)
    assert loaded(activity).state == State.APPROVED


def told(people, starts):
    """What filing is told of an activity's day: (clause, whether a reviewer must waive it)."""
    activity = people.draft(starts_at=starts, ends_at=starts.replace(hour=17))
    rules = rules_in_force(activity.unit, people.season, at=china(8, 16))
    found = at_filing(activity, rules, host=activity.unit, at=china(8, 16))
    days = {"activity.starts_at", "activity.year"}
    return sorted(
        (reason.clause_id, reason in found.warnings)
        for reason in (*found.warnings, *found.wishes)
        if reason.code in days
    )


def test_an_activity_is_told_when_it_lies_outside_the_windows_of_its_place(cast):
    hangzhou, chengdu = cast("hangzhou"), cast("chengdu")

    assert told(hangzhou, china(9, 20)) == []
    assert told(hangzhou, china(10, 12)) == [("NA-06.gate", False)]
    assert told(chengdu, china(10, 12)) == []
    assert told(chengdu, china(10, 16)) == [("CD-05.gate", True)]
    assert told(hangzhou, china(9, 20).replace(year=2024)) == [("NA-06.gate", False), ("NA-08.gate", True)]
