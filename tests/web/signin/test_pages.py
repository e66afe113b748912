"""Every page of signing in is ours, opens without writing, and costs a visitor next to nothing."""

from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.template.loader import get_template
from django.urls import get_resolver

from kepu import web
from kepu.accounts.models import Person
from kepu.core import audit
from tests.web.signin.acting import prove, sign_in

OURS = Path(web.__file__).parent / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
# What allauth says in flows that have no address here, or never says with our settings.
NEVER_SAID = {
    "account/messages/cannot_delete_primary_email.txt", "account/messages/email_confirmation_failed.txt",
    "account/messages/email_confirmation_sent.txt", "account/messages/email_confirmed.txt",
    "account/messages/email_deleted.txt", "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt", "account/messages/primary_email_set.txt",
    "account/messages/unverified_primary_email.txt", "socialaccount/messages/account_disconnected.txt",
}  # fmt: skip
NEVER_WRITTEN = (
    "account_already_exists", "base_", "email_confirm", "email_deleted", "password_reset_code", "password_reset_message",
    "password_reset_subject", "unknown_account",
)  # fmt: skip


def views():
    """Each view of the account pages and of issuing, with the name of its address."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
                continue
            for view in getattr(pattern.callback, "views", {"": pattern.callback}).values():
                while hasattr(view, "__wrapped__") and not hasattr(view, "view_class"):
                    view = view.__wrapped__
                yield pattern.name, view

    for resolver in get_resolver().url_patterns:
        module = getattr(resolver, "urlconf_module", None)
        if getattr(module, "__name__", "").startswith("kepu.web.signin"):
            yield from walk(resolver.url_patterns)


def test_a_page_of_the_library_is_drawn_with_a_template_of_ours():
    drawn = {}
    for name, view in views():
        template = getattr(getattr(view, "view_class", None), "template_name", None)
        if template:
            drawn[name] = Path(get_template(template).origin.name)
    assert len(drawn) > 20
    assert {name: str(path) for name, path in drawn.items() if OURS not in path.parents} == {}


def test_so_are_the_pages_it_falls_back_to():
    for template in (
        "account/signup_closed.html",
        "socialaccount/authentication_error.html",
        "idp/oidc/error.html",
    ):
        assert OURS in Path(get_template(template).origin.name).parents


def test_every_sentence_and_letter_of_the_library_is_ours():
    theirs = {
        path.relative_to(THEIRS).as_posix()
        for part in ("account", "mfa", "socialaccount")
        for kind in ("messages", "email")
        for path in THEIRS.glob(f"{part}/{kind}/*.txt")
    }
    said = {
        name
        for name in theirs - NEVER_SAID
        if not (name.split("/")[1] == "email" and name.split("/")[2].startswith(NEVER_WRITTEN))
    }
    assert len(said) > 30
    missing = {name for name in said if not (OURS / name).is_file()}
    assert missing == set()


OPEN = [
    "login/",
    "login/code/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "login/elsewhere-cancelled/",
]
OWN = ["", "name/", "sessions/", "second-step/", "links/", "password/change/"]
PROVEN = [
    "email/", "phone/", "second-step/app/", "second-step/passkeys/new/", "again/",
]  # fmt: skip


@pytest.fixture
def me(client, person, unit):
    sign_in(client)
    prove(client)
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", OPEN)
def test_a_visitor_costs_no_query(client, db, page, path, language, django_assert_num_queries):
    client.cookies["kepu_language"] = language
    with django_assert_num_queries(0):
        page(client, f"/accounts/{path}")


@pytest.mark.parametrize("path", [*OWN, *PROVEN])
def test_a_page_of_ones_own_opens_reads_and_is_kept_nowhere(me, page, path):
    page(me, f"/accounts/{path}")
    assert "no-store" in me.get(f"/accounts/{path}")["Cache-Control"]


@pytest.mark.parametrize("path", [*OWN, *PROVEN])
def test_it_is_closed_to_strangers(client, db, path):
    assert client.get(f"/accounts/{path}")["Location"].startswith("/accounts/login/?next=")


def test_my_account_says_how_i_sign_in(me, page):
    found = page(me, "/accounts/")
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in found.all("tr")}
    assert rows == {
        "姓名": ["陈晓明", "更正"],
        "登录名": ["chen", "不能改"],
        "界面语言": ["简体中文 English", ""],
        "电子邮箱": ["chen@example.cn 未确认", "确认"],
        "手机号码": ["没有登记", "本站没有开通短信"],
        "密码": ["已设", "修改密码"],
        "第二步验证": ["没有开通", "开通"],
        "通行密钥": ["没有", "添加"],
        "登录着的地方": ["1 处", "查看"],
    }


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_with_one_passkey_and_with_three(me, person, many, django_assert_num_queries):
    for number in range(many):
        Authenticator.objects.create(
            user=person, type="webauthn", data={"name": f"{number}", "credential": {}}
        )
    me.get("/accounts/")
    with django_assert_num_queries(8):
        me.get("/accounts/")


def test_a_name_is_put_right(me, person, page, read):
    assert (
        read(me.post("/accounts/name/", {"name": "  "})).one(class_="form-errors").one("li").text
        == "请填写“姓名”。"
    )
    me.post("/accounts/name/", {"name": " 陈  小明 "})
    assert Person.objects.get(pk=person.pk).name == "陈 小明"
    assert page(me, "/accounts/").notices == ["姓名已经改好。"]
    assert [row.event for row in audit.of(person)][-1] == "person.name_changed"
