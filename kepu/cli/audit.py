"""``kepu audit``: walk the chain of every strand, print its heads, write and verify exports."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kepu.cli.finding import place_or_line, unit_named
from kepu.core import audit, clock
from kepu.core.audit import Anchor
from kepu.core.audit.exporting import check_archive
from kepu.core.models import AuditEntry
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Place, Unit
from kepu.oversight.trace.anchoring import send_anchor
from kepu.oversight.trace.exporting import export_trace

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The trace of all acts. / 留痕"""


@command.command()
@click.argument("export", type=FILE, required=False)
@click.option(
    "--since",
    "anchors",
    type=FILE,
    multiple=True,
    help="An anchor kept elsewhere; may be given several times. / 另存的链头",
)
@click.option(
    "--new", is_flag=True, help="Only what came since the last check, and remember it. / 只核验上次以后的"
)
def verify(export: Path | None, anchors: tuple[Path, ...], new: bool) -> None:
    """Verify that no row was changed, removed, inserted or reordered; or an EXPORT. Exit code 1 when one was."""
    kept = [Anchor.read(path.read_text()) for path in anchors]
    if export is not None:
        found = [_said_of_line(fault.line, fault.why) for fault in check_archive(export, anchors=kept)]
        _answer(found, _("导出文件完整，和数据库里的留痕相符。"), _("导出文件有%(bad)s处不符。"))
    elif new:
        check = audit.check_trace(at=clock.now(), since=kept)
        said = [_said(strand, seq, why) for strand, seq, why in check.breaks]
        sound = _("上次核验以后的%(n)s行留痕完整。") % {"n": check.rows}
        _answer(said, sound, _("上次核验以后的留痕有%(bad)s处不符。"), count=check.found)
    else:
        _verify_all(kept)


@command.command()
@click.option("--mail", is_flag=True, help="Mail it to KEPU_ANCHOR_MAIL too. / 同时发到 KEPU_ANCHOR_MAIL")
def anchor(mail: bool) -> None:
    """Print the sixteen heads, to be kept where Kepu cannot reach them. / 打出链头，另存在别处"""
    now = audit.anchor_now(clock.now())
    click.echo(now.text(), nl=False)
    if mail:
        send_anchor(now.text())


@command.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", help="Code of a unit. / 单位编号")
@click.option("--place", help="Code of a place. / 地区代码")
@click.option("--since", type=DAY, help="The first day. / 从哪天")
@click.option("--until", type=DAY, help="The last day. / 到哪天")
@click.option(
    "--links",
    is_flag=True,
    help="Every other row too, by its hashes alone: nothing can have been left out. / 附全链",
)
def export(
    target: Path,
    unit: str | None,
    place: str | None,
    since: datetime | None,
    until: datetime | None,
    links: bool,
) -> None:
    """Write the trace into a ZIP that an auditor can verify without Kepu: all of it, or of a unit or a place. / 导出留痕"""
    if unit and place:
        raise click.UsageError("--unit | --place")
    scope: Unit | Place | None = unit_named(unit) if unit else None
    if place:
        named = place_or_line(place, "")
        scope = named if isinstance(named, Place) else None
    granted = export_trace(
        scope, since=_day(since), until=_day(until), links=links, by=SYSTEM, at=clock.now()
    )
    with target.open("wb") as out:
        for piece in granted.pieces():
            out.write(piece)
    click.secho(_("写好了 %(path)s。") % {"path": target}, fg="green")


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _verify_all(anchors: list[Anchor]) -> None:
    total = AuditEntry.objects.count()
    with click.progressbar(range(1, audit.STRANDS + 1), label=_("核验留痕"), file=sys.stderr) as strands:
        found = [b for number in strands for b in audit.verify_strand(number, anchors=anchors)]
    found += list(audit.strangers())
    said = [_said(b.strand, b.seq, b.why) for b in found]
    _answer(said, _("%(n)s行留痕完整。") % {"n": total}, _("留痕有%(bad)s处不符。"))


def _said(strand: int, seq: int, why: str) -> str:
    return _("第%(strand)s链第%(seq)s行：%(why)s") % {"strand": strand, "seq": seq, "why": why}


def _said_of_line(line: int, why: str) -> str:
    return _("第%(line)s行：%(why)s") % {"line": line, "why": why} if line else why


def _answer(faults: list[str], sound: str, broken: str, *, count: int | None = None) -> None:
    for fault in faults:
        click.secho(fault, fg="red")
    if faults:
        click.echo(broken % {"bad": count or len(faults)})
        sys.exit(1)
    click.secho(sound, fg="green")
