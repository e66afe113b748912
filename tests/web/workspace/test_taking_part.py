"""The questions of taking part and accessibility in the filing form, and the one press that says it is full."""

from uuid import uuid4

import pytest

from kepu.activities.models import Activity, Publication
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from tests.factories.activities import an_activity, loaded
from tests.web.workspace.conftest import newest, typed

NEW = "/workspace/activities/new/"
BOOKED = {
    "taking_part": "booking", "booking_link": "https://book.example.cn/7", "booking_note": "打场馆电话", "capacity": "50",
    "accessibility": ["wheelchair", "captions"], "accessibility_note": "从东门进",
}  # fmt: skip


def at(activity, noun=""):
    return f"/workspace/activities/{activity.pk}/{noun + '/' if noun else ''}"


def test_what_is_typed_is_kept_shown_previewed_and_copied(people, page):
    people.filer.post(NEW, {"token": uuid4(), **typed(**BOOKED), "act": "save"})
    it = newest()
    kept = {name: getattr(it, name) for name in BOOKED}
    assert kept == {**BOOKED, "capacity": 50}
    form = page(people.filer, at(it, "edit"))
    ticked = [
        box["value"] for box in form.all("input") if box["name"] == "accessibility" and box.has("checked")
    ]
    assert (ticked, form.one("input", name="capacity")["value"]) == (["wheelchair", "captions"], "50")
    said = page(people.filer, at(it)).text
    assert all(word in said for word in ("怎么参加", "需要预约", "轮椅可以进出、字幕", "从东门进"))
    assert "到 book.example.cn 预约" in page(people.filer, at(it, "preview")).text

    people.filer.post(at(it, "copy"))
    assert {name: getattr(newest(), name) for name in kept} == kept
    assert newest().pk != it.pk


@pytest.mark.parametrize(("name", "value"), [("booking_link", "book.example.cn"), ("capacity", "-3")])
def test_what_is_unfit_stands_at_its_question_with_what_was_typed(people, read, name, value):
    found = read(people.filer.post(NEW, {"token": uuid4(), **typed(**BOOKED | {name: value}), "act": "save"}))
    box = found.one("input", name=name)
    assert (box["value"], box["aria-invalid"]) == (value, "true")
    assert Activity.objects.count() == 0


def test_one_press_says_that_it_is_full_and_another_takes_it_back(people, page):
    it = an_activity(people.world, State.PUBLISHED, taking_part="booking", capacity=50)

    def press():
        found = page(people.filer, at(it))
        button = found.one("form", action=at(it, "places"))
        sent = {box["name"]: box["value"] for box in button.all("input")}
        return page(people.filer, people.filer.post(button["action"], sent)["Location"])

    found = press()
    assert found.notices == ["已标明名额已满，公众已经看到。"]
    assert "公众看到的是：名额已满。" in found.text
    assert Publication.objects.get(pk=it.pk).is_full
    # another tab that still offers the same does no harm
    people.filer.post(at(it, "places"), {"full": "yes"})
    assert AuditEntry.objects.filter(event="activity.full").count() == 1
    assert press().notices == ["已标明还有名额，公众已经看到。"]
    assert (loaded(it).full, Publication.objects.get(pk=it.pk).is_full) == (False, False)
    assert "标明还有名额" in page(people.filer, at(it)).text


def test_only_the_host_is_offered_it(people, page):
    it = an_activity(people.world, State.PUBLISHED, taking_part="booking")
    for other in (people.reviewer, people.town):
        assert [
            form["action"] for form in page(other, at(it)).all("form") if "places" in (form["action"] or "")
        ] == []
        answer = other.post(at(it, "places"), {"full": "yes"}, follow=True).content.decode()
        assert "只有举办单位的填报岗位才能这样做" in answer
    assert not loaded(it).full


def test_a_change_of_it_holds_at_once(people, page):
    it = an_activity(people.world, State.PUBLISHED)
    found = page(people.filer, at(it, "change"))
    part = found.one(id="part-join")
    assert "改了马上生效" in part.text
    assert "改了要重新审核" not in part.text
