"""A town's sheet on its way: rows a second through the dry run and through filing, and how much memory ten times the rows take."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import xlsxwriter
from django.utils.translation import gettext as _

from kepu.cli.bench.measuring import Measurement
from kepu.cli.bench.scene import Scene, set_scene
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core.calendar import start_of_day
from kepu.intake import actions
from kepu.intake.models import SheetImport
from kepu.intake.queries import counts_of
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor

ROWS, FEW = 5000, 500
HEADERS = (
    "序号", "活动名称", "活动时间", "活动地点", "举办方式", "预计参与人数", "内容简介", "安全责任人", "内容责任人", "举办地责任人",
    "联系人", "联系电话", "副主题",
)  # fmt: skip


def measure(*, scale: float = 1.0) -> list[Measurement]:
    count = max(100, int(ROWS * scale))
    found = _on("sqlite", count, "SQLite")
    if postgres_server() is None:
        found.append(Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。")))
    else:
        found += _on("postgres", count, "PostgreSQL")
    few = max(50, int(FEW * scale))
    small, big = (_peak(n) for n in (few, count))
    found.append(Measurement(
        _("内存峰值：%(big)s行比%(small)s行") % {"big": count, "small": few}, big / small, _("倍"),
        _("交表和试填，各在一个新进程里：%(small).0f MB，%(big).0f MB。") % {"small": small / 1024, "big": big / 1024},
    ))  # fmt: skip
    return found


def _on(engine: str, count: int, name: str) -> list[Measurement]:
    """A whole sheet in a temporary database: handed in, tried, and a fifth of it filed."""
    with throwaway(engine, safe=True):
        scene, by, at = _ready()
        data = table(count, scene, by, at)
        began = time.perf_counter()
        sheet = _handed_in(data, scene, by, at)
        taken = time.perf_counter() - began
        tried = _tried(sheet, by, at)
        good = counts_of(sheet).ready
        filed, seconds = _filed(sheet, by, at)
    return [
        Measurement(
            _("%(name)s：交表") % {"name": name}, count / taken, _("行/秒"), _("%(n)s行读出、加密存下。") % {"n": count}
        ),
        Measurement(
            _("%(name)s：试填") % {"name": name}, count / tried, _("行/秒"),
            _("逐行读、过关卡、定审核单位、查重复；%(good)s行可以填报。") % {"good": good},
        ),
        Measurement(
            _("%(name)s：填报") % {"name": name}, filed / seconds, _("行/秒"),
            _("每行一件事、一个事务：起草并填报，都带留痕；%(n)s行。") % {"n": filed},
        ),
    ]  # fmt: skip


def table(count: int, scene: Scene, by: Actor, at: datetime) -> bytes:
    """An XLSX of activities in the season's week, each another, with the sub-theme of the place where it has one."""
    file = io.BytesIO()
    assert by.unit is not None
    subtheme = rules_in_force(by.unit, scene.season, at=at).value("subtheme") or ""
    with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": None}) as book:
        page = book.add_worksheet("活动")
        page.write_row(0, 0, HEADERS)
        for n in range(1, count + 1):
            day = scene.span.week_start + timedelta(days=n % 5)
            page.write_row(n, 0, [
                str(n), f"科普进基层第{n}场", f"{day.month}月{day.day}日上午9:00-11:30", f"第{n}社区文化广场", "线下", "约200人",
                "现场讲座和动手体验，面向居民和学生。", "张安", "李容", "赵地", "王联", "13800000000",
                str(subtheme),
            ])  # fmt: skip
    return file.getvalue()


def _ready() -> tuple[Scene, Actor, datetime]:
    """The scene, somebody who files for a unit, and an instant early enough."""
    scene = set_scene(units=300)
    at = start_of_day(scene.span.week_start - timedelta(days=12)) + timedelta(hours=9)
    unit = next(iter(scene.cast.units.values()))
    return scene, scene.cast.filer(unit, at), at


def _handed_in(data: bytes, scene: Scene, by: Actor, at: datetime) -> SheetImport:
    return actions.start_import(uuid4(), data=data, file_name="表.xlsx", season=scene.season, by=by, at=at)


def _tried(sheet: SheetImport, by: Actor, at: datetime) -> float:
    actions.choose_columns(sheet, {}, by=by, at=at)
    began = time.perf_counter()
    while actions.check_some(sheet.pk, at=at):
        pass
    spent = time.perf_counter() - began
    sheet.refresh_from_db()
    return spent


def _filed(sheet: SheetImport, by: Actor, at: datetime) -> tuple[int, float]:
    """A part of the good lines filed: enough to know the pace."""
    sheet.lines.filter(number__gt=max(50, sheet.rows // 5)).update(state="skipped")
    asked = actions.file_lines(sheet, with_doubles=True, by=by, at=at)
    began = time.perf_counter()
    while actions.file_some(sheet.pk, at=at):
        pass
    return asked, time.perf_counter() - began


def _peak(count: int) -> int:
    """The most memory, in kB, that a fresh process takes for handing in and trying so many rows."""
    code = f"import django; django.setup(); from kepu.cli.bench.importing import in_one_process as run; run({count})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=os.environ.copy())  # fmt: skip
    return int(done.stdout.split()[-1])


def in_one_process(count: int) -> None:
    """What :func:`_peak` runs: prints the process's peak."""
    with throwaway("sqlite"):
        scene, by, at = _ready()
        _tried(_handed_in(table(count, scene, by, at), scene, by, at), by, at)
    print(_own_peak())


def _own_peak() -> int:
    """The most memory that this process has had, in kB. Linux tells it apart from what it was started by had."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.partition("VmHWM:")[2].split()[0])
