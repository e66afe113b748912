"""``kepu tallies``: fold deltas into totals, compare every count with a recount."""

from __future__ import annotations

import sys

import click
from django.utils.translation import gettext as _

from kepu.core import tallies


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The counts. / 计数"""


@command.command()
def verify() -> None:
    """Recount everything from the records and compare. Exit code 1 when a count differs."""
    differences = tallies.verify()
    for d in differences[:50]:
        click.secho(
            _("%(scope)s %(measure)s %(facet)s：计数是%(tallied)s，重数是%(counted)s")
            % {
                "scope": d.scope,
                "measure": d.measure,
                "facet": d.facet,
                "tallied": d.tallied,
                "counted": d.counted,
            },
            fg="red",
        )
    if differences:
        click.echo(_("共有%(n)s处不一致。") % {"n": len(differences)})
        sys.exit(1)
    click.secho(_("计数与重数一致。"), fg="green")


@command.command()
def fold() -> None:
    """Fold the deltas written so far into totals."""
    total = 0
    while n := tallies.fold():
        total += n
    click.echo(_("归并了%(n)s笔。") % {"n": total})
