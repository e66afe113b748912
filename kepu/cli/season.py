"""``kepu season``: load, copy, compare and close seasons."""

from __future__ import annotations

from pathlib import Path

import click

from kepu.cli.finding import season_named
from kepu.cli.loading import load_season
from kepu.cli.season_compare import compare
from kepu.cli.season_copy import copy
from kepu.cli.season_erase import erase
from kepu.core import clock
from kepu.notices import actions
from kepu.orgs.actor import SYSTEM


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Seasons. / 届次"""


command.add_command(copy)
command.add_command(compare)
command.add_command(erase)


@command.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(folder: Path) -> None:
    """Load FOLDER/season.toml and every notice beside it, parents first. Idempotent."""
    for line in load_season(folder):
        click.echo(line)


@command.command()
@click.argument("code")
def close(code: str) -> None:
    """Close season CODE: nothing more is filed or handed in, and the worker archives what was held.

    An archived activity keeps no name and phone of a contact; everything else that is personal goes when the season's
    term is over (kepu season erase). / 届次结束：不再填报、报送，后台归档并删去联系人
    """
    season = season_named(code)
    actions.close_season(season, by=SYSTEM, at=clock.now())
    click.echo(str(season))
