"""The gallery: every component with its states on one page, in any look."""

from pathlib import Path

import pytest

from kepu.web.gallery import views
from kepu.web.gallery.parts import PARTS
from tests.web.test_colours import COLOURS

WEB = Path(views.__file__).parents[1]


@pytest.fixture(autouse=True)
def rehearsal(settings):
    settings.KEPU_REHEARSAL = True


def test_every_part_stands_on_the_page_in_its_order(client, page):
    found = page(client, "/gallery/")

    assert [h2["id"] for h2 in found.all("h2") if h2["id"].startswith("g-") and h2["class"] == "ruled"] == [
        f"g-{part.key}" for part in PARTS
    ]
    assert [a["href"] for a in found.one(class_="gallery-toc").all("a")] == [
        f"#g-{part.key}" for part in PARTS
    ]


def test_every_file_of_a_part_belongs_to_one():
    files = {file.stem for file in (WEB / "templates" / "gallery" / "parts").glob("*.html")}
    assert files == {part.key for part in PARTS}


def test_every_colour_and_every_sign_is_shown(client, page):
    found = page(client, "/gallery/")
    assert {swatch["data-token"] for swatch in found.all(class_="swatch")} == set(COLOURS)
    assert {code.text for code in found.one(class_="signs").all("code")} == set(views.signs())
    sheet = (WEB / "static" / "css" / "pages" / "gallery.css").read_text("utf-8")
    assert [token for token in COLOURS if f'[data-token="{token}"]' not in sheet] == []


def test_every_kind_of_button_stands_in_every_state(client, page):
    rows = list(page(client, "/gallery/").one(class_="states").one("tbody").all("tr"))
    assert [len(list(row.all("button"))) for row in rows] == [len(views.BUTTON_STATES)] * len(
        views.BUTTON_KINDS
    )


@pytest.mark.parametrize("code", [code for code, _ in views.PREVIEWS])
def test_it_shows_itself_in_each_look_without_changing_ones_own(client, page, code):
    found = page(client, f"/gallery/?look={code}")
    assert found.one("html")["data-look"] == code.replace(".", " ")
    assert found.one(class_="gallery-looks").one("a", aria_current="true")["href"] == f"?look={code}"
    assert not page(client, "/gallery/").one("html").has("data-look")


def test_it_is_not_there_where_people_work(client, settings):
    settings.KEPU_REHEARSAL = False
    assert client.get("/gallery/").status_code == 404
