"""``kepu clauses``: the ledger's balance. What of the five notices lives where, and which test shows it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import click
from django.utils.translation import gettext as _

import kepu
from kepu.core.refusals import Incomplete

STATES = ("enforced", "carried", "not yet")


def ledger_file() -> Path:
    """The ledger in the checkout, or the copy inside an installed package."""
    package = Path(kepu.__file__).parent
    beside = package.parent / "docs" / "clauses.csv"
    return beside if beside.is_file() else package / "_docs" / "clauses.csv"


def read_ledger(path: Path | None = None) -> list[dict[str, str]]:
    """The ledger's rows. Raises :class:`Incomplete` where there is no ledger."""
    file = path or ledger_file()
    if not file.is_file():
        raise Incomplete(_("找不到条款台账 docs/clauses.csv。"))
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="As JSON. / 以 JSON 输出")
@click.option("--notice", default="", help="Only one notice, such as DG. / 只看一份通知")
@click.option("--list", "as_list", is_flag=True, help="Every clause, not only the balance. / 逐条列出")
def command(as_json: bool, notice: str, as_list: bool) -> None:
    """Print the balance of the ledger: by notice, by kind, by strength. / 条款台账"""
    rows = [r for r in read_ledger() if not notice or r["id"].startswith(notice)]
    balance = {name: _balance(rows, name) for name in ("place", "kind", "enforce")}
    if as_json:
        total = dict(Counter(r["state"] for r in rows))
        data: dict[str, object] = {"clauses": len(rows), "total": total, **balance}
        if as_list:
            data["list"] = rows
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if as_list:
        for r in rows:
            click.echo(
                f"{r['id']:<7}{r['state']:<9} {r['enforce']:<6} {r['where'] or '—'}  {r['test'] or '—'}"
            )
            click.echo(f"        {r['summary']}")
    titles = {"place": _("按通知"), "kind": _("按种类"), "enforce": _("按强度")}
    for name, groups in balance.items():
        click.secho(f"\n{titles[name]}", bold=True)
        states = (_("软件执行"), _("随数据承载"), _("尚未"))
        click.echo(" " * 16 + "".join(f"{state:>8}" for state in states))
        for group, counts in groups.items():
            click.echo(f"{group:<18}" + "".join(f"{counts.get(state, 0):>10}" for state in STATES))
    counts = Counter(r["state"] for r in rows)
    said = _("共%(n)s条：%(enforced)s条由软件执行，%(carried)s条随数据承载并展示，%(rest)s条尚未承载。")
    click.secho(
        "\n" + said % {
            "n": len(rows), "enforced": counts["enforced"], "carried": counts["carried"], "rest": counts["not yet"],
        },
        bold=True,
    )  # fmt: skip


def _balance(rows: list[dict[str, str]], name: str) -> dict[str, dict[str, int]]:
    groups: dict[str, Counter[str]] = {}
    for row in rows:
        groups.setdefault(row[name], Counter())[row["state"]] += 1
    return {group: dict(counts) for group, counts in groups.items()}
