"""Names and numbers are masked wherever they stand; showing them is an act, and what came back masked is not lost."""

import pytest
from django.urls import reverse

from kepu.accounts.looks import SHOWN
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.notices.actions import start_draft
from kepu.returns.models import Return
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator
from tests.factories.returns import HEADING, PLAN, ROW, a_return
from tests.web.workspace.conftest import newest, typed

NUMBER, MASKED = "13800000000", "138****0000"


@pytest.fixture
def filed(people, now):
    activity = an_activity(people.world, State.FILED)
    now(china(2023, 9, 5))
    return activity


def looks():
    return list(
        AuditEntry.objects.filter(event=SHOWN)
        .order_by("id")
        .values_list("thing", "thing_id", "unit_id", "detail")
    )


def test_no_page_shows_a_number(people, filed, page):
    for client, address in (
        (people.filer, f"/workspace/activities/{filed.pk}/"), (people.reviewer, f"/workspace/activities/{filed.pk}/"),
        (people.reviewer, f"/workspace/reviews/{filed.pk}/"), (people.town, f"/workspace/activities/{filed.pk}/"),
    ):  # fmt: skip
        found = page(client, address)
        assert NUMBER not in str(found.html)
        assert MASKED in found.text
        assert "王*" in found.text
    assert looks() == []


def test_who_may_not_ask_for_it_sees_not_even_the_mask(people, filed, page):
    found = page(people.auditor, f"/workspace/activities/{filed.pk}/").text
    assert (MASKED in found, "显示联系人" in found) == (False, False)


@pytest.mark.parametrize("role", ["filer", "reviewer", "colleague", "town", "nation"])
def test_showing_it_is_an_act_with_a_trace(people, filed, read, role):
    answer = getattr(people, role).post(f"/workspace/activities/{filed.pk}/contact/")

    assert answer.status_code == 200
    assert "王联" in read(answer).text
    assert NUMBER in read(answer).text
    [(thing, pk, _unit, detail)] = looks()
    assert (thing, pk, detail) == (
        "activity", filed.pk, {"fields": ["contact_name", "contact_phone"], "how": "page", "people": []}
    )  # fmt: skip
    assert NUMBER not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("role", ["auditor", "outsider"])
def test_others_are_refused_and_nothing_is_traced(people, filed, role):
    answer = getattr(people, role).post(f"/workspace/activities/{filed.pk}/contact/")
    assert (NUMBER in answer.content.decode(), looks()) == (False, [])


def test_the_piece_comes_in_the_place_of_the_button(people, filed):
    answer = people.filer.post(
        f"/workspace/activities/{filed.pk}/contact/", headers={"HX-Request": "true", "HX-Target": "contact"}
    )
    text = answer.content.decode()
    assert text.startswith('<div id="contact"')
    assert NUMBER in text


def test_that_it_was_looked_at_stands_in_the_activitys_trace(people, filed, page):
    people.reviewer.post(f"/workspace/activities/{filed.pk}/contact/")
    assert "看了联系人" in page(people.filer, f"/workspace/activities/{filed.pk}/").text
    assert [row.event for row in audit.of(filed)][-1] == SHOWN


def test_a_form_that_comes_back_masked_keeps_the_number(people, page):
    people.filer.post("/workspace/activities/new/", {**typed(), "act": "save"})
    activity = newest()
    form = page(people.filer, f"/workspace/activities/{activity.pk}/edit/")
    assert form.one("input", name="contact_phone")["value"] == MASKED
    assert form.one("input", name="contact_name")["value"] == "王*"

    sent = typed(title="走进中医药馆", contact_phone=MASKED, contact_name="王*", version="1")
    answer = people.filer.post(f"/workspace/activities/{activity.pk}/edit/", {**sent, "act": "save"})

    assert answer.status_code == 303
    kept = Activity.objects.get(pk=activity.pk)
    assert (kept.title, kept.contact_name, kept.contact_phone) == ("走进中医药馆", "王联", NUMBER)


