"""The five notices of 2023 as they come with the program, loaded once per module and taken back at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest

from kepu.activities import actions
from kepu.activities.gates import at_filing
from kepu.cli.loading import load_season, seasons_folder
from kepu.core.calendar import CHINA
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Coordination, Place, Role, Unit
from tests.factories.activities import loaded
from tests.factories.orgs import a_unit, an_actor
from tests.standing import rows_that_stand

THEME = "提升全民科学素质，助力科技自立自强"


def china(month, day, hour=9):
    return datetime(2023, month, day, hour, tzinfo=CHINA)


@dataclass
class Cast:
    """A place's people: a school that files, the office above that reviews."""

    season: object
    school: Unit
    office: Unit
    filer: Actor
    reviewer: Actor

    def draft(self, *, at=None, **changes):
        given = {
            "title": "身边的科学", "theme": THEME, "mode": "offline", "starts_at": china(9, 20), "ends_at": china(9, 20, 17),
            "venue": "礼堂", "summary": "讲座和体验", "participants_expected": 120, "safety_person": "张安",
            "content_person": "王审", "host_place_person": "李场", "risk_assessment": "室内举办", "risk_plan": "遇雨改期",
            "contact_name": "王联", "contact_phone": "13800000000", **changes,
        }  # fmt: skip
        return actions.create_draft(
            uuid4(), season=self.season, content=given, by=self.filer, at=at or china(8, 25)
        )

    def filed(self, *, at=None, **changes):
        activity = self.draft(at=at, **changes)
        actions.file_activity(activity, by=self.filer, at=at or china(8, 25))
        return loaded(activity)

    def approved(self, **changes):
        activity = self.filed(**changes)
        actions.approve_activity(
            activity, waivers=self.waived(activity), words="", by=self.reviewer, at=china(8, 26)
        )
        return loaded(activity)

    def waived(self, activity):
        rules = rules_in_force(activity.unit, self.season, at=china(8, 26))
        found = at_filing(activity, rules, host=activity.unit, at=china(8, 26))
        return {reason.code: "演练中同意" for reason in found.warnings}

    def held(self, **changes):
        activity = self.approved(**changes)
        actions.publish_activity(activity, by=self.filer, at=china(8, 28))
        activity = loaded(activity)
        actions.hold_activity(activity, participants_actual=130, by=self.filer, at=china(9, 21))
        return loaded(activity)


@pytest.fixture(scope="module")
def season_loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rows_that_stand():
        list(load_season(seasons_folder() / "2023"))
        yield


@pytest.fixture
def season(season_loaded, db):
    return Season.objects.get(code="kepuri-2023")


@pytest.fixture
def unit_at(season):
    """A unit of a kind at a place, by the place's code; ``coordinates=True`` makes it the place's coordinator."""

    def made(code, kind="school", *, coordinates=False, traits=(), **fields):
        place = Place.objects.get(code=code)
        unit = a_unit(place, kind=kind, coordinates=[place] if coordinates else [], **fields)
        unit.traits = sorted({*unit.traits, *traits})
        unit.save(update_fields=["traits"])
        return unit

    return made


@pytest.fixture
def cast(season, unit_at):
    """``cast("dongguan")``: the people of one of the places."""
    homes = {"dongguan": ("441900003", "441900"), "chengdu": ("510104", "510104"), "tangshan": ("130283", "130283"),
             "liaoning": ("210202", "210200"), "hangzhou": ("330106", "330106")}  # fmt: skip

    def made(name):
        home, above = homes[name]
        for code in ("CN", "440000", "510000", "510100", "130000", "130200", "210000", "330000", "330100"):
            if not Coordination.objects.filter(place__code=code).exists():
                unit_at(code, "association", coordinates=True)
        if name == "dongguan":
            unit_at(home, "association", coordinates=True)
        place = Place.objects.get(code=above)
        held = getattr(place, "coordination", None) if above != "441900" else None
        office = held.unit if held else unit_at(above, "association", coordinates=True)
        school = unit_at(home)
        return Cast(season, school, office, an_actor(school), an_actor(office, Role.REVIEWER, places=[place]))

    return made
