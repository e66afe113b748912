"""Choosing how pages look, and that nobody gets the page that another one chose."""

import pytest
from django.test import Client

from kepu.web.looks import COOKIE

HERE = {"HTTP_ORIGIN": "http://testserver"}


def look_of(page, client, url="/accounts/login/", **extra):
    return page(client, url, **extra).one("html")["data-look"]


def test_a_press_changes_one_part_and_keeps_the_others(client, page):
    first = client.post("/look/", {"size": "large", "next": "/accounts/login/"}, **HERE)
    client.post("/look/", {"light": "dark"}, **HERE)
    client.post("/look/", {"pictures": "lite"}, **HERE)

    assert (first.status_code, first["Location"]) == (303, "/accounts/login/")
    assert client.cookies[COOKIE].value == "large.dark.lite"
    assert look_of(page, client) == "large dark lite"

    client.post("/look/", {"light": ""}, **HERE)
    assert client.cookies[COOKIE].value == "large.lite"


def test_the_form_needs_no_token_which_a_kept_page_could_not_carry(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/look/", {"size": "large"}, **HERE).status_code == 303
    assert strict.cookies[COOKIE].value == "large"


def test_the_cookie_is_kept_for_a_year_and_from_scripts(client):
    cookie = client.post("/look/", {"size": "large"}, **HERE).cookies[COOKIE]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (31536000, True, "Lax")


@pytest.mark.parametrize("back", [{"size": ""}, {"all": "usual"}])
def test_the_usual_look_needs_no_cookie(client, page, back):
    client.post("/look/", {"size": "large"}, **HERE)
    client.post("/look/", back, **HERE)
    assert client.cookies[COOKIE].value == ""
    assert look_of(page, client) == ""


def test_the_usual_page_says_nothing_of_its_look(client, page):
    assert not page(client, "/accounts/login/").one("html").has("data-look")


@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_browser_draws_its_own_parts_alike(client, page, light):
    client.cookies[COOKIE] = light
    found = page(client, "/accounts/login/")
    assert found.one("meta", name="color-scheme")["content"] == light
    assert [(m["content"], m["media"]) for m in found.all("meta", name="theme-color")] == [
        ({"light": "#fffefb", "dark": "#1a2229"}[light], "")
    ]


@pytest.mark.parametrize("sent", [{"size": "huge"}, {"light": "large"}, {"contrast": "\0"}])
def test_a_look_that_there_is_not(client, sent):
    response = client.post("/look/", sent, **HERE)
    assert (response.status_code, COOKIE in client.cookies) == (400, False)


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_another_site_cannot_choose_for_us(client, origin):
    response = client.post("/look/", {"size": "large"}, **origin)
    assert (response.status_code, COOKIE in client.cookies) == (403, False)


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client, wanted):
    assert client.post("/look/", {"size": "large", "next": wanted}, **HERE)["Location"] == "/"


@pytest.mark.parametrize("junk", ["large.large", "x" * 3000, "dark.large", "<script>", "large\0"])
def test_a_cookie_of_somebody_elses_making_changes_nothing(client, page, junk):
    client.cookies[COOKIE] = junk
    response = client.get("/accounts/login/")
    assert "data-look" not in response.content.decode()


def test_the_switch_has_a_page_of_its_own_that_leads_back(client, page, db):
    found = page(client, "/look/?next=/help/")
    main = found.one("main")
    assert found.h1 == "显示方式"
    assert {field["value"] for field in main.all("input", name="next")} == {"/look/?next=%2Fhelp%2F"}
    assert [a["href"] for a in main.all("a", class_="button")] == ["/help/"]
    assert [b.text for b in main.all("button", aria_pressed="true")] == ["标准", "标准", "随设备", "随浏览器"]


def test_every_face_carries_the_switch(client, staff, page):
    for who, url in ((client, "/help/"), (staff, "/workspace/")):
        header = page(who, url).one("header")
        assert len(list(header.all("button", class_="segment"))) == 10
        assert {field["value"] for field in header.all("input", name="next")} == {url}


def test_an_error_comes_in_the_look_too(client):
    client.cookies[COOKIE] = "large.dark"
    assert 'data-look="large dark"' in client.get("/nothing-here/").content.decode()


def test_one_look_is_never_shown_to_another(client, page):
    """What a cache keeps, it keeps under what the answer varies on; the tags differ as well."""
    tags = set()
    for code in ("", "large", "dark", "large.contrast.dark.lite"):
        client.cookies[COOKIE] = code
        response = client.get("/help/")
        assert response["Vary"] == "Cookie, Save-Data"
        assert response["Cache-Control"].startswith("public")
        tags.add(response["ETag"])
        client.cookies[COOKIE] = "contrast"
        again = client.get("/help/", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 200
    assert len(tags) == 4


def test_a_browser_that_saves_data_gets_no_decoration(client, page, db):
    saving = {"HTTP_SAVE_DATA": "on"}
    assert look_of(page, client, **saving) == "lite"
    client.cookies[COOKIE] = "full"
    assert look_of(page, client, **saving) == ""


@pytest.mark.parametrize("address", ["/healthz", "/robots.txt"])
def test_what_has_no_look_is_kept_once(client, db, address):
    assert "Save-Data" not in client.get(address).headers.get("Vary", "")
