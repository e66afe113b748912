"""A real nginx in front, set up as docs/finding.md says: it keeps what is for everybody, and never longer than it may."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from kepu.activities import actions
from kepu.activities.workflow import State
from tests.factories.activities import PUBLISHED, a_world, an_activity
from tests.factories.notices import china

DOCS = Path(__file__).resolve().parents[3] / "docs" / "finding.md"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def nginx(live_server, tmp_path, unused_port):
    """The address of an nginx that stands before the site; skipped where there is none."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    said = re.search(r"```nginx\n(.*?)```", DOCS.read_text("utf-8"), re.S)[1]
    said = said.replace("/var/cache/nginx/kepu", f"{tmp_path}/cache").replace(
        "listen 80;", f"listen 127.0.0.1:{unused_port};"
    )
    said = said.replace("http://127.0.0.1:8000", live_server.url)
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = "" if os.getuid() else "user root;"
    text = f"{own} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; {folders} {said} }}"
    (tmp_path / "nginx.conf").write_text(text)
    process = subprocess.Popen(
        [program, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)], stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{unused_port}"
    try:
        for _attempt in range(100):
            try:
                urllib.request.urlopen(f"{address}/healthz").read()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def fetch(address, **headers):
    request = urllib.request.Request(
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.headers["X-Cache"], answer.read().decode()


def test_it_keeps_pages_for_everybody_and_a_withdrawn_activity_goes_within_five_seconds(
    nginx, settings, monkeypatch
):
    settings.ALLOWED_HOSTS, settings.KEPU_REHEARSAL, settings.KEPU_REMEMBER = ["*"], False, 2.0
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 9, 1))
    activity = an_activity(a_world(), State.PUBLISHED)
    pages = [f"{nginx}/activities/", f"{nginx}/activities/{activity.pk}/"]
    for page in pages:
        assert [fetch(page)[0] for _n in range(3)] == ["MISS", "HIT", "HIT"]
        assert fetch(page, Cookie="kepu_look=large")[0] == "MISS"
        assert fetch(page, Cookie="kepu_session=somebody")[0] == "HIT"
        assert fetch(page, Cookie="messages=x")[0] == "BYPASS"
    assert fetch(f"{nginx}/accounts/login/")[0] == fetch(f"{nginx}/accounts/login/")[0] == "MISS"

    from kepu.orgs.models import Role
    from tests.factories.orgs import an_actor

    host = an_actor(activity.unit, Role.FILER, places=[activity.unit.place])
    activity.refresh_from_db()
    actions.cancel_activity(activity, reason="台风", by=host, at=PUBLISHED)
    withdrawn = time.monotonic()
    until = {}
    while len(until) < len(pages) and time.monotonic() < withdrawn + 10:
        for page in pages:
            if page not in until and "已取消" in fetch(page)[1]:
                until[page] = time.monotonic() - withdrawn
        time.sleep(0.1)
    assert sorted(until) == sorted(pages)
    assert max(until.values()) <= 5.2
