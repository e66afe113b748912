"""Choosing the language of the interface."""

import pytest

HERE = {"HTTP_ORIGIN": "http://testserver"}


def test_the_browser_remembers_the_choice(client, page):
    response = client.post("/language/", {"language": "en", "next": "/accounts/login/"}, **HERE)

    assert (response.status_code, response["Location"]) == (303, "/accounts/login/")
    assert page(client, "/accounts/login/").one("html")["lang"] == "en"


def test_an_answer_in_the_address_of_an_act_leads_to_the_page_above(client):
    wanted = "/invitations/abc/account/"
    response = client.post("/language/", {"language": "en", "next": wanted}, **HERE)
    assert response["Location"] == "/invitations/abc/"


def test_the_person_remembers_it_too(staff, person):
    staff.post("/language/", {"language": "en"}, **HERE)
    person.refresh_from_db()
    assert person.language == "en"


def test_a_new_browser_learns_it_at_sign_in(client, person):
    person.language = "en"
    person.save()

    client.post("/accounts/login/", {"login": "chen", "password": "东江边上的那座气象台"})

    assert client.cookies["kepu_language"].value == "en"


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "health", "foo", "?x", "科普"],
)
def test_it_leads_nowhere_else(client, wanted):
    response = client.post("/language/", {"language": "en", "next": wanted}, **HERE)
    assert response["Location"] == "/"


@pytest.mark.parametrize(
    "origin",
    [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "http://["}],
)
def test_another_site_cannot_choose_for_us(client, origin):
    response = client.post("/language/", {"language": "en"}, **origin)
    assert response.status_code == 403
    assert "kepu_language" not in client.cookies


def test_a_language_we_do_not_speak(client):
    assert client.post("/language/", {"language": "xx"}, **HERE).status_code == 400
