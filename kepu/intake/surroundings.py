"""What a host's rows are read with: the season's days, the lists in force, and the places and units around it.

Made once for a run. What lies around the host is fetched in two queries; a name from farther away costs one more, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from typing import Any

from django.db.models import Q

from kepu.activities.lengths import columns_of
from kepu.core.fields import ancestors, under
from kepu.core.spoken import Around
from kepu.intake.reading import Context
from kepu.intake.reading.context import Limit
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.models import Season
from kepu.orgs.models import Place, Unit
from kepu.orgs.naming import name_key
from kepu.orgs.queries import place_names

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
    """How long a form in force lets the answers be, by field, as filing will refuse it; the tightest of several."""
    found: dict[str, Limit] = {}
    for field, column, rule in columns_of(rules):
        if not column.max_chars or rule.strictness is not Strictness.HARD:
            continue
        if field not in found or column.max_chars < found[field].most:
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
    """Places by their name, alone or after those above it (石龙镇, 东莞市石龙镇); those around the host first."""

    def __init__(self, host: Unit) -> None:
        self.path = host.place_path
        self._near: dict[str, list[Known]] | None = None
        self._far: dict[str, list[int]] = {}

    def named(self, words: str) -> Sequence[int]:
        """The places that a name means: the nearest to the host, several where none is nearer; none where there is none."""
        name = "".join(words.split())
        if self._near is None:
            self._near = self._around()
        if name in self._near:
            return self._nearest(self._near[name])
        if not _FROM_AFAR.fullmatch(name):
            return ()
        if name not in self._far:
            self._far[name] = self._nearest(_by_full_name(name)) if len(self._far) < MOST_LOOKUPS else []
        return self._far[name]

    def _around(self) -> dict[str, list[Known]]:
        """What lies in the host's place, above it and beside it, by every way of naming it. One query."""
        above = ancestors(self.path)
        rows = Place.objects.filter(
            Q(path__in=above) | Q(parent__path__in=above[-2:]) | under("path", self.path)
        )
        places = list(rows.order_by("path").values_list("path", "pk", "name")[:MOST_PLACES])
        names = {path: name for path, _pk, name in places}
        found: dict[str, list[Known]] = {}
        for path, pk, _name in places:
            said = ""
            for one in reversed(ancestors(path)[1:] or ["/"]):
                said = names.get(one, "") + said
                found.setdefault(said, []).append((path, pk))
        return found

    def _nearest(self, places: Sequence[Known]) -> list[int]:
        for above in reversed(ancestors(self.path)):
            inside = {pk: None for path, pk in places if path.startswith(above)}
            if inside:
                return list(inside)
        return list(dict.fromkeys(pk for _path, pk in places))


Known = tuple[str, int]  # a place's path and id
# looked for in the whole country: a town or what is above it; a village's name is borne by hundreds
_FROM_AFAR = re.compile(
    r"(?:[\u4e00-\u9fff]{1,9}?(?:省|自治区|自治州|市|盟|地区|县|(?<![小校园景展])区|旗|镇|乡|街道)){1,4}"
)


def _by_full_name(name: str) -> list[Known]:
    """The places of that name, or whose names from above end with it. Two queries."""
    ends = [name[start:] for start in range(len(name) - 1)]
    rows = list(Place.objects.filter(name__in=ends).order_by("path").values_list("path", "pk")[:200])
    full = place_names(path for path, _pk in rows)
    return [(path, pk) for path, pk in rows if full[path].endswith(name)]


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
