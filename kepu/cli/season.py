"""``kepu season load DIR``: a season's words, places and notices from a folder."""

from __future__ import annotations

from pathlib import Path

import click

from kepu.cli.loading import load_season


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Seasons. / 届次"""


@command.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(folder: Path) -> None:
    """Load FOLDER/season.toml and every notice beside it, parents first. Idempotent."""
    for line in load_season(folder):
        click.echo(line)
