"""An activity in words: each answer as a person reads it, and what differs between two versions of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.activities.content import cleaned, from_plain
from kepu.activities.models import PERSONAL, Access, Activity, Arrangement, Mode, TakingPart
from kepu.activities.sessions import Session
from kepu.core import contacts
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Level, Place
from kepu.orgs.queries import place_names
from kepu.web.workspace.activities.questions import BESIDE, GROUPS, LISTED, extras_for, options_for
from kepu.web.workspace.activities.routes import names_of

PRIVATE = PERSONAL


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer: its question, its words (several where it is a list), and whether it is longer than a line."""

    name: str
    label: Any
    words: tuple[str, ...]
    long: bool = False
    changed: bool = False
    link: str = ""
    lines: bool = False  # each of the words on a line of its own


@dataclass(frozen=True, slots=True)
class Difference:
    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Words:
    """What codes and ids stand for, asked of the rules and, once, of the database."""

    rules: Rules
    places: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)

    def of(self, name: str, value: Any) -> tuple[str, ...]:
        """An answer in words; empty for none. A contact is masked: showing it is an act."""
        if value in (None, "", [], {}):
            return ()
        if name in PRIVATE:
            return (masked(name, value),)
        if name in LISTED:
            labels = {
                code: label for _title, group in options_for(name, self.rules).groups for code, label in group
            }
            return tuple(labels.get(code, code) for code in value)
        if name == "mode":
            return (str(Mode(value).label),)
        if name == "taking_part":
            return (str(TakingPart(value).label),)
        if name == "accessibility":
            return tuple(str(Access(code).label) for code in value)
        if name == "arrangement":
            return (str(Arrangement(value).label),)
        if name == "sessions":
            return tuple(self.session(Session.from_plain(one)) for one in value)
        if name == "position":
            return (position_words(*value),)
        if name == "activity_level":
            return (str(Level(value).label),)
        if isinstance(value, datetime):
            return (moment(value),)
        if isinstance(value, bool):
            return (_("是"),) if value else ()
        if name in ("place", "place_id"):
            return (self.places.get(int(value), ""),)
        if name in ("responsible_unit", "responsible_unit_id"):
            return (self.units.get(int(value), ""),)
        if isinstance(value, dict):
            labels = {extra.code: extra.label for extra in extras_for(self.rules)}
            return tuple(f"{labels.get(code, code)}：{answer}" for code, answer in value.items())
        if isinstance(value, list | tuple):
            return tuple(map(str, value))
        return (f"{value:,}" if isinstance(value, int) else str(value),)

    def session(self, one: Session) -> str:
        """One session in a line: when, what, where."""
        when = between(one.starts_at, one.ends_at) or _("时间待填")
        return " · ".join(filter(None, (when, self.about(one))))

    def about(self, one: Session) -> str:
        """What a session is and where, without its time."""
        where = "".join((self.places.get(one.place_id or 0, ""), one.venue, one.address))
        return " · ".join(part for part in (one.title, where, one.note) if part)


def position_words(latitude: float, longitude: float) -> str:
    """A position as one writes it, with what it is measured in."""
    north = _("北纬") if latitude >= 0 else _("南纬")
    east = _("东经") if longitude >= 0 else _("西经")
    return _("%(north)s%(latitude)s°，%(east)s%(longitude)s°（WGS-84）") % {
        "north": north, "latitude": abs(latitude), "east": east, "longitude": abs(longitude)
    }  # fmt: skip


def masked(name: str, value: str) -> str:
    """A contact's name or number as a page shows it."""
    return contacts.mask_name(value) if name == "contact_name" else contacts.mask_phone(value)


def words_for(
    rules: Rules, activities: Iterable[Activity], proposed: Mapping[str, Any] | None = None
) -> Words:
    """Words for some activities and a proposal: at most three queries."""
    seen = list(activities)
    extra = proposed or {}
    places = {a.place_id for a in seen} | ({extra["place_id"]} if extra.get("place_id") else set())
    rows = [*(row for a in seen for row in a.sessions), *(extra.get("sessions") or ())]
    places |= {row["place_id"] for row in rows if row.get("place_id")}
    units = {a.responsible_unit_id for a in seen} | {extra.get("responsible_unit_id")}
    paths = dict(Place.objects.filter(pk__in=places).order_by("pk").values_list("pk", "path"))
    names = place_names(paths.values())
    return Words(rules, {pk: names[path] or _("全国") for pk, path in paths.items()}, names_of(units))


