"""The front page is light: all that it loads, compressed, and how much of it a weak line waits for."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from kepu.config.static import joined
from kepu.web.stylesheets import STYLESHEETS
from tests.factories.notices import a_clause, a_notice, china

MOST = 50_000
TITLE = "第{:02}场，名字有三十个字左右那么长的一场科普活动，讲讲身边的科学道理"


def packed(content):
    return len(gzip.compress(content, 6))


def file_of(name):
    return Path(finders.find(name))


@pytest.fixture
def full_house(world, publish):
    """A month's season with a notice and every list of the front page full."""
    notice = a_notice(world.season, world.nation, "na", number="科协发普字〔2023〕15号")
    a_clause(notice, "NA-05", "theme", {"text": "提升全民科学素质，助力科技自立自强"}, number="一")
    month = {
        "code": "concentrated",
        "title": "集中开展",
        "start": {"date": "2023-09-01"},
        "end": {"date": "2023-09-30"},
    }
    a_clause(notice, "NA-06", "window", month, number="一")
    for n in range(24):
        day = (11, 16, 18)[n % 3]
        publish(
            TITLE.format(n),
            starts_at=china(2023, 9, day, 12),
            ends_at=china(2023, 9, day, 14),
            key_activity=n > 16,
        )


def loaded(html):
    """Every file of ours that the page asks for, those of its style sheets and scripts included: name, content."""
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html))
    sheets = {name for name in names if name.endswith(".css")}
    assert set(STYLESHEETS) < sheets
    shared = joined([file_of(name).read_text("utf-8") for name in STYLESHEETS])
    files = {"shared.css": shared.encode()}
    for name in names - set(STYLESHEETS):
        files[name] = file_of(name).read_bytes()
    for name in sheets:
        for picture in re.findall(r'url\("(?:\.\./)+([^"]+)"\)', file_of(name).read_text("utf-8")):
            files[picture] = file_of(picture).read_bytes()
    main = files["js/main.js"].decode()
    for selector, script in re.findall(r'"([^"]+)": \(\) => import\("\./(behaviours/[\w-]+\.js)"\)', main):
        attribute = re.search(r"\[([\w-]+)", selector)[1]
        if f" {attribute}" in html or attribute == "method":
            files[f"js/{script}"] = file_of(f"js/{script}").read_bytes()
    return files


def test_the_front_page_weighs_less_than_fifty_kilobytes_with_all_it_loads(client, full_house):
    html = client.get("/").content
    files = loaded(html.decode())
    assert {
        "img/hills.svg",
        "img/icons.svg",
        "js/main.js",
        "js/behaviours/near.js",
        "css/pages/portal.css",
    } <= set(files)

    weight = {"the page": packed(html), **{name: packed(content) for name, content in files.items()}}

    assert sum(weight.values()) < MOST, weight
    assert len(files) <= 14  # requests


def test_to_save_data_it_leaves_out_the_picture(client, full_house):
    usual = client.get("/").content.decode()
    saving = client.get("/", headers={"Save-Data": "on"}).content.decode()
    assert ('class="dial"' in usual, 'class="dial"' in saving) == (True, False)
