"""The forms of clauses on a page: well made, tried out without scripts, and shut where people work."""

from __future__ import annotations

import pytest

from kepu.notices.kinds import kinds
from tests.web.workspace.desk.clauseforms.browser import sent

FORMS = ["header", *kinds()]


@pytest.fixture
def rehearsal(settings):
    settings.KEPU_REHEARSAL = True


def in_the_form(page):
    """Everything that the form of the page sends."""
    return sent(
        page.html[page.html.index('<form class="stack"') : page.html.index('<div class="form-actions">')]
    )


def test_all_forms_stand_on_one_page(rehearsal, client, page):
    found = page(client, "/gallery/clauses/")

    assert found.h1 == "条款的表单"
    assert [heading["id"] for heading in found.all("h2")] == [f"g-{kind}" for kind in FORMS]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_drawn_filled_and_empty(rehearsal, client, page, kind):
    page(client, f"/gallery/clauses/{kind}/")
    empty = page(client, f"/gallery/clauses/{kind}/?empty")

    assert list(empty.all(class_="form-errors")) == []


@pytest.mark.parametrize("kind", FORMS)
def test_a_sample_sent_as_it_stands_is_in_order(rehearsal, client, page, read, kind):
    answer = client.post(f"/gallery/clauses/{kind}/", in_the_form(page(client, f"/gallery/clauses/{kind}/")))

    assert (answer.status_code, list(read(answer).all(class_="form-errors"))) == (200, [])


def test_a_form_that_is_wrong_comes_back_with_sentences(rehearsal, client, page, read):
    post = in_the_form(page(client, "/gallery/clauses/window/"))
    post["c.window.title"] = ""
    answer = client.post("/gallery/clauses/window/", post)

    assert answer.status_code == 422
    assert read(answer).one(class_="form-errors").text == "有 1 处要改 请填写“名称”。"


def test_a_button_of_a_row_is_no_sending(rehearsal, client, page, read):
    post = in_the_form(page(client, "/gallery/clauses/list/?empty"))
    post["_add:c.list.items"] = ""
    answer = client.post("/gallery/clauses/list/", post)

    assert (answer.status_code, list(read(answer).all(class_="form-errors"))) == (200, [])
    assert len(list(read(answer).all(class_="clause-row"))) == 2


def test_a_form_with_sixty_columns_is_taken(rehearsal, client, page, read):
    post = in_the_form(page(client, "/gallery/clauses/form/"))
    for n in range(60):
        for name in [name for name in post if name.startswith("c.form.columns.0.")]:
            post.setlist(name.replace(".columns.0.", f".columns.{n}."), post.getlist(name))
        post[f"c.form.columns.{n}.code"] = f"column{n}"
    answer = client.post("/gallery/clauses/form/", post)

    assert len(post) > 1000
    assert read(answer).one("input", name="c.form.columns.59.title")["value"] == "活动名称"


def test_ten_thousand_rows_are_answered_with_a_sentence(rehearsal, client):
    answer = client.post(
        "/gallery/clauses/list/", {f"c.list.items.{n}.label": "甲" for n in range(9_000)}, follow=True
    )

    assert "送来的内容太多或太深，不像是这张表单填的，没有保存。请刷新页面再试。" in answer.content.decode()


@pytest.mark.parametrize("kind", ["nothing", "gate2"])
def test_there_is_no_form_of_what_is_no_kind(rehearsal, client, kind):
    assert client.get(f"/gallery/clauses/{kind}/").status_code == 404
    assert client.post(f"/gallery/clauses/{kind}/").status_code == 404


def test_where_people_work_there_is_none_of_it(client):
    assert client.get("/gallery/clauses/").status_code == 404
    assert client.get("/gallery/clauses/gate/").status_code == 404
    assert client.post("/gallery/clauses/gate/").status_code == 404
