"""Signing in as people do, for tests."""

import re

from django.core import mail
from django.test import Client

PASSWORD = "东江边上的那座气象台"
WRONG = "登录名或密码不对。请检查大小写和输入法后再试。"


def sign_in(client, login="chen", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def prove(client, password=PASSWORD):
    """Show once more who one is."""
    return client.post("/accounts/again/", {"password": password})


def sentences(read, response):
    return [line.text for line in read(response).one(class_="form-errors").all("li")]


def code_in(text):
    (code,) = re.findall(r"\b\d{6}\b", text)
    return code


def code_by_mail():
    return code_in(mail.outbox[-1].body)


def somewhere(number=1, **cookies):
    """A browser at another address."""
    client = Client(REMOTE_ADDR=f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}")
    client.cookies.load(cookies)
    return client
