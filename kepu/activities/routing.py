"""Who reviews a filing: the steps that the notices lay down, made into units. One query for places and lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kepu.activities.gates import reason_of
from kepu.core import calendar
from kepu.core.fields import ancestors
from kepu.core.refusals import GateClosed, NotAllowed, Reason
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.routing import receiver_words
from kepu.notices.models import Notice
from kepu.orgs.models import Coordination, Unit
from kepu.orgs.queries import COORDINATES

NEAREST = ("host_above",)  # where no notice says more


@dataclass(frozen=True, slots=True)
class Chain:
    """The units that review in turn, and how long each has."""

    units: tuple[int, ...]
    days: int | None = None
    working_days: int | None = None

    def as_plain(self) -> dict[str, Any]:
        return {"units": list(self.units), "days": self.days, "working_days": self.working_days}

    @classmethod
    def from_plain(cls, kept: dict[str, Any]) -> Chain:
        return cls(tuple(kept["units"]), kept["days"], kept["working_days"])

    def due(self, at: datetime) -> datetime | None:
        """When a step that begins now is to be done; None where nothing is laid down."""
        day = calendar.day_of(at)
        if self.working_days is not None:
            return calendar.end_of_day(calendar.add_working_days(day, self.working_days))
        return calendar.end_of_day(day + timedelta(days=self.days)) if self.days is not None else None


def reviewers_for(rules: Rules, host: Unit, facts: dict[str, Any], *, chosen: int | None = None) -> Chain:
    """The chain of review for a host. ``chosen`` is the responsible unit (归口单位) that the host named.

    Without a route the nearest coordinator at or above the host's place reviews, then one of its line; a unit at the
    top, with nobody above, reviews its own. Raises :class:`GateClosed` with the clause where the choice is not free.
    """
    return Router(rules, host).chain(facts, chosen=chosen)


class Router:
    """The route of one host. Who coordinates around it is asked once, so that many filings cost no query more."""

    def __init__(self, rules: Rules, host: Unit) -> None:
        self.host, self.rule = host, rules.get("routing.activity")
        self._who: _Resolver | None = None
        self._found: dict[str, int | None] = {}

    def chain(self, facts: dict[str, Any], *, chosen: int | None = None) -> Chain:
        """What :func:`reviewers_for` answers, for these facts."""
        host, rule = self.host, self.rule
        routing: Any = rule.params if rule else None
        route = (
            routing.route_for(host_kind=host.kind, host_level=host.level, facts=facts) if routing else None
        )
        steps = route.steps if route else NEAREST
        found = [unit for unit in dict.fromkeys(self._unit_for(step) for step in steps) if unit is not None]
        units = [unit for unit in found if unit != host.pk] if len(found) > 1 else found
        if chosen is not None and chosen not in units:
            if rule and routing.choice == "fixed":
                raise GateClosed(reasons=[_other_than_laid_down(rule, steps)])
            units = [_free_choice(chosen, host)]
        if not units:
            raise NotAllowed(
                _("应当由%(who)s审核，但系统里还没有登记这个单位。请联系上级统筹单位。")
                % {"who": _("，再由").join(receiver_words(step) for step in steps)}
            )
        return Chain(tuple(units), route.days if route else None, route.working_days if route else None)

    def _unit_for(self, step: str) -> int | None:
        if step not in self._found:
            self._who = self._who or _Resolver(self.host, self.rule)
            self._found[step] = self._who.unit_for(step)
        return self._found[step]


class _Resolver:
    """Receivers, as routes write them, made into units for one host."""

    def __init__(self, host: Unit, rule: InForce | None) -> None:
        self.host, self.rule = host, rule
        where, columns = (
            Q(place__path__in=ancestors(host.place_path)),
            ["unit_id", "place__path", "place__level"],
        )
        if host.line_path:
            where |= Q(line__path__in=ancestors(host.line_path)[1:])
            columns.append("line__path")
        rows = list(Coordination.objects.filter(where).order_by("pk").values_list(*columns))
        # the longest path of a chain is the nearest
        self.by_place = sorted(
            ((path, level, unit) for unit, path, level, *_line in rows if path), reverse=True
        )
        self.by_line = sorted(
            ((line[0], unit) for unit, _path, _level, *line in rows if any(line)), reverse=True
        )

    def unit_for(self, receiver: str) -> int | None:
        kind, _at, level = receiver.partition("@")
        if kind.startswith("line:"):
            return self._in_line(kind[5:], level)
        if level:
            return next((unit for _path, its_level, unit in self.by_place if its_level == level), None)
        if kind == "host_above":
            return self._above()
        if kind.startswith("unit:"):
            return _only(Unit.objects.filter(code=kind[5:]))
        if self.rule is None:
            return None
        column = Coalesce("issuer_unit__merged_into_id", "issuer_unit_id")
        issuer = Notice.objects.values_list(column, flat=True).get(pk=self.rule.clause.notice.id)
        return int(issuer) if issuer is not None else None

    def _above(self) -> int | None:
        units = [unit for _path, _level, unit in self.by_place] + [unit for _path, unit in self.by_line]
        return next((unit for unit in units if unit != self.host.pk), units[0] if units else None)

    def _in_line(self, line: str, level: str) -> int | None:
        """The unit in charge of a line at the host's place of a level: one that coordinates, else a department."""
        above = {"place__path__in": ancestors(self.host.place_path), "place__level": level}
        going_on = Unit.objects.filter(closed_on=None)
        units = list(going_on.filter(line__code=line, **above).only("kind", "traits").order_by("pk"))
        best = sorted(units, key=lambda unit: (COORDINATES not in unit.traits, unit.kind != "department"))
        return best[0].pk if best else None


def _only(units: QuerySet[Unit]) -> int | None:
    """A unit named long ago may have been merged since: then it is the one that was kept."""
    return next(iter(units.values_list(Coalesce("merged_into_id", "pk"), flat=True)), None)


def _other_than_laid_down(rule: InForce, steps: tuple[str, ...]) -> Reason:
    who = _("，再由").join(receiver_words(step) for step in steps)
    return reason_of(
        rule, _("归口单位是规定的：%(who)s。请改选，或留空由系统填。") % {"who": who}, "responsible_unit"
    )


def _free_choice(chosen: int, host: Unit) -> int:
    unit = Unit.objects.filter(pk=chosen).only("traits", "name").first()
    if unit is None or COORDINATES not in unit.traits or chosen == host.pk:
        name = unit.name if unit else ""
        raise NotAllowed(reasons=[Reason(
            _("归口单位要选负责统筹的单位，“%(unit)s”不行。") % {"unit": name}, field="responsible_unit", code="form"
        )])  # fmt: skip
    return chosen
