#!/usr/bin/env python3
"""Take pictures of the demo: the README's four, and every page of the public's site, to be looked at.

    scripts/pictures [--only readme|pages] [--day 2023-09-19] [--in var/pictures] [--width PX]… [--light dark]…

It starts a demo of its own in a temporary folder, moves it to a day of the season and follows the links of the public's
site: every route that a link leads to comes by itself, so a new page needs no word here. What no link leads to is named
at the end. Beside them come pages in a state of their own (``STATES``, ``MARKS``, ``REFUSED``): nothing found, a day, a place, an activity
that is cancelled, in sessions, over with what came of it; a form sent empty, what its writer sees once it is sent, an
error. Each page is taken at 360, 768 and 1440 px by day, by night and in large type; an index.html shows them side by
side. Whatever is wrong with a page (wider than its window, a complaint of the browser) is said and makes it fail.
Needs Chromium; a font for Chinese is brought where the machine has none.
"""

from __future__ import annotations

import argparse
import html
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from PIL import Image
from shots import BROWSERS, WIDTHS, with_font

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "docs" / "pictures"
LIGHTS = {"light": "", "dark": "dark", "large": "large"}
# beside the public's own names, what shows the design
ALSO = ("look", "gallery", "gallery-clauses", "account_login")
# a page in a state of its own, by its address; {day} is the day to which the demo is moved, {unit} who is looked for
STATES = {
    "activities-by-words": "/activities/?q=科普+天文&sort=relevance", "activities-nothing-found": "/activities/?q=月球背面旅行",
    "activities-over": "/activities/?when=past", "activities-of-a-day": "/activities/?day={day}", "home-of-a-place": "/?place=441900",
    "calendar-of-a-day": "/calendar/?day={day}", "cloud-of-a-day": "/cloud/?day={day}", "map-of-a-place": "/map/?place=441900",
    "notices-nothing-found": "/notices/?q=月球背面", "figures-of-a-place": "/figures/?place=441900", "not-found": "/nothing-here/",
    "error-403": "/gallery/error/403/", "error-429": "/gallery/error/429/", "error-500": "/gallery/error/500/",
    "join-found": "/join/?q={unit}", "home-in-english": "/?lang=en", "activities-in-english": "/activities/?lang=en",
}  # fmt: skip
TYPED = {"activities-suggestions-open": ("/activities/", "#q", "东莞")}  # where words in a box open something
# forms that are sent empty, to see what they say; they stand on a page that was found by following links
REFUSED = {
    name: f"portal:{name.removesuffix('-refused')}"
    for name in ("error-report-new-refused", "join-new-refused", "join-claim-refused")
}
FORM = "main form:has(.form-actions)"
# what the browser complains of there
EXPECTED = {"not-found": 404, "error-403": 403, "error-429": 429, "error-500": 500} | dict.fromkeys(
    REFUSED, 422
)
# activities in a state of their own, by what their page holds; the first that holds it is taken
MARKS = {
    "activity-cancelled": r"activity-head\" data-off", "activity-in-sessions": 'id="sessions"', "activity-with-outcome": 'id="outcome"',
    "activity-with-poster": 'class="poster"', "activity-full": "名额已满", "activity-to-book": "external\"><svg[^>]*><use[^>]*check",
}  # fmt: skip
LOOKED_AT = 80  # activities of each list among which those states are looked for
MOST_HIGH = 12_000  # px: of a longer page the beginning is enough, and a browser takes its time for the whole
PATIENCE = 120_000  # milliseconds, on a machine with other things to do
PER_ROUTE = 3  # so many addresses of one route are followed for links
UNIT = "东莞"
PASSWORD = "kepu-yanlian-2023"
STARTS_WITHIN = 300  # seconds
WINDOW = {"width": 1280, "height": 800}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_demo(folder: str) -> Iterator[str]:
    """A demo that is ready, by its address; it ends with the block."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = {**os.environ, "KEPU_DATA_DIR": folder, "PYTHONPATH": str(ROOT)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    said = Path(folder) / "demo.log"
    with said.open("w") as log:
        demo = subprocess.Popen(
            [sys.executable, "-m", "kepu", "demo", "--port", str(port)],
            env=env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(f"{base}/healthz", demo, said)
        yield base
    finally:
        os.killpg(demo.pid, 15)
        demo.wait(30)


def wait_for(url: str, demo: subprocess.Popen[bytes], said: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and demo.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    sys.exit(f"The demo did not start:\n{said.read_text('utf-8')[-2000:]}")


def routes() -> dict[str, str]:
    """Every route of the public's site, with the address of those that need no argument ("" for the others)."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    _, resolver = get_resolver().namespace_dict["portal"]
    found = {}
    pages = (p for p in resolver.url_patterns if not getattr(p.callback, "only_writes", False))
    for name in [*dict.fromkeys(f"portal:{pattern.name}" for pattern in pages), *ALSO]:
        try:
            found[name] = reverse(name)
        except NoReverseMatch:
            found[name] = ""
    return found


