"""``kepu demo``: the season of the five notices, open at a day, with made-up units; nothing to install beside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.cli import serve
from kepu.cli.loading import seasons_folder
from kepu.cli.rehearse import SEASON, loaded, progress_of_days
from kepu.cli.throwaway import PRAGMAS, instead
from kepu.config.database import database
from kepu.core import clock, files, space, tallies
from kepu.core.calendar import at_hour, start_of_day
from kepu.core.refusals import NotAllowed
from kepu.rehearsal.cast import set_up_cast
from kepu.rehearsal.models import RehearsalState
from kepu.rehearsal.script import span_of
from kepu.rehearsal.season import open_rehearsal, play_until
from kepu.rehearsal.visitors import PASSWORD, VISITORS, invite_visitors

DAY = "2023-09-08"
SEED, UNITS, ACTIVITIES = 2023, 330, 260
HOST = "127.0.0.1"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port; the next free one if taken. / 端口",
)
@click.option(
    "--day",
    "day_text",
    default="",
    help=f"Day at which the season is opened; {DAY} unless said. / 从哪一天看起",
)
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and begin anew. / 重新开始")
@click.option("--prepare-only", is_flag=True, help="Prepare the data and do not serve. / 只准备数据")
def command(port: int, day_text: str, fresh: bool, prepare_only: bool) -> None:
    """Open a working science day of 2023: real rules, made-up units, a clock that you may move forward.

    The data lie in KEPU_DATA_DIR (./var unless said); a second start goes on where the first one stopped.
    """
    day = _day(day_text) if day_text else None
    prepare(day, fresh=fresh)
    if prepare_only:
        return
    free = serve.next_free(HOST, port)
    if free != port:
        click.echo(_("端口 %(taken)s 已被占用，改用 %(port)s。") % {"taken": port, "port": free})
    for line in greeting(free):
        click.echo(line)
    with _worker(free):
        serve.run(HOST, free, workers=1, respawn=False)
    click.echo(_("演练已停止。下次用同样的命令接着看。"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(_("日期写成 2023-09-08 的样子。"), param_hint="--day") from None


def prepare(day: date | None, *, fresh: bool = False) -> bool:
    """See to it that the demo's database is there and stands at the day; returns whether it was made anew."""
    path = _file()
    if path.exists():
        space.check()  # before anything is thrown away
    if fresh:
        connection.close()
        _remove(path)
        files.clear()
    state = _state(path)
    if state is None:
        click.echo(_("正在准备演练数据，大约半分钟。"))
        with _building(path):
            _build(day or date.fromisoformat(DAY))
        click.echo(_("演练数据已准备好，放在 %(folder)s。") % {"folder": path.parent})
        return True
    call_command("migrate", verbosity=0)
    space.enter()
    click.echo(_("接着上次的演练。要重新开始，请用 --fresh。"))
    if day is not None:
        clock.set_rehearsal_clock(at_hour(day, "9:00"))
    play_until(clock.now())
    return False


def _build(day: date) -> None:
    """Everything from an empty database to the morning of the day, through the acts."""
    call_command("migrate", verbosity=0)
    space.enter()
    season = loaded(seasons_folder() / SEASON)
    span = span_of(season)
    before = start_of_day(span.first) - timedelta(hours=15)
    set_up_cast(UNITS, seed=SEED, at=before)
    spared = invite_visitors(at=before)
    open_rehearsal(season, seed=SEED, activities=ACTIVITIES, spared=spared)
    at = at_hour(day, "9:00")
    with progress_of_days(max(0, (min(day, span.last) - span.first).days), shown=True) as on_day:
        play_until(at, on_day=on_day)
    while tallies.fold():
        pass
    clock.set_rehearsal_clock(at)


def _file() -> Path:
    """Where the demo's database is. Refuses where it is not a rehearsal on a file of its own."""
    entry = settings.DATABASES["default"]
    if not settings.KEPU_REHEARSAL or "sqlite" not in str(entry["ENGINE"]):
        raise NotAllowed(_("演练要用自己的设置和自己的数据库文件。请不带 DJANGO_SETTINGS_MODULE 再试。"))
    return Path(entry["NAME"])


def _state(path: Path) -> RehearsalState | None:
    """The rehearsal in the file; None where there is none. A file with something else in it is left alone."""
    if not path.exists():
        return None
    try:
        state = RehearsalState.objects.filter(pk=1).first()
    except DatabaseError:
        state = None
    if state is None and connection.introspection.table_names():
        raise NotAllowed(
            _("%(file)s 里已有数据，但不是演练。请用 KEPU_DATA_DIR 换一个目录，或用 --fresh 重新开始。")
            % {"file": path}
        )
    return state


@contextmanager
def _building(path: Path) -> Iterator[None]:
    """Work on a file beside it, which takes its place when it is whole: a broken-off start leaves nothing half made."""
    draft = path.with_name(f"{path.stem}-preparing{path.suffix}")
    _remove(draft)
    entry = database("sqlite:///draft")
    entry["NAME"] = draft
    entry["OPTIONS"]["init_command"] = PRAGMAS
    try:
        with instead(entry):
            yield
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        os.replace(draft, path)
    finally:
        _remove(draft)
        _remove(path, only_beside=path.exists())


def _remove(path: Path, *, only_beside: bool = False) -> None:
    """Remove a database file and what SQLite keeps beside it."""
    for end in ("-wal", "-shm", "-journal") if only_beside else ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def greeting(port: int) -> list[str]:
    """Where to look, and as whom."""
    at = clock.now()
    address = f"http://localhost:{port}"
    lines = [
        "",
        click.style(_("演练：现在是%(day)s %(time)s。单位、人员和活动都是编的，规则来自五份真实通知。")
                    % {"day": date_format(at, "DATE_FORMAT"), "time": f"{at:%H:%M}"}, bold=True),
        "",
        _("  公众（不用登录）  %(address)s/") % {"address": address},
        _("  单位人员登录      %(address)s%(path)s") % {"address": address, "path": reverse("account_login")},
        "",
    ]  # fmt: skip
    lines += [f"    {visitor.username:<8}  {visitor.does}" for visitor in VISITORS]
    return [
        *lines,
        _("    密码都是 %(password)s") % {"password": PASSWORD},
        "",
        _("页面上方可以把时间往后调。按 Ctrl-C 停止。"),
        "",
    ]


@contextmanager
def _worker(port: int) -> Iterator[None]:
    """A worker beside the server, in a process of its own, for as long as the server runs."""
    os.environ["KEPU_PUBLIC_URL"] = settings.KEPU_PUBLIC_URL = f"http://localhost:{port}"
    worker = subprocess.Popen([sys.executable, "-m", "kepu", "worker", "--quiet"])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()
