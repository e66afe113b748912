"""Style sheets, scripts and pictures: everything leads somewhere, and nothing leads away."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from kepu.web import context
from kepu.web.shared.tones import TONES
from kepu.web.stylesheets import JOINED, STYLESHEETS, stylesheets

STATIC = Path(context.__file__).parent / "static"
TEMPLATES = Path(context.__file__).parent / "templates"
SHEETS = sorted(STATIC.rglob("*.css"))
SCRIPTS = sorted(STATIC.rglob("*.js"))


def test_every_style_sheet_is_served_with_every_page_or_belongs_to_one():
    listed = {sheet.relative_to(STATIC).as_posix() for sheet in SHEETS if "pages" not in sheet.parts}
    assert listed == set(STYLESHEETS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_says_what_it_is_and_stays_in_its_layer(sheet):
    text = sheet.read_text("utf-8")
    assert text.startswith("/*")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip()
    assert re.match(r"@layer [\w, ]+(;|\s*\{)", rules)
    assert not re.search(
        r"https?:|//[a-z]|@import|!important(?! *;\s*\})", rules.replace("display: none !important", "")
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_takes_its_colours_from_the_tokens(sheet):
    if sheet.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/|@media print \{.*", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b", text) == []


def test_two_sheets_of_one_page_do_not_lay_out_the_same_class():
    """Names of pages are in one layer: the later sheet would change what the earlier one laid out."""
    laid = {
        sheet.relative_to(STATIC).as_posix(): set(re.findall(r"^  \.([a-z][\w-]*) \{", sheet.read_text("utf-8"), re.MULTILINE))
        for sheet in SHEETS
    }  # fmt: skip
    twice = []
    for template in TEMPLATES.rglob("*.html"):
        linked = re.findall(r"css/pages/[\w-]+\.css", template.read_text("utf-8"))
        twice += [
            (template.name, a, b, both) for a, b in combinations(linked, 2) if (both := laid[a] & laid[b])
        ]
    assert twice == []


def test_every_token_that_is_used_is_said():
    used, said = set(), set()
    for sheet in SHEETS:
        text = sheet.read_text("utf-8")
        used |= set(re.findall(r"var\((--[\w-]+)\)", text))
        said |= set(re.findall(r"(--[\w-]+):", text))
    assert used - said == set()


def signs():
    return set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text("utf-8")))


def test_every_sign_that_is_asked_for_is_drawn():
    asked = {tone.sign for tone in TONES.values()}
    for template in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r'\{% icon "([\w-]+)"', template.read_text("utf-8")))
    assert asked - signs() == set()


def test_every_behaviour_is_hung_by_the_main_script():
    main = (STATIC / "js" / "main.js").read_text("utf-8")
    named = set(re.findall(r'import\("\./behaviours/([\w-]+\.js)"\)', main))
    assert named == {script.name for script in SCRIPTS if script.parent.name == "behaviours"}


def test_production_gives_every_file_a_name_by_its_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "kepu.config.static.HashedStaticFiles"},
    }

    call_command("collectstatic", verbosity=0, interactive=False)

    (main,) = (tmp_path / "js").glob("main.????????????.js")
    behaviours = re.findall(r"behaviours/([\w.-]+\.js)", main.read_text("utf-8"))
    assert len(behaviours) == len(list((STATIC / "js" / "behaviours").iterdir()))
    for name in behaviours:
        assert re.fullmatch(r"[\w-]+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "js" / "behaviours" / name).exists()


def test_production_joins_the_style_sheets_of_every_page(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "kepu.config.static.HashedStaticFiles"},
    }

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)  # and again, as after an upgrade

    (sheet,) = (tmp_path / "css" / "joined").glob("shared.????????????.css")
    assert sheet.with_name(f"{sheet.name}.gz").exists()
    text = sheet.read_text("utf-8")
    assert text.startswith("@layer tokens, base, layout, components, pages, utilities;")
    rules = [
        re.sub(r"/\*.*?\*/|\s", "", (STATIC / name).read_text("utf-8"), flags=re.DOTALL)
        for name in STYLESHEETS
    ]
    assert re.sub(r"\s|\.[0-9a-f]{12}(?=\.svg)", "", text) == "".join(rules)
    pictures = re.findall(r'url\("([^"#]+)"\)', text)
    assert pictures
    for picture in pictures:  # found from where the joined sheet lies
        assert (sheet.parent / picture).resolve().is_relative_to(tmp_path)
        assert (sheet.parent / picture).exists()
    assert stylesheets() == (JOINED,)


def test_what_templates_ask_for_is_there():
    for template in TEMPLATES.rglob("*.html"):
        for name in re.findall(r"\{% static '([^']+)' %\}", template.read_text("utf-8")):
            assert finders.find(name), f"{template.name}: {name}"
