"""Guessing is bounded, and nobody's guesses stand in the way of the owner on a browser they have used before."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.test import Client

from kepu.web.signin import known_browsers
from tests.factories.accounts import a_person
from tests.web.signin.acting import PASSWORD, WRONG, code_by_mail, sentences, sign_in, somewhere

TOO_OFTEN = (
    "密码连续输错的次数太多，先停几分钟再试，一次比一次停得久。不想等的话，可以用验证码或者通行密钥登录。"
)

START = datetime(2023, 9, 1, 4, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def known(person, unit):
    """The owner's own browser, in which they signed in before and signed out again."""
    client = Client()
    assert sign_in(client)["Location"] == "/workspace/"
    client.post("/accounts/logout/")
    return client


def came_in(response):
    return response.status_code == 302 and response["Location"] == "/workspace/"


def guesses(client, many, login="chen"):
    """How many of so many wrong passwords were looked at."""
    return sum(WRONG in sign_in(client, login, "wrong").content.decode() for _ in range(many))


def test_five_wrong_passwords_are_looked_at_and_then_none(client, person, read):
    assert guesses(client, 8) == 5
    assert sentences(read, sign_in(client)) == [TOO_OFTEN]


def test_the_wait_grows_with_every_round(client, person, clock):
    seen = {}
    for minute in (
        *range(12),
        30,
        59,
        *(60 + step for step in range(12)),
        150,
        300,
        600,
        601,
        602,
        603,
        1200,
        1439,
        1440,
    ):
        clock.move_to(START + timedelta(minutes=minute))
        seen[minute] = guesses(client, 2)

    def between(first, last):
        return sum(looked_at for minute, looked_at in seen.items() if first <= minute <= last)

    assert between(0, 4) == 5
    assert between(5, 59) == 5
    assert between(60, 149) == 10
    assert between(150, 1439) == 0
    assert between(1440, 1440) == 2


def test_the_right_password_costs_nothing(client, person, unit):
    for _ in range(12):
        assert came_in(sign_in(client))
        client.post("/accounts/logout/")
        client.cookies.clear()


def test_a_spelling_of_the_name_is_no_other_account(client, person):
    assert guesses(client, 3, "chen") + guesses(client, 3, " ＣＨＥＮ") + guesses(client, 3, "Chen") == 5


def test_a_name_that_nobody_has_is_counted_the_same(client, db):
    assert guesses(client, 8, "nobody") == 5


def test_many_addresses_do_not_stop_the_owner_on_their_own_browser(person, known):
    looked_at = sum(guesses(somewhere(number), 2) for number in range(60))

    assert looked_at == 20  # an hour's worth for all strangers together
    assert came_in(sign_in(known))


def test_a_stranger_at_the_owners_own_address_does_not_either(person, known):
    stranger = Client()
    for number in range(30):
        guesses(stranger, 1, f"nobody-{number}")
    guesses(stranger, 10)

    assert came_in(sign_in(known))


def test_the_owner_on_a_new_browser_comes_in_by_a_code(person, unit, read):
    for number in range(40):
        guesses(somewhere(number), 1)
    new = somewhere(9999)
    assert sentences(read, sign_in(new)) == [TOO_OFTEN]

    new.post("/accounts/login/code/", {"to": "chen@example.cn"})
    assert came_in(new.post("/accounts/login/code/confirm/", {"code": code_by_mail()}))

    new.post("/accounts/logout/")
    assert came_in(sign_in(new))  # and this browser is known from now on


def test_a_new_password_by_mail_forgets_what_strangers_guessed(person, unit):
    for number in range(40):
        guesses(somewhere(number), 1)
    new = somewhere(9999)
    new.post("/accounts/password/reset/", {"email": "chen@example.cn"})
    link = next(word for word in mail.outbox[-1].body.split() if word.startswith("http://testserver"))
    form = new.get(link.removeprefix("http://testserver"))["Location"]
    new.post(form, {"password1": "石龙镇上的老木匠王师傅", "password2": "石龙镇上的老木匠王师傅"})

    assert came_in(sign_in(new, password="石龙镇上的老木匠王师傅"))


def test_a_day_of_guessing_from_everywhere_is_bounded(person, clock):
    looked_at = []
    for hour in range(6):
        looked_at.append(sum(guesses(somewhere(100 * hour + number), 1) for number in range(22)))
        clock.shift(timedelta(hours=1))
    assert looked_at == [20, 20, 20, 20, 20, 0]


def test_a_stolen_cookie_is_worth_a_few_guesses_at_one_account(person, known, clock):
    a_person("李四", username="li")
    thief = somewhere(7, **{known_browsers.COOKIE: known.cookies[known_browsers.COOKIE].value})

    assert guesses(thief, 9) == 5
    assert guesses(thief, 9, "li") == 5  # as any stranger
    clock.shift(timedelta(days=1))
    assert not sign_in(thief).content  # a redirect: the right password is right


def test_a_cookie_somebody_wrote_themselves_is_worth_nothing(client, person):
    client.cookies[known_browsers.COOKIE] = "eyJhIjoiYiJ9:1qXyZ0:forged"
    assert guesses(client, 8) == 5


def test_a_shared_computer_knows_five_accounts(person, unit):
    client = Client()
    for number in range(6):
        mate = a_person("同事", username=f"mate-{number}")
        mate.set_password(PASSWORD)
        mate.save()
        sign_in(client, f"mate-{number}")
        client.post("/accounts/logout/")

    request = client.get("/accounts/login/").wsgi_request
    known = [number for number in range(6) if known_browsers.name_of(request, f"mate-{number}")]
    assert known == [1, 2, 3, 4, 5]


def test_guessing_at_many_accounts_from_one_address_is_stopped(client, person, unit, read):
    for number in range(30):
        sign_in(client, f"nobody-{number}", "wrong")

    assert sentences(read, sign_in(client)) == [TOO_OFTEN]
    assert came_in(sign_in(somewhere(9)))


def test_a_flood_from_one_address_meets_a_page_of_ours(client, person, settings, read):
    settings.KEPU_PASSWORD_LIMITS = {**settings.KEPU_PASSWORD_LIMITS, "flood": "1/m/ip"}
    sign_in(client, password="wrong")

    response = sign_in(client)

    assert response.status_code == 429
    assert read(response).h1 == "试得太多了"


def test_attempts_are_counted_where_every_process_sees_them(client, person, monkeypatch):
    counted = []
    monkeypatch.setattr(
        type(caches["throttle"]), "set", lambda self, key, *args, **kwargs: counted.append(key)
    )

    sign_in(client, password="wrong")

    assert {key.split(":")[3] for key in counted} == {"flood", "address", "pair", "account"}
    assert not any("chen" in key for key in counted)
