"""Acts on how a person signs in: only by themselves, only what is free, and with their trace."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from kepu.accounts import signing_in
from kepu.accounts.jobs import forget_ended_sign_ins
from kepu.accounts.workflow import Event
from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed, Refused
from kepu.orgs.actor import Actor
from tests.factories.accounts import a_person


@pytest.fixture
def chen(db):
    return a_person("陈晓明", username="chen", email="chen@example.cn")


def themselves(person):
    return Actor(person_id=person.pk, person_name=person.name, unit=None)


def trace(person):
    return [(row.event, row.person_id, row.detail) for row in audit.of(person)]


def test_a_confirmed_address_is_the_one_verified_address(chen, noon):
    assert not signing_in.is_verified(chen)
    assert (
        signing_in.change_email(chen, "Chen@new.example.cn", by=themselves(chen), at=noon)
        == "chen@example.cn"
    )

    chen.refresh_from_db()
    assert (chen.email, signing_in.is_verified(chen)) == ("Chen@new.example.cn", True)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("chen@new.example.cn", True, True)
    ]
    assert trace(chen) == [(Event.EMAIL_CHANGED, chen.pk, {"same": False})]


def test_an_address_changed_behind_its_back_is_not_verified(chen, noon):
    signing_in.change_email(chen, "chen@example.cn", by=themselves(chen), at=noon)
    chen.email = "other@example.cn"
    chen.save()
    assert not signing_in.is_verified(chen)


def test_a_number_leads_to_one_account(chen, noon):
    signing_in.change_phone(chen, "13800000001", by=themselves(chen), at=noon)
    li = a_person("李四")
    with pytest.raises(Refused, match="已经由另一个账号确认过"):
        signing_in.change_phone(li, "13800000001", by=themselves(li), at=noon)
    assert trace(chen) == [(Event.PHONE_CHANGED, chen.pk, {})]


@pytest.mark.parametrize(
    "act",
    [
        lambda person, **more: signing_in.change_email(person, "x@example.cn", **more),
        lambda person, **more: signing_in.change_phone(person, "13800000001", **more),
        lambda person, **more: signing_in.remove_phone(person, **more),
        lambda person, **more: signing_in.change_name(person, "王五", **more),
    ],
)
def test_nobody_changes_how_somebody_else_signs_in(chen, noon, act):
    with pytest.raises(NotAllowed, match="只能由本人更改"):
        act(chen, by=themselves(a_person("李四")), at=noon)
    assert trace(chen) == []


def test_removing_a_number_that_is_not_there_does_nothing(chen, noon):
    signing_in.remove_phone(chen, by=themselves(chen), at=noon)
    assert trace(chen) == []


@pytest.mark.parametrize("name", ["", " \t", "名" * 61])
def test_a_name_that_is_none(chen, noon, name):
    with pytest.raises(Incomplete) as refusal:
        signing_in.change_name(chen, name, by=themselves(chen), at=noon)
    assert refusal.value.reasons[0].field == "name"


def test_what_ended_is_forgotten(chen):
    for name, lives in (("old", -60), ("new", 3600)):
        store = SessionStore()
        store.set_expiry(lives)
        store.save()
        UserSession.objects.create(user=chen, session_key=store.session_key, ip="10.0.0.1", user_agent=name)
    assert forget_ended_sign_ins() == 2
    assert (Session.objects.count(), UserSession.objects.get().user_agent) == (1, "new")
