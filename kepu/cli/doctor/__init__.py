"""``kepu doctor``: looks a deployment over and explains each finding."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.cli.doctor import backups, database, files, keys, people, site, space, timekeeping, trace, work
from kepu.cli.doctor.finding import Finding, Grade, fault
from kepu.core import clock

WITHOUT_A_DATABASE = (site,)
AREAS = (keys, database, space, trace, backups, timekeeping, work, files, people)
MARKS = {Grade.FINE: ("✓", "green"), Grade.WARNING: ("!", "yellow"), Grade.FAULT: ("✗", "red")}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="For a program to read. / 给程序读")
def command(as_json: bool) -> None:
    """Check keys, debugging, hosts, TLS, backups, the clock, the database and what waits. Exit code 1 for a fault."""
    found = list(look_over())
    faults = sum(one.grade == Grade.FAULT for one in found)
    if as_json:
        click.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
    else:
        _tell(found, faults)
    sys.exit(1 if faults else 0)


def look_over() -> Iterator[Finding]:
    """Every finding of this deployment. Without a database that answers, only what can be said without one."""
    for area in WITHOUT_A_DATABASE:
        yield from area.findings(clock.real())
    try:
        connection.ensure_connection()
    except DatabaseError as wrong:
        yield fault(
            "database.answers", _("数据库没有应答：%(wrong)s") % {"wrong": str(wrong).strip()[:200]},
            _("网站打不开。"), _("核对 KEPU_DATABASE_URL，看数据库是否在运行。"),
        )  # fmt: skip
        return
    at = clock.now() if _has_tables() else clock.real()
    for area in AREAS if _has_tables() else (database,):
        yield from area.findings(at)


def _has_tables() -> bool:
    tables = connection.introspection.table_names()
    return {"core_auditentry", "core_outboxrow", "accounts_person", "orgs_post"} <= set(tables)


def _tell(found: list[Finding], faults: int) -> None:
    for one in found:
        mark, colour = MARKS[one.grade]
        click.secho(f"{mark} {one.what}", fg=colour)
        if one.why:
            click.echo(f"    {one.why}")
        if one.do:
            click.echo("    → " + str(one.do))
    warnings = sum(one.grade == Grade.WARNING for one in found)
    if not (faults or warnings):
        click.secho(_("一切正常。"), fg="green")
        return
    click.echo(
        ngettext("%(n)d 处必须改", "%(n)d 处必须改", faults) % {"n": faults}
        + _("，")
        + ngettext("%(n)d 处要留意。", "%(n)d 处要留意。", warnings) % {"n": warnings}
    )
