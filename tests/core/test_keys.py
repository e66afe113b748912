"""What is closed opens with the installation's keys and in its own column, and nowhere else."""

import pytest
from django.core.exceptions import FieldError
from hypothesis import given
from hypothesis import strategies as st

from kepu.accounts.models import Person
from kepu.core import keys
from kepu.core.keys import SecretError, decrypted, digest, digests, encrypted, is_current

OLD = "old:" + "B" * 43 + "="
NEW = "new:" + "C" * 43 + "="


@given(st.text())
def test_what_is_closed_opens_again(text):
    assert decrypted(encrypted(text, column="a.b"), column="a.b") == text


def test_equal_texts_lie_there_differently():
    assert encrypted("13800000000", column="a.b") != encrypted("13800000000", column="a.b")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(SecretError, match="was changed or belongs to another column"):
        decrypted(encrypted("13800000000", column="a.b"), column="a.c")


@pytest.mark.parametrize("at", [0, 20, -2])
def test_a_changed_value_does_not_open(at):
    stored = encrypted("13800000000", column="a.b")
    name, body = stored.split(":")
    raw = bytearray(keys.base64.urlsafe_b64decode(body))
    raw[at] ^= 1
    with pytest.raises(SecretError):
        decrypted(f"{name}:{keys.base64.urlsafe_b64encode(bytes(raw)).decode()}", column="a.b")


def test_after_a_new_key_the_old_values_still_open(settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    stored, found_by = encrypted("13800000000", column="a.b"), digest("13800000000", column="a.b")

    settings.KEPU_PERSONAL_KEYS = f"{NEW},{OLD}"

    assert decrypted(stored, column="a.b") == "13800000000"
    assert not is_current(stored)
    assert found_by in digests("13800000000", column="a.b")


def test_a_key_taken_away_is_named(settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    stored = encrypted("13800000000", column="a.b")
    settings.KEPU_PERSONAL_KEYS = NEW
    with pytest.raises(SecretError, match=r"a\.b holds a value of key 'old'"):
        decrypted(stored, column="a.b")


@pytest.mark.django_db
def test_a_phone_number_does_not_lie_readable_in_the_database(django_db_blocker):
    from django.db import connection

    person = Person(username="zhang", name="张")
    person.put_phone("13800000000")
    person.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_digest FROM accounts_person WHERE id = %s", [person.pk])
        phone, found_by = cursor.fetchone()
    assert "13800000000" not in phone + found_by
    assert Person.objects.get(pk=person.pk).phone == "13800000000"
    assert Person.objects.with_phone("13800000000").get() == person


@pytest.mark.django_db
def test_an_encrypted_field_is_not_searched_by_mistake():
    assert not Person.objects.filter(phone="").exists()
    for lookup in ({"phone": "138"}, {"phone__startswith": "138"}, {"phone__in": ["138"]}):
        with pytest.raises(FieldError):
            Person.objects.filter(**lookup).exists()
