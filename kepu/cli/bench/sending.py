"""Sending a notice to many units, and looking at what became of it: the pages must not grow with the recipients."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.cli.bench.measuring import Measurement, median, watched
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core import outbox
from kepu.core.calendar import CHINA
from kepu.core.models import OutboxRow
from kepu.notices import actions, queries
from kepu.notices.actions.sending import CARRY_ON
from kepu.notices.models import Delivery, Notice, NoticeStatus, Season
from kepu.notices.queries.deliveries import Step
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Place, Post, Role, Unit

RECIPIENTS, PROVINCES, LOOKS = 20_000, 30, 20
ONE_MINUTE = timedelta(minutes=1)
AT = datetime(2023, 8, 21, 9, tzinfo=CHINA)


def measure(*, scale: float = 1.0) -> list[Measurement]:
    count = max(PROVINCES, int(RECIPIENTS * scale))
    found = _on("sqlite", count, "SQLite")
    if postgres_server() is None:
        return [*found, Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    return found + _on("postgres", count, "PostgreSQL")


def _on(engine: str, count: int, name: str) -> list[Measurement]:
    with throwaway(engine, safe=True):
        notice = set_up(count)
        began = time.perf_counter()
        actions.send_notice(notice, by=SYSTEM, at=AT)
        with watched() as seen:
            while OutboxRow.objects.filter(kind=CARRY_ON, state="waiting").exists():
                outbox.deliver(at=AT + ONE_MINUTE, size=1)  # the mails come when every unit is reached
        spent = time.perf_counter() - began
        batches = OutboxRow.objects.filter(kind=CARRY_ON).count()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        reached = Delivery.objects.count()
        counting = _timed(lambda: queries.delivery_counts(notice))
        rows = queries.deliveries_at(notice, Step.UNOPENED).select_related("unit").order_by("part", "id")
        listing = _timed(lambda: list(rows[:40]))
    said = _("%(n)s个单位，每个一条消息、一封待发的邮件；%(batches)s批，每批%(statements).0f条语句。")
    about = {"n": f"{reached:,}", "batches": batches, "statements": seen.count / batches}
    return [
        Measurement(_("%(name)s：送达") % {"name": name}, reached / spent, _("单位/秒"), said % about),
        Measurement(
            _("%(name)s：数一遍送达情况") % {"name": name}, counting, "ms",
            _("按级别和地区数已发、已打开、已签收：一条语句，一个索引。"),
        ),
        Measurement(_("%(name)s：没打开的，一页") % {"name": name}, listing, "ms"),
    ]  # fmt: skip


def set_up(count: int) -> Notice:
    """``count`` town offices in some provinces, a person with an address in each, and a notice to all of them."""
    nation = _place("CN", "/", "nation")
    places = [_place(f"{11 + n}0000", f"/{11 + n}0000/", "province", nation) for n in range(PROVINCES)]
    units = Unit.objects.bulk_create(
        Unit(
            code=f"S{n}", name=f"第{n}乡镇", kind="town_office", place=place, place_path=f"{place.path}{n}/",
            place_kind="town", level="town",
        )
        for n in range(count) for place in (places[n % PROVINCES],)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(username=f"s{n}", name=f"第{n}人", email=f"s{n}@example.cn", password="!")
        for n in range(count)
    )
    Post.objects.bulk_create(
        Post(person=person, unit=unit, role=Role.FILER) for person, unit in zip(people, units, strict=True)
    )
    day = AT.date()
    season = Season.objects.create(
        code="s", campaign="s", year=day.year, name="s", first_day=day, last_day=day
    )
    header = {
        "code": "n", "season": "s", "title": "通知", "issuer": "办公室",
        "recipients": [{"title": "各乡镇", "kinds": ["town_office"], "levels": ["town"]}],
    }  # fmt: skip
    return Notice.objects.create(
        season=season,
        code="n",
        title="通知",
        issuer="办公室",
        place=nation,
        status=NoticeStatus.FORMAL,
        header=header,
    )


def _place(code: str, path: str, kind: str, parent: Place | None = None) -> Place:
    return Place.objects.create(code=code, name=code, kind=kind, level=kind, path=path, parent=parent)


def _timed(look: object) -> float:
    """The median of some looks, in milliseconds."""
    spent = []
    for _i in range(LOOKS):
        began = time.perf_counter()
        look()  # type: ignore[operator]
        spent.append(time.perf_counter() - began)
    return median(spent) * 1000
