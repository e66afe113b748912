"""An export of the trace: a ZIP that streams, with what somebody needs to verify it without us.

    README.txt     what is in here and how to verify it
    trace.csv      the acts as sentences, for reading
    rows.jsonl     the rows as they were hashed, one in each line, with the chain's columns
    anchor.txt     the sixteen heads at the time of the export
    verify.py      verifies rows.jsonl against itself and against an anchor; Python alone will do
    manifest.json  what was asked for, how many rows there are, the SHA-256 of each file

Nothing is held: rows go through one after the other, and the ZIP is written as it is sent.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.audit import offline
from kepu.core.audit.anchors import Anchor
from kepu.core.audit.rows import plain
from kepu.core.calendar import CHINA
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete

ROWS, MANIFEST, FORMAT = "rows.jsonl", "manifest.json", "kepu-trace 1"
_AT_ONCE = 2000  # rows compared with the database in one go
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an export. Both functions may be called once each; ``readable`` gives cells, the headings first."""

    rows: Callable[[], Iterable[AuditEntry | dict[str, Any]]]
    readable: Callable[[], Iterable[list[str]]]
    about: dict[str, Any]  # the scope and the period, for the manifest
    anchor: Anchor


class _File:
    """One file on its way: counted and summed as it goes by."""

    def __init__(self, name: str, pieces: Iterable[bytes]) -> None:
        self.name, self._pieces = name, pieces
        self.sum, self.lines = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.sum.update(piece)
            self.lines += piece.count(b"\n")
            yield piece


class _Sink(io.RawIOBase):
    """Takes what the ZIP writes until it is fetched; it cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def fetch(self) -> bytes:
        whole, self._pieces = b"".join(self._pieces), []
        return whole


def archive(contents: Contents, at: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece."""
    files = [
        _File("README.txt", [_readme(contents).encode()]),
        _File("verify.py", [Path(offline.__file__).read_bytes()]),
        _File("anchor.txt", [contents.anchor.text().encode()]),
        _File("trace.csv", _csv(contents.readable())),
        _File(ROWS, _jsonl(contents.rows())),
    ]
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as zipped:
        for file in files:
            yield from _into(zipped, sink, file.name, file, at)
        manifest = {
            "format": FORMAT, "made_at": at.isoformat(), **contents.about, "rows": files[-1].lines,
            "files": {file.name: file.sum.hexdigest() for file in files},
        }  # fmt: skip
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        yield from _into(zipped, sink, MANIFEST, [text.encode()], at)
    yield sink.fetch()


def _into(
    zipped: zipfile.ZipFile, sink: _Sink, name: str, pieces: Iterable[bytes], at: datetime
) -> Iterator[bytes]:
    local = at.astimezone(CHINA)
    info = zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with zipped.open(info, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(piece)
            if ready := sink.fetch():
                yield ready
    yield sink.fetch()


def _jsonl(rows: Iterable[AuditEntry | dict[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        said = row if isinstance(row, dict) else plain(row)
        yield json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for cells in rows:
        out = io.StringIO()
        csv.writer(out).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
        yield out.getvalue().encode()


def _readme(contents: Contents) -> str:
    return _(
        "留痕导出\n"
        "\n"
        "trace.csv 是给人读的：什么时间，谁，做了什么。rows.jsonl 是同样的行，原样带着校验值（hash）和前一行的校验值\n"
        "（previous），每一行一条。\n"
        "\n"
        "怎么核验\n"
        "  1. 只用 Python：python3 verify.py rows.jsonl。每一行的内容都要算出它自己的校验值，同一条链上相邻的两行要接得上。\n"
        "  2. 加上另存的链头：python3 verify.py rows.jsonl anchor.txt。链头最好用您自己以前收到的，不要用这个包里的。\n"
        "  3. 和数据库对照：请系统管理员运行 kepu audit verify 这个文件。这里的每一行都必须还在，一个字不差。\n"
        "\n"
        "只导出一个单位或一个地区时，同一条链上别处的行不在这里，verify.py 会把它们数成 gaps。相邻而接不上的、改过的、\n"
        "次序不对的行，一定会被找出来；整份文件被人重做一遍，要靠第 3 步或另存的链头才能发现。\n"
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in an export that does not hold: the line of rows.jsonl, 0 for the whole."""

    line: int
    why: str


def check_archive(path: Path, *, anchors: Iterable[Anchor] = ()) -> Iterator[Fault]:
    """Verify an export in itself, with anchors, and against the database: every row must be there as it was exported.

    Raises :class:`Incomplete` for a file that is no export.
    """
    try:
        with zipfile.ZipFile(path) as zipped:
            manifest = json.loads(zipped.read(MANIFEST))
            if manifest.get("format") != FORMAT:
                raise ValueError(manifest.get("format"))
            yield from _files(zipped, manifest)
            heads = [{n: head for n, head in anchor.heads.items() if head[0]} for anchor in anchors]
            with zipped.open(ROWS) as raw:
                yield from _rows(io.TextIOWrapper(raw, encoding="utf-8"), manifest, heads)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise Incomplete(
            _("“%(name)s”不是完整的留痕导出文件，或已经损坏。请用下载时的原文件。") % {"name": path.name}
        ) from fault


def _files(zipped: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[Fault]:
    for name, said in manifest["files"].items():
        found = hashlib.sha256()
        with zipped.open(name) as file:
            while piece := file.read(1 << 16):
                found.update(piece)
        if found.hexdigest() != said:
            yield Fault(0, _("%(name)s 和清单上的校验值不符") % {"name": name})


def _rows(
    file: Iterable[str], manifest: dict[str, Any], heads: list[dict[int, tuple[int, str]]]
) -> Iterator[Fault]:
    why = {
        "changed": _("写入之后被改过"), "unlinked": _("接不上前一行"), "order": _("次序不对"), "missing": _("前面少了行"),
        "anchor": _("与另存的链头不符"),
    }  # fmt: skip
    walks = [offline.Walk(whole=bool(manifest.get("whole")), anchor=head) for head in heads or [{}]]
    waiting: dict[int, dict[int, tuple[int, str]]] = {}
    seen = waits = 0
    for number, row in offline.lines_of(file):
        seen += 1
        if row is None:
            yield Fault(number, _("这一行读不出来"))
            continue
        for code in dict.fromkeys(code for walk in walks for code in walk.step(row)):
            yield Fault(number, why[code])
        waiting.setdefault(row["strand"], {})[row["seq"]] = (number, row["hash"])
        waits += 1
        if waits >= _AT_ONCE:
            yield from _compared(waiting)
            waiting, waits = {}, 0
    yield from _compared(waiting)
    if seen != manifest.get("rows"):
        yield Fault(
            0, _("清单上有%(said)s行，文件里有%(seen)s行") % {"said": manifest.get("rows"), "seen": seen}
        )


def _compared(waiting: dict[int, dict[int, tuple[int, str]]]) -> Iterator[Fault]:
    for strand, rows in sorted(waiting.items()):
        there = dict(
            AuditEntry.objects.filter(strand=strand, seq__in=rows).order_by("seq").values_list("seq", "hash")
        )
        for seq, (number, kept) in sorted(rows.items()):
            if seq not in there:
                yield Fault(number, _("数据库里没有这一行了"))
            elif there[seq] != kept:
                yield Fault(number, _("数据库里的这一行和导出时不一样"))
