"""``kepu audit verify``: walk the chain of every strand."""

from __future__ import annotations

import sys

import click
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.models import AuditEntry


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The trace of all acts. / 留痕"""


@command.command()
def verify() -> None:
    """Verify that no row was changed, removed, inserted or reordered. Exit code 1 when one was."""
    total = AuditEntry.objects.count()
    breaks = 0
    with click.progressbar(range(1, audit.STRANDS + 1), label=_("核验留痕"), file=sys.stderr) as strands:
        found = [b for number in strands for b in audit.verify_strand(number)]
    for b in found:
        breaks += 1
        click.secho(
            _("第%(strand)s链第%(seq)s行：%(why)s") % {"strand": b.strand, "seq": b.seq, "why": b.why},
            fg="red",
        )
    if breaks:
        click.echo(_("%(n)s行留痕中有%(bad)s处不符。") % {"n": total, "bad": breaks})
        sys.exit(1)
    click.secho(_("%(n)s行留痕完整。") % {"n": total}, fg="green")
