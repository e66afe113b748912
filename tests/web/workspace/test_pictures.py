"""Pictures in the workspace: sent from a phone, several at once, without scripts; seen by who sees the activity."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.models import Picture, PictureKind
from kepu.activities.workflow import State
from kepu.core import files
from kepu.web import uploads
from tests.factories.activities import an_activity, loaded
from tests.factories.pictures import a_photo, a_picture

SAID = {"minors": "none", "credit": "石龙中学"}


@pytest.fixture
def activity(people, folder):
    return an_activity(people.world, State.FILED)


def address(activity, rest=""):
    return f"/workspace/activities/{activity.pk}/pictures/{rest}"


def sent(client, activity, *chosen, kind="picture", **said):
    said = {f"{kind}-{name}": text for name, text in {"kind": kind, **SAID, **said}.items()}
    return client.post(address(activity), {**said, f"{kind}-file": chosen})


def a_file(name="IMG_0001.jpg", content=None):
    return SimpleUploadedFile(name, content or a_photo(), "image/jpeg")


def test_several_at_once_and_of_the_bad_one_it_is_said_why(people, activity, page):
    chosen = [
        a_file("a.jpg"),
        a_file("坏.jpg", a_photo()[:900]),
        a_file("b.png", a_photo(kind="PNG", colour=(0, 90, 0))),
    ]
    answer = sent(people.filer, activity, *chosen)
    assert (answer.status_code, answer["Location"]) == (303, address(activity))

    shown = page(people.filer, address(activity)).text
    assert "传上了2张图片。" in shown
    assert "“坏.jpg”没有收下：图片打不开，可能没有传完整。" in shown
    assert list(activity.pictures.in_order().values_list("file_kind", "minors", "credit")) == [
        ("jpeg", "none", "石龙中学"), ("png", "none", "石龙中学"),
    ]  # fmt: skip


def test_a_poster_says_in_words_what_it_shows(people, activity, page):
    assert sent(people.filer, activity, a_file(), kind="poster", alt="").status_code == 303
    assert "公众看不到：还没有写海报的说明。" in page(people.filer, address(activity)).text
    poster = activity.pictures.get()
    told = {f"p{poster.pk}-{name}": text for name, text in {**SAID, "alt": "时间、地点和一棵草药"}.items()}
    answer = people.filer.post(address(activity, f"{poster.pk}/description/"), told)
    assert answer["Location"] == f"{address(activity)}#picture-{poster.pk}"
    assert "公众看不到" not in page(people.filer, address(activity)).text
    assert (activity.pictures.get().kind, activity.pictures.get().alt) == ("poster", "时间、地点和一棵草药")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "“x.jpg”没有收下：这不是图片。"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "另存为 JPEG 再传。"),
    ],
)
def test_what_was_typed_stays_when_nothing_could_be_kept(people, activity, content, sentence):
    answer = sent(people.filer, activity, a_file("x.jpg", content), kind="poster", alt="一棵草药")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown
    assert "一棵草药</textarea>" in shown
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(("n", "sentence"), [(0, "请先选图片。"), (10, "一次最多选9张。")])
def test_how_many_may_be_chosen(people, activity, n, sentence):
    answer = sent(people.filer, activity, *(a_file(f"{k}.jpg", b"never looked at") for k in range(n)))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_said_too_long_it_is_kept_and_said_where(people, activity):
    picture = a_picture(people.world, activity)
    told = {f"p{picture.pk}-alt": "长" * 201, f"p{picture.pk}-minors": "none", f"p{picture.pk}-credit": ""}
    answer = people.filer.post(address(activity, f"{picture.pk}/description/"), told)
    assert answer.status_code == 422
    assert "图片说明最多200个字，现在有201个字。" in answer.content.decode()
    assert "长" * 201 in answer.content.decode()


def test_order_and_removal_by_buttons(people, activity):
    one, two = (a_picture(people.world, activity, word, alt=word) for word in ("one", "two"))
    people.filer.post(address(activity, f"{two.pk}/position/"), {"to": "earlier"})
    assert list(activity.pictures.there().in_order()) == [two, one]
    people.filer.post(address(activity, f"{two.pk}/removal/"))
    assert list(activity.pictures.there().in_order()) == [one]


def test_the_reviewer_removes_with_a_reason(people, activity, page):
    picture = a_picture(people.world, activity)
    assert "为什么移除" in page(people.reviewer, address(activity)).text
    assert "传了图片" in page(people.reviewer, f"/workspace/activities/{activity.pk}/").text
    people.reviewer.post(address(activity, f"{picture.pk}/removal/"), {"reason": ""})
    assert Picture.objects.there().count() == 1
    people.reviewer.post(address(activity, f"{picture.pk}/removal/"), {"reason": "认得出学生"})
    assert Picture.objects.there().count() == 0
    shown = page(people.filer, f"/workspace/activities/{activity.pk}/").text
    assert ("移除了图片" in shown, "认得出学生" in shown) == (True, True)


def test_who_sees_the_activity_sees_its_files(people, activity):
    picture = a_picture(people.world, activity, minors="")
    places = [address(activity, f"{picture.pk}/320.webp"), address(activity, f"{picture.pk}/original/")]
    for client, status in ((people.filer, 200), (people.town, 200), (people.outsider, 404)):
        assert [client.get(place).status_code for place in places] == [status] * 2
    small, whole = (people.filer.get(place) for place in places)
    assert (small["Content-Type"], small["Cache-Control"]) == (
        "image/webp",
        "private, max-age=86400, immutable",
    )
    assert small["X-Content-Type-Options"] == "nosniff"
    assert (whole["Content-Disposition"], whole["Cache-Control"]) == (
        f'attachment; filename="picture-{activity.pk}-{picture.pk}.jpg"', "private, no-store"
    )  # fmt: skip
    assert people.filer.get(address(activity, f"{picture.pk}/321.webp")).status_code == 404
    other = an_activity(people.world, State.DRAFT)
    assert people.filer.get(address(other, f"{picture.pk}/320.webp")).status_code == 404


def test_a_file_that_is_lost_is_not_a_fault_of_the_page(people, activity, page, folder):
    picture = a_picture(people.world, activity)
    for path in folder.rglob(f"{picture.digest}*"):
        path.unlink()
    assert people.filer.get(address(activity, f"{picture.pk}/320.webp")).status_code == 404
    assert people.filer.get(address(activity, f"{picture.pk}/original/")).status_code == 404
    assert page(people.filer, address(activity)).text


def test_the_page_asks_as_much_for_nine_as_for_one(people, activity):
    a_picture(people.world, activity, kind=PictureKind.POSTER)
    people.filer.get(address(activity))
    counts = []
    for more in (0, 9):
        for n in range(more):
            a_picture(people.world, activity, str(n))
        with CaptureQueriesContext(connection) as asked:
            people.filer.get(address(activity))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_after_publication_the_page_says_that_it_shows_at_once(people, folder, page):
    activity = an_activity(people.world, State.PUBLISHED)
    assert "公众随即看到，不再经过审核" in page(people.filer, address(activity)).text
    sent(people.filer, activity, a_file())
    assert loaded(activity).public_version == 2
    assert files.is_kept(activity.pictures.get().digest)


def test_a_form_larger_than_anybody_needs_is_turned_away_unread(people, activity, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10_000)
    heavy = a_file(content=a_photo() + b"x" * 10_000)
    assert sent(people.filer, activity, heavy).status_code == 400
    assert sent(people.filer, activity, a_file()).status_code == 303


def test_what_a_clerk_has_yet_to_say_is_open_and_the_rest_is_folded(people, activity, page):
    a_picture(people.world, activity, "told")
    a_picture(people.world, activity, "silent", minors="", alt="")
    shown = page(people.filer, address(activity))
    folds = [fold for fold in shown.all("details") if "说明" in fold.one("summary").text]
    assert [(fold.has("open"), fold.one("summary").text) for fold in folds] == [
        (False, "改说明"),
        (True, "写说明"),
    ]
