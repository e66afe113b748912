"""The token of a line: the same for the same line of the same unit, and known to nobody who only knows the line."""

import pytest
from django.test import override_settings

from kepu.accounts.models import Person
from kepu.activities.actions import create_draft
from kepu.activities.models import Activity
from kepu.core.keys import new_key
from kepu.intake import actions
from kepu.intake.tokens import tokens_of
from kepu.orgs.models import Role
from tests.factories.activities import FILED, a_world
from tests.factories.intake import a_checked, a_filed, rows, states_of
from tests.factories.orgs import a_post, an_actor

pytestmark = pytest.mark.django_db
CONTENT = {"title": "科普讲座", "venue": "文化广场"}
ONE, TWO = new_key("k1"), new_key("k2")


@pytest.fixture
def world():
    made = a_world()
    a_post(made.school, Role.FILER, person=Person.objects.get(pk=made.filer.person_id))
    return made


def test_who_knows_the_line_and_not_the_key_does_not_know_the_token():
    with override_settings(KEPU_PERSONAL_KEYS=ONE):
        mine = tokens_of(7, 3, CONTENT)
        assert tokens_of(7, 3, {**CONTENT, "contact_phone": "13800000000", "theme": ""}) == mine
        others = [
            tokens_of(8, 3, CONTENT),
            tokens_of(7, 4, CONTENT),
            tokens_of(7, 3, {**CONTENT, "title": "别的"}),
        ]
    with override_settings(KEPU_PERSONAL_KEYS=TWO):
        elsewhere = tokens_of(7, 3, CONTENT)
    assert len({token for found in (mine, elsewhere, *others) for token in found}) == 5


def test_while_a_key_is_changed_the_same_sheet_still_makes_nothing_twice(world):
    with override_settings(KEPU_PERSONAL_KEYS=ONE):
        a_filed(world, rows(2))
        kept = a_checked(world, rows(3))
        assert states_of(kept) == ["skipped", "skipped", "ready"]
        actions.file_lines(kept, as_drafts=True, by=world.filer, at=FILED)
        while actions.file_some(kept.pk, at=FILED):
            pass
    with override_settings(KEPU_PERSONAL_KEYS=f"{TWO},{ONE}"):
        again = a_checked(world, rows(3))
        assert states_of(again) == ["skipped", "skipped", "ready"]
        actions.file_lines(again, by=world.filer, at=FILED)
        while actions.file_some(again.pk, at=FILED):
            pass
        assert (Activity.objects.count(), states_of(again)) == (3, ["skipped", "skipped", "filed"])


def test_an_activity_of_another_unit_under_the_token_of_a_line_says_nothing_of_itself(world):
    """However it came there: the line is not taken for filed, and nothing is told of it."""
    sheet = a_checked(world, rows(1))
    token = sheet.lines.get().token
    another = create_draft(
        token, season=world.season, content={"title": "别人的"}, by=an_actor(world.town_office), at=FILED
    )
    again = a_checked(world, rows(1))
    line = again.lines.get()
    assert (line.token, line.activity_id, str(another) in str(line.findings)) == (token, None, False)
