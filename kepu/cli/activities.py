"""``kepu activities import FILE``: a unit's table of activities, tried and filed as on the pages, with a report line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.accounts.models import Person
from kepu.cli.finding import season_named, unit_named
from kepu.core import clock
from kepu.core.refusals import Incomplete, Refused
from kepu.intake import actions
from kepu.intake.actions.columns import COMMON
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.queries import LINE_ORDER, lines_of
from kepu.intake.reading import FIELDS
from kepu.intake.workflow import BAD_LINES, LineState, State
from kepu.intake.writing import bad_lines, reasons_in_words
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.orgs.queries import actor_for

Step = Callable[..., bool]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Activities. / 活动"""


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", "unit_code", required=True, help="Code or name of the unit. / 单位编号或名称")
@click.option("--by", "username", required=True, help="Who files: a username. / 谁来填报（登录名）")
@click.option("--season", default="", help="Code of the season; else the open one. / 届次代码")
@click.option("--sheet", default="", help="Which sheet of the file. / 哪一张工作表")
@click.option("--column", "columns", multiple=True, metavar="HEADER=FIELD", help="What a column holds; nothing after = leaves it out. / 某一栏是什么，= 后不写就不导入")  # fmt: skip
@click.option("--common", multiple=True, metavar="FIELD=TEXT", help="The same in all lines. / 各行都一样的")
@click.option("--guess", is_flag=True, help="Take uncertain columns as they look. / 拿不准的栏目按看到的来")
@click.option("--dry-run", is_flag=True, help="Try every line, file nothing. / 只试填")
@click.option("--drafts", is_flag=True, help="Keep drafts, file nothing. / 只存草稿")
@click.option(
    "--with-doubles", is_flag=True, help="File lines that may be there already, too. / 可能重复的也填报"
)
@click.option("--faulty", type=click.Path(path_type=Path), metavar="OUT.xlsx", help="Where lines with faults go. / 要改的行存到哪里")  # fmt: skip
def import_(
    file: Path, unit_code: str, username: str, season: str, sheet: str, columns: tuple[str, ...], common: tuple[str, ...],
    guess: bool, dry_run: bool, drafts: bool, with_doubles: bool, faulty: Path | None,
) -> None:  # fmt: skip
    """Try every line of FILE (XLSX, XLS, ODS or CSV) as filing would, and file the good ones for a unit.

    A line is filed once, however often its sheet is handed in. Exit code 1 when a line has faults or was not filed.
    """
    year, unit = season_named(season), unit_named(unit_code)
    chosen, same = _pairs(columns), _common(_pairs(common))
    data = _data(file)
    _check_free(faulty)
    by = _actor(username, unit)
    it = actions.start_import(
        uuid4(),
        data=data,
        file_name=file.name,
        sheet_name=sheet,
        season=year,
        at_console=True,
        by=by,
        at=clock.now(),
    )
    try:
        _match(it, chosen, same, guess, by=by)
    except Refused:
        actions.cancel_import(it, by=by, at=clock.now())
        raise
    _work(actions.check_some, it, _("试填"))
    if dry_run:
        actions.cancel_import(it, by=by, at=clock.now())
    elif it.lines.filter(
        state=LineState.READY, **({} if with_doubles else {"may_be_double": False})
    ).exists():
        actions.file_lines(it, as_drafts=drafts, with_doubles=with_doubles, by=by, at=clock.now())
        _work(actions.file_some, it, _("存草稿") if drafts else _("填报"))
    _report(it, faulty, dry_run=dry_run)


