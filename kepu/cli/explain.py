"""``kepu explain``: why a rule holds for a unit, clause by clause."""

from __future__ import annotations

import json
from datetime import datetime

import click
from django.utils.translation import gettext as _

from kepu.cli.finding import season_named, unit_named
from kepu.core import clock
from kepu.core.calendar import CHINA
from kepu.core.refusals import Incomplete
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--unit", "unit_code", required=True, help="Code or name of the unit. / 单位编号或名称")
@click.option("--season", "season_code", default="", help="Season; the open one unless said. / 届次")
@click.option(
    "--at",
    "at_text",
    default="",
    help="Instant, such as 2023-09-01 or 2023-09-01T08:00; now unless said. / 时间",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON. / 以 JSON 输出")
@click.argument("keys", nargs=-1)
def command(unit_code: str, season_code: str, at_text: str, as_json: bool, keys: tuple[str, ...]) -> None:
    """Say which notice and clause sets each of KEYS for a unit; without KEYS, every rule in force for it.

    Example: kepu explain --unit DG-SCHOOL-1 activity.lead_days
    """
    season = season_named(season_code)
    unit = unit_named(unit_code)
    at = _instant(at_text)
    rules = rules_in_force(unit, season, at=at)
    if as_json:
        click.echo(
            json.dumps({key: _as_data(rules, key) for key in keys or rules}, ensure_ascii=False, indent=2)
        )
        return
    click.secho(_("%(unit)s，%(at)s") % {"unit": unit.name, "at": at.strftime("%Y-%m-%d %H:%M")}, bold=True)
    for key in keys or sorted(rules):
        value = rules[key].value if key in rules else None
        shown = "" if value is None or not isinstance(value, str | int | float) else f" = {value}"
        click.secho(f"\n{key}{shown}", fg="cyan", bold=True)
        for sentence in rules.explain(key):
            click.echo(f"  {sentence}")


def _as_data(rules: Rules, key: str) -> dict[str, object]:
    rule = rules.get(key)
    if rule is None:
        return {"set": False, "explained": rules.explain(key)}
    return {
        "set": True, "value": rule.value if isinstance(rule.value, str | int | float | bool) else str(rule.value),
        "notice": rule.clause.notice.code, "clause": rule.clause.code, "cite": rule.cite, "mode": str(rule.mode),
        "status": str(rule.status), "strictness": str(rule.strictness), "chain": [c.code for c in rule.chain],
        "explained": rules.explain(key),
    }  # fmt: skip


def _instant(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Incomplete(
            _("时间写成 2023-09-01 或 2023-09-01T08:00；现在是“%(text)s”。") % {"text": text}
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=CHINA)
