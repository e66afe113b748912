"""What the gallery shows of the public's site: a day's activities in every standing, the days, the dial. Made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kepu.activities.lines import Line
from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.core.calendar import CHINA, ONE_DAY
from kepu.web.portal.activities import showing
from kepu.web.portal.dial import Dial, dial
from kepu.web.portal.programme import Programme, programme
from kepu.web.portal.season import Phase

AT = datetime(2023, 9, 17, 10, tzinfo=CHINA)
FIRST, LAST = date(2023, 9, 17), date(2023, 9, 23)


def groups() -> list[showing.Group]:
    """One day with an activity in each standing that a list can show."""
    lines = [
        _line(1, "走进气象台：台风是怎样被看见的", 9),
        _line(2, "院士面对面", 14, key_activity=True, mode=Mode.MIXED),
        _line(3, "云上恐龙馆", 8, days=3, mode=Mode.ONLINE),
        _line(
            4,
            "社区用药安全讲座，题目长一些，看一看换行以后是不是还好读",
            15,
            status=PublicationStatus.CHANGED,
        ),
        _line(5, "观星夜", 20, status=PublicationStatus.POSTPONED, time_pending=True),
        _line(6, "科普大集", 9, status=PublicationStatus.CANCELLED),
    ]
    return showing.groups(lines, at=AT)


def days() -> Programme | None:
    """A month with more on at weekends."""
    last = date(2023, 9, 30)
    first = date(2023, 9, 1)
    counts = {
        first + n * ONE_DAY: 40 + 97 * ((first.weekday() + n) % 7 > 4) + 11 * (n % 4) for n in range(30)
    }
    counts.pop(date(2023, 9, 20))
    return programme(Phase(first, last, "during", "", "", None), counts, None, at=AT)


def dials() -> list[tuple[str, Dial | None]]:
    """Before, during and after, and a month."""
    return [
        ("还没开始", dial(FIRST, LAST, at=AT - timedelta(days=3))),
        ("第3天", dial(FIRST, LAST, at=AT + timedelta(days=2))),
        ("已经结束", dial(FIRST, LAST, at=AT + timedelta(days=9))),
        ("一个月", dial(date(2025, 9, 1), date(2025, 9, 30), at=datetime(2025, 9, 12, 9, tzinfo=CHINA))),
    ]


def _line(pk: int, title: str, hour: int, *, days: int = 0, **more: Any) -> Line:
    starts = datetime(2023, 9, 17, hour, tzinfo=CHINA)
    fields = {"mode": Mode.OFFLINE, "status": PublicationStatus.ON, **more}
    row = Publication(
        pk=pk, title=title, host_name="东莞市气象局", place_words="广东省东莞市莞城街道", starts_at=starts, next_at=starts,
        ends_at=starts + timedelta(days=days, hours=2), **fields,
    )  # fmt: skip
    return Line.of(row)
