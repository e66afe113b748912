import pytest
from django.contrib.auth import authenticate

from kepu.accounts.actions import add_person, create_person
from kepu.accounts.models import Person
from kepu.accounts.workflow import Event
from kepu.core import audit
from kepu.core.db import ActError
from kepu.core.refusals import Incomplete, NotAllowed
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_chain, a_unit, an_actor

pytestmark = pytest.mark.django_db
GOOD = "青山-翠竹-白云-流水"


def create(by, **more):
    return create_person(**{"username": "wang", "name": "王小明", "password": GOOD, **more}, by=by, at=NOON)


def test_a_person_signs_in_with_name_and_password(system):
    person = create(system, email=" wang@example.cn ")
    person.refresh_from_db()
    assert (person.username, person.name, person.email, person.joined_at, person.is_staff) == (
        "wang", "王小明", "wang@example.cn", NOON, False,
    )  # fmt: skip
    assert person.check_password(GOOD)
    assert authenticate(username="wang", password=GOOD) == person


def test_making_a_person_leaves_a_trace_without_personal_data(system):
    person = create(system)
    assert [(row.event, row.at, row.detail) for row in audit.of(person)] == [(Event.PERSON_CREATED, NOON, {})]


def test_without_a_password_nobody_signs_in(system):
    person = create(system, password=None)
    assert (person.has_usable_password(), person.check_password("")) == (False, False)


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ({"username": "taken"}, [("username", "这个登录名已经有人用了。")]),
        ({"password": "短"}, [("password", "密码太短：至少 10 个字符。可以用几个不相干的词连成一句。")]),
        (
            {"password": "password123", "username": "taken"},
            [("username", "这个登录名已经有人用了。"), ("password", "这个密码太常见，容易被猜中。请换一个。")],
        ),
        ({"password": "xiaohuxialaile", "username": "xiaohuxialaile1"}, [("password", "密码与您的登录名太像，容易被猜中。请换一个。")]),
        ({"password": "王小明王小明王小明王", "name": "王小明王小明王小明"}, [("password", "密码与您的姓名太像，容易被猜中。请换一个。")]),
        ({"password": "liwei@example.cn", "email": "liwei@example.cn"}, [("password", "密码与您的电子邮箱太像，容易被猜中。请换一个。")]),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_answered_by_field(system, more, reasons):
    a_person(username="taken")
    with pytest.raises(Incomplete) as refusal:
        create(system, **more)
    assert [(reason.field, str(reason)) for reason in refusal.value.reasons] == reasons
    assert Person.objects.count() == 1


@pytest.mark.parametrize("field", ["username", "name", "email"])
def test_every_field_that_cannot_be_is_named(system, field):
    bad = {"username": "", "name": "", "email": "no address"}
    with pytest.raises(Incomplete) as refusal:
        create(system, **{field: bad[field]})
    assert [reason.field for reason in refusal.value.reasons] == [field]


def test_only_the_system_makes_a_person_without_a_post():
    clerk = an_actor(a_unit(a_chain()[2]))
    with pytest.raises(NotAllowed, match="要同时安排单位和岗位"):
        create(clerk)


def test_adding_a_person_outside_an_act_is_refused(system):
    with pytest.raises(ActError):
        add_person(username="wang", name="王小明", by=system, at=NOON)
