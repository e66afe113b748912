"""``kepu notice receipt``: what was delivered to a unit, what became of it there, and whether the proof still holds."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.cli.finding import unit_named
from kepu.core.refusals import Incomplete
from kepu.notices import queries
from kepu.notices.models import Delivery, Notice
from kepu.notices.queries.deliveries import Receipt, Verdict
from kepu.orgs.actor import SYSTEM

COLOURS = {Verdict.HOLDS: "green", Verdict.DIFFERS: "yellow", Verdict.BROKEN: "red"}


@click.command()
@click.argument("wanted", metavar="NUMBER|CODE")
@click.argument("unit", default="")
@click.option("--season", default="", help="Season code, for a CODE; the newest unless said. / 届次代码")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write the file as delivered. / 写出送达的文件"
)
@click.option("--json", "as_json", is_flag=True, help="As JSON. / 以 JSON 输出")
def receipt(wanted: str, unit: str, season: str, output: Path | None, as_json: bool) -> None:
    """Check and print the receipt of a delivery: by its number, or by the notice's CODE and the UNIT (code or name).

    Exit code 1 when the kept file or the trace no longer matches. / 核对并打印一份回执；对不上时以 1 退出。
    """
    found = queries.receipt_of(_delivery(wanted, unit, season))
    if as_json:
        click.echo(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        for label, value in _facts(found):
            click.echo(f"{label}{_('：')}{value}")
        for proof in found.proofs():
            click.secho(proof.sentence, fg=COLOURS[proof.verdict])
    if output is not None:
        _write(found, output)
    if not found.holds:
        sys.exit(1)


def _delivery(wanted: str, unit: str, season: str) -> Delivery:
    """The delivery that was named. Raises :class:`Incomplete` for none, saying what there is not."""
    rows = queries.delivery_in_scope(SYSTEM)
    if not unit:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
        if found := rows.filter(pk=number).first():
            return found
        raise Incomplete(
            _("没有编号为“%(number)s”的回执。请写回执编号，或写通知代码和单位。") % {"number": wanted}
        )
    notices = Notice.objects.filter(code=wanted, **({"season__code": season} if season else {}))
    notice = notices.order_by("-pk").first()
    if notice is None:
        raise Incomplete(_("没有代码为“%(code)s”的通知。") % {"code": wanted})
    reader = unit_named(unit)
    if found := rows.filter(notice=notice, unit=reader).first():
        return found
    raise Incomplete(
        _("《%(notice)s》没有送给%(unit)s。") % {"notice": notice.title.strip("《》"), "unit": reader.name}
    )


def _facts(found: Receipt) -> list[tuple[str, str]]:
    delivery, notice = found.delivery, found.delivery.notice
    named = f"{notice.title}（{notice.number}）" if notice.number else notice.title
    by = delivery.unit.name
    facts = [
        (_("回执编号"), str(delivery.pk)), (_("通知"), named), (_("发文单位"), notice.issuer),
        (_("收文单位"), by + (_("（抄送）") if delivery.role == "cc" else "")),
    ]  # fmt: skip
    if delivery.forwarded_from is not None:
        facts.append((_("转发单位"), delivery.forwarded_from.unit.name))
    facts += [
        (_("送达时间"), _when(delivery.sent_at)),
        (_("打开时间"), _by(delivery.opened_at, by) or _("还没有打开")),
        (_("签收时间"), _by(delivery.received_at, by) or _("还没有签收")),
        (_("文件摘要（SHA-256）"), delivery.digest),
    ]
    if found.trace is not None:
        where = _("第 %(strand)s 链第 %(seq)s 行") % {"strand": found.trace.strand, "seq": found.trace.seq}
        facts.append((_("留痕"), f"{where} {found.trace.hash}"))
    return facts


def _when(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def _by(at: datetime | None, unit: str) -> str:
    return f"{_when(at)} · {unit}" if at is not None else ""


def _data(found: Receipt) -> dict[str, Any]:
    delivery, notice, trace = found.delivery, found.delivery.notice, found.trace

    def iso(at: datetime | None) -> str | None:
        return localtime(at).isoformat() if at is not None else None

    return {
        "number": delivery.pk, "season": notice.season.code, "notice": notice.code, "title": notice.title,
        "document_number": notice.number, "issuer": notice.issuer, "unit": delivery.unit.code, "unit_name": delivery.unit.name,
        "role": delivery.role, "forwarded_by": delivery.forwarded_from.unit.code if delivery.forwarded_from else None,
        "sent_at": iso(delivery.sent_at), "opened_at": iso(delivery.opened_at), "received_at": iso(delivery.received_at),
        "digest": delivery.digest, "wording": found.number, "wordings": found.wordings,
        "trace": {"strand": trace.strand, "seq": trace.seq, "hash": trace.hash} if trace is not None else None,
        "holds": found.holds, "kept": found.is_kept, "current": found.is_current,
        "traced": found.is_traced if delivery.received_at is not None else None,
        "proofs": [{"verdict": str(p.verdict), "sentence": p.sentence} for p in found.proofs()],
    }  # fmt: skip


def _write(found: Receipt, output: Path) -> None:
    file = queries.file_sent(found.delivery)
    if file is None:
        raise Incomplete(_("送达的文件没有保存下来，写不出来。请联系系统管理员核查留痕。"))
    try:
        output.write_bytes(file.text.encode())
    except OSError as fault:
        raise Incomplete(_("写不了“%(file)s”：%(why)s。") % {"file": output, "why": fault.strerror}) from None
    click.echo(_("已写入 %(file)s。") % {"file": output}, err=True)
