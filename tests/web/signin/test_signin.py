"""The way in and out."""

import re

import pytest
from django.core import mail

PASSWORD = "东江边上的那座气象台"
WRONG = "登录名或密码不对。请检查大小写和输入法后再试。"


def sign_in(client, login="chen", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def sentences(read, response):
    return [line.text for line in read(response).one(class_="form-errors").all("li")]


def test_it_asks_for_name_and_password(client, page):
    found = page(client, "/accounts/login/")
    assert [label.text for label in found.all("label")] == ["登录名", "密码"]


def test_the_right_password_leads_to_the_workspace(client, unit):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/workspace/")
    assert client.session["_auth_user_id"]


def test_it_leads_back_to_where_one_wanted_to_go(client, unit, page):
    asked = client.get("/workspace/unit/?x=1")
    found = page(client, asked["Location"])
    wanted = next(found.one("main").all("input", name="next"))["value"]

    assert sign_in(client, next=wanted)["Location"] == "/workspace/unit/?x=1"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_leads_nowhere_else(client, unit, wanted):
    assert sign_in(client, next=wanted)["Location"] == "/workspace/"


@pytest.mark.parametrize(
    ("login", "password"), [("chen", "wrong"), ("nobody", PASSWORD), ("chen@example.cn", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_sound_the_same(client, person, read, login, password):
    assert sentences(read, sign_in(client, login, password)) == [WRONG]


def test_what_is_missing_is_named(client, read):
    assert sentences(read, sign_in(client, "", "")) == ["请填写“登录名”。", "请填写“密码”。"]


def test_a_closed_account_is_told_so_only_with_its_password(client, person, read):
    person.is_active = False
    person.save()

    assert sentences(read, sign_in(client, password="wrong")) == [WRONG]
    response = sign_in(client)
    assert response["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session
    assert read(client.get("/accounts/inactive/")).h1 == "账号已经停用"


def test_signing_out_takes_a_press_of_a_button(staff, page):
    assert page(staff, "/accounts/logout/").h1 == "退出登录"
    assert staff.session["_auth_user_id"]

    assert staff.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in staff.session
    assert page(staff, "/").notices == ["已退出登录。"]


def test_nobody_signs_up_by_themselves(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_the_password_is_changed_and_the_session_goes_on(staff, person, page):
    page(staff, "/accounts/password/change/")
    new = {
        "oldpassword": PASSWORD,
        "password1": "石龙镇上的老木匠王师傅",
        "password2": "石龙镇上的老木匠王师傅",
    }

    staff.post("/accounts/password/change/", new)

    person.refresh_from_db()
    assert person.check_password("石龙镇上的老木匠王师傅")
    assert page(staff, "/workspace/").notices == ["密码已经改好，下次用新密码登录。"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"oldpassword": "wrong"}, "现在的密码不对，请重新输入。"),
        ({"password2": "别的"}, "两次输入的新密码不一样，请再输一遍。"),
        ({"password1": "短", "password2": "短"}, "密码太短：至少 10 个字符。可以用几个不相干的词连成一句。"),
    ],
)
def test_a_new_password_that_will_not_do(staff, read, given, sentence):
    new = {
        "oldpassword": PASSWORD,
        "password1": "石龙镇上的老木匠王师傅",
        "password2": "石龙镇上的老木匠王师傅",
        **given,
    }
    assert sentence in sentences(read, staff.post("/accounts/password/change/", new))


def test_a_forgotten_password_is_reset_by_mail(client, person, page, read):
    page(client, "/accounts/password/reset/")
    client.post("/accounts/password/reset/", {"email": "chen@example.cn"})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["chen@example.cn"], "重设全国科普日平台的密码")
    assert "账号“chen”" in letter.body

    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    asked = client.get(link)
    assert "set-password" in asked["Location"]
    page(client, asked["Location"])
    twice = {"password1": "石龙镇上的老木匠王师傅", "password2": "石龙镇上的老木匠王师傅"}
    done = client.post(asked["Location"], twice, follow=True)
    person.refresh_from_db()
    assert person.check_password("石龙镇上的老木匠王师傅")
    assert read(done).h1 == "新密码已经生效"
    assert read(client.get(link)).h1 == "链接已经失效"


def test_a_forgotten_password_tells_nobody_who_has_an_account(client, person, page):
    known = client.post("/accounts/password/reset/", {"email": "chen@example.cn"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.cn"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [["chen@example.cn"]]
    assert page(client, known["Location"]).h1 == "请查收邮件"


@pytest.mark.parametrize("path", ["login/", "password/reset/", "password/reset/key/1-abc/", "inactive/"])
def test_asking_for_the_head_of_a_page_is_no_attempt(client, path):
    assert client.head(f"/accounts/{path}").status_code == client.get(f"/accounts/{path}").status_code


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_it_answers_no_other_method(client, read, method):
    response = getattr(client, method)("/accounts/login/")
    assert (response.status_code, response["Allow"]) == (405, "GET, POST")