def fact_groups(
    activity: Activity, words: Words, *, changed: Iterable[str] = (), private: bool = True
) -> Iterator[tuple[str, Any, list[Fact]]]:  # fmt: skip
    """The filing in the groups of its form; questions without an answer are left out."""
    marked = set(changed)
    marked |= {name for name, columns in BESIDE.items() if marked & set(columns)}
    for code, title, names in GROUPS:
        order = ("theme", *names) if code == "what" else names
        facts = [
            fact for name in order if name != "place_other" and (private or name not in PRIVATE)
            for fact in [fact_of(activity, name, words, name in marked)] if fact.words
        ]  # fmt: skip
        if code == "key":
            facts += _answers(activity, words.rules)
        if facts:
            yield code, title, facts


def fact_of(activity: Activity, name: str, words: Words, changed: bool = False) -> Fact:
    if name == "position":
        there = activity.latitude is not None and activity.longitude is not None
        value = (activity.latitude, activity.longitude) if there else None
        return Fact(name, _("地图上的位置"), words.of(name, value), changed=changed)
    if name in ("arrangement", "sessions") and activity.arrangement == Arrangement.ONCE:
        return Fact(name, "", ())
    model_field: Any = Activity._meta.get_field(name)
    value = getattr(activity, model_field.attname)
    long = model_field.get_internal_type() == "TextField" and name not in PRIVATE
    link = value if name in ("online_link", "booking_link") else ""
    each = name == "sessions"
    return Fact(name, model_field.verbose_name, words.of(name, value), long, changed, link, each)


def differences(activity: Activity, values: Mapping[str, Any], words: Words) -> list[Difference]:
    """Where cleaned values differ from what stands in the activity."""
    found = []
    for attname, value in values.items():
        name = attname.removesuffix("_id")
        before = getattr(activity, attname)
        if before != value:
            label = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            join = "\n".join if name == "sessions" else _joined
            found.append(Difference(label, join(words.of(name, before)), join(words.of(name, value))))
    return found


def proposal(activity: Activity, words: Words) -> list[Difference]:
    """A proposed change, before and after."""
    return differences(activity, from_plain(activity.proposed or {}), words)


def theirs_and_mine(activity: Activity, content: Mapping[str, Any], rules: Rules) -> list[Difference]:
    """What another tab has saved since, beside what was written here."""
    values = cleaned(content)
    return differences(activity, values, words_for(rules, [activity], values))


def moment(instant: datetime) -> str:
    """9月17日 09:00, with the year where it is another than now's is left to the reader's calendar."""
    local = localtime(instant)
    return date_format(local, "Y年n月j日 H:i" if _chinese() else "j M Y H:i")


def day(value: date) -> str:
    return date_format(value, "n月j日" if _chinese() else "j M")


def span(activity: Activity) -> str:
    """When it is, in one line."""
    if activity.time_pending:
        return _("时间另行通知")
    return between(activity.starts_at, activity.ends_at)


def between(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """From one instant to another, in one line."""
    if starts_at is None:
        return ""
    starts = localtime(starts_at)
    if ends_at is None:
        return moment(starts)
    ends = localtime(ends_at)
    last = f"{ends:%H:%M}" if ends.date() == starts.date() else moment(ends)
    return f"{moment(starts)}{'—' if _chinese() else '–'}{last}"


def _chinese() -> bool:
    from django.utils.translation import get_language

    return not (get_language() or "").startswith("en")


def _answers(activity: Activity, rules: Rules) -> list[Fact]:
    """Answers to what a notice asks by a name of its own."""
    extras = {extra.code: extra for extra in extras_for(rules)}
    facts = []
    for code, answer in activity.answers.items():
        extra = extras.get(code)
        labels = dict(extra.choices) if extra else {}
        words = [
            labels.get(str(a), str(a))
            for a in (answer if isinstance(answer, list) else [answer])
            if a not in (None, "")
        ]
        if words:
            facts.append(Fact(code, extra.label if extra else code, tuple(words)))
    return facts


def _joined(words: tuple[str, ...]) -> str:
    return _("、").join(words)
