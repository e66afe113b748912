"""``kepu season compare``: what two seasons ask differently, of a kind of unit or notice against notice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click
from django.utils.translation import gettext as _

from kepu.cli.finding import season_named
from kepu.core import clock
from kepu.core.refusals import Incomplete
from kepu.notices import queries
from kepu.notices.comparing import Change, Comparison, Row
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import Season
from kepu.orgs.models import Place, Term, Vocabulary

SIGNS = {Change.ONLY_BEFORE: ("-", "red"), Change.ONLY_AFTER: ("+", "green"), Change.CHANGED: ("~", "yellow")}


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--place", default="", help="Code of a place; the nation, or every place. / 地区代码")
@click.option(
    "--kind", default="", help="Kind of unit: the rules in force for it. / 单位类别：比对它有效的规定"
)
@click.option("--json", "as_json", is_flag=True, help="As JSON. / 以 JSON 输出")
def compare(before: str, after: str, place: str, kind: str, as_json: bool) -> None:
    """Say what season AFTER asks otherwise than season BEFORE; both are codes of seasons.

    With --kind the rules in force for such a unit at the place, by rule; without it notice against notice, by the
    codes of clauses. Dates count from the first day of each season's concentrated week.
    """
    seasons = (season_named(before), season_named(after))
    where = _place(place) if place else None
    parts = _of_kind(seasons, where, kind) if kind else _of_notices(seasons, where)
    if as_json:
        click.echo(json.dumps([_as_data(*part) for part in parts], ensure_ascii=False, indent=2))
        return
    for part in parts:
        _tell(*part)


Part = tuple[str, str, str, Comparison | None]  # title, code before, code after, what differs


def _place(code: str) -> Place:
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise Incomplete(_("没有代码为“%(code)s”的地区。") % {"code": code})
    return found


def _of_kind(seasons: tuple[Season, Season], place: Place | None, kind: str) -> Iterator[Part]:
    if not Term.objects.filter(vocabulary=Vocabulary.UNIT_KIND, code=kind).exists():
        raise Incomplete(_("没有代码为“%(code)s”的单位类别。") % {"code": kind})
    where = place or _place("CN")
    who = Profile(where.path, kind, where.level, where.kind)
    found = queries.rules_compared(*seasons, who, clock.now())
    yield f"{where.name} {kind}", seasons[0].code, seasons[1].code, found


def _of_notices(seasons: tuple[Season, Season], place: Place | None) -> Iterator[Part]:
    for pair in queries.notices_compared(*seasons, place):
        codes = (notice.code if notice else "" for notice in (pair.before, pair.after))
        yield pair.title, next(codes), next(codes), pair.comparison


def _tell(title: str, before: str, after: str, found: Comparison | None) -> None:
    click.secho(f"{title}（{before or '—'} → {after or '—'}）", bold=True)
    if found is None:
        click.secho(_("  有一份按现在的格式读不出来，没有比。"), fg="yellow")
        return
    for row in found.rows:
        _tell_row(row)
    click.echo(_("  相同%(n)s条。") % {"n": found.unchanged})


def _tell_row(row: Row) -> None:
    sign, colour = SIGNS[row.change]
    click.secho(f"{sign} {row.key}", fg=colour)
    if row.change is Change.CHANGED and row.before != row.after:
        click.echo(f"    {row.before}\n  → {row.after}")
    else:
        click.echo(f"    {row.after or row.before}")
    for note in row.notes:
        click.echo(f"    {note}")


def _as_data(title: str, before: str, after: str, found: Comparison | None) -> dict[str, Any]:
    data: dict[str, Any] = {"title": title, "before": before, "after": after}
    if found is None:
        return data | {"compared": False}
    return data | {
        "compared": True,
        "unchanged": found.unchanged,
        "rows": [asdict(row) for row in found.rows],
    }
