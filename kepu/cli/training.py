"""``kepu training``: a space for practising beside the real one, with the real notices and nobody's data."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils.translation import gettext as _

from kepu.cli.throwaway import PRAGMAS, instead
from kepu.config.database import training_database
from kepu.core import clock, keys, space
from kepu.core.calendar import at_hour
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.core.space import Space, WrongSpace
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.rehearsal.training.accounts import Seat, make_accounts
from kepu.rehearsal.training.copying import REAL, copy_from_real

SEATS = 20
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """A space for practising. / 培训空间"""


@command.command(name="open")
@click.option(
    "--place", "code", default="CN", show_default=True, help="Whose units practise. / 哪个地区的单位来练习"
)
@click.option(
    "--seats",
    default=SEATS,
    show_default=True,
    type=click.IntRange(0, 500),
    help="Accounts for filers. / 填报账号数",
)
@click.option(
    "--day", "day_text", default="", help="Day at which the space stands; today unless said. / 停在哪一天"
)
def open_(code: str, seats: int, day_text: str) -> None:
    """Make the training space, or make it anew: real places, units and notices; made-up people; nothing that was practised.

    Run it with the settings of the real installation. Stop the training space's server and worker before.
    """
    day = _day(day_text) if day_text else None
    password = "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(3))
    with fresh_space(training_entry()):
        rows = copy_from_real()
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise Incomplete(_("没有代码为“%(code)s”的地区。") % {"code": code})
        made = make_accounts(place, seats=seats, password=password, at=clock.real())
        if day is not None:
            clock.set_rehearsal_clock(at_hour(day, "9:00"))
        open_seasons = list(Season.objects.filter(is_open=True).order_by("pk"))
    for line in _told(rows, made, password, open_seasons):
        click.echo(line)


@command.command(name="clock")
@click.argument("day_text", metavar="DAY")
def clock_(day_text: str) -> None:
    """Let the training space stand at nine in the morning of DAY; it runs on from there. / 调到哪一天"""
    entry = training_entry()
    if kind_of(entry) is not Space.REHEARSAL:
        raise NotAllowed(_("还没有培训空间。请先运行 kepu training open。"))
    with instead(entry):
        clock.set_rehearsal_clock(at_hour(_day(day_text), "9:00"))
    click.echo(_("培训空间现在是 %(day)s 上午9点。") % {"day": day_text})


def training_entry() -> dict[str, Any]:
    """Where the training space's database is. Refuses from anywhere but a real installation."""
    if settings.KEPU_REHEARSAL:
        raise NotAllowed(
            _(
                "培训空间要从正式的一套建立：请设 DJANGO_SETTINGS_MODULE=kepu.config.settings.production，不设 KEPU_REHEARSAL。"
            )
        )
    space.check()
    try:
        return training_database(connection.settings_dict, settings.KEPU_TRAINING_DATABASE_URL)
    except ValueError as fault:
        raise Incomplete(_("KEPU_TRAINING_DATABASE_URL 不对：%(why)s") % {"why": fault}) from None


@contextmanager
def fresh_space(entry: dict[str, Any]) -> Iterator[None]:
    """Work on an empty training database with the real one at hand to be read; what was there before is let go.

    An SQLite file takes the place of the old one when it is whole. Refuses a database that holds anything but a training.
    """
    kind = kind_of(entry)
    if kind is Space.REAL:
        raise WrongSpace(_("KEPU_TRAINING_DATABASE_URL 指着一个正式的数据库，不能清空它来练习。请换一个。"))
    on_sqlite = "sqlite" in entry["ENGINE"]
    path = Path(entry["NAME"])
    draft = path.with_name(f"{path.stem}-preparing{path.suffix}")
    at_work = entry
    if on_sqlite:
        _remove(draft)
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT, 0o600))
        at_work = {**entry, "NAME": str(draft), "OPTIONS": {**entry["OPTIONS"], "init_command": PRAGMAS}}
    try:
        with _beside_the_real(at_work):
            call_command("migrate", verbosity=0)
            space.check()  # once more, on the very connection that is emptied
            if not on_sqlite:
                call_command("flush", interactive=False, verbosity=0)  # a file is new, a server's is emptied
            space.enter()
            yield
            if on_sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if on_sqlite:
            for end in ("-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
            os.replace(draft, path)
    finally:
        if on_sqlite:
            _remove(draft)


@contextmanager
def _beside_the_real(entry: dict[str, Any]) -> Iterator[None]:
    """Work on another database, with its own keys; the one from before is read as ``REAL``."""
    before, real_keys = connections["default"], settings.KEPU_PERSONAL_KEYS
    with instead(entry):
        connections[REAL], settings.KEPU_PERSONAL_KEYS = before, keys.for_training(real_keys)
        try:
            yield
        finally:
            del connections[REAL]
            settings.KEPU_PERSONAL_KEYS = real_keys


def kind_of(entry: dict[str, Any]) -> Space | None:
    """Which space a database is; None for an empty one or one that is not there. Anything else in it is refused."""
    if "sqlite" in entry["ENGINE"] and not Path(entry["NAME"]).exists():
        return None
    with instead(entry):
        try:
            tables = set(connection.introspection.table_names())
        except DatabaseError as fault:
            raise Incomplete(
                _("打不开培训空间的数据库：%(why)s") % {"why": str(fault).strip()[:200]}
            ) from None
        kind = space.marked() if "core_spacemark" in tables else None
    if tables and kind is None:
        raise NotAllowed(
            _("%(name)s 里已有数据，又不是培训空间，不能覆盖。请用 KEPU_TRAINING_DATABASE_URL 换一个。")
            % {"name": entry["NAME"]}
        )
    return kind


def _told(rows: dict[str, int], made: list[Seat], password: str, open_seasons: list[Season]) -> Iterator[str]:
    yield _("培训空间已建好：%(places)d 个地区、%(units)d 个单位、%(clauses)d 条规定；没有任何人的信息。") % {
        "places": rows["orgs_place"], "units": rows["orgs_unit"], "clauses": rows["notices_clause"],
    }  # fmt: skip
    if not open_seasons:
        yield _("没有进行中的届次：练习的人只能看，不能填报。")
    width = max(len(seat.username) for seat in made)
    for seat in made:
        yield f"    {seat.username:<{width}}  {seat.unit}  {seat.does}"
    yield _("密码都是 %(password)s ，只显示这一次；再建一次就换一个。") % {"password": password}
    yield _(
        "请用同样的环境变量，加上 DJANGO_SETTINGS_MODULE=kepu.config.settings.training，（重新）运行 kepu serve 和 kepu worker。"
    )
    if not settings.KEPU_TRAINING_URL:
        yield _("还要设 KEPU_TRAINING_URL：人们从哪个网址打开培训空间。工作台会有链接过去。")


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(_("日期写成 2023-09-08 的样子。"), param_hint="DAY") from None