def _data(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Incomplete(_("打不开“%(file)s”：%(why)s。") % {"file": file, "why": fault.strerror}) from None


def _check_free(out: Path | None) -> None:
    """Found out before anything is filed: the sheet would have nowhere to go afterwards."""
    if out is None:
        return
    if out.exists():
        raise Incomplete(_("“%(file)s”已经有了。请换一个文件名，免得盖掉它。") % {"file": out})
    if not out.absolute().parent.is_dir():
        raise Incomplete(_("没有“%(folder)s”这个文件夹。") % {"folder": out.parent})


def _actor(username: str, unit: Unit) -> Actor:
    """The person acting for the unit in the posts they hold. Raises :class:`Incomplete` for an unknown name."""
    person = Person.objects.filter(username=Person.normalize_username(username.strip())).first()
    if person is None:
        raise Incomplete(_("没有登录名“%(name)s”。") % {"name": username})
    return actor_for(person, unit.pk, clock.now())


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (equals and name.strip()):
            raise click.UsageError(_("“%(text)s”要写成 名称=内容。") % {"text": text})
        pairs[name.strip()] = value.strip()
    return pairs


def _common(pairs: Mapping[str, str]) -> dict[str, str]:
    found = {_field(name): text for name, text in pairs.items()}
    if strange := [name for name in found if name not in COMMON]:
        raise Incomplete(
            _("“%(field)s”不能各行都一样。可以写的有：%(fields)s。")
            % {"field": FIELDS[strange[0]], "fields": _("、").join(str(FIELDS[name]) for name in COMMON)}
        )
    return found


def _field(name: str) -> str:
    """The code of a field, from its code or its name. Raises :class:`Incomplete` for an unknown one."""
    found = (
        name if name in FIELDS else next((code for code, label in FIELDS.items() if str(label) == name), "")
    )
    if not found:
        fields = _("、").join(str(label) for label in FIELDS.values())
        raise Incomplete(
            _("没有“%(field)s”这一项。可以写的有：%(fields)s。") % {"field": name, "fields": fields}
        )
    return found


def _match(
    sheet: SheetImport, chosen: Mapping[str, str], common: Mapping[str, str], guess: bool, *, by: Actor
) -> None:  # fmt: skip
    """Order the dry run. Raises :class:`Incomplete` for a header that is not there, and for columns nobody is sure of."""
    places = {column["header"]: number for number, column in enumerate(sheet.columns)}
    if strange := [header for header in chosen if header not in places]:
        raise Incomplete(
            _("表里没有“%(header)s”这一栏。有：%(headers)s。")
            % {"header": strange[0], "headers": _("、").join(places)}
        )
    fields = {places[header]: _field(name) if name else "" for header, name in chosen.items()}
    unsure = [
        column
        for number, column in enumerate(sheet.columns)
        if number not in fields and not sheet.knows(column)
    ]
    if unsure and not guess:
        said = [_as_read(column) for column in unsure]
        ask = _(
            "这些栏目拿不准，还没有试填。请用 --column 表头=项目 指明（= 后不写就不导入），或加 --guess 按下面的来："
        )
        raise Incomplete("\n".join([ask, *said]))
    actions.choose_columns(sheet, fields, common=common, by=by, at=clock.now())


def _as_read(column: Mapping[str, str]) -> str:
    field = FIELDS[column["field"]] if column["field"] else _("不导入")
    return f"  {column['header']} → {field}  {column['note']}".rstrip()


def _work(step: Step, sheet: SheetImport, label: str) -> None:
    """Piece by piece; a worker that takes up the same import beside us does no piece twice."""
    with click.progressbar(length=sheet.asked, label=label, file=sys.stderr) as bar:
        while step(sheet.pk, at=clock.now()):
            sheet.refresh_from_db()
            bar.update(max(sheet.done - bar.pos, 0))
        bar.update(sheet.asked - bar.pos)
    sheet.refresh_from_db()


def _report(sheet: SheetImport, faulty: Path | None, *, dry_run: bool) -> None:
    """Print what became of each line that is not simply filed, then the sums; exit code 1 where there is something to do."""
    found: dict[str, int] = {}
    doubles = 0
    for line in sheet.lines.order_by(*LINE_ORDER).iterator(chunk_size=500):
        found[line.state] = found.get(line.state, 0) + 1
        doubles += line.may_be_double and line.state == LineState.READY
        if line.state in BAD_LINES or line.state == LineState.SKIPPED or line.may_be_double:
            _tell(line)
    for state in LineState:
        if n := found.get(state):
            words = ngettext("%(state)s：%(n)s行", "%(state)s：%(n)s行", n) % {"state": state.label, "n": n}
            click.echo(words)
    if sheet.state == State.STOPPED:
        click.secho(_("中途停下：%(why)s") % {"why": sheet.why_stopped}, fg="red", err=True)
    if dry_run:
        click.echo(_("只试填，没有填报。"))
    elif doubles:
        words = _("%(n)s行可能重复，没有填报。核对过，确实不是同一项的，加 --with-doubles 再导入。")
        click.echo(words % {"n": doubles})
    bad = sum(found.get(state, 0) for state in BAD_LINES)
    if faulty and bad:
        _write(
            faulty, bad_lines(sheet, lines_of(sheet, "bad").order_by(*LINE_ORDER).iterator(chunk_size=500))
        )
        click.echo(_("要改的行存到了“%(file)s”。改好以后再导入，已填报的不会重复。") % {"file": faulty})
    if bad or sheet.state == State.STOPPED:
        sys.exit(1)


def _tell(line: SheetLine) -> None:
    """A line with everything that was found in it."""
    reasons = reasons_in_words(line.findings) or "；".join(one["sentence"] for one in line.findings)
    words = _("第%(n)s行，%(state)s，%(title)s") % {
        "n": line, "state": line.get_state_display(), "title": line.content.get("title") or _("没有名称")
    }  # fmt: skip
    click.secho(words, fg="red" if line.state in BAD_LINES else None)
    for reason in reasons.splitlines():
        click.echo(f"  {reason}")


def _write(out: Path, content: bytes) -> None:
    """For nobody else on the machine to read: the lines are full of contacts. Never over a file that is there."""
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
