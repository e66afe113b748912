"""Codes by mail and by text message: to sign in with, and to show that an address or a number is one's own."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection

from kepu.accounts import sms
from kepu.core import audit
from kepu.privacy.models import Consent
from kepu.privacy.workflow import Purpose
from tests.factories.accounts import a_person
from tests.web.signin.acting import PASSWORD, code_by_mail, code_in, prove, sentences, sign_in, somewhere

ASKED = "/accounts/login/code/"
TYPED = "/accounts/login/code/confirm/"
NUMBER = "13800000001"


class Gateway:
    """A sender for tests; ``sent`` is what it was given."""

    sent = []

    def send(self, number, text):
        if number.endswith("9"):
            raise ConnectionError("the gateway is down")
        self.sent.append((number, text))


@pytest.fixture
def texts(settings):
    settings.KEPU_SMS_SENDER = f"{__name__}.Gateway"
    sms._sender.cache_clear()
    Gateway.sent.clear()
    return Gateway.sent


@pytest.fixture
def with_phone(person, noon):
    person.put_phone(NUMBER)
    person.phone_verified_at = noon
    person.save()
    return person


def events(person):
    return [row.event for row in audit.of(person)]


# signing in


def test_a_code_by_mail_signs_in_and_confirms_the_address(client, person, unit, page, read):
    page(client, ASKED)
    asked = client.post(ASKED, {"to": "Chen@example.cn"}, follow=True)
    assert read(asked).h1 == "输入验证码"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["Chen@example.cn"], "登录全国科普日平台的验证码")

    assert client.post(TYPED, {"code": code_by_mail()})["Location"] == "/workspace/"
    assert EmailAddress.objects.get(user=person, verified=True, primary=True).email == "chen@example.cn"
    assert events(person) == ["person.email_changed", "person.signed_in"]


def test_a_code_by_text_message_signs_in(client, with_phone, unit, texts):
    client.post(ASKED, {"to": "+86 138-0000-0001"})
    ((number, text),) = texts
    assert (number, text[:9]) == (NUMBER, "您的登录验证码是 ")
    assert client.post(TYPED, {"code": code_in(text)})["Location"] == "/workspace/"


def test_a_number_that_was_not_confirmed_gets_nothing(client, person, texts):
    person.put_phone(NUMBER)
    person.save()
    assert client.post(ASKED, {"to": NUMBER})["Location"] == TYPED
    assert texts == []


@pytest.mark.parametrize("to", ["nobody@example.cn", "13900000002"])
def test_nobody_learns_who_has_an_account(client, person, read, texts, to):
    known = client.post(ASKED, {"to": "chen@example.cn"}, follow=True)
    client.cookies.clear()
    unknown = client.post(ASKED, {"to": to}, follow=True)

    assert read(unknown).one("main").text == read(known).one("main").text.replace("chen@example.cn", to)
    assert [letter.to for letter in mail.outbox] == [["chen@example.cn"]]
    assert client.post(TYPED, {"code": ""}).status_code == 200


def test_an_address_that_two_have_lets_neither_in(client, person):
    other = a_person("李四", username="li", email="chen@example.cn")
    other.set_password("运河边上的那一棵老榕树")
    other.save()
    client.post(ASKED, {"to": "chen@example.cn"})
    assert mail.outbox == []


def test_it_lets_into_the_one_of_the_two_that_nobody_opened_yet(client, person):
    """Somebody typed an applicant's address into an account of their own; the applicant's opens by the mailbox alone."""
    applicant = a_person("李四", username="li", email="chen@example.cn")
    client.post(ASKED, {"to": "chen@example.cn"})
    client.post(TYPED, {"code": code_by_mail()})
    assert client.session["_auth_user_id"] == str(applicant.pk)


def test_a_code_is_good_once_and_in_its_own_browser_only(client, person, unit):
    client.post(ASKED, {"to": "chen@example.cn"})
    other = somewhere()
    assert other.post(TYPED, {"code": code_by_mail()})["Location"] == ASKED
    client.post(TYPED, {"code": code_by_mail()})
    client.post("/accounts/logout/")
    assert client.post(TYPED, {"code": code_by_mail()})["Location"] == ASKED


def test_a_code_ends_after_five_minutes(client, person):
    with time_machine.travel("2023-09-01T04:00:00Z", tick=False) as clock:
        client.post(ASKED, {"to": "chen@example.cn"})
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.post(TYPED, {"code": code_by_mail()})["Location"] == ASKED


def test_a_code_ends_after_three_wrong_ones(client, person, read):
    client.post(ASKED, {"to": "chen@example.cn"})
    right = code_by_mail()
    wrong = "000000" if right != "000000" else "000001"
    assert sentences(read, client.post(TYPED, {"code": wrong})) == ["验证码不对。请核对收到的最新一条。"]
    client.post(TYPED, {"code": wrong})
    assert client.post(TYPED, {"code": wrong})["Location"] == ASKED
    assert client.post(TYPED, {"code": right})["Location"] == ASKED


def test_codes_to_one_address_are_counted(client, person, read):
    for _ in range(3):
        client.post(ASKED, {"to": "chen@example.cn"})
        client.cookies.clear()
    assert sentences(read, client.post(ASKED, {"to": "CHEN@example.cn"})) == [
        "短时间内的次数太多，请过几分钟再试。"
    ]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("", "请填写“电子邮箱或手机号码”。"),
        ("12345", "这不是手机号码。请填 11 位的手机号码，如 13800000000。"),
        ("chen@", "这不是电子邮箱。请填如 name@example.cn 的地址。"),
        (NUMBER, "本站没有开通短信。请用电子邮箱。"),
    ],
)
def test_what_is_neither_is_said(client, db, read, to, sentence):
    assert sentences(read, client.post(ASKED, {"to": to})) == [sentence]


def test_a_gateway_that_is_down_is_said(client, with_phone, texts, read):
    with_phone.put_phone("13800000009")
    with_phone.save()
    answer = client.post(ASKED, {"to": "13800000009"}, follow=True)
    assert read(answer).notices == ["短信没有发出去。请过几分钟再试，或者改用电子邮箱。"]


# changing where one can be written to


@pytest.fixture
def me(client, person, unit):
    sign_in(client)
    mail.outbox.clear()
    return client


def test_changing_the_address_asks_once_more_for_the_password(me, page):
    found = page(me, "/accounts/email/")
    assert found.h1 == "确认是您本人"
    assert (
        me.post("/accounts/again/?next=/accounts/email/", {"password": PASSWORD})["Location"]
        == "/accounts/email/"
    )
    assert page(me, "/accounts/email/").h1 == "电子邮箱"


def test_what_was_typed_is_not_lost_when_one_is_asked_again(me):
    asked = me.post("/accounts/email/", {"email": "new@example.cn"})
    assert me.post(asked["Location"], {"password": PASSWORD})["Location"] == "/accounts/email/code/"
    assert [letter.to for letter in mail.outbox] == [["new@example.cn"]]


def test_a_new_address_is_confirmed_by_a_code_and_the_old_one_hears_of_it(me, person, page):
    prove(me)
    page(me, "/accounts/email/")
    me.post("/accounts/email/", {"email": "New@example.cn"})
    page(me, "/accounts/email/code/")
    person.refresh_from_db()
    assert person.email == "chen@example.cn"

    done = me.post("/accounts/email/code/", {"code": code_by_mail()})

    person.refresh_from_db()
    assert (done["Location"], person.email) == ("/accounts/", "New@example.cn")
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["New@example.cn"], "确认全国科普日平台账号的邮箱"),
        (["chen@example.cn"], "邮箱已经更改：全国科普日平台"),
    ]
    assert "n***@example.cn" in mail.outbox[1].body.lower()
    assert page(me, "/accounts/").notices == ["邮箱已经确认：New@example.cn。"]
    assert events(person)[-2:] == ["person.email_changed", "consent.given"]


def test_an_address_that_somebody_confirmed_is_not_given_twice(me, person, read):
    other = a_person("李四", username="li", email="li@example.cn")
    EmailAddress.objects.create(user=other, email="li@example.cn", verified=True, primary=True)
    prove(me)
    assert sentences(read, me.post("/accounts/email/", {"email": "Li@example.cn"})) == [
        "这个邮箱已经由另一个账号确认过。请用您自己的邮箱。"
    ]


def test_a_wrong_code_changes_nothing_and_three_end_it(me, person, read):
    prove(me)
    me.post("/accounts/email/", {"email": "new@example.cn"})
    wrong = "000000" if code_by_mail() != "000000" else "000001"
    said = [sentences(read, me.post("/accounts/email/code/", {"code": wrong})) for _ in range(3)]
    assert said == [["验证码不对。请核对收到的最新一条。"]] * 2 + [
        ["验证码连续输错，已经作废。请重新要一个。"]
    ]
    assert sentences(read, me.post("/accounts/email/code/", {"code": code_by_mail()})) == [
        "这个验证码已经过期或者试得太多。请重新要一个。"
    ]
    person.refresh_from_db()
    assert person.email == "chen@example.cn"


def test_a_phone_number_is_good_when_its_code_was_typed(me, person, texts, page):
    prove(me)
    page(me, "/accounts/phone/")
    me.post("/accounts/phone/", {"phone": "138 0000 0001"})
    person.refresh_from_db()
    assert person.phone == ""
    page(me, "/accounts/phone/code/")
    me.post("/accounts/phone/code/", {"code": code_in(texts[-1][1])})

    person.refresh_from_db()
    assert (person.phone, person.phone_verified_at is not None) == (NUMBER, True)
    assert "138****0001" in page(me, "/accounts/").one("main").text
    assert [letter.subject for letter in mail.outbox] == ["手机号码已经更改：全国科普日平台"]


def test_the_old_number_hears_of_the_new_one(me, with_phone, texts):
    prove(me)
    me.post("/accounts/phone/", {"phone": "13800000002"})
    me.post("/accounts/phone/code/", {"code": code_in(texts[-1][1])})
    assert [number for number, _ in texts] == ["13800000002", NUMBER]
    assert "改用别的手机号码" in texts[-1][1]


def test_a_number_can_be_taken_out(me, with_phone, page):
    prove(me)
    me.post("/accounts/phone/removal/")
    with_phone.refresh_from_db()
    assert (with_phone.phone, with_phone.phone_digest, with_phone.phone_verified_at) == ("", "", None)
    assert events(with_phone)[-1] == "person.phone_removed"


def test_without_text_messages_the_page_says_so(me, read):
    prove(me)
    assert "本站没有开通短信" in read(me.get("/accounts/phone/")).one("main").text


@pytest.mark.parametrize("path", ["email/", "email/code/", "phone/", "phone/code/", "phone/removal/"])
def test_nothing_changes_for_whoever_only_found_the_browser_open(me, person, path):
    answer = me.post(f"/accounts/{path}", {"email": "thief@example.cn", "phone": NUMBER, "code": "123456"})
    assert answer["Location"].startswith("/accounts/again/")
    person.refresh_from_db()
    assert (person.email, person.phone) == ("chen@example.cn", "")


def test_a_code_and_a_number_do_not_lie_readable_in_the_database(me, texts):
    prove(me)
    me.post("/accounts/phone/", {"phone": NUMBER})
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        stored = " ".join(data for (data,) in cursor.fetchall())
    assert stored.startswith("test:")
    assert NUMBER not in stored


def test_whoever_enters_a_number_agrees_to_what_it_is_for_until_they_take_it_out(me, person, texts, page):
    prove(me)
    assert "个人信息保护说明" in page(me, "/accounts/phone/").text
    me.post("/accounts/phone/", {"phone": NUMBER})
    assert not Consent.objects.exists()  # not before it is theirs
    me.post("/accounts/phone/code/", {"code": code_in(texts[-1][1])})
    consent = Consent.objects.get(person=person)
    assert (consent.purpose, consent.withdrawn_at) == (Purpose.PHONE, None)

    me.post("/accounts/phone/removal/")
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
