"""A closed column reads as it was written, lies as ciphertext, and cannot be asked for what it holds."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.keys import SecretError
from tests.factories.activities import a_draft, a_world, an_activity, loaded

pytestmark = pytest.mark.django_db


def lying(column, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM activities_activity WHERE id = %s", [pk])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("answers", [{}, {"insurance": "已投保", "n": 3, "list": ["一", "二"], "none": None}])
def test_plain_data_comes_back_and_lies_closed(answers):
    activity = a_draft(a_world(), answers=answers)
    assert loaded(activity).answers == answers
    assert lying("answers", activity.pk).startswith("test:")
    assert "投保" not in lying("answers", activity.pk)


def test_nothing_is_null_and_a_constraint_may_ask_for_that():
    activity = an_activity(a_world(), State.FILED)
    assert (lying("proposed", activity.pk), loaded(activity).proposed) == (None, None)
    assert Activity.objects.filter(proposed__isnull=True).count() == 1


def test_an_update_closes_as_a_save_does():
    activity = a_draft(a_world())
    Activity.objects.filter(pk=activity.pk).update(contact_phone="13911112222", answers={"a": "b"})
    assert (loaded(activity).contact_phone, loaded(activity).answers) == ("13911112222", {"a": "b"})
    assert "13911112222" not in lying("contact_phone", activity.pk)


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "in", "gt"])
def test_it_cannot_be_searched(lookup):
    with pytest.raises(FieldError, match="cannot be searched by"):
        Activity.objects.filter(**{f"contact_phone__{lookup}": "138"}).count()


def test_it_can_be_asked_for_emptiness_only():
    world = a_world()
    a_draft(world)
    a_draft(world, contact_phone="")
    assert Activity.objects.exclude(contact_phone="").count() == 1
    with pytest.raises(FieldError, match="empty text only"):
        Activity.objects.filter(contact_phone="13800000000").count()


def test_a_value_of_another_column_does_not_open():
    activity = a_draft(a_world())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activities_activity SET contact_phone = contact_name WHERE id = %s", [activity.pk]
        )
    with pytest.raises(SecretError, match="belongs to another column"):
        loaded(activity)
