"""A document to a draft: its TOML, and a report of what was found where, how surely, and what was not found."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _

from kepu.cli.notice.reporting import as_json, report
from kepu.core.calendar import CHINA
from kepu.core.refusals import Incomplete
from kepu.notices.drafting.documents import Document, limits, read_document
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_season, text_of
from kepu.notices.format.writing import write_notice
from kepu.notices.official.embedded import embedded_in

if TYPE_CHECKING:
    from kepu.notices.drafting.drafting import Draft

NO_SEASON = "draft"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the TOML to a file. / 写到文件")
@click.option(
    "--season", default="", help="Season code; that of season.toml beside FILE unless said. / 届次代码"
)
@click.option("--place", default="", help="Code of the place that is drafted for. / 起草单位所在地区的代码")
@click.option("--json", "json_wanted", is_flag=True, help="Draft and report as JSON. / 以 JSON 输出")
def draft(file: Path, output: Path | None, season: str, place: str, json_wanted: bool) -> None:
    """Draft a notice file from a document (DOCX, PDF with text, TXT, HTML); no database needed.

    The TOML goes to the screen or to a file, the report beside it. Nothing is in force by this.
    """
    document = document_in(file)
    if document.embedded:
        _put(document.embedded, output)
        click.secho(
            _("这是本平台导出的公文，文字没有改动：条款照原样取出，不必识别。"), fg="green", err=not output
        )
        return
    drafted = drafted_from(
        document, season=_season(season, file), place=place, today_year=datetime.now(CHINA).year
    )
    toml = write_notice(drafted.notice_file())
    if json_wanted:
        if output:
            output.write_text(toml, encoding="utf-8")
        click.echo(json.dumps(as_json(drafted, toml), ensure_ascii=False, indent=2, default=str))
        return
    _put(toml, output)
    for line, style in report(drafted):
        click.secho(line, err=not output, **style)


def document_in(file: Path) -> Document:
    """The document in a file. Raises a refusal where there is none or it cannot be read."""
    try:
        with file.open("rb") as source:
            content = source.read(limits.MAX_BYTES + 1)
    except OSError as fault:
        raise Incomplete(_("打不开这个文件：%(why)s") % {"why": f"{file}（{fault.strerror}）"}) from None
    return read_document(content, file.name, embedded=embedded_in)


def drafted_from(document: Document, *, season: str, place: str = "", today_year: int | None = None) -> Draft:
    """The draft of a document. The recognisers are many, and only loaded when something is drafted."""
    from kepu.notices.drafting.drafting import draft as drafted

    return drafted(document, season=season, place=place, today_year=today_year)


def _put(toml: str, output: Path | None) -> None:
    if output is None:
        click.echo(toml, nl=False)
        return
    output.write_text(toml, encoding="utf-8")
    click.echo(_("已写入 %(file)s。") % {"file": output})


def _season(named: str, file: Path) -> str:
    """The season named, else that of the season file beside the document, else a word to be replaced."""
    if named:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,59}", named):
            raise Incomplete(
                _("届次代码“%(code)s”不对：只用小写字母、数字、点、横线和下划线。") % {"code": named}
            )
        return named
    beside = file.parent / "season.toml"
    try:
        return read_season(text_of(beside), beside.name).season.code if beside.is_file() else NO_SEASON
    except NoticeFileRefused:
        return NO_SEASON
