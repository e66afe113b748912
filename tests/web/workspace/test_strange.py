"""What no form of ours sends is answered with a sentence all the same."""

import pytest

from kepu.activities.models import ReviewNote
from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.web.workspace.conftest import typed

ENDLESS = "9" * 5000


def test_a_number_without_end_chooses_no_unit(people):
    assert people.filer.post("/work/unit/", {"unit": ENDLESS})["Location"] == "/work/unit/"


@pytest.mark.parametrize("year", ["0001", "0202", "9999"])
def test_a_year_that_is_half_typed_is_asked_for_again(people, read, year):
    wrong = {"starts_at": f"{year}-01-01T00:00", "ends_at": f"{year}-12-31T23:59", "title": "还在写"}
    response = people.filer.post("/work/activities/new/", typed(act="save", **wrong))

    assert response.status_code == 422
    found = read(response)
    assert found.one("input", name="title")["value"] == "还在写"
    assert "这不是日期和时间" in found.one(class_="form-errors").text


def test_the_gates_do_not_stumble_over_it_while_somebody_types(people):
    response = people.filer.post("/work/activities/new/gates/", typed(starts_at="0001-01-01T00:00"))
    assert response.status_code in (200, 422)


def test_a_zero_character_does_not_stand_in_a_reviewer_s_way(people):
    activity = an_activity(people.world, State.FILED)
    people.reviewer.post("/work/reviews/approvals/", {"pk": activity.pk, "words": "同\0意"})
    assert ReviewNote.objects.get(activity=activity).words == "同意"
