"""A person sees who looked at their number, takes away what is kept about them, and ends their account."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from kepu.accounts.looks import SHOWN
from kepu.accounts.models import Person
from kepu.accounts.signing_in import change_email
from kepu.activities import actions as activities
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.audit import verify
from kepu.core.models import AuditEntry
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed
from kepu.orgs.actor import Actor
from kepu.orgs.models import Post, Role
from kepu.orgs.workflow import Event as Events
from kepu.privacy.actions import (
    close_account,
    give_consent,
    take_own_data,
    withdraw_consent,
)
from kepu.privacy.models import Consent
from kepu.privacy.queries import looks_at, own_data
from kepu.privacy.workflow import VERSION, Event, Purpose
from kepu.returns.showing import show_people
from tests.factories.accounts import a_person
from tests.factories.activities import PUBLISHED, REVIEWED, an_activity, loaded
from tests.factories.notices import china
from tests.factories.orgs import a_deputy, a_post
from tests.factories.returns import a_return

pytestmark = pytest.mark.django_db

NUMBER, LATER = "13800000000", china(2023, 10, 1)


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


@pytest.fixture
def wang(world):
    """王联, whom the factories name as every activity's contact, and who has proven the number as their own."""
    person = a_person("王联", email="wang@example.cn")
    person.put_phone("138 0000 0000")
    person.phone_verified_at = china(2023, 8, 1)
    person.save()
    return person


def oneself(person):
    return Actor(person_id=person.pk, person_name=person.name, unit=None)


def test_a_look_is_found_by_whoever_has_proven_the_number(world, wang):
    activity = an_activity(world, State.FILED)
    activities.show_contact(activity, by=world.reviewer, at=REVIEWED)
    row = a_return(world)
    show_people(row, by=world.coordinator, at=LATER)

    found = [(e.unit_id, e.detail["of"], e.detail["of_id"]) for e in looks_at(wang).order_by("id")]

    assert found == [
        (world.city_office.pk, "activity", activity.pk),
        (world.city_office.pk, "return", row.pk),
    ]


def test_a_look_from_before_the_number_was_proven_is_found_too(world, wang):
    Person.objects.filter(pk=wang.pk).update(phone_verified_at=None)
    activity = an_activity(world, State.FILED)
    activities.show_contact(activity, by=world.reviewer, at=REVIEWED)
    wang.refresh_from_db()
    assert list(looks_at(wang)) == []

    wang.phone_verified_at = PUBLISHED
    wang.save()

    assert [(e.thing, e.thing_id) for e in looks_at(wang)] == [("activity", activity.pk)]


def test_a_number_that_somebody_only_typed_tells_them_nothing(world):
    stranger = a_person("不相干")
    stranger.put_phone(NUMBER)
    stranger.save()
    activity = an_activity(world, State.FILED)
    activities.show_contact(activity, by=world.reviewer, at=REVIEWED)
    assert list(looks_at(stranger)) == []
    assert own_data(stranger, at=LATER).parts["contact_of"] == []
    with pytest.raises(NotAllowed, match="联系人的号码只给"):
        activities.show_contact(loaded(activity), by=oneself(stranger), at=LATER)


def test_whom_the_contact_names_may_see_it(world, wang):
    activity = an_activity(world, State.FILED)
    assert activities.show_contact(activity, by=oneself(wang), at=REVIEWED) == {
        "contact_name": "王联",
        "contact_phone": NUMBER,
    }


def test_where_no_contact_is_there_is_nothing_to_show(world):
    activity = an_activity(world, State.FILED, contact_name="", contact_phone="")
    before = AuditEntry.objects.count()
    with pytest.raises(Incomplete, match="没有填联系人"):
        activities.show_contact(activity, by=world.reviewer, at=REVIEWED)
    assert AuditEntry.objects.count() == before


def test_the_trace_of_a_look_holds_no_value(world, wang):
    activities.show_contact(an_activity(world, State.FILED), by=world.reviewer, at=REVIEWED)
    said = json.dumps(
        list(AuditEntry.objects.filter(event=SHOWN).values_list("detail", flat=True)), ensure_ascii=False
    )
    assert (NUMBER in said, "王联" in said) == (False, False)


def test_one_takes_away_what_is_kept_about_oneself(world, wang):
    activity = an_activity(world, State.FILED)
    activities.show_contact(activity, by=world.reviewer, at=REVIEWED)
    give_consent(Purpose.PHONE, person=wang, by=oneself(wang), at=REVIEWED)
    a_post(world.school, Role.FILER, person=wang)

    found = take_own_data(wang, by=oneself(wang), at=LATER).parts

    assert found["account"][0] | {"username": ""} == {
        "username": "", "name": "王联", "email": "wang@example.cn", "phone": "138 0000 0000", "language": "", "joined_at": None,
        "phone_verified_at": china(2023, 8, 1),
    }  # fmt: skip
    assert [(row["unit"], row["role"]) for row in found["posts"]] == [("石龙中学", "filer")]
    assert [(row["activity"], row["phone"]) for row in found["contact_of"]] == [("走进中医药", NUMBER)]
    assert [row["purpose"] for row in found["consents"]] == ["phone"]
    assert [row["of"] for row in found["looks"]] == ["activity"]
    assert [row["event"] for row in found["acts"]] == [Event.CONSENT_GIVEN]


