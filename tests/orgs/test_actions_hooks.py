"""What a unit is told, its own system is told as well: signed, once, and not for ever when nobody answers."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from kepu.core import audit, outbox, outgoing
from kepu.core.db import transaction
from kepu.core.models import OutboxRow
from kepu.core.outgoing import NotReached
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.actions import add_hook, remove_hook, resume_hook, try_hook
from kepu.orgs.actions.hooks import MOST, UNTIL_PAUSED
from kepu.orgs.messages import tell
from kepu.orgs.models import Hook, Message, Role
from kepu.orgs.workflow import Event
from tests.factories.orgs import a_chain, a_hook, a_unit, an_actor

pytestmark = pytest.mark.django_db
ADDRESS = "https://oa.example.cn/kepu"


@pytest.fixture
def unit():
    return a_unit(a_chain()[-1], "石龙镇科协")


@pytest.fixture
def world(monkeypatch):
    """The other end: what it got, and what it answers (an exception is raised)."""
    heard = type("Heard", (), {"got": [], "answers": 204})()

    def post(url, body, headers):
        heard.got.append((url, json.loads(body), headers, body))
        if isinstance(heard.answers, Exception):
            raise heard.answers
        return heard.answers

    monkeypatch.setattr(outgoing, "post", post)
    heard.got = []
    return heard


@transaction
def say(unit, at, subject="请审核"):
    tell(unit.pk, "activity.filed", subject, "一个活动等您审核。", "/workspace/reviews/", at=at)


def work(at, turns=4):
    for _ in range(turns):
        outbox.deliver(at=at, size=50)


def test_a_message_is_pushed_signed_with_the_words_and_the_page(unit, world, noon, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    hook = add_hook(unit, name="办公系统", address=ADDRESS, by=an_actor(unit), at=noon)
    say(unit, noon)
    work(noon)

    [(url, said, headers, body)] = world.got
    assert url == ADDRESS
    assert said["type"] == "activity.filed"
    assert said["data"] == {
        "unit": unit.code, "unit_name": "石龙镇科协", "subject": "请审核", "text": "一个活动等您审核。",
        "link": "https://kepu.example.cn/workspace/reviews/",
    }  # fmt: skip
    stamp = int(headers["webhook-timestamp"])
    assert stamp == int(noon.timestamp())
    signed = Webhook(hook.secret).sign(msg_id=headers["webhook-id"], timestamp=noon, data=body.decode())
    assert headers["webhook-signature"] == signed


@pytest.mark.parametrize("who", ["deputy", "parent"])
def test_whoever_is_here_for_a_while_leaves_no_address_behind(unit, noon, who):
    """It would go on listening when the deputy's days are over, or the unit belongs to the other no more."""
    own = an_actor(unit)
    passing = (
        replace(own, deputy_for=own.person_id, deputy_for_name="陈")
        if who == "deputy"
        else replace(own, through=a_unit(unit.place))
    )
    with pytest.raises(NotAllowed, match="推送地址由在本单位任职的人自己管理"):
        add_hook(unit, name="我家", address=ADDRESS, by=passing, at=noon)
    assert not Hook.objects.exists()


def test_only_the_unit_s_own_addresses_get_it(unit, world, noon):
    a_hook(a_unit(unit.place, "别的单位"))
    say(unit, noon)
    work(noon)
    assert world.got == []


def test_two_messages_have_two_numbers_and_the_same_message_keeps_its_number(unit, world, noon):
    a_hook(unit)
    world.answers = 500
    say(unit, noon)
    work(noon)
    world.answers = 204
    for minutes in (2, 5, 20):
        work(noon + timedelta(minutes=minutes))
    say(unit, noon, "另一条")
    work(noon + timedelta(minutes=30))

    numbers = [headers["webhook-id"] for _, _, headers, _ in world.got]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


def test_how_it_went_stands_with_the_address(unit, world, noon):
    hook = a_hook(unit)
    world.answers = NotReached("oa.example.cn 没有应答：timed out")
    say(unit, noon)
    work(noon)
    hook.refresh_from_db()
    assert (hook.failures, hook.last_answer, hook.last_at) == (1, "oa.example.cn 没有应答：timed out", noon)
    assert OutboxRow.objects.get(kind="unit.push").state == "waiting"


