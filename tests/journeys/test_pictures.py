"""Pictures are added, described and put in order with the keyboard alone."""

import pytest

from kepu.activities.models import Minors, PictureKind
from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.pictures import a_photo
from tests.journeys.conftest import looked_at, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_STEPS = 80


@pytest.fixture
def photos(tmp_path):
    """Two photos as they come from a camera."""
    paths = [tmp_path / "观星.jpg", tmp_path / "手工.jpg"]
    for path, colour in zip(paths, ((30, 60, 140), (160, 90, 20)), strict=True):
        path.write_bytes(a_photo(colour=colour))
    return paths


def reach(page, control):
    """Walk there with the Tab key; whoever cannot get there without a mouse fails."""
    control.wait_for()
    for _step in range(MOST_STEPS):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no key leads there")


def choose(page, control, paths):
    reach(page, control)
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(paths)


def press(page, button):
    reach(page, button)
    page.keyboard.press("Enter")


def write(page, control, text):
    reach(page, control)
    page.keyboard.type(text)


def test_pictures_are_added_and_described_with_the_keyboard(school, folder, desktop, photos):
    it = an_activity(school, State.FILED)
    school_person = school.filer.person_name
    assert school_person
    # the browser hands the choosing over from here on; asked for with the key, the key could come first
    desktop.on("filechooser", lambda chooser: None)
    sign_in(desktop, "chen")
    desktop.goto(f"/workspace/activities/{it.pk}/pictures/")
    looked_at(desktop)

    # several at once, and once what holds for all of them
    choose(desktop, desktop.get_by_label("选图片，可以一次选几张"), photos)
    adding = desktop.locator("form[data-sends-pictures]").last
    reach(desktop, adding.get_by_role("radio").first)
    desktop.keyboard.press("Space")
    write(desktop, adding.get_by_label("作者或来源"), "石龙中学")
    press(desktop, adding.get_by_role("button", name="传图片"))
    desktop.get_by_text("传上了2张图片。").wait_for()
    # whoever reads with their ears stands where it is said
    assert desktop.evaluate("document.querySelector('main').contains(document.activeElement)")
    looked_at(desktop)

    for number, words in enumerate(("学生在操场上观星", "孩子们做雨量器")):
        picture = desktop.locator(".picture").nth(number)
        write(desktop, picture.get_by_label("图片说明"), words)
        press(desktop, picture.get_by_role("button", name="保存说明"))
        desktop.get_by_text("图片说明已保存。").wait_for()
        looked_at(desktop)
    press(desktop, desktop.locator(".picture").nth(1).get_by_role("button", name="往前放"))
    desktop.get_by_text("图片的先后已调整。").wait_for()

    kept = it.pictures.there().in_order().values_list("kind", "alt", "credit", "minors")
    said = (PictureKind.PICTURE, "石龙中学", Minors.NONE)
    assert [(alt, (kind, credit, minors)) for kind, alt, credit, minors in kept] == [
        ("孩子们做雨量器", said),
        ("学生在操场上观星", said),
    ]
