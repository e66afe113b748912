"""Pages that say what went wrong and what to do."""

import pytest
from django.test import Client

from kepu.core.refusals import GateClosed, Reason
from kepu.web.shared import errors
from tests.web.reading import Page


def test_an_address_that_is_none(client, page):
    found = page(client, "/nowhere/", status=404)
    assert found.h1 == "没有找到这个页面"
    assert "请核对地址，或者从首页开始找。" in found.text


def test_an_act_opened_from_the_address_line(client, page):
    response = client.get("/language/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert page(client, "/language/", status=405).h1 == "这个地址不能这样打开"


@pytest.mark.parametrize(
    ("act", "above"),
    [
        ("/workspace/applications/7/contact/", "/workspace/applications/7/"),
        ("/invitations/abc/account/", "/invitations/abc/"),
        ("/workspace/messages/7/reading/", "/workspace/messages/"),
        ("/language/", "/"),
    ],
)
def test_an_act_opened_from_the_address_line_leads_to_its_page(staff, read, act, above):
    links = list(read(staff.get(act)).one("main").all("a"))
    assert links[0]["href"] == above


def test_a_form_without_its_token(read):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "chen"})
    assert response.status_code == 403
    assert "刚才的提交没有生效" in read(response).text


def test_a_fault_is_answered_without_a_database(client, monkeypatch, read):
    def down():
        raise ConnectionError("the database is gone")

    monkeypatch.setattr("kepu.core.clock.now", down)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert read(response).h1 == "系统出了差错"


@pytest.mark.parametrize(
    "answer", [errors.bad_request, errors.forbidden, errors.too_many, errors.csrf, errors.fault]
)
def test_every_error_is_a_whole_page_and_reads_nothing(rf, answer, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = answer(rf.get("/"))
    assert Page(response.content.decode()).wrong() == []


def test_a_refused_page_shows_its_clause(rf):
    refusal = GateClosed(reasons=[Reason("申报窗口已经关闭。", clause="东科协〔2023〕17号 六（二）1")])
    found = Page(errors.refused(rf.get("/"), refusal, status=422).content.decode())
    assert found.wrong() == []
    assert found.one(class_="clause-chip").text == "东科协〔2023〕17号 六（二）1"