def test_a_mask_of_nothing_is_no_number(people, read):
    people.filer.post("/workspace/activities/new/", {**typed(), "act": "save"})
    sent = {**typed(contact_phone="139****1111", version="1"), "act": "save"}
    answer = people.filer.post(f"/workspace/activities/{newest().pk}/edit/", sent)
    assert answer.status_code == 422
    assert "请写全，不要带星号" in read(answer).text
    assert newest().contact_phone == NUMBER


def test_a_return_is_masked_too_and_shown_by_an_act(people, now, page, read):
    row = a_return(people.world)
    now(china(2023, 9, 6))
    for address in (f"/workspace/returns/{row.pk}/", f"/workspace/returns/{row.pk}/?v=1"):
        found = page(people.reviewer, address)
        assert "王* 138****0000" in found.text
        assert NUMBER not in str(found.html)

    shown = read(people.reviewer.post(f"/workspace/returns/{row.pk}/people/", {"number": "1"}))
    assert "王联 13800000000" in shown.text
    assert looks()[0][:2] == ("return", row.pk)


def test_who_only_looks_on_does_not_see_the_people_of_a_return(people, now):
    row = a_return(people.world)
    before = AuditEntry.objects.count()
    answer = people.auditor.post(f"/workspace/returns/{row.pk}/people/")
    assert (answer.status_code, AuditEntry.objects.count()) == (303, before)


def test_a_table_that_comes_back_masked_keeps_its_people(people, now, page):
    now(china(2023, 9, 5))
    a_return(people.world)
    form = page(people.town, f"/workspace/duties/{PLAN}/")
    assert form.one("input", name="rows.0.contact")["value"] == "王* 138****0000"
    assert form.one("input", name="rows.0.contact").has("data-private")  # no browser keeps it

    row = {**ROW, "outline": "讲座、展览和体验。", "contact": "王* 138****0000"}
    sent = {
        "version": "1", "act": "hand_in", "sections.unit_name": HEADING["unit_name"], "parts.sealed_pdf": "石科协〔2023〕3号",
        **{f"rows.0.{code}": text for code, text in row.items()},
    }  # fmt: skip
    answer = people.town.post(f"/workspace/duties/{PLAN}/", sent)

    assert answer.status_code == 303
    kept = Return.objects.get()
    assert (kept.rows[0]["contact"], kept.rows[0]["outline"]) == (ROW["contact"], "讲座、展览和体验。")


def test_a_number_drawn_from_records_is_masked_and_handed_in_whole(people, now, page):
    an_activity(people.world, State.FILED)
    now(china(2023, 9, 5))
    form = page(people.town, f"/workspace/duties/{PLAN}/")
    cell = form.one("input", name="rows.0.contact")["value"]
    assert cell == "王* 138****0000"

    asked = [
        one["name"] for one in form.all("input") if one.has("name") and one["name"].startswith("rows.0.")
    ]
    sent = {name: form.one("input", name=name)["value"] for name in asked}
    sent |= {
        "version": "0",
        "act": "save",
        "sections.unit_name": HEADING["unit_name"],
        "rows.0.outline": "讲座。",
    }
    assert people.town.post(f"/workspace/duties/{PLAN}/", sent).status_code == 303
    assert Return.objects.get().rows[0]["contact"] == "王联 13800000000"


def test_a_paper_that_a_draft_was_read_from_is_masked_and_its_marks_stay(people, page):
    paper = "联系人：王联，电话 13800000000。主题：人人爱科学。"
    at = paper.index("人人爱科学")
    clause = {"id": "C-01", "kind": "theme", "summary": "主题。", "theme": {"text": "人人爱科学"}}
    draft = start_draft(
        season=people.world.season, place=people.world.city, line=None, origin="document", header={}, source=("通知.txt", paper),
        clauses=[{"data": clause, "state": "proposed", "proposal": {"spans": [[at, at + 5]]}}],
        by=a_coordinator(people.world.city_office), at=china(2023, 8, 25),
    )  # fmt: skip
    found = page(people.reviewer, reverse("workspace:draft-source", args=[draft.pk]))
    assert NUMBER not in str(found.html)
    assert MASKED in found.text
    assert "人人爱科学" in [mark.text for mark in found.all("mark")]
