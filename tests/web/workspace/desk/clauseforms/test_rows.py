"""Rows are added, removed and moved by buttons that send the form, with or without scripts."""

from __future__ import annotations

import pytest

from kepu.web.gallery.linxi import CLAUSES, WORDS
from kepu.web.workspace.desk.clauseforms import (
    Pressed,
    clause_form,
    header_form,
    pressed,
    read_clause,
    read_header,
)
from tests.web.reading import Page
from tests.web.workspace.desk.clauseforms.browser import sent

pytestmark = pytest.mark.one_database

LIST = {"id": "LX-05", **next(c for c in CLAUSES if c["kind"] == "list")}
FORM = {"id": "LX-15", **next(c for c in CLAUSES if c["kind"] == "form")}
DUTY = {"id": "LX-13", **next(c for c in CLAUSES if c["kind"] == "duty")}


def drawn(clause, posted=None):
    data = clause if posted is None else read_clause(clause["kind"], posted)
    return str(clause_form(clause["kind"], data, WORDS, posted=posted))


def labels(data):
    return [item["label"] for item in data["list"]["items"]]


def headings(markup):
    return [legend.text for legend in Page(markup).all("legend") if legend.text.startswith("第")]


def in_hand(markup):
    """The names of what has the focus when the page is there."""
    return [e["name"] for e in Page(markup).walk() if e.has("autofocus")]


def test_a_button_says_which_row_of_which_list():
    assert pressed({"c.list.code": "a"}) is None
    assert pressed({"_add:c.list.items": ""}) == Pressed("add", "c.list.items")
    assert pressed({"_up:c.list.items.3": ""}) == Pressed("up", "c.list.items", 3)
    assert pressed({"_remove:c.form.variants.1.columns.0": ""}) == Pressed(
        "remove", "c.form.variants.1.columns", 0
    )


def test_what_is_no_button_of_ours_is_none():
    for name in (
        "_add:",
        "_remove:c.list.items",
        "_up:c.list.items.x",
        "_up:3",
        "_burn:c.list.items",
        "_add:c list",
    ):
        assert pressed({name: ""}) is None


def test_a_row_is_moved_up():
    data = read_clause("list", sent(drawn(LIST), press="_up:c.list.items.2"))

    assert labels(data) == ["名家讲座", "书画展", "朗读会", "换书集市"]


def test_a_row_is_moved_down_and_the_focus_goes_along():
    post = sent(drawn(LIST), press="_down:c.list.items.0")

    assert labels(read_clause("list", post)) == ["朗读会", "名家讲座", "书画展", "换书集市"]
    assert in_hand(drawn(LIST, post)) == ["_down:c.list.items.1"]


def test_at_the_end_the_focus_is_on_the_button_that_still_is_there():
    assert in_hand(drawn(LIST, sent(drawn(LIST), press="_up:c.list.items.1"))) == ["_down:c.list.items.0"]


def test_a_row_is_removed():
    data = read_clause("list", sent(drawn(LIST), press="_remove:c.list.items.1"))

    assert labels(data) == ["名家讲座", "书画展", "换书集市"]


def test_the_last_row_is_removed_and_the_focus_is_on_the_button_that_adds_one():
    one = {**DUTY, "duty": {**DUTY["duty"], "parts": [{"code": "a", "label": "电子版"}]}}
    post = sent(drawn(one), press="_remove:c.duty.parts.0")

    assert "parts" not in read_clause("duty", post)["duty"]
    assert in_hand(drawn(one, post)) == ["_add:c.duty.parts"]


def test_an_empty_row_is_drawn_and_not_kept():
    post = sent(drawn(LIST), press="_add:c.list.items")

    assert read_clause("list", post) == read_clause("list", sent(drawn(LIST)))
    assert headings(drawn(LIST, post)) == ["第1项", "第2项", "第3项", "第4项", "第5项"]
    assert in_hand(drawn(LIST, post)) == ["c.list.items.4.label"]


def test_empty_rows_stay_while_others_are_added():
    first = drawn(LIST, sent(drawn(LIST), press="_add:c.list.items"))
    second = drawn(LIST, sent(first, press="_add:c.list.items"))

    assert len(headings(second)) == 6


