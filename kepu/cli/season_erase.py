"""``kepu season erase``: take the people out of a season that is over, and leave nothing of them in the files."""

from __future__ import annotations

from collections.abc import Mapping

import click
from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.finding import season_named
from kepu.core import clock, files
from kepu.core.db import engine
from kepu.orgs.actor import SYSTEM
from kepu.privacy import actions, rules
from kepu.privacy.actions.erasing import columns_by_model, would_erase


@click.command()
@click.argument("code")
@click.option("--dry-run", is_flag=True, help="Only count what would go. / 只数，不删")
@click.option(
    "--compact/--no-compact",
    default=True,
    help="Rewrite the tables' files as well; they are locked meanwhile. / 整理数据文件",
)
def erase(code: str, dry_run: bool, compact: bool) -> None:
    """Take contacts, numbers and papers out of season CODE, once it is closed and its term is over. Idempotent.

    What was counted, published and decided stays. / 删除届次里的个人信息
    """
    season, at = season_named(code), clock.now()
    if dry_run:
        rules.check_erase(SYSTEM, season, at=at)
        _tell(would_erase(season, at=at), _("会删除："))
        return
    erasure = actions.erase_season(season, by=SYSTEM, at=at)
    _tell(erasure.counts, _("已删除："))
    if n := files.sweep(at):
        click.echo(_("从存放文件的地方删除了 %(n)s 个文件。") % {"n": n})
    if compact:
        tables = [apps.get_model(label)._meta.db_table for label in columns_by_model()]
        if not engine().compact(connection, tables):
            click.secho(
                _("数据库正被别的程序占着，旧内容还留在日志文件里。请停下网站和后台，再运行一次。"), fg="red"
            )
            raise SystemExit(1)
        click.echo(_("数据文件里也没有留下。备份里的，请按备份的期限销毁。"))


def _tell(counts: Mapping[str, int], title: str) -> None:
    click.echo(title if counts else _("没有要删除的个人信息。"))
    for column, n in sorted(counts.items()):
        click.echo(f"  {n:>8}  {column}")
