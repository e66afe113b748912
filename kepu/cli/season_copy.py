"""``kepu season copy``: the next season begun as a copy of the last, in the database or as files in a folder."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kepu.cli.finding import season_named, unit_named
from kepu.cli.loading import notices_in, seasons_folder
from kepu.core import clock
from kepu.core.refusals import Incomplete
from kepu.notices import actions, queries
from kepu.notices.copying import (
    HEADER,
    ShiftedNotice,
    check_reach,
    first_day_in,
    season_after,
    shifted_notice,
)
from kepu.notices.format.checking import check_notice
from kepu.notices.format.problems import schema_problems
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.format.schema import SeasonFile, SeasonHeader
from kepu.notices.format.surroundings import beside
from kepu.notices.format.writing import write_notice, write_season
from kepu.notices.shifting import suggested_days
from kepu.orgs.actor import SYSTEM

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--name", default="", help="Name of the new season. / 新一届的名称")
@click.option("--name-en", default="", help="Its English name. / 英文名称")
@click.option(
    "--year", type=click.IntRange(1900, 2200), help="Its year; the next unless said. / 年份，不写是下一年"
)
@click.option("--first-day", type=DAY, help="First day of its concentrated week. / 集中开展的第一天")
@click.option("--days", type=int, help="Shift by so many days instead. / 直接写移动几天")
@click.option(
    "--unit", default="", help="Unit that takes notices of unknown units. / 发文单位不明的通知由谁接手"
)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path),
    help="Write the files of the new season here, without a database; OLD is a folder then. / 只写文件，不用数据库",
)  # fmt: skip
def copy(
    old: str, new: str, name: str, name_en: str, year: int | None, first_day: datetime | None, days: int | None,
    unit: str, folder: Path | None,
) -> None:  # fmt: skip
    """Begin season NEW as a copy of OLD: dates shifted, codes kept, nothing in force before it is issued.

    Without --first-day and --days the week keeps its weekdays and stays nearest to last year's date.
    """
    first = first_day.date() if first_day else None
    if folder is not None:
        _write(old, folder, code=new, name=name, name_en=name_en, year=year, first=first, days=days)
        return
    source = season_named(old)
    began = queries.first_day_of_week(source)
    shift = _shift(began, source.year, year, first, days)
    header = _header(queries.header_of(source), new, shift, name, name_en)
    season = actions.copy_season(
        source, header, days=shift[1], by=SYSTEM, at=clock.now(), heir=unit_named(unit) if unit else None
    )
    progress = queries.copy_progress(season)
    assert progress is not None
    text = _(
        "%(season)s：已经开设，移动%(days)s天；%(done)s/%(total)s份通知稿已备好，其余由 kepu worker 接着办。"
    )
    click.echo(
        text % {"season": season.name, "days": shift[1], "done": progress.done, "total": progress.total}
    )


def _shift(
    began: date, from_year: int, year: int | None, first: date | None, days: int | None
) -> tuple[int, int]:
    """The new year and by how many days everything moves."""
    wanted = year or from_year + 1
    by_day = (first - began).days if first else None
    if by_day is not None and days is not None and by_day != days:
        text = _("--first-day 是移动%(by_day)s天，--days 写的是%(days)s天。请只写一个。")
        raise Incomplete(text % {"by_day": by_day, "days": days})
    chosen = days if days is not None else by_day
    return wanted, suggested_days(began, began.year + wanted - from_year) if chosen is None else chosen


def _header(source: SeasonHeader, code: str, shift: tuple[int, int], name: str, name_en: str) -> SeasonHeader:
    try:
        return season_after(source, code=code, year=shift[0], days=shift[1], name=name, name_en=name_en)
    except ValidationError as fault:
        raise Incomplete(schema_problems(fault, "", "", SeasonHeader)[0].sentence) from None
    except (OverflowError, ValueError):
        raise Incomplete(_("移动的天数太多，日历上没有那一天。")) from None


def _write(
    old: str, out: Path, *, code: str, name: str, name_en: str, year: int | None, first: date | None, days: int | None
) -> None:  # fmt: skip
    """The files of the new season, each checked after it was written; what needs a look is printed."""
    if out.is_dir() and any(out.glob("*.toml")):
        raise Incomplete(_("“%(folder)s”里已经有通知文件。请换一个文件夹。") % {"folder": out})
    folder = _folder_of(old)
    season = read_season(text_of(folder / "season.toml"), "season.toml")
    found = notices_in(folder, season)
    began = first_day_in(file for _path, file, _text in found) or season.season.first_day
    shift = _shift(began, season.season.year, year, first, days)
    check_reach(began, shift[1], from_year=season.season.year, year=shift[0])
    header = _header(season.season, code, shift, name, name_en)
    shifted = {
        path.name.replace(str(season.season.year), str(header.year)): shifted_notice(
            file, season=header.code, year=header.year, days=shift[1], from_year=season.season.year
        )
        for path, file, _text in found
    }  # fmt: skip
    _put(out, season.model_copy(update={"season": header}), shifted)
    for file_name, notice in shifted.items():
        _tell(out / file_name, notice)


def _folder_of(old: str) -> Path:
    """OLD as a folder: itself, or one of those that come with the program, by name or by the code of its season."""
    for folder in (Path(old), seasons_folder() / old):
        if (folder / "season.toml").is_file():
            return folder
    for file in sorted(seasons_folder().glob("*/season.toml")):
        if read_season(text_of(file), file.name).season.code == old:
            return file.parent
    raise Incomplete(_("找不到“%(old)s”：写文件时，要给一个有 season.toml 的文件夹。") % {"old": old})


def _put(out: Path, season: SeasonFile, notices: dict[str, ShiftedNotice]) -> None:
    codes = [notice.file.notice.code for notice in notices.values()]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise Incomplete(_("移动以后有两份通知的代码都是“%(code)s”。请先改好上一届的。") % {"code": twice})
    out.mkdir(parents=True, exist_ok=True)
    (out / "season.toml").write_text(write_season(season), encoding="utf-8")
    for file_name, notice in notices.items():
        (out / file_name).write_text(write_notice(notice.file), encoding="utf-8")


def _tell(path: Path, notice: ShiftedNotice) -> None:
    text = text_of(path)
    file = read_notice(text, path.name)
    said = {"file": path.name, "n": len(file.clause), "look": len(file.clause) - notice.settled}
    click.secho(_("%(file)s：%(n)s条，其中%(look)s条要看一看。") % said, bold=True)
    for where, flags in notice.flags.items():
        for flag in flags:
            click.echo(f"  {_('文头') if where == HEADER else where}{_('：')}{flag.sentence}")
    for problem in check_notice(file, text, path.name, beside(file, path)):
        click.secho(f"  {problem}", fg="red" if problem.is_error else "yellow")