def test_a_row_inside_a_row_is_added_to_its_own():
    empty_variant = sent(drawn(FORM), press="_add:c.form.variants")
    post = sent(drawn(FORM, empty_variant), press="_add:c.form.variants.1.columns")
    markup = drawn(FORM, post)

    assert in_hand(markup) == ["c.form.variants.1.columns.0.title"]
    assert read_clause("form", post)["form"]["variants"] == FORM["form"]["variants"]


def test_a_problem_is_shown_in_its_row_behind_an_empty_one():
    added = drawn(LIST, sent(drawn(LIST), press="_add:c.list.items"))
    post = sent(added, press="_up:c.list.items.4", c__list__items__3__code="换书")

    form = clause_form("list", read_clause("list", post), WORDS, posted=post)

    assert [(p.id, p.where) for p in form.problems] == [("c-list-items-4-code", "第5项")]


def test_nobody_invents_a_code():
    added = drawn(LIST, sent(drawn(LIST), press="_add:c.list.items"))
    data = read_clause("list", sent(added, c__list__items__4__label="电影"))

    assert data["list"]["items"][4] == {"code": "item1", "label": "电影"}


def test_the_next_free_code_is_none_that_stands_there():
    rows = {
        "c.list.items.0.label": "甲",
        "c.list.items.1.code": "item1",
        "c.list.items.1.label": "乙",
        "c.list.items.2.label": "丙",
    }

    assert [item["code"] for item in read_clause("list", rows)["list"]["items"]] == [
        "item2",
        "item1",
        "item3",
    ]


def test_what_a_clause_is_about_gets_its_code_from_the_clause():
    own = {"c.id": "LX-05.b", "c.list.code": "+", "c.list.title": "人群"}

    assert read_clause("list", own)["list"] == {"code": "lx_05_b", "title": "人群"}
    assert read_clause("contact", {"c.id": "LX-9", "c.contact.title": "科普部"})["contact"]["desk"] == "lx_9"
    assert "code" not in read_clause("list", {**own, "c.list.code": ""})["list"]


def test_a_code_left_in_the_hidden_line_is_not_read_where_something_else_is_chosen():
    said = {"c.list.title": "人群", "c.list.code.own": "crowd"}

    assert read_clause("list", {**said, "c.list.code": "+"})["list"]["code"] == "crowd"
    assert read_clause("list", {**said, "c.list.code": "fields"})["list"]["code"] == "fields"
    assert "code" not in read_clause("list", {**said, "c.list.code": ""})["list"]


def test_attachments_are_numbered_by_their_order():
    rows = {
        "h.attachments.0.title": "计划表",
        "h.attachments.0.known": "yes",
        "h.attachments.1.title": "推荐表",
    }

    assert read_header(rows)["attachments"] == [
        {"number": 1, "title": "计划表"}, {"number": 2, "title": "推荐表"},
    ]  # fmt: skip


def test_a_new_attachment_is_no_attachment_yet():
    markup = str(header_form({"title": "通知"}, WORDS))
    post = sent(markup, press="_add:h.attachments")
    again = str(header_form(read_header(post), WORDS, posted=post))

    assert "attachments" not in read_header(sent(again))


def test_the_same_key_twice_is_one_entry():
    rows = {
        "c.quota.counts.0.key": "mode", "c.quota.counts.0.value": ["online"], "c.quota.counts.1.key": "mode",
        "c.quota.counts.1.value": ["mixed", "online"],
    }  # fmt: skip

    assert read_clause("quota", rows)["quota"]["counts"] == {"mode": ["online", "mixed"]}


def test_with_an_address_the_buttons_ask_for_their_list_alone():
    page = Page(str(clause_form("list", LIST, WORDS, action="/desk/7/")))
    button = page.one("button", name="_add:c.list.items")

    assert [button[f"hx-{n}"] for n in ("post", "target", "select")] == [
        "/desk/7/",
        "#c-list-items-rows",
        "#c-list-items-rows",
    ]
    assert page.one(id="c-list-items-rows")
    assert not Page(drawn(LIST)).one("button", name="_add:c.list.items").has("hx-post")


def test_enter_presses_no_button_of_a_row():
    assert next(Page(drawn(LIST)).all("button"))["name"] == ""
