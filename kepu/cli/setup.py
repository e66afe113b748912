"""``kepu setup``: tables, static files, divisions, and a season's words and notices. May be run again at any time."""

from __future__ import annotations

import os
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.loading import load_season, seasons_folder
from kepu.core import space
from kepu.core.refusals import Incomplete


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--season", "folder", default="", help="Folder of the season; the one of 2023 unless said. / 届次目录"
)
def command(folder: str) -> None:
    """Prepare the database: make or update the tables, gather the static files, then load a season. Idempotent."""
    path = Path(folder) if folder else seasons_folder() / "2023"
    if not (path / "season.toml").is_file():
        raise Incomplete(_("%(folder)s 里没有 season.toml。请用 --season 指明届次目录。") % {"folder": path})
    make_room()
    space.check()
    call_command("migrate", verbosity=0)
    space.enter()
    click.echo(_("数据表已就绪。"))
    if settings.STATIC_ROOT:  # where people work, pages name their files by what is gathered here
        call_command("collectstatic", interactive=False, verbosity=0)
    for line in load_season(path):
        click.echo(line)


def make_room() -> None:
    """An SQLite file and its folder are made where they are missing, for its owner's eyes only; a server sees to its own."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
