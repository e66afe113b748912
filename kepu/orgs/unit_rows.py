"""A table of units, line by line: each is read into particulars, or answered with a sentence that says why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kepu.core import sheets
from kepu.core.refusals import Incomplete
from kepu.core.sheets import Row, Suggestions
from kepu.orgs import queries
from kepu.orgs.models import Level, Line, Place, Unit, Vocabulary
from kepu.orgs.workflow import LEVELS

CODE = ("编号", "code")
NAME = ("单位名称", "name")
KIND = ("类别", "kind")
PLACE = ("地区代码", "place_code", "place")
LINE = ("系统", "line")
CREDIT_CODE = ("统一社会信用代码", "credit_code")
DESIGNATIONS = ("称号", "designations")
BODIES = ("成员机制", "memberships")
COLUMNS = (CODE, NAME, KIND, PLACE, LINE, CREDIT_CODE, DESIGNATIONS, BODIES)
EXPECTED = tuple(tuple(names[i] for names in COLUMNS[:4]) for i in range(2))  # Chinese, English

_AT_ONCE = 5000
T = TypeVar("T", Place, Line, Unit)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What one line says of a unit, in terms of what the database knows."""

    line_number: int
    code: str
    name: str
    kind: str
    place: Place
    line: Line | None
    credit_code: str
    designations: tuple[str, ...] = field(default=())
    bodies: tuple[str, ...] = field(default=())


class Register:
    """What the lines of one table are looked up in: a fixed number of queries for the whole table."""

    def __init__(self, rows: Sequence[Row]) -> None:
        named = {sheets.code(row.get(*PLACE)) for row in rows} - {""}
        self.places = _by("code", Place.objects.order_by("pk"), named)
        self.places_by_name: dict[str, list[Place]] = defaultdict(list)
        for place in _portions("name", Place.objects.order_by("pk"), named - self.places.keys()):
            self.places_by_name[place.name].append(place)
        self.lines = {key: line for line in Line.objects.order_by("pk") for key in (line.name, line.code)}
        self.words = {v: {k: t.code for t in queries.terms(v) for k in (t.name, t.code)} for v in Vocabulary}
        self.near = {v: Suggestions(words) for v, words in self.words.items()}
        self.units = _by(
            "code",
            Unit.objects.select_related("place", "line").order_by("pk"),
            {code_of(row) for row in rows},
        )
        credit_codes = {sheets.code(row.get(*CREDIT_CODE)).upper() for row in rows} - {""}
        self.by_credit_code = {
            unit.credit_code: unit
            for unit in _portions("credit_code", Unit.objects.order_by("pk"), credit_codes)
        }

    @cached_property
    def near_places(self) -> Suggestions:
        """Names and codes down to the county; asked for only when a place is not found."""
        above_towns = LEVELS[: LEVELS.index(Level.TOWN)]
        pairs = Place.objects.filter(level__in=above_towns).order_by("pk").values_list("code", "name")
        return Suggestions(word for pair in pairs for word in pair)

    @cached_property
    def near_lines(self) -> Suggestions:
        return Suggestions(self.lines)

    def place(self, text: str) -> Place:
        """A place by its code, or by its name where only one bears it."""
        if place := self.places.get(text):
            return place
        bearers = self.places_by_name.get(text, [])
        if len(bearers) == 1:
            return bearers[0]
        if bearers:
            codes = _("、").join(place.code for place in bearers[:5])
            raise Incomplete(
                _("叫“%(text)s”的地区有 %(n)d 个。请写地区代码，如 %(codes)s。")
                % {"text": text, "n": len(bearers), "codes": codes}
            )
        if not text:
            raise Incomplete(_("地区代码空着。请填写单位所在地区的代码。"))
        near = self.near_places.sentence(text)
        raise Incomplete(_("找不到地区“%(text)s”。%(near)s请改正地区代码。") % {"text": text, "near": near})

    def line(self, text: str) -> Line | None:
        if not text:
            return None
        if line := self.lines.get(text):
            return line
        near = self.near_lines.sentence(text)
        raise Incomplete(_("找不到系统“%(text)s”。%(near)s请改正，或留空。") % {"text": text, "near": near})

    def word(self, vocabulary: Vocabulary, text: str) -> str:
        """The code of a word given by name or code."""
        if code := self.words[vocabulary].get(text):
            return code
        raise Incomplete(unknown_word(vocabulary, text, self.near[vocabulary]))


def unknown_word(vocabulary: Vocabulary, word: str, suggestions: Suggestions) -> str:
    """The sentence for a word that a vocabulary does not have, with the nearest it has."""
    return _("%(what)s“%(word)s”不在词表里。%(near)s请改正，或先请系统管理员把它加进词表。") % {
        "what": vocabulary.label,
        "word": word,
        "near": suggestions.sentence(word),
    }


def code_of(row: Row) -> str:
    """The unit's code; where none is given, its credit code is as good."""
    return sheets.code(row.get(*CODE)) or sheets.code(row.get(*CREDIT_CODE)).upper()


def particulars(row: Row, register: Register) -> Particulars:
    """Read one line. Raises :class:`Incomplete` with the sentence for the first thing that is not known."""
    if not (kind := row.get(*KIND)):
        raise Incomplete(_("类别空着。请填写单位类别。"))
    return Particulars(
        line_number=row.line,
        code=code_of(row),
        name=row.get(*NAME),
        kind=register.word(Vocabulary.UNIT_KIND, kind),
        place=register.place(sheets.code(row.get(*PLACE))),
        line=register.line(row.get(*LINE)),
        credit_code=sheets.code(row.get(*CREDIT_CODE)).upper(),
        designations=tuple(
            register.word(Vocabulary.DESIGNATION, w) for w in sheets.words(row.get(*DESIGNATIONS))
        ),
        bodies=tuple(register.word(Vocabulary.BODY, word) for word in sheets.words(row.get(*BODIES))),
    )


def _portions(column: str, queryset: QuerySet[T], values: Iterable[str]) -> Iterable[T]:
    """Rows by the values of one column; in portions, since a statement takes only so many."""
    waiting = iter(values)
    while portion := list(islice(waiting, _AT_ONCE)):
        yield from queryset.filter(**{f"{column}__in": portion})


def _by(column: str, queryset: QuerySet[T], values: Iterable[str]) -> Mapping[str, T]:
    return {getattr(row, column): row for row in _portions(column, queryset, values)}
