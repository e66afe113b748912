"""What a copy takes along: codes that are still known, words that an open list takes, and nothing else of then."""

from uuid import uuid4

import pytest

from kepu.activities.actions import copy_published
from kepu.activities.copying import Left, from_published, of_published
from kepu.activities.models import PublicationStatus
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.core.refusals import NotAllowed
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force
from tests.factories.activities import PUBLISHED, a_world, an_activity
from tests.factories.notices import a_clause, a_notice, a_season
from tests.factories.orgs import a_unit, an_actor


def labelled(**lists):
    """A published copy with codes and their words; a word without a code stands for itself."""
    return {
        "title": "科学课",
        "labels": {name: [{"code": c, "label": w} for c, w in pairs] for name, pairs in lists.items()},
    }


COPY = labelled(fields=[("health", "健康"), ("space", "航天"), ("茶艺", "茶艺")])


def test_where_no_notice_has_a_list_only_words_of_one_s_own_go_on():
    taken = from_published(COPY, rules=Rules({}))
    assert (taken.content["fields"], taken.left) == (["茶艺"], (Left("fields", ("健康", "航天")),))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("open_ended", "kept", "left"),
    [(True, ["space", "茶艺"], ("健康",)), (False, ["space"], ("健康", "茶艺"))],
)
def test_a_list_says_which_go_on(open_ended, kept, left):
    world = a_world(rules=None)
    notice = a_notice(world.season, world.city, issuer_unit=world.city_office)
    items = [{"code": "space", "label": "航天"}]
    a_clause(
        notice, "L", "list", {"code": "fields", "title": "行业领域", "items": items, "open_ended": open_ended}
    )

    taken = from_published(COPY, rules=rules_in_force(world.school, world.season, at=PUBLISHED))

    assert (taken.content["fields"], taken.left) == (kept, (Left("fields", left),))


@pytest.mark.django_db
def test_what_was_cancelled_may_still_be_a_model_and_a_closed_season_takes_nothing():
    world = a_world()
    neighbour = an_actor(a_unit(world.town, "石龙小学", kind="school"))
    publication = an_activity(world, State.CANCELLED).publication
    assert publication.status == PublicationStatus.CANCELLED
    token = uuid4()

    made = copy_published(publication, token, season=world.season, by=neighbour, at=PUBLISHED)
    same = copy_published(publication, token, season=world.season, by=neighbour, at=PUBLISHED)

    assert (made.pk, made.unit_id, made.title) == (same.pk, neighbour.unit_id, "走进中医药")
    assert of_published(publication, world.season, unit=neighbour.unit, at=PUBLISHED).left == ()
    entry = AuditEntry.objects.get(event="activity.drafted", thing_id=made.pk)
    assert entry.detail["copied_from"] == publication.pk
    with pytest.raises(NotAllowed, match="已经结束"):
        copy_published(
            publication, uuid4(), season=a_season("2022", is_open=False), by=neighbour, at=PUBLISHED
        )
