"""Notice files as files: check them, take them over, write them out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kepu.core import clock, space
from kepu.core.refusals import Incomplete
from kepu.notices import actions, queries
from kepu.notices.format.checking import check_notice
from kepu.notices.format.problems import NoticeFileRefused, Problem
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.format.schema import json_schema
from kepu.notices.format.surroundings import beside
from kepu.notices.format.writing import write_notice
from kepu.notices.models import Notice
from kepu.orgs.actor import SYSTEM


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON. / 以 JSON 输出")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check notice files against the format and the files beside them; no database needed.

    Exit code 1 when a file has an error. / 有错误时以 1 退出。
    """
    said: list[Problem] = []
    for path in files:
        try:
            text = text_of(path)
            if path.name == "season.toml":
                read_season(text, path.name)
                _tell(path, [])
                continue
            notice = read_notice(text, path.name)
            problems = check_notice(notice, text, path.name, beside(notice, path))
        except NoticeFileRefused as refusal:
            problems = refusal.problems
        said += problems
        if not as_json:
            _tell(path, problems)
    if as_json:
        rows = [
            {"file": p.file, "line": p.line, "sentence": p.sentence, "error": p.is_error, "clause": p.clause}
            for p in said
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    if any(p.is_error for p in said):
        sys.exit(1)


def _tell(path: Path, problems: list[Problem]) -> None:
    for problem in sorted(problems, key=lambda p: p.line):
        click.secho(str(problem), fg="red" if problem.is_error else "yellow")
    errors = sum(p.is_error for p in problems)
    if errors:
        click.echo(_("%(file)s：%(n)s处错误。") % {"file": path.name, "n": errors})
    else:
        click.secho(_("%(file)s：没有错误。") % {"file": path.name}, fg="green")


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Take notices over from files: their rules are in force from the notice's own date on."""
    space.check()
    for path in files:
        text = text_of(path)
        done = actions.take_over_notice(
            read_notice(text, path.name), text, path.name, by=SYSTEM, at=clock.now()
        )
        for remark in done.remarks:
            click.secho(str(remark), fg="yellow")
        click.echo(
            _("%(title)s：新增%(added)s条，修改%(changed)s条，删去%(removed)s条。")
            % {
                "title": done.notice.title, "added": len(done.added), "changed": len(done.changed),
                "removed": len(done.removed),
            }
        )  # fmt: skip


@click.command()
@click.argument("code")
@click.option("--season", default="", help="Season code; the open season unless said. / 届次代码")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; the screen unless said. / 写到文件",
)
def export(code: str, season: str, output: Path | None) -> None:
    """Write a notice as a file."""
    wanted = (
        Notice.objects.filter(code=code, **({"season__code": season} if season else {}))
        .order_by("-pk")
        .first()
    )
    if wanted is None:
        raise Incomplete(_("没有代码为“%(code)s”的通知。") % {"code": code})
    text = write_notice(queries.file_of(wanted))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        click.echo(_("已写入 %(file)s。") % {"file": output})


@click.command()
def schema() -> None:
    """Print the JSON Schema of a notice file."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True))
