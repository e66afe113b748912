"""What a host's rows are read with: the season's days, the lists in force, and the places and units around it.

Made once for a run. What lies around the host is fetched in two queries; a name from farther away costs one more, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from typing import Any

from django.db.models import Q

from kepu.core.fields import ancestors, under
from kepu.core.spoken import Around
from kepu.intake.reading import Context
from kepu.intake.reading.columns import field_of
from kepu.intake.reading.context import Limit
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.form import Form
from kepu.notices.models import Season
from kepu.orgs.models import Place, Unit
from kepu.orgs.naming import name_key

CODED = ("tracks", "fields", "topics", "entries", "audiences", "formats", "marks")
MOST_PLACES = 5000
MOST_LOOKUPS = 300  # names from far away that one run asks the database for
# hours that people leave out: the reading says each time that they were assumed
HOURS = {
    "": (time(9), time(17)), "morning": (time(9), time(11, 30)), "noon": (time(12), time(14)), "afternoon": (time(14, 30), time(17)),
    "evening": (time(19), time(21)),
}  # fmt: skip


def context_for(host: Unit, season: Season, rules: Rules) -> Context:
    """The context of a run."""
    lists = {name: tuple(_lists(name, rules)) for name in CODED}
    return Context(
        around=Around(season.year, season.first_day, season.last_day),
        labels={name: _labels(found) for name, found in lists.items() if found},
        open_lists=frozenset(name for name, found in lists.items() if any(_is_open(rule) for rule in found)),
        place_of=Places(host).named, unit_of=Units().named, own_names=(host.name,), limits=limits_of(rules),
        usual_hours=HOURS, defaults={"theme": theme} if (theme := rules.value("theme")) is not None else {},
    )  # fmt: skip


def limits_of(rules: Rules) -> dict[str, Limit]:
    """How long a form in force lets the answers be, by field; the tightest, where several speak of one."""
    found: dict[str, Limit] = {}
    for rule in rules.of_kind("form"):
        form = rule.params
        if not isinstance(form, Form):
            continue
        for column in form.columns:
            if not (column.source or "").startswith("activity.") or not column.max_chars:
                continue
            field = field_of(column.title)[0]
            if field and (field not in found or column.max_chars < found[field].most):
                found[field] = Limit(column.max_chars, rule.cite)
    return found


def _lists(name: str, rules: Rules) -> Iterator[InForce]:
    """The lists in force from which a field takes its codes, as filing checks them."""
    if name == "tracks":
        yield from rules.of_kind("track")
    elif name == "marks":
        yield from (rule for rule in rules.of_kind("mark") if rule.key == "mark.marks")
    else:
        for rule in rules.of_kind("list"):
            of = rule.key.split(".")[1]
            if (of if of in CODED else "topics") == name:
                yield rule


def _labels(rules: Iterable[InForce]) -> dict[str, str]:
    """Label → code. Marks are named by their words, so that a label is its own code."""
    found: dict[str, str] = {}
    for rule in rules:
        params: Any = rule.params
        if hasattr(params, "labels"):
            found |= {str(label): code for code, label in params.labels().items()}
        else:
            found |= {item.label: item.label for item in params.items}
    return found


def _is_open(rule: InForce) -> bool:
    params: Any = rule.params
    return bool(params.open_ended)


class Places:
    """Places by their name, those around the host first."""

    def __init__(self, host: Unit) -> None:
        self.path = host.place_path
        self._near: dict[str, list[tuple[str, int]]] | None = None
        self._far: dict[str, tuple[int, ...]] = {}

    def named(self, words: str) -> Sequence[int]:
        """The places that a name means: the nearest to the host, several where none is nearer; none where there is none."""
        name = "".join(words.split())
        if self._near is None:
            self._near = self._around()
        if name in self._near:
            return self._nearest(self._near[name])
        if name not in self._far:
            if len(self._far) >= MOST_LOOKUPS:
                return ()
            rows = Place.objects.filter(Q(name=name) | Q(code=name)).order_by("path")[:30]
            self._far[name] = tuple(self._nearest([(place.path, place.pk) for place in rows]))
        return self._far[name]

    def _around(self) -> dict[str, list[tuple[str, int]]]:
        above = ancestors(self.path)
        beside = above[-2:]
        rows = Place.objects.filter(Q(path__in=above) | Q(parent__path__in=beside) | under("path", self.path))
        found: dict[str, list[tuple[str, int]]] = {}
        for name, path, pk in rows.order_by("path").values_list("name", "path", "pk")[:MOST_PLACES]:
            found.setdefault(name, []).append((path, pk))
        return found

    def _nearest(self, places: Sequence[tuple[str, int]]) -> list[int]:
        for above in reversed(ancestors(self.path)):
            inside = [pk for path, pk in places if path.startswith(above)]
            if inside:
                return inside
        return [pk for _path, pk in places]


class Units:
    """Units by their name, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, ...]] = {}

    def named(self, words: str) -> Sequence[int]:
        key = name_key(words)
        if key not in self._known:
            if not key or len(self._known) >= MOST_LOOKUPS:
                return ()
            rows = Unit.objects.filter(name_key=key, closed_on=None).order_by("pk")
            self._known[key] = tuple(rows.values_list("pk", flat=True)[:5])
        return self._known[key]
