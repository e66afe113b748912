"""``kepu backup``: a whole copy of the database while people go on working, checked before it is kept; and of the files.

The database first: what it names is then among the files, whatever is handed in meanwhile. Files never change, so only
new ones are copied; one that is named no longer stays as long as a copy of the database that may name it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kepu.core import clock, files
from kepu.core.refusals import Incomplete

FILES = "files"  # beside the copies of the database
NAMED = "kepu-*"  # kepu-20230917-030000.sqlite3 or .dump


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--to", "folder", default="", help="Folder; KEPU_BACKUP_DIR unless said. / 备份目录")
@click.option(
    "--keep", default=14, show_default=True, type=click.IntRange(min=1), help="Copies that stay. / 保留份数"
)
@click.option(
    "--files/--no-files", "with_files", default=True, help="What people handed in, too. / 连同交来的文件"
)
def command(folder: str, keep: int, with_files: bool) -> None:
    """Copy database and files into a folder and let go of the oldest copies. The keys are not in it: keep them elsewhere."""
    where = Path(folder or settings.KEPU_BACKUP_DIR or "")
    if not (folder or settings.KEPU_BACKUP_DIR):
        raise Incomplete(_("请用 --to 说明备份到哪个目录，或设好 KEPU_BACKUP_DIR。"))
    where.mkdir(parents=True, exist_ok=True)
    made = back_up(where, clock.real())
    for old in copies(where)[keep:]:
        old.unlink()
    new = copy_files(where) if with_files else 0
    size = made.stat().st_size / 1_000_000
    click.echo(
        _("已备份到 %(path)s（%(size).1f MB）。密钥不在里面，请另外保存。") % {"path": made, "size": size}
    )
    if with_files:
        click.echo(_("交来的文件也已备份到 %(path)s，新增 %(n)d 个。") % {"path": where / FILES, "n": new})


def back_up(folder: Path, now: datetime) -> Path:
    """Copy, check, and only then give it its name. Raises :class:`Incomplete` with what went wrong."""
    ending = "sqlite3" if connection.vendor == "sqlite" else "dump"
    final = folder / f"kepu-{now:%Y%m%d-%H%M%S}.{ending}"
    partial = final.with_name(f".{final.name}.partial")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        (_copy_sqlite if ending == "sqlite3" else _dump_postgres)(partial)
        if wrong := wrong_with(partial, ending=ending):
            raise Incomplete(_("备份没有成功：%(wrong)s") % {"wrong": wrong})
        partial.rename(final)
    finally:
        partial.unlink(missing_ok=True)
    return final


def copy_files(folder: Path) -> int:
    """Copy every known file that is not there yet; returns how many. Raises :class:`Incomplete` where one is missing."""
    target, new, missing = folder / FILES, 0, 0
    for digest, ending in files.kept_files():
        copy = target / files.name_of(digest, ending)
        if not copy.exists():
            try:
                _copy_file(digest, ending, copy)
            except FileNotFoundError:
                missing += not files.is_loose(digest)  # swept meanwhile, or never wholly written: nobody's
                continue
            new += 1
        os.utime(copy)  # seen
    oldest = min((path.stat().st_mtime for path in copies(folder)), default=0.0)
    for copy in target.rglob("*"):
        if copy.is_file() and copy.stat().st_mtime < oldest:
            copy.unlink()
    if missing:
        raise Incomplete(
            _("有 %(n)d 个文件找不到，没有备份。数据库已经备份好。请运行 kepu doctor。") % {"n": missing}
        )
    return new


def _copy_file(digest: str, ending: str, copy: Path) -> None:
    """Whole under its name, or not at all."""
    with files.open_kept(digest, ending) as source:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = copy.with_name(f".{copy.name}.partial")
        try:
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                shutil.copyfileobj(source, target)
            partial.rename(copy)
        finally:
            partial.unlink(missing_ok=True)


def copies(folder: Path) -> list[Path]:
    """The finished copies in a folder, the newest first."""
    if not folder.is_dir():
        return []
    return sorted(
        (path for path in folder.glob(NAMED) if path.is_file()), key=lambda p: p.stat().st_mtime, reverse=True
    )


def wrong_with(path: Path, *, ending: str = "") -> str:
    """Why a copy could not be used, or "" when it can."""
    if (ending or path.suffix.lstrip(".")) != "sqlite3":
        with path.open("rb") as file:
            return "" if file.read(5) == b"PGDMP" else _("不是 pg_dump 的文件")
    try:
        copy = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            copy.execute("SELECT 1 FROM django_migrations LIMIT 1")
        finally:
            copy.close()
    except sqlite3.Error as fault:
        return str(fault)
    return "" if found == "ok" else str(found)


def _copy_sqlite(to: Path) -> None:
    """SQLite's own online copy: readers and writers go on meanwhile."""
    connection.ensure_connection()
    copy = sqlite3.connect(to)
    try:
        connection.connection.backup(copy, pages=2000, sleep=0.01)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    finally:
        copy.close()


def _dump_postgres(to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Incomplete(
            _("这台机器上没有 pg_dump。请装上与服务器同版本的 PostgreSQL 客户端，或在数据库服务器上备份。")
        )
    known = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": str(known.get("PASSWORD") or "")}
    given = {"--host": known.get("HOST"), "--port": known.get("PORT"), "--username": known.get("USER")}
    options = [f"{option}={value}" for option, value in given.items() if value]
    ended = subprocess.run(
        [program, "--format=custom", "--no-password", f"--file={to}", *options, str(known["NAME"])],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise Incomplete(_("备份没有成功：%(wrong)s") % {"wrong": ended.stderr.strip()[-300:]})
