"""What became of a notice, in words: counts, lists, sendings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.notices import queries
from kepu.notices.models import Notice
from kepu.notices.queries.deliveries import FORWARDING_ORDER, STEP_ORDER, Counted, DeliveryCounts, Step
from kepu.orgs.models import Level, Place
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.received.showing import STEPS

PER_PAGE = 40
FORWARDED = "forwarded"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list a page shows: one step, or who forwarded; of one part where one is chosen (None: of all)."""

    tab: str
    part: str | None
    part_code: str = ""
    part_name: str = ""

    @property
    def step(self) -> Step | None:
        return Step(self.tab) if self.tab in set(Step) else None


@dataclass(frozen=True, slots=True)
class CountRow:
    label: Any
    counted: Counted
    url: str = ""
    is_chosen: bool = False


def asked(query: QueryDict, places: Mapping[str, Place]) -> Asked:
    """What an address asks for; strange values ask for the first list."""
    tab = query.get("tab", "")
    tab = tab if tab in {*Step, FORWARDED} else Step.UNOPENED
    wanted = query.get("part", "")
    for path, place in places.items():
        if wanted == place.code:
            return Asked(tab, path, place.code, place.name)
    return Asked(tab, "", "self", "") if wanted == "self" else Asked(tab, None)


def counts_shown(
    counts: DeliveryCounts, places: Mapping[str, Place], question: Asked, notice: Notice
) -> dict[str, list[CountRow]]:
    """The counts by level and by place; a place leads to the lists of its units."""
    here = _("%(place)s本级") % {"place": notice.place.name}
    by_level = [CountRow(dict(Level.choices).get(level, level), n) for level, n in counts.by_level]
    by_part = []
    for path, n in counts.by_part:
        place = places.get(path)
        code, label = (place.code, place.name) if place else ("self", here)
        by_part.append(CountRow(label, n, f"?tab={question.tab}&part={code}#list", question.part == path))
    return {"by_level": by_level, "by_part": by_part}


def tabs_of(notice: Notice, counts: DeliveryCounts, question: Asked) -> list[dict[str, Any]]:
    """The lists, with how many stand in each: in the chosen part where there is one."""
    part = dict(counts.by_part).get(question.part, Counted()) if question.part is not None else counts.total
    numbers = {Step.UNOPENED: part.unopened, Step.OPENED: part.unreceived, Step.RECEIVED: part.received}
    of_part = f"&part={question.part_code}" if question.part_code else ""
    address = reverse("workspace:notice-deliveries", args=[notice.pk])
    tabs = [
        {"label": STEPS[step], "url": f"{address}?tab={step}{of_part}#list", "current": question.tab == step, "count": n}
        for step, n in numbers.items()
    ]  # fmt: skip
    forwarded = {
        "label": _("谁转发了"), "url": f"{address}?tab={FORWARDED}#list", "current": question.tab == FORWARDED, "count": None
    }  # fmt: skip
    return [*tabs, forwarded]


def listed(notice: Notice, question: Asked, cursor: str) -> dict[str, Any]:
    """One page of the list asked for. One query; two for those who forwarded."""
    if question.step is None:
        found = page_of(queries.forwarding(notice), order=FORWARDING_ORDER, cursor=cursor, size=PER_PAGE)
        counts = queries.forwarded_counts(found.items)
        return {"page": found, "forwarders": [(d, counts[d.pk]) for d in found.items], "rows": []}
    rows = queries.deliveries_at(notice, question.step, question.part).select_related(
        "unit", "forwarded_from__unit"
    )
    found = page_of(rows, order=STEP_ORDER, cursor=cursor, size=PER_PAGE)
    shown = [
        {
            "delivery": d, "sent_at": moment(d.sent_at), "opened_at": moment(d.opened_at) if d.opened_at else "",
            "received_at": moment(d.received_at) if d.received_at else "",
            "reminded_at": moment(d.reminded_at) if d.reminded_at else "",
        }
        for d in found.items
    ]  # fmt: skip
    return {"page": found, "forwarders": [], "rows": shown}


def sendings_shown(notice: Notice) -> list[dict[str, Any]]:
    """The last sendings and reminders, newest first. One query."""
    return [
        {
            "what": s.get_kind_display(), "at": moment(s.at), "reached": s.reached, "under_way": s.done_at is None,
            "number": s.file.number if s.file else None,
        }
        for s in queries.sendings_of(notice)
    ]  # fmt: skip
