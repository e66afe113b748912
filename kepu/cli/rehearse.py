"""``kepu rehearse``: play a whole season and report it. Demo, load generator and end-to-end test in one."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from kepu.cli.loading import load_season, seasons_folder
from kepu.cli.throwaway import throwaway
from kepu.core import space, tallies
from kepu.core.calendar import start_of_day
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices.format.reading import read_season, text_of
from kepu.notices.models import Season
from kepu.orgs.models import Unit
from kepu.rehearsal.cast import set_up_cast
from kepu.rehearsal.figures import Figures
from kepu.rehearsal.models import RehearsalState
from kepu.rehearsal.report import by_notice, outcome
from kepu.rehearsal.script import span_of
from kepu.rehearsal.season import open_rehearsal, play_until

SEASON = "2023"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--units",
    default=0,
    help="How many made-up units; as many as the activities ask for unless said. / 单位数",
)
@click.option("--activities", default=300, show_default=True, help="How many activities. / 活动数")
@click.option(
    "--seed", default=2023, show_default=True, help="The same seed plays the same season. / 随机种子"
)
@click.option(
    "--season", "folder", default="", help="Folder of the season; the one of 2023 unless said. / 届次目录"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output. / 以 JSON 输出")
@click.option(
    "--keep", is_flag=True, help="Keep the temporary database and say where it is. / 保留临时数据库"
)
@click.option(
    "--database", type=click.Choice(["temp", "postgres", "here"]), default="temp", show_default=True,
    help="A temporary SQLite file, a temporary PostgreSQL database, or this rehearsal space itself. / 用哪个数据库",
)  # fmt: skip
def command(
    units: int, activities: int, seed: int, folder: str, as_json: bool, keep: bool, database: str
) -> None:
    """Play a whole season through the acts of the web, day by day, and report what happened.

    Every unit and person is made up. The rules are those of the season's real notices.
    """
    path = Path(folder) if folder else seasons_folder() / SEASON
    with _place(database, keep) as address:
        result = rehearse(
            path, units=units or units_for(activities), activities=activities, seed=seed, progress=not as_json
        )
        if keep and address:
            result["database"] = address
        click.echo(json.dumps(result, ensure_ascii=False, indent=2) if as_json else "\n".join(told(result)))
    if (result["audit"], result["tallies"]) != ("ok", "ok"):
        sys.exit(1)


def units_for(activities: int) -> int:
    """As many units as such a season would have; coordinators and member units alone are some 290."""
    return 300 + activities // 10


def _place(database: str, keep: bool) -> AbstractContextManager[str]:
    if database != "here":
        return throwaway("postgres" if database == "postgres" else "sqlite", keep=keep)
    if not settings.KEPU_REHEARSAL:
        raise NotAllowed(_("这里是真实的届次，不能演练。请用 --database temp。"))
    space.check()
    call_command("migrate", verbosity=0)
    if Unit.objects.filter(made_up=False).exists():
        raise NotAllowed(_("这个数据库里有真实单位，不能演练。请用 --database temp。"))
    space.enter()
    if RehearsalState.objects.exists():
        raise NotAllowed(_("这个数据库已经演练过。请换一个数据目录，或用 --database temp。"))
    return nullcontext("")


def rehearse(
    folder: Path, *, units: int, activities: int, seed: int, progress: bool = False
) -> dict[str, Any]:
    """Load a season's folder into the database at hand, cast it, play it to the end, and give what it came to."""
    season = loaded(folder)
    span = span_of(season)
    set_up_cast(units, seed=seed, at=start_of_day(span.first) - timedelta(hours=15))
    open_rehearsal(season, seed=seed, activities=activities)
    figures, end = Figures(), start_of_day(span.last + timedelta(days=1))
    began = time.monotonic()
    with progress_of_days((span.last - span.first).days + 1, shown=progress) as on_day:
        play_until(end, figures=figures, on_day=on_day)
    seconds = time.monotonic() - began
    while tallies.fold():
        pass
    return outcome(season, figures, at=end, seconds=seconds)


def loaded(folder: Path) -> Season:
    """The folder's season, with its words, places and notices in force."""
    if not (folder / "season.toml").is_file():
        raise Incomplete(_("%(folder)s 里没有 season.toml。") % {"folder": folder})
    for _said in load_season(folder):
        pass
    return Season.objects.get(code=read_season(text_of(folder / "season.toml"), "season.toml").season.code)


class progress_of_days(AbstractContextManager[Callable[[date], None]]):
    """A progress bar of days, on a terminal only."""

    def __init__(self, length: int, *, shown: bool) -> None:
        self.bar: Any = None
        if shown and sys.stderr.isatty():
            self.bar = click.progressbar(
                length=length, label=_("演练"), file=sys.stderr, item_show_func=_day_words
            )

    def __enter__(self) -> Callable[[date], None]:
        if self.bar is None:
            return lambda day: None
        self.bar.__enter__()
        return lambda day: self.bar.update(1, day)

    def __exit__(self, *fault: Any) -> None:
        if self.bar is not None:
            self.bar.__exit__(*fault)


def _day_words(day: date | None) -> str:
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day} if day else ""


def told(result: dict[str, Any]) -> list[str]:
    """The result for people: what happened, what was refused and why, who was in time."""
    a = result["activities"]
    bold = {"bold": True}
    lines = [
        click.style(
            _("演练结束：%(units)s个单位，%(filed)s项活动。")
            % {"units": result["units"], "filed": a["filed"]},
            **bold,
        ),
        "",
        _(
            "填报%(filed)s，退回%(returned)s，通过%(approved)s，发布%(published)s（重点%(key)s，线上%(online)s），取消%(cancelled)s。"
        )
        % a,
        _(
            "举办%(held)s，完善%(completed)s，总结%(summarised)s（其中迟交%(summaries_late)s），参与%(participants)s人次。"
        )
        % a,
        "",
        click.style(_("被拒绝的，按条款："), **bold),
    ]
    lines += [_refusal(r) for r in result["refused"]]
    lines += ["", click.style(_("报送任务："), **bold)]
    for notice, duties in by_notice(result["duties"]).items():
        lines.append(f"  {notice}")
        lines += [_duty(duty) for duty in duties]
    lines += ["", click.style(_("数量要求："), **bold)]
    lines += [_quota(quota) for quota in result["quotas"] if quota["met"] or quota["short"]]
    books = (result["audit"], result["tallies"]) == ("ok", "ok")
    words = _("留痕：%(audit)s；计数：%(tallies)s。") % {
        "audit": result["audit"],
        "tallies": result["tallies"],
    }
    lines += ["", click.style(words, fg="green" if books else "red")]
    lines.append(_("%(acts)s次操作，用时%(seconds)s秒，每秒%(acts_per_second)s次。") % result)
    if "database" in result:
        lines.append(_("数据库留在 %(database)s。") % result)
    return lines


def _refusal(refusal: dict[str, Any]) -> str:
    where = f"{refusal['clause']}  {refusal['cite']}" if refusal["clause"] else _("（填写要求）")
    return f"  {refusal['count']:>5}  {where}\n         {refusal['sentence']}"


def _duty(duty: dict[str, Any]) -> str:
    said = _("应报%(bound)s，按时%(on_time)s，逾期%(late)s，未报%(missing)s") % duty
    return f"    {duty['clause']:<8} {duty['title']}{_('：')}{said}"


def _quota(quota: dict[str, Any]) -> str:
    return f"    {quota['clause']:<14} {quota['title']}{_('：')}" + _("达到%(met)s，不足%(short)s") % quota