def test_one_that_fails_for_long_is_paused_and_the_unit_is_told_once(unit, world, noon):
    hook = a_hook(unit, failures=UNTIL_PAUSED - 1)
    world.answers = 404
    say(unit, noon)
    say(unit, noon)
    work(noon)
    hook.refresh_from_db()
    assert hook.paused_at == noon
    assert [m.subject for m in Message.objects.filter(kind="hook.paused")] == ["推送地址“办公系统”已暂停"]
    assert [row.event for row in audit.of(hook)] == [Event.HOOK_PAUSED]

    before = len(world.got)
    say(unit, noon)
    work(noon + timedelta(days=1))
    assert len(world.got) == before


def test_after_it_is_resumed_it_is_pushed_to_again(unit, world, noon):
    hook = a_hook(unit, failures=UNTIL_PAUSED, paused_at=noon)
    resume_hook(hook, by=an_actor(unit), at=noon)
    resume_hook(hook, by=an_actor(unit), at=noon)
    say(unit, noon)
    work(noon)
    assert len(world.got) == 1
    assert [row.event for row in audit.of(hook)] == [Event.HOOK_RESUMED]


def test_a_try_is_sent_even_while_paused_and_not_sent_again(unit, world, noon):
    hook = a_hook(unit, paused_at=noon)
    world.answers = 500
    try_hook(hook, by=an_actor(unit), at=noon)
    work(noon)
    work(noon + timedelta(hours=1))
    [(_, said, _, _)] = world.got
    assert (said["type"], said["data"]["subject"]) == ("hook.tried", "试推送")


def test_what_is_no_address_is_refused_with_its_sentence_in_its_place(unit, noon):
    with pytest.raises(Incomplete) as refusal:
        add_hook(unit, name=" ", address="http://127.0.0.1/", by=an_actor(unit), at=noon)
    assert [(r.field, str(r.sentence)[:12]) for r in refusal.value.reasons] == [
        ("name", "请给推送地址起个名字，6"),
        ("address", "网址要以 https:/"),
    ]
    assert not Hook.objects.exists()


def test_an_address_inside_our_network_gets_nothing(unit, noon, monkeypatch):
    sent = []
    monkeypatch.setattr("socket.create_connection", lambda *a, **_: sent.append(a))
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **_: [(2, 1, 6, "", ("10.0.0.5", 443))])
    hook = a_hook(unit)
    say(unit, noon)
    work(noon)
    hook.refresh_from_db()
    assert "指向内部网络（10.0.0.5）" in hook.last_answer
    assert sent == []


def test_nobody_keeps_more_than_a_few(unit, noon):
    for n in range(MOST):
        add_hook(unit, name=f"系统{n}", address=ADDRESS, by=an_actor(unit), at=noon)
    with pytest.raises(Incomplete, match="最多 5 个"):
        add_hook(unit, name="又一个", address=ADDRESS, by=an_actor(unit), at=noon)


@pytest.mark.parametrize("act", [remove_hook, resume_hook, try_hook])
def test_only_those_who_work_for_the_unit_keep_them(unit, noon, act):
    hook = a_hook(unit)
    stranger = an_actor(a_unit(unit.place, "别的单位"), Role.COORDINATOR)
    for nobody in (stranger, an_actor(unit, Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            act(hook, by=nobody, at=noon)
    with pytest.raises(NotAllowed):
        add_hook(unit, name="x", address=ADDRESS, by=stranger, at=noon)
    assert Hook.objects.count() == 1


def test_removed_twice_is_removed_once(unit, noon):
    hook, again = a_hook(unit), None
    again = Hook.objects.get(pk=hook.pk)
    remove_hook(hook, by=an_actor(unit), at=noon)
    with pytest.raises(StaleState):
        remove_hook(again, by=an_actor(unit), at=noon)


def test_neither_the_address_nor_the_secret_lies_readable(unit, noon):
    from django.db import connection

    hook = a_hook(unit)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM orgs_hook WHERE id = %s", [hook.pk])
        stored = "".join(cursor.fetchone())
    assert "t0p" not in stored
    assert hook.secret not in stored
