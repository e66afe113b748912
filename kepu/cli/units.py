"""``kepu units import FILE``: units from a sheet, with a report line by line."""

from __future__ import annotations

from pathlib import Path

import click

from kepu.cli.sheet import report, rows_of
from kepu.core import clock
from kepu.orgs import actions
from kepu.orgs.actor import SYSTEM


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Units. / 单位"""


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report only, write nothing. / 只看结果，不写入")
@click.option("--made-up", is_flag=True, help="Mark them as made up for a rehearsal. / 标为演练单位")
def import_(file: Path, dry_run: bool, made_up: bool) -> None:
    """Load units from FILE (CSV or XLSX); good lines are written, bad ones reported.

    Columns: 编号, 单位名称, 类别, 地区代码, and where wanted 系统, 统一社会信用代码, 称号, 成员机制.
    """
    rows = rows_of(file)
    report(actions.import_units(rows, by=SYSTEM, at=clock.now(), made_up=made_up, dry_run=dry_run))
