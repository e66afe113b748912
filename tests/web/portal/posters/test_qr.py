"""The QR code: what is drawn is what the standard's code says, with white around it."""

import re

from kepu.web.portal.posters import qr

ADDRESS = "https://kepu.example.cn/activities/1234/"


def test_the_path_covers_the_dark_modules_and_no_other():
    rows, svg = qr.modules(ADDRESS), qr.svg(ADDRESS)
    side = len(rows) + 2 * qr.QUIET
    dark = set()
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        dark |= {(int(x) + n, int(y)) for n in range(int(run))}
    assert dark == {
        (x + qr.QUIET, y + qr.QUIET) for y, row in enumerate(rows) for x, on in enumerate(row) if on
    }
    assert f'viewBox="0 0 {side} {side}"' in svg


def test_two_addresses_have_two_codes():
    assert qr.modules(ADDRESS) != qr.modules(ADDRESS.replace("1234", "1235"))