def route_of(path: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def fetched(url: str, *, of: str = "html") -> tuple[int, str]:
    """The status of an address, and its page; "" for what is a file."""
    try:
        with urlopen(url, timeout=60) as answer:
            is_page = answer.headers.get_content_type().endswith(of)
            return answer.status, answer.read().decode("utf-8") if is_page else ""
    except HTTPError as error:
        return error.code, ""


@dataclass
class Site:
    """What was found by following links: an address for each page, the routes that are files, and what was refused."""

    pages: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


def followed_from_home(base: str) -> Site:
    """The site as its links show it."""
    wanted = routes()
    site = Site()
    seen: set[str] = set()
    times: Counter[str] = Counter()
    guessed = [address for address in wanted.values() if address]
    waiting = deque(["/", *guessed])
    while waiting:
        path = waiting.popleft()
        name = route_of(urlsplit(path).path)
        if path in seen or name not in wanted or times[name] >= PER_ROUTE:
            continue
        seen.add(path)
        times[name] += 1
        status, page = fetched(base + path)
        if status == 404 and path in guessed:
            continue  # an address that asks for a query
        if status != 200:
            site.refused.append(f"{path} answers {status}")
        elif "<html" not in page:  # a file, or a piece that a script puts into a page
            site.files.add(name)
        else:
            site.pages.setdefault(name, path)
            for link in re.findall(r'<a [^>]*href="([^"]+)"', page):
                target = urldefrag(urljoin(base + path, html.unescape(link)))[0]
                if target.startswith(f"{base}/"):
                    waiting.append(target.removeprefix(base))
    site.unreached = sorted(set(wanted) - set(site.pages) - site.files)
    return site


def in_their_states(base: str, day: str) -> dict[str, str]:
    """Pages in a state of their own, by its name; a state that no activity is in is left out."""
    found = {name: quote(path.format(day=day, unit=UNIT), safe="/?&=+") for name, path in STATES.items()}
    urls: list[str] = []
    for when in ("", "?when=past"):  # a rehearsal's activities are in no sitemap
        _status, listed = fetched(f"{base}/activities.csv{when}", of="csv")
        urls += re.findall(r"/activities/\d+/", listed)[:LOOKED_AT]
    for url in dict.fromkeys(urls):
        _status, page = fetched(base + url)
        for name, mark in MARKS.items():
            if name not in found and re.search(mark, page):
                found[name] = url
    return found


def handed_in(page, base: str, found: dict[str, str]) -> dict[str, str]:
    """What only its writer gets to see: a mistake is reported and a unit claimed, and their pages' addresses kept."""
    _status, listed = fetched(f"{base}/join/?q={quote(UNIT)}")
    claim = re.search(r'"(/join/claim/\d+/)"', listed)
    written = {
        "portal:error-report": (found.get("portal:error-report-new"), {"words": "地点应当是二楼报告厅。"}),
        "portal:join-status": (
            claim and claim[1],
            {"purpose": "填报科普日活动", "contact_name": "陈老师", "contact_phone": "0769-22000000", "contact_email": "chen@example.org"},
        ),
    }  # fmt: skip
    kept = {"portal:join-claim": claim[1]} if claim else {}
    for name, (address, words) in written.items():
        if not address:
            continue
        page.goto(base + address)
        form = page.locator(FORM)
        for field_name, said in words.items():
            form.locator(f"[name={field_name}]").fill(said)
        form.locator("[type=radio], [type=checkbox]").first.check()
        form.locator(".form-actions button").click()
        page.wait_for_url(lambda url, address=address: urlsplit(url).path != address)
        kept[name] = urlsplit(page.url).path
    return kept


def move_to(page, base: str, day: str) -> None:
    """The clock of the demo, by the form that everybody sees."""
    page.goto(base)
    page.fill("#rehearsal_date", day)
    page.locator("form", has=page.locator("#rehearsal_date")).locator("button").click()
    page.wait_for_load_state("networkidle")


def as_webp(png: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(png)).convert("RGB").save(path, "WEBP", quality=82, method=6)
    print(path.relative_to(ROOT), f"{path.stat().st_size / 1000:.0f} kB")


def for_the_readme(browser, base: str, found: dict[str, str]) -> None:
    """Home, list, detail and workspace, as they stand in the README."""
    context = browser.new_context(viewport=WINDOW, locale="zh-CN", color_scheme="light")
    page = context.new_page()
    of_the_public = {"home": "portal:home", "list": "portal:activities", "detail": "portal:activity"}
    for name, route in of_the_public.items():
        page.goto(base + found[route], wait_until="networkidle")
        as_webp(page.screenshot(), README / f"{name}.webp")
    page.goto(f"{base}/accounts/login/")
    page.fill("#id_login", "city")
    page.fill("#id_password", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/workspace/")
    page.wait_for_load_state("networkidle")
    as_webp(page.screenshot(), README / "workspace.webp")
    context.close()


def of_every_page(
    browser, base: str, found: dict[str, str], folder: Path, widths: list[int], lights: list[str]
) -> list[str]:
    """Each page at each width in each light, loaded once for all widths; returns what was wrong, and says it at once."""
    wrong: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    for light in lights:
        context = browser.new_context(locale="zh-CN")
        if look := LIGHTS[light]:
            context.add_cookies([{"name": "kepu_look", "value": look, "url": base}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        said: list[str] = []
        page.on(
            "console", lambda m, said=said: said.append(m.text) if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        for name, path in found.items():
            opened(page, base, name, path, width=widths[0])
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_load_state("networkidle")
                wide, high = page.evaluate(
                    "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
                )
                if wide > width:
                    said.append(f"at {width} px it is {wide} px wide")
                page.screenshot(
                    path=folder / f"{slug(name)}-{light}-{width}.png", full_page=True,
                    clip={"x": 0, "y": 0, "width": width, "height": min(high, MOST_HIGH)},
                )  # fmt: skip
            faults = {
                sentence for sentence in said if name not in EXPECTED or str(EXPECTED[name]) not in sentence
            }
            said.clear()
            print(f"{path} {light}", *sorted(faults), sep="\n  WRONG ", flush=True)
            wrong += [f"{path} ({light}): {sentence}" for sentence in sorted(faults)]
        context.close()
    return wrong


def opened(page, base: str, name: str, path: str, *, width: int) -> None:
    """The page before its first picture, with what is typed there, or its form sent empty."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + path, wait_until="networkidle")
    if name in TYPED:
        page.locator(TYPED[name][1]).press_sequentially(TYPED[name][2])
        page.locator(f"{TYPED[name][1]}[aria-expanded=true]").wait_for()
    if name in REFUSED:
        page.locator(FORM).locator(".form-actions button").click()
        page.locator(".form-errors").wait_for()


def slug(route: str) -> str:
    return route.removeprefix("portal:").replace("_", "-")


def index(found: dict[str, str], folder: Path, widths: list[int], lights: list[str]) -> None:
    """All pictures on one page."""
    parts = ['<!doctype html><meta charset="utf-8"><title>Pictures</title>']
    for name, path in found.items():
        parts.append(f"<h2>{html.escape(name)} <code>{html.escape(path)}</code></h2>")
        for light in lights:
            for width in widths:
                file = f"{slug(name)}-{light}-{width}.png"
                parts.append(
                    f'<a href="{file}"><img src="{file}" width="{width // 4}" loading="lazy" alt="{light} {width}"></a>'
                )
    (folder / "index.html").write_text("\n".join(parts) + "\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("readme", "pages"), help="one of the two")
    parser.add_argument("--day", default="2023-09-19", help="the day to which the demo is moved")
    parser.add_argument(
        "--in", dest="folder", default="var/pictures", help="where the pictures of all pages go"
    )
    parser.add_argument("--width", type=int, action="append", help="instead of 360, 768 and 1440")
    parser.add_argument("--light", choices=LIGHTS, action="append", help="instead of all")
    options = parser.parse_args()
    widths, lights = options.width or list(WIDTHS), options.light or list(LIGHTS)

    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print("No Chromium here: install one (apt-get install chromium).", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as scratch:
        os.environ.update(DJANGO_SETTINGS_MODULE="kepu.config.settings.demo", KEPU_DATA_DIR=scratch)
        import django

        django.setup()
        print("Preparing a demo.", flush=True)
        with a_demo(data) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=browser_path, args=["--no-sandbox", "--lang=zh-CN"], env=with_font(scratch)
            )
            page = browser.new_page()
            move_to(page, base, options.day)
            site = followed_from_home(base)
            wrong = site.refused
            if options.only != "pages":
                for_the_readme(browser, base, site.pages)
            if options.only != "readme":
                typed = {name: path for name, (path, _box, _words) in TYPED.items()}
                pages = site.pages | handed_in(page, base, site.pages)
                refused = {name: pages[route] for name, route in REFUSED.items() if route in pages}
                pages |= in_their_states(base, options.day) | typed | refused
                site.unreached = [name for name in site.unreached if name not in pages]
                wrong += of_every_page(browser, base, pages, Path(options.folder), widths, lights)
                index(pages, Path(options.folder), widths, lights)
                print(f"{len(pages)} pages: {Path(options.folder) / 'index.html'}")
                wrong += [f"No activity is there for {name}" for name in MARKS if name not in pages]
            browser.close()
    if site.unreached:
        print("No link leads to:", ", ".join(site.unreached))
    for sentence in wrong:
        print("WRONG", sentence)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
