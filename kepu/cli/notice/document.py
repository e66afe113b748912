"""``kepu notice document``: a notice as an official document, in DOCX or PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete
from kepu.notices import queries
from kepu.notices.format.reading import read_notice, text_of
from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import Notice
from kepu.notices.official.docx import to_docx
from kepu.notices.official.pdf import to_pdf
from kepu.notices.rulebook import rule_book

MAKERS = {".docx": to_docx, ".pdf": to_pdf}


@click.command()
@click.argument("wanted", metavar="CODE|FILE")
@click.option("--season", default="", help="Season code, for a CODE; the newest unless said. / 届次代码")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .docx or .pdf. / 写到文件",
)
def document(wanted: str, season: str, output: Path) -> None:
    """Write a notice as an official document (GB/T 9704).

    CODE is a notice in the database, FILE a notice file. / 把通知写成公文
    """
    make = MAKERS.get(output.suffix.lower())
    if make is None:
        raise Incomplete(_("写到“%(file)s”：文件名要以 .docx 或 .pdf 结尾。") % {"file": output})
    notice, names = _notice(wanted, season)
    content = make(notice, names=names)
    try:
        output.write_bytes(content)
    except OSError as fault:
        raise Incomplete(_("写不了“%(file)s”：%(why)s。") % {"file": output, "why": fault.strerror}) from None
    click.echo(_("已写入 %(file)s。") % {"file": output})


def _notice(wanted: str, season: str) -> tuple[NoticeFile, Mapping[str, Any] | None]:
    """The notice, and the names of codes where a database knows them. Raises :class:`Incomplete` for none."""
    path = Path(wanted)
    if path.is_file() or path.suffix == ".toml":
        return read_notice(text_of(path), path.name), None
    rows = Notice.objects.filter(code=wanted, **({"season__code": season} if season else {}))
    row = rows.select_related("season").order_by("-pk").first()
    if row is None:
        raise Incomplete(_("没有代码为“%(code)s”的通知。") % {"code": wanted})
    return queries.file_of(row), rule_book(row.season).names
