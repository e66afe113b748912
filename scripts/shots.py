#!/usr/bin/env python3
"""Take pictures of pages at three widths, to be looked at.

    scripts/shots.py [--dark] [--in FOLDER] [--as USER:PASSWORD] [--width PX]… URL…

Each URL gives <name>-360.png, <name>-768.png and <name>-1440.png. It says when a page is wider than its window, or
when the browser complains of something. Needs Chromium, and brings a font for Chinese where the machine has none.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

WIDTHS = (360, 768, 1440)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <match target="pattern">
    <test name="family" qual="any"><string>sans-serif</string></test>
    <edit name="family" mode="prepend_first" binding="strong"><string>Noto Sans SC</string></edit>
  </match>
</fontconfig>
"""


def with_font(folder):
    """The environment in which a browser finds the font of the package justmytype-intl-cjk, if that is there.

    It stands for the system's own as well: where readers are, the letters and figures of a line are of one font too.
    """
    try:
        import justmytype_intl_cjk
    except ImportError:
        return dict(os.environ)
    fonts = Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl" / "notosanssc"
    config = Path(folder) / "fonts.conf"
    config.write_text(FONTS.format(folder=fonts), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def named(url):
    parts = urlsplit(url)
    return re.sub(r"[^a-z0-9]+", "-", f"{parts.path} {parts.query}".lower()).strip("-") or "home"


def sign_in(page, first, person):
    username, _, password = person.partition(":")
    page.goto(urljoin(first, "/accounts/login/"))
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("main form button")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--in", dest="folder", default="var/shots", help="where the pictures go")
    parser.add_argument("--as", dest="person", default="", metavar="USER:PASSWORD", help="sign in first")
    parser.add_argument("--dark", action="store_true", help="as on a device set to dark")
    parser.add_argument("--width", type=int, action="append", help="instead of 360, 768 and 1440")
    options = parser.parse_args()

    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print("No Chromium here: install one (apt-get install chromium).", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    complaints = 0
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--lang=zh-CN"], env=with_font(scratch)
        )
        context = browser.new_context(color_scheme="dark" if options.dark else "light", locale="zh-CN")
        page = context.new_page()
        said = []
        page.on(
            "console",
            lambda message: said.append(message.text) if message.type in ("error", "warning") else None,
        )
        if options.person:
            sign_in(page, options.urls[0], options.person)
        for url in options.urls:
            for width in options.width or WIDTHS:
                said.clear()
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(url, wait_until="networkidle")
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    said.append(f"is {wide} px wide")
                name = f"{named(url)}{'-dark' if options.dark else ''}-{width}.png"
                page.screenshot(path=folder / name, full_page=True)
                print(folder / name, *sorted(set(said)), sep="\n    ")
                complaints += len(said)
        browser.close()
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
