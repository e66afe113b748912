"""What no form of ours sends is answered with a sentence all the same."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest

from kepu.activities.actions import change_activity
from kepu.activities.models import ReviewNote
from kepu.activities.workflow import State
from tests.factories.activities import PUBLISHED, an_activity, loaded
from tests.web.workspace.conftest import typed

ENDLESS = "9" * 5000


def test_a_number_without_end_chooses_no_unit(people):
    assert people.filer.post("/workspace/unit/", {"unit": ENDLESS})["Location"] == "/workspace/unit/"


@pytest.mark.parametrize("year", ["0001", "0202", "9999"])
def test_a_year_that_is_half_typed_is_asked_for_again(people, read, year):
    wrong = {"starts_at": f"{year}-01-01T00:00", "ends_at": f"{year}-12-31T23:59", "title": "还在写"}
    response = people.filer.post("/workspace/activities/new/", typed(act="save", **wrong))

    assert response.status_code == 422
    found = read(response)
    assert found.one("input", name="title")["value"] == "还在写"
    assert "这不是日期和时间" in found.one(class_="form-errors").text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_all_calendars_stops_nothing(people, read, day):
    assert people.filer.get(f"/workspace/programme/?from={day}").status_code == 200
    given = {"first": min(day, "2023-09-17"), "last": max(day, "2023-09-17"), "cause": "heat"}
    here = "/workspace/area/441900/stopping/"
    assert "这个年份不对" in read(people.reviewer.get(f"{here}?{urlencode(given)}")).text
    answer = people.reviewer.post(here, {**given, "how": "cancel", "words": "改日再办", "pk": "1"})
    assert "这个年份不对" in read(answer).text


def test_the_gates_do_not_stumble_over_it_while_somebody_types(people):
    response = people.filer.post("/workspace/activities/new/gates/", typed(starts_at="0001-01-01T00:00"))
    assert response.status_code in (200, 422)


def test_a_zero_character_does_not_stand_in_a_reviewer_s_way(people):
    activity = an_activity(people.world, State.FILED)
    people.reviewer.post(f"/workspace/reviews/{activity.pk}/claim/", {"words": "看\0看"})
    assert loaded(activity).claimed_by_id
    sent = {
        "token": uuid4(),
        "listed": activity.pk,
        "chosen": f"{activity.pk}:{activity.version}:0",
        "words": "同\0意",
    }
    assert people.reviewer.post("/workspace/reviews/batches/new/", sent).status_code == 422
    people.reviewer.post("/workspace/reviews/batches/new/", {**sent, "words": "同意"})
    assert ReviewNote.objects.get(activity=activity).words == "同意"


def test_the_mark_of_a_key_activity_is_given_once_however_often_the_button_is_pressed(people):
    activity = an_activity(people.world, State.FILED, key_activity=True)
    seen = {"version": activity.version}
    for _ in range(2):
        people.reviewer.post(f"/workspace/activities/{activity.pk}/key-mark/", seen)
    assert loaded(activity).key_confirmed


def test_an_old_page_does_not_take_back_a_newer_change(people):
    activity = an_activity(people.world, State.PUBLISHED)
    here, seen = f"/workspace/activities/{activity.pk}/change-withdrawal/", []
    for venue in ("文化馆", "体育馆"):
        changed = loaded(activity)
        change_activity(
            changed, changes={"venue": venue}, reason="礼堂维修", by=people.world.filer, at=PUBLISHED
        )
        seen.append(changed.version)
        people.filer.post(here, {"version": seen[0]})

    assert loaded(activity).proposed == {"venue": "体育馆"}
