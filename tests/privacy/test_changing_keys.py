"""A key is changed while people work: everything opens before, meanwhile and after, and then the old key can go."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from kepu.accounts import second_steps
from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.queries import where_contact
from kepu.activities.workflow import State
from kepu.core import audit, keys, outbox
from kepu.core.db import transaction
from kepu.core.models import OutboxRow
from kepu.core.refusals import NotAllowed
from kepu.core.secrets import closed_fields
from kepu.orgs.actor import SYSTEM
from kepu.privacy.actions import change_keys, changing_keys
from kepu.privacy.actions.changing_keys import by_key
from kepu.privacy.models import KeyChange
from kepu.privacy.workflow import Event
from kepu.returns.models import Return, ReturnVersion
from tests.factories.accounts import a_person
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.returns import a_reporting_world, a_return

pytestmark = pytest.mark.django_db

OLD, NEW = "old:" + "B" * 43 + "=", "new:" + "C" * 43 + "="
NOW, NUMBER = china(2023, 10, 1), "13800000000"


@transaction
def _letter():
    outbox.send("mail.letter", at=NOW, closed={"to": "wang@example.cn"}, about="reminder")


@pytest.fixture
def filled(settings):
    """Every closed column with a value of the old key; a new key in front of it."""
    settings.KEPU_PERSONAL_KEYS = OLD
    world = a_reporting_world()
    for _three in range(3):
        an_activity(world, State.CHANGED)
    a_return(world)
    person = a_person("王联")
    person.put_phone(NUMBER)
    person.phone_verified_at = NOW
    person.save()
    _letter()
    settings.KEPU_PERSONAL_KEYS = f"{NEW},{OLD}"
    return world, person


def everything():
    return (
        list(Activity.objects.order_by("pk").values_list("contact_name", "contact_phone", "answers", "proposed")),
        list(Return.objects.order_by("pk").values_list("sections", "rows", "parts")),
        list(ReturnVersion.objects.order_by("pk").values_list("content", flat=True)),
        list(Person.objects.order_by("pk").values_list("phone", flat=True)),
        [outbox.opened(row.payload) for row in OutboxRow.objects.order_by("pk")],
    )  # fmt: skip


def used():
    return {name for _column, counts in by_key() for name in counts}


def test_everything_is_closed_anew_and_the_old_key_can_go(filled, settings):
    _world, person = filled
    before = everything()
    assert used() == {"old"}

    change = change_keys(by=SYSTEM, at=NOW, size=2)

    assert used() == {"new"}
    settings.KEPU_PERSONAL_KEYS = NEW
    assert everything() == before
    assert list(Person.objects.with_phone(NUMBER)) == [person]
    assert where_contact(person.pk).count() == 3
    assert change.counts["activities_activity.contact_phone"] == 3
    assert change.counts["core_outboxrow.payload"] == 1
    assert [(e.event, e.detail["key"]) for e in audit.of(change)] == [(Event.KEYS_CHANGED, "new")]


def test_while_it_runs_people_find_their_numbers_under_either_key(filled):
    _world, person = filled
    assert list(Person.objects.with_phone(NUMBER)) == [person]


def test_a_value_written_under_the_hands_is_left_to_its_writer(filled, monkeypatch):
    """Between the reading of a batch and its writing somebody saves another number: theirs stays."""
    first = Activity.objects.order_by("pk").first()
    real = keys.decrypted

    def meanwhile(stored, *, column):
        if column == "activities_activity.contact_phone":
            Activity.objects.filter(pk=first.pk).update(contact_phone="13911112222")
        return real(stored, column=column)

    monkeypatch.setattr(changing_keys.keys, "decrypted", meanwhile)
    change_keys(by=SYSTEM, at=NOW)
    monkeypatch.undo()
    assert Activity.objects.get(pk=first.pk).contact_phone == "13911112222"


def test_stopped_it_goes_on(filled, monkeypatch):
    real, done = changing_keys.close_batch, []

    def stops(*args, **kwargs):
        done.append(1)
        if len(done) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(changing_keys, "close_batch", stops)
    with pytest.raises(KeyboardInterrupt):
        change_keys(by=SYSTEM, at=NOW, size=1)
    assert used() == {"old", "new"}
    monkeypatch.undo()
    settings_kept = everything()

    change_keys(by=SYSTEM, at=NOW, size=1)

    assert (used(), everything()) == ({"new"}, settings_kept)


def test_a_second_change_finds_nothing_to_do(filled):
    change_keys(by=SYSTEM, at=NOW)
    assert change_keys(by=SYSTEM, at=NOW).counts == {}


def test_keys_are_changed_by_command_only(filled):
    world, _person = filled
    with pytest.raises(NotAllowed):
        change_keys(by=world.coordinator, at=NOW)
    assert KeyChange.objects.count() == 0


def test_every_closed_column_is_known_to_the_change():
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert {field.model._meta.db_table for field in closed_fields()} <= tables
    assert {field.column_name for field in closed_fields()} >= {
        "accounts_person.phone", "activities_activity.contact_phone", "activities_activity.contact_name",
        "activities_activity.answers", "activities_activity.proposed", "returns_return.rows", "returns_return.sections",
        "returns_return.parts", "returns_returnversion.content", "notices_noticedraft.source_text",
    }  # fmt: skip


def test_second_steps_go_along(settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    app = Authenticator.objects.create(
        user=a_person(), type="totp", data={"secret": second_steps.closed("ABC")}
    )
    settings.KEPU_PERSONAL_KEYS = f"{NEW},{OLD}"
    change_keys(by=SYSTEM, at=NOW)
    settings.KEPU_PERSONAL_KEYS = NEW
    assert second_steps.opened(Authenticator.objects.get(pk=app.pk).data["secret"]) == "ABC"
