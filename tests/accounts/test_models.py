import pytest
from django.contrib.auth.hashers import identify_hasher, make_password

from kepu.accounts.models import Person
from kepu.config.settings import base

pytestmark = pytest.mark.django_db


def test_a_superuser_may_enter_the_back_office():
    person = Person.objects.create_superuser("root", "青山翠竹白云流水", name="管理员")
    assert (person.is_staff, person.is_superuser, person.check_password("青山翠竹白云流水")) == (
        True,
        True,
        True,
    )


def test_a_login_name_is_the_same_however_it_was_typed():
    assert Person.objects.create_user("ｗａｎｇ", name="王").username == "wang"


def test_a_person_is_called_by_name():
    assert (str(Person(username="wang", name="王小明")), str(Person(username="wang"))) == ("王小明", "wang")


def test_passwords_are_kept_with_argon2_where_people_work(settings):
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    assert identify_hasher(make_password("青山翠竹白云流水")).algorithm == "argon2"
