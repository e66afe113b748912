"""A sheet from the disk and the report of its import, for the commands that take one."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kepu.core import sheets
from kepu.core.refusals import Incomplete


def rows_of(path: Path, *, expected: Sequence[Collection[str]] = ()) -> list[sheets.Row]:
    """The rows of a file. Raises :class:`Incomplete` for one that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise Incomplete(_("打不开“%(file)s”：%(why)s。") % {"file": path, "why": fault.strerror}) from None
    return sheets.read(data, expected=expected)


def report(done: sheets.Report) -> None:
    """Print what became of each refused line, then the sum; exit code 1 when a line was refused."""
    for line in done.refused:
        click.secho(
            _("第%(line)s行：%(sentence)s") % {"line": line.line, "sentence": line.sentence}, fg="red"
        )
    good = len(done.lines) - len(done.refused)
    click.echo(_("%(good)s行可用，%(bad)s行有误。") % {"good": good, "bad": len(done.refused)}, nl=False)
    click.echo(_("已写入。") if done.written else _("没有写入。"))
    if done.refused:
        sys.exit(1)
