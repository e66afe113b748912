"""The frame of every view."""

from copy import deepcopy
from pathlib import Path

import pytest

from tests.web.reading import Page

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
CLAUSE = "东科协〔2023〕17号 六（二）1"

pytestmark = pytest.mark.urls("tests.web.sample")


@pytest.fixture(autouse=True)
def sample_templates(settings):
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(TEMPLATES)
    settings.TEMPLATES = templates


def test_a_page_that_reads_answers_only_get(staff):
    response = staff.post("/sample/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_an_act_answers_only_post(staff, read):
    response = staff.get("/sample/submission/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert read(response).h1 == "这个地址不能这样打开"


def test_htmx_gets_the_piece_it_asks_for(staff):
    response = staff.get("/sample/", headers={"HX-Request": "true", "HX-Target": "status"})

    assert response.content.decode() == '<section id="status">草稿</section>'
    assert {"HX-Request", "HX-Target", "Cookie"} <= set(response["Vary"].split(", "))


def test_the_piece_is_the_same_as_in_the_whole_page(staff, page):
    piece = Page(
        staff.get("/sample/", headers={"HX-Request": "true", "HX-Target": "status"}).content.decode()
    )
    assert page(staff, "/sample/").one(id="status").text == piece.one(id="status").text


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Target": "status"}, {"HX-Request": "true", "HX-Target": "body"}]
)
def test_everybody_else_gets_the_whole_page(staff, read, headers):
    assert read(staff.get("/sample/", headers=headers)).h1 == "样页"


def test_an_act_says_what_happened_on_the_next_page(staff, page):
    response = staff.post("/sample/submission/")

    assert (response.status_code, response["Location"]) == (303, "/sample/")
    found = page(staff, "/sample/")
    assert found.notices == ["已提交审核。"]
    assert [notice["data-forget-draft"] for notice in found.all(class_="notice")] == ["activity:7"]
    assert page(staff, "/sample/").notices == []


def test_after_an_act_by_htmx_the_piece_brings_the_sentence_along(staff):
    staff.post("/sample/submission/", headers={"HX-Request": "true", "HX-Target": "status"})
    piece = Page(
        staff.get("/sample/", headers={"HX-Request": "true", "HX-Target": "status"}).content.decode()
    )

    assert piece.wrong_with_piece() == []
    assert piece.one(id="notices")["hx-swap-oob"] == "true"
    assert piece.notices == ["已提交审核。"]


def test_a_refusal_stands_on_the_page_one_came_from(staff, page):
    response = staff.post("/sample/refusing/", headers={"Referer": "http://testserver/sample/?day=3"})

    assert (response.status_code, response["Location"]) == (303, "/sample/?day=3")
    assert page(staff, "/sample/").notices == [f"申报窗口已经关闭。 {CLAUSE}", "名称已经用过。"]


@pytest.mark.parametrize("referer", ["", "https://evil.example/sample/"])
def test_a_refusal_to_one_who_came_from_elsewhere_stands_at_home(staff, referer):
    assert staff.post("/sample/refusing/", headers={"Referer": referer})["Location"] == "/workspace/"


def test_a_refusal_may_name_the_page_to_return_to(staff):
    assert staff.post("/sample/7/refusing/")["Location"] == "/sample/7/"


def test_a_refusal_by_htmx_comes_as_a_notice_with_its_clause(staff):
    response = staff.post("/sample/refusing/", headers={"HX-Request": "true", "HX-Target": "status"})

    assert (response.status_code, response["HX-Retarget"]) == (422, "#notices")
    piece = Page(response.content.decode())
    assert piece.wrong_with_piece() == []
    assert [notice.text for notice in piece.all(class_="notice")] == [
        f"申报窗口已经关闭。 {CLAUSE}",
        "名称已经用过。",
    ]


def test_a_page_that_is_refused_says_why(staff, page):
    assert "这件事由市里办。" in page(staff, "/sample/closed/", status=403).text


def test_a_page_for_others_is_closed(staff, page):
    assert page(staff, "/sample/reviewers/", status=403).h1 == "您没有权限看这个页面"


def test_a_form_keeps_what_was_typed_and_says_what_is_missing(staff, read):
    response = staff.post("/sample/filing/", {"title": "走进气象台", "day": ""})

    assert response.status_code == 422
    found = read(response)
    assert found.one("input", name="title")["value"] == "走进气象台"
    assert [line.text for line in found.one(class_="form-errors").all("li")] == ["请填写“日期”。"]


def test_a_refusal_goes_to_its_field_with_its_clause(staff, read):
    response = staff.post("/sample/filing/", {"title": "走进气象台", "day": "2023-09-03"})

    assert response.status_code == 422
    found = read(response)
    assert [line.text for line in found.one(class_="form-errors").all("li")] == [
        f"先填安全方案。 {CLAUSE}",
        "要提前 7 天。",
    ]
    day = found.one("input", name="day")
    assert (day["value"], day["aria-invalid"]) == ("2023-09-03", "true")
    assert found.one(id=day["aria-describedby"]).text == f"要提前 7 天。 {CLAUSE}"


def test_a_form_in_order_is_done(staff):
    assert staff.post("/sample/filing/", {"title": "走进气象台", "day": "2023-09-16"}).status_code == 303


def test_other_methods_have_no_view(staff):
    response = staff.delete("/sample/filing/")
    assert (response.status_code, response["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\\\evil.example", "/", ""])
def test_the_page_one_came_from_is_one_of_ours(staff, path):
    response = staff.post("/sample/refusing/", headers={"Referer": f"http://testserver{path}"})
    assert response["Location"] in ("/evil.example/x", "/evil.example", "/")