def test_nobody_takes_away_what_is_kept_about_another(world, wang):
    for act in (
        lambda by: take_own_data(wang, by=by, at=LATER), lambda by: close_account(wang, by=by, at=LATER),
        lambda by: give_consent(Purpose.PHONE, person=wang, by=by, at=LATER),
        lambda by: withdraw_consent(wang, Purpose.PHONE, by=by, at=LATER),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="只能由本人"):
            act(world.coordinator)


def test_with_the_consent_to_mail_the_confirmed_address_goes_too(wang):
    address = "wang.lian@example.cn"
    change_email(wang, address, by=oneself(wang), at=REVIEWED)
    give_consent(Purpose.MAIL, person=wang, by=oneself(wang), at=REVIEWED)
    withdraw_consent(wang, Purpose.MAIL, by=oneself(wang), at=LATER)
    assert Person.objects.get(pk=wang.pk).email == ""
    assert not EmailAddress.objects.filter(email=address).exists()


def test_a_consent_is_given_once_and_withdrawn_with_what_was_kept_on_it(wang):
    by = oneself(wang)
    for _twice in range(2):
        give_consent(Purpose.PHONE, person=wang, by=by, at=REVIEWED)
    assert list(Consent.objects.values_list("purpose", "version", "at", "withdrawn_at")) == [
        ("phone", VERSION, REVIEWED, None)
    ]

    for _twice in range(2):
        withdraw_consent(wang, Purpose.PHONE, by=by, at=LATER)

    kept = Person.objects.get(pk=wang.pk)
    assert (kept.phone, kept.phone_digest, kept.phone_verified_at) == ("", "", None)
    assert Consent.objects.get().withdrawn_at == LATER
    assert [e.event for e in audit.of(wang)] == [Event.CONSENT_GIVEN, Event.CONSENT_WITHDRAWN]


def test_an_applicant_is_known_by_a_digest_only(world):
    consent = give_consent(Purpose.APPLICATION, applicant="applicant@example.cn", by=world.filer, at=LATER)
    assert (consent.person_id, len(consent.applicant_digest)) == (None, 64)


def test_an_account_is_not_closed_while_a_unit_would_be_left_with_nobody(world, wang):
    a_post(world.school, Role.FILER, person=wang)
    with pytest.raises(GateClosed) as refusal:
        close_account(wang, by=oneself(wang), at=LATER)
    assert [str(reason) for reason in refusal.value.reasons] == [
        "您是“石龙中学”唯一的填报人员。请先请统筹单位或同事安排接手的人，再来注销。"
    ]
    assert Person.objects.get(pk=wang.pk).is_active


def test_a_colleague_whose_account_is_closed_is_nobody(world, wang):
    a_post(world.school, Role.FILER, person=wang)
    a_post(world.school, Role.FILER, person=a_person("走了的", is_active=False))
    with pytest.raises(GateClosed):
        close_account(wang, by=oneself(wang), at=LATER)


def test_posts_of_a_closed_account_end_with_a_trace_and_with_their_deputies(world, wang):
    held = a_post(world.school, Role.FILER, person=wang)
    other = a_post(world.school, Role.FILER)
    days = {"since": REVIEWED, "until": LATER + timedelta(days=9)}
    theirs, own = a_deputy(held, other.person, **days), a_deputy(other, wang, **days)

    close_account(wang, by=oneself(wang), at=LATER)

    ended = audit.of(held).filter(event=Events.POST_ENDED).get()
    assert (ended.person_id, ended.detail["unit"]) == (wang.pk, world.school.pk)
    for deputy in (theirs, own):
        deputy.refresh_from_db()
        assert deputy.until == LATER


def test_a_closed_account_leaves_a_pseudonym_and_the_trace(world, wang):
    a_post(world.school, Role.FILER, person=wang)
    a_post(world.school, Role.FILER, person=a_person("同事"))
    mine = Actor(person_id=wang.pk, person_name="王联", unit=world.school, posts=world.filer.posts)
    activities.file_activity(activity := an_activity(world, State.DRAFT), by=mine, at=REVIEWED)
    give_consent(Purpose.MAIL, person=wang, by=oneself(wang), at=REVIEWED)

    close_account(wang, by=oneself(wang), at=LATER)

    kept = Person.objects.get(pk=wang.pk)
    assert (kept.name, kept.username) == (f"已注销人员 #{wang.pk}", f"closed-{wang.pk}")
    assert (kept.email, kept.phone, kept.phone_digest, kept.is_active, kept.closed_at) == (
        "",
        "",
        "",
        False,
        LATER,
    )
    assert not kept.has_usable_password()
    assert list(Post.objects.filter(person=wang).values_list("until", flat=True)) == [LATER]
    assert Consent.objects.get().withdrawn_at == LATER
    assert loaded(activity).filed_by_id == wang.pk
    assert [e.event for e in audit.of(wang)][-1] == Event.ACCOUNT_CLOSED
    assert list(verify()) == []


def test_after_the_seasons_anybody_may_go(world, wang):
    a_post(world.school, Role.FILER, person=wang)
    world.season.is_open = False
    world.season.save()
    close_account(wang, by=oneself(wang), at=LATER)
    assert not Person.objects.get(pk=wang.pk).is_active
