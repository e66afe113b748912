"""Others let people in by our word: discovery, a question to the person, a code, and what the code is exchanged for."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client as OidcClient
from allauth.idp.oidc.models import Token
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from kepu.cli import cli
from kepu.config.sign_in import read_keys
from kepu.core import audit
from tests.web.signin.acting import sign_in

BACK = "https://library.example.cn/back"
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def key_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "oidc.pem"
    result = CliRunner().invoke(cli, ["oidc", "key", str(path)])
    assert (result.exit_code, path.stat().st_mode & 0o777) == (0, 0o600)
    return path


@pytest.fixture
def vouching(settings, key_file):
    settings.IDP_OIDC_PRIVATE_KEYS = read_keys(str(key_file))
    settings.KEPU_PUBLIC_URL = "http://testserver"


@pytest.fixture
def registered(db):
    """What ``kepu oidc client`` says: an id and a secret."""
    result = CliRunner().invoke(cli, ["oidc", "client", "城市图书馆", "--redirect", BACK])
    assert result.exit_code == 0
    return re.search(r"client_id +(\S+)", result.output)[1], re.search(
        r"client_secret +(\S+)", result.output
    )[1]


@pytest.fixture
def me(client, person, unit):
    sign_in(client)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return client


def question(client_id, **changes):
    asked = {
        "response_type": "code", "client_id": client_id, "redirect_uri": BACK, "scope": "openid profile email",
        "state": "s1", "nonce": "n1", "code_challenge": CHALLENGE, "code_challenge_method": "S256", **changes,
    }  # fmt: skip
    return "/identity/authorize?" + urlencode(
        {key: value for key, value in asked.items() if value is not None}
    )


def answer_on(found, action):
    form = next(form for form in found.all("form") if form["action"] == "/identity/authorize")
    fields = {}
    for field in form.all("input"):
        if field["name"] != "csrfmiddlewaretoken":
            fields.setdefault(field["name"], []).append(field["value"])
    return {**fields, "action": action}


def came_back(response):
    parts = urlsplit(response["Location"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == BACK
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def exchange(client_id, secret, code, verifier=VERIFIER):
    return Client().post(
        "/identity/token",
        {
            "grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier,
            "client_id": client_id, "client_secret": secret,
        },
    )  # fmt: skip


def test_without_a_key_there_is_nothing(client, db, page):
    for path in (
        "/.well-known/openid-configuration",
        "/.well-known/jwks.json",
        question("x"),
        "/identity/userinfo",
    ):
        assert client.get(path).status_code == 404
    assert client.post("/identity/token").status_code == 404


def test_what_a_client_must_know_is_there_for_it(client, vouching, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        found = client.get("/.well-known/openid-configuration").json()
        keys = client.get("/.well-known/jwks.json").json()["keys"]
    assert found["issuer"] == "http://testserver"
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert {found[name] for name in found if name.endswith("_endpoint")} == {
        f"http://testserver/identity/{name}" for name in ("authorize", "token", "userinfo", "revoke")
    }
    assert len(keys) == 1
    assert "d" not in keys[0]


def test_the_person_is_asked_and_the_client_learns_who_they_are(me, person, vouching, registered, page):
    client_id, secret = registered
    found = page(me, question(client_id))
    assert found.h1 == "允许“城市图书馆”知道您是谁吗？"
    told = {line.text for line in found.one("main").all("li")}
    assert told == {"您在这里的编号", "您的姓名和登录名", "您的电子邮箱"}
    assert (
        "form-action 'self' https://library.example.cn"
        in me.get(question(client_id))["Content-Security-Policy"]
    )

    back = came_back(me.post("/identity/authorize", answer_on(found, "grant")))
    assert back["state"] == "s1"
    given = exchange(client_id, secret, back["code"]).json()

    keys = jwt.PyJWKSet.from_dict(Client().get("/.well-known/jwks.json").json())
    token = jwt.decode(
        given["id_token"], keys.keys[0], algorithms=["RS256"], audience=client_id, issuer="http://testserver"
    )
    assert (token["sub"], token["nonce"]) == (str(person.pk), "n1")
    told = Client().get("/identity/userinfo", HTTP_AUTHORIZATION=f"Bearer {given['access_token']}").json()
    assert told == {
        "sub": str(person.pk), "name": "陈晓明", "preferred_username": "chen", "email": "chen@example.cn",
        "email_verified": True,
    }  # fmt: skip
    assert audit.of(person).last().detail == {"client": client_id, "scopes": ["openid", "profile", "email"]}


def test_a_code_is_good_once_and_with_its_verifier_only(me, vouching, registered, page):
    client_id, secret = registered
    code = came_back(me.post("/identity/authorize", answer_on(page(me, question(client_id)), "grant")))[
        "code"
    ]
    assert exchange(client_id, "wrong", code).status_code == 401
    assert exchange(client_id, secret, code, "w" * 64).json()["error"] == "invalid_grant"
    code = came_back(me.post("/identity/authorize", answer_on(page(me, question(client_id)), "grant")))[
        "code"
    ]
    assert exchange(client_id, secret, code).status_code == 200
    assert exchange(client_id, secret, code).json()["error"] == "invalid_grant"


def test_what_is_given_out_does_not_lie_readable_in_the_database(me, vouching, registered, page):
    client_id, secret = registered
    code = came_back(me.post("/identity/authorize", answer_on(page(me, question(client_id)), "grant")))[
        "code"
    ]
    given = exchange(client_id, secret, code).json()
    stored = str(list(Token.objects.values())) + str(list(OidcClient.objects.values()))
    assert not [it for it in (secret, code, given["access_token"], given["refresh_token"]) if it in stored]


def test_no_is_an_answer(me, vouching, registered, page):
    found = page(me, question(registered[0]))
    assert came_back(me.post("/identity/authorize", answer_on(found, "cancel"))) == {
        "error": "access_denied", "state": "s1",
    }  # fmt: skip
    assert not Token.objects.exists()


def test_who_is_not_signed_in_signs_in_first(client, person, unit, vouching, registered, page):
    asked = client.get(question(registered[0]))
    assert asked["Location"].startswith("/accounts/login/?next=/identity/authorize")
    wanted = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    assert page(client, sign_in(client, next=wanted)["Location"]).h1.startswith("允许“城市图书馆”")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none"}, "consent_required"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"scope": "openid admin"}, "invalid_scope"),
    ],
)
def test_a_question_that_will_not_do_goes_back_with_its_reason(me, vouching, registered, changes, error):
    back = came_back(me.get(question(registered[0], **changes)))
    assert (back["error"], back["state"]) == (error, "s1")


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/back"},
        {"redirect_uri": f"{BACK}/../evil"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
        {"redirect_uri": "https://evil.example/back", "prompt": "none"},
        {"redirect_uri": "https://evil.example/back", "code_challenge": None},
    ],
)
def test_nobody_is_sent_to_where_no_client_is_registered(me, vouching, registered, read, changes):
    answer = me.get(question(**{"client_id": registered[0], **changes}))
    assert (answer.status_code, read(answer).h1) == (200, "不能用这里的账号登录那个系统")


@pytest.mark.parametrize("credentials", ["\0:x", "x:\0", "nobody:x", "é", "x"])
def test_strange_credentials_are_refused(client, vouching, db, credentials):
    basic = base64.b64encode(credentials.encode()).decode()
    for header in (
        f"Basic {basic}",
        f"Basic {basic}*",
        f"Bearer {credentials.encode('unicode_escape').decode()}",
    ):
        for path in ("token", "revoke", "userinfo"):
            answer = client.post(
                f"/identity/{path}",
                {"grant_type": "authorization_code", "code": "x"},
                HTTP_AUTHORIZATION=header,
            )
            assert answer.status_code in (400, 401)


@pytest.mark.parametrize("name", ["client_id", "redirect_uri", "state", "nonce", "scope"])
def test_a_zero_character_is_nobodys_question(me, vouching, registered, read, name):
    answer = me.get(question(**{"client_id": registered[0], name: "a\0b"}))
    assert (answer.status_code, read(answer).h1) == (400, "这个请求看不懂")
    assert me.post("/identity/token", {name: "a\0b"}).status_code == 400


def test_an_answer_without_the_token_of_the_page_is_none(person, unit, vouching, registered, page, read):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(person)
    answer = answer_on(page(careful, question(registered[0])), "grant")
    assert careful.post("/identity/authorize", answer).status_code == 403
    assert careful.post("/identity/authorize", {**answer, "request": "forged"}).status_code == 403
    assert not Token.objects.exists()


def test_a_closed_account_is_vouched_for_no_longer(me, person, vouching, registered, page):
    client_id, secret = registered
    code = came_back(me.post("/identity/authorize", answer_on(page(me, question(client_id)), "grant")))[
        "code"
    ]
    token = exchange(client_id, secret, code).json()["access_token"]
    person.is_active = False
    person.save()
    assert Client().get("/identity/userinfo", HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 401


def test_a_new_key_signs_and_the_old_one_is_still_known(client, settings, key_file, tmp_path, db):
    newer = tmp_path / "newer.pem"
    CliRunner().invoke(cli, ["oidc", "key", str(newer)])
    settings.IDP_OIDC_PRIVATE_KEYS = read_keys(f"{newer},{key_file}")
    assert len(client.get("/.well-known/jwks.json").json()["keys"]) == 2
    from allauth.idp.oidc.adapter import get_adapter

    assert get_adapter().get_signing_key().pem == newer.read_text()


def test_clients_are_listed_and_taken_away(registered):
    client_id, _secret = registered
    assert client_id in CliRunner().invoke(cli, ["oidc", "clients"]).output
    assert CliRunner().invoke(cli, ["oidc", "remove", client_id]).exit_code == 0
    assert CliRunner().invoke(cli, ["oidc", "remove", client_id]).exit_code == 2


@pytest.mark.parametrize(
    "address", ["http://library.example.cn/", "library", "https://a.cn/#x", "javascript:alert(1)"]
)
def test_a_client_is_sent_back_to_over_https_only(db, address):
    assert CliRunner().invoke(cli, ["oidc", "client", "x", "--redirect", address]).exit_code == 2


@pytest.mark.parametrize("content", [None, "nonsense"])
def test_a_key_that_is_none_stops_the_start(tmp_path, content):
    path = tmp_path / "key.pem"
    if content:
        path.write_text(content)
    with pytest.raises(ImproperlyConfigured, match=f"kepu oidc key {re.escape(str(path))}"):
        read_keys(str(path))
