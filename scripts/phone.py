#!/usr/bin/env python3
"""Measure the first three pages of the public on a slow phone: what they weigh, when the largest part is painted, what jumps.

    scripts/phone [--times 5]

A server of a place of work with a season that is on today and a thousand activities, in a temporary database. Chromium plays
a phone with a cold cache on a line of 1.6 Mbit/s down, 750 kbit/s up and 150 ms, with a processor four times slower than
this one. The weight is what comes compressed; the pages themselves come uncompressed, since that is the work of the nginx in
front (docs/finding.md), so they are painted a little later here than there. Needs Chromium. It says figures and judges nothing.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from shots import BROWSERS, with_font

ACTIVITIES = 1000
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
PHONE = {
    "viewport": {"width": 360, "height": 800},
    "device_scale_factor": 2,
    "is_mobile": True,
    "locale": "zh-CN",
}
WATCH = """() => new Promise((done) => {
  const seen = {lcp: 0, what: "", shift: 0};
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) [seen.lcp, seen.what] = [e.startTime, e.element?.outerHTML.slice(0, 60) ?? ""];
  }).observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) seen.shift += e.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(seen), 500);
})"""


@dataclass(frozen=True)
class Seen:
    """What one opening of a page came to."""

    lcp: float
    what: str
    shift: float
    weight: int
    requests: int


def opened(browser, url: str) -> Seen:
    """A page as one sees it who was never here."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    came: list[float] = []
    line.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    answer = page.goto(url, wait_until="networkidle")
    seen = page.evaluate(WATCH)
    body = answer.body()
    saved = len(body) - len(gzip.compress(body, 6)) if "content-encoding" not in answer.headers else 0
    context.close()
    return Seen(seen["lcp"], seen["what"], seen["shift"], int(sum(came)) - saved, len(came))


def said(name: str, looks: list[Seen]) -> str:
    one = looks[0]
    return (
        f"{name:8} LCP {median(look.lcp for look in looks) / 1000:.2f} s ({one.what})\n"
        f"         {one.weight / 1000:.1f} kB in {one.requests} requests, layout shift {max(look.shift for look in looks):.4f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=5, help="how often each page is opened")
    options = parser.parse_args()
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        print("No Chromium here: install one (apt-get install chromium).", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="kepu-phone-") as scratch:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kepu.config.settings.demo")
        os.environ["KEPU_DATA_DIR"] = scratch
        import django

        django.setup()
        from django.utils.timezone import now

        from kepu.cli.bench.crowd import FIRST, crowd
        from kepu.cli.bench.deadline import HOST
        from kepu.cli.bench.serving import OURS, a_real_season, serving
        from kepu.cli.throwaway import throwaway
        from kepu.core.calendar import start_of_day

        print("Preparing a season.", flush=True)
        with throwaway("sqlite", safe=True) as address:
            _season, patterns = a_real_season(address, Path(scratch))
            crowd(
                patterns,
                ACTIVITIES,
                since=start_of_day(now().date() + timedelta(days=1)) + timedelta(hours=9),
            )
            pages = {"home": "/", "list": "/activities/", "detail": f"/activities/{FIRST}/"}
            with serving(address, Path(scratch), OURS, remember="2") as (port,):
                seen: dict[str, list[Seen]] = {name: [] for name in pages}
                # playwright's own loop runs in this thread: the database is asked before it begins
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=browser_path, args=["--no-sandbox"], env=with_font(scratch)
                    )
                    for name, path in pages.items():
                        url = f"http://{HOST}:{port}{path}"
                        opened(browser, url)  # the server's first time is not the phone's
                        seen[name] = [opened(browser, url) for _time in range(options.times)]
                        print(said(name, seen[name]), flush=True)
                    browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
