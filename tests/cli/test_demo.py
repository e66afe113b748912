"""The demo as somebody starts it: a process of its own with a data directory of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def kepu(folder, *arguments, program=("kepu",), **more):
    """Run a command on the demo's data in ``folder``."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KEPU_", "DJANGO_", "PG"))}
    return {
        "args": [sys.executable, "-m", *program, *arguments], "cwd": ROOT, "text": True,
        "env": {**environment, "KEPU_DATA_DIR": str(folder), "PYTHONIOENCODING": "utf-8"}, **more,
    }  # fmt: skip


def run(folder, *arguments, **more):
    return subprocess.run(**kepu(folder, *arguments, **more), capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, one_empty_database):
    """A folder with the demo in it, and how its first start went; from tables to the play it is the program's own."""
    folder = tmp_path_factory.mktemp("demo")
    asked = "demo", "--prepare-only", "--day", "2023-08-19"
    return folder, run(folder, *asked, program=("tests.program", str(one_empty_database)))


def test_the_first_start_prepares_the_data(prepared):
    folder, first = prepared
    assert (first.returncode, first.stderr) == (0, "")
    assert "演练数据已准备好" in first.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["kepu.sqlite3", "personal-keys", "secret-key"]


def test_the_second_start_goes_on_with_what_is_there(prepared):
    folder, _first = prepared
    before = (folder / "kepu.sqlite3").stat().st_ino
    second = run(folder, "demo", "--prepare-only")
    assert (second.returncode, second.stderr) == (0, "")
    assert "接着上次的演练" in second.stdout
    assert (folder / "kepu.sqlite3").stat().st_ino == before


def test_the_rules_of_the_demo_can_be_explained(prepared):
    folder, _first = prepared
    said = run(folder, "explain", "--unit", "DG-SCHOOL-1", "--at", "2023-09-01", "activity.lead_days")
    assert "东科协〔2023〕17号 六（二）1（DG-48" in said.stdout


def played_through(folder):
    with closing(sqlite3.connect(folder / "kepu.sqlite3")) as connection:
        return connection.execute("SELECT played_through FROM rehearsal_rehearsalstate").fetchone()[0]


def move_clock(folder, days):
    with closing(sqlite3.connect(folder / "kepu.sqlite3")) as connection:
        connection.execute("UPDATE core_rehearsalclock SET shown = datetime(shown, ?)", [f"+{days} days"])
        connection.commit()


def test_when_the_clock_is_moved_the_worker_plays_on_and_it_stops_when_told(prepared):
    folder, _first = prepared
    assert played_through(folder) == "2023-08-18"
    move_clock(folder, days=2)
    worker = subprocess.Popen(
        **kepu(folder, "worker", "--quiet"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for _i in range(600):
        if played_through(folder) == "2023-08-20":
            break
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    said, faults = worker.communicate(timeout=60)
    assert (worker.returncode, said, faults) == (0, "", "")
    assert played_through(folder) == "2023-08-20"


def test_what_a_visitor_plays_is_left_alone_by_the_play(prepared):
    folder, _first = prepared
    with closing(sqlite3.connect(folder / "kepu.sqlite3")) as connection:
        (spared,) = connection.execute("SELECT spared FROM rehearsal_rehearsalstate").fetchone()
        codes = json.loads(spared)
        filed = dict(
            connection.execute(
                "SELECT u.code, count(*) FROM activities_activity a JOIN orgs_unit u ON u.id = a.unit_id GROUP BY u.code"
            )
        )
    assert (len(codes), "DG-SCHOOL-1" in codes) == (2, True)
    assert (len(filed) > 0, [code for code in codes if code in filed]) == (True, [])


def test_every_account_of_the_demo_has_received_notices(prepared):
    folder, _first = prepared
    with closing(sqlite3.connect(folder / "kepu.sqlite3")) as connection:
        rows = connection.execute(
            "SELECT p.username, n.code FROM notices_delivery d JOIN notices_notice n ON n.id = d.notice_id "
            "JOIN orgs_post o ON o.unit_id = d.unit_id JOIN accounts_person p ON p.id = o.person_id "
            "WHERE p.username IN ('teacher', 'town', 'city') GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall()
        opened = connection.execute(
            "SELECT count(opened_at) * 1.0 / count(*) FROM notices_delivery"
        ).fetchone()
    assert rows == [
        ("city", "national-2023"), ("teacher", "national-2023"), ("town", "dongguan-2023"), ("town", "national-2023"),
    ]  # fmt: skip
    assert 0.5 < opened[0] < 1.0


def test_a_file_with_something_else_in_it_is_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "kepu.sqlite3")) as connection:
        connection.execute("CREATE TABLE somebodys (work TEXT)")
    refused = run(tmp_path, "demo", "--prepare-only")
    assert refused.returncode == 1
    assert "里已有数据，但不是演练" in refused.stderr


def test_a_day_that_is_none_is_answered_with_how_to_write_it(tmp_path):
    refused = run(tmp_path, "demo", "--prepare-only", "--day", "9月8日")
    assert refused.returncode == 2
    assert "日期写成 2023-09-08 的样子" in refused.stderr
