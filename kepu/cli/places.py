"""``kepu places import FILE``: places below the county, parks, zones, villages."""

from __future__ import annotations

from pathlib import Path

import click

from kepu.cli.sheet import report, rows_of
from kepu.core import clock
from kepu.orgs import actions
from kepu.orgs.actor import SYSTEM


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Places. / 地区"""


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report only, write nothing. / 只看结果，不写入")
@click.option("--partial", is_flag=True, help="Write the good lines and report the others. / 好的先写入")
def import_(file: Path, dry_run: bool, partial: bool) -> None:
    """Load places from FILE (CSV or XLSX).

    Columns: code, name, kind, parent_code, and where wanted level, valid_from, valid_to. Without --partial all lines are
    written or none. / 列：代码、名称、类别、上级代码
    """
    rows = rows_of(file)
    report(actions.import_places(rows, by=SYSTEM, at=clock.now(), partial=partial, dry_run=dry_run))


@command.command()
def divisions() -> None:
    """Load every province, city and county. Idempotent."""
    done = actions.load_divisions(by=SYSTEM, at=clock.now())
    click.echo(str(done))
