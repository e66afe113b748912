"""Applications for tests, filed by the same act as people use."""

from kepu.accounts.models import Person
from kepu.orgs import actions
from kepu.orgs.actions import Contact, Said
from kepu.orgs.actor import Actor
from kepu.orgs.models import Term, Vocabulary
from tests.conftest import NOON

CONTACT = Contact("林晓", "13800138000", "linxiao@example.cn")
VISITOR = Actor(person_id=None, person_name="", unit=None)


def kinds_known():
    """The kinds of unit that the tests speak of."""
    for code, name in (("school", "学校"), ("association", "科协"), ("venue", "场馆")):
        Term.objects.get_or_create(vocabulary=Vocabulary.UNIT_KIND, code=code, defaults={"name": name})


def said(place, name="石龙镇科学馆", **changes):
    return Said(**{"name": name, "kind": "venue", "place": place, "purpose": "填报科普日活动", **changes})


def an_application(
    place, name="石龙镇科学馆", *, contact=CONTACT, person: Person | None = None, at=NOON, **changes
):
    """A new registration, waiting for whoever coordinates above; with the secret of its link."""
    kinds_known()
    filed = actions.apply_for_unit(
        said(place, name, **changes), contact, person=person, consented=True, by=VISITOR, at=at
    )
    return filed.application, filed.token


def a_claim(unit, *, contact=CONTACT, at=NOON):
    kinds_known()
    return actions.claim_unit(unit, contact, "填报科普日活动", consented=True, by=VISITOR, at=at).application
