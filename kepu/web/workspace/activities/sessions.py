"""The sessions in the filing form: rows as they are typed, what they mean, and the same form with rows more or fewer.

A row's controls are named ``sessions.<number>.<key>``, counted from 0; a refusal of the domain names them the same way. A
place is written by its name, or left empty for the activity's own. Buttons that only draw the form anew (``act`` is one
of :data:`ACTS`) save nothing: :func:`redrawn` answers what the form then holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kepu.activities.sessions import MOST, Session, cleaned_sessions, repeated
from kepu.core.refusals import Reason, verdict
from kepu.orgs.models import Place, Unit
from kepu.orgs.queries import place_names
from kepu.web.workspace.activities import places
from kepu.web.workspace.activities.widgets import MomentField

NAME = "sessions"
KEYS = ("code", "title", "starts_at", "ends_at", "place", "venue", "address", "note")
ROW, REPEAT, REMOVE = "row", "repeat", "remove."  # what the buttons send as ``act``
UNTIL, WEEKDAYS = f"{NAME}.repeat.until", f"{NAME}.repeat.weekdays"
DAYS = (
    pgettext_lazy("weekday", "一"), pgettext_lazy("weekday", "二"), pgettext_lazy("weekday", "三"), pgettext_lazy("weekday", "四"),
    pgettext_lazy("weekday", "五"), pgettext_lazy("weekday", "六"), pgettext_lazy("weekday", "日"),
)  # fmt: skip
_CONTROL = re.compile(rf"^{NAME}\.(\d{{1,3}})\.({'|'.join(KEYS)})$")
_MOMENT = "%Y-%m-%dT%H:%M"
Texts = dict[str, str]


@dataclass
class Typed:
    """What the editor holds: a text for each key of each row, and what the rows are to be repeated by."""

    rows: list[Texts] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    until: str = ""


def typed(data: Mapping[str, Any]) -> Typed:
    """What was sent, row by row in the order of their numbers."""
    rows: dict[int, Texts] = {}
    for name in data:
        if control := _CONTROL.match(name):
            rows.setdefault(int(control[1]), {})[control[2]] = str(data.get(name) or "").replace("\0", "")
    days = data.getlist(WEEKDAYS) if isinstance(data, QueryDict) else data.get(WEEKDAYS, [])
    return Typed([rows[n] for n in sorted(rows)], [str(d) for d in days], str(data.get(UNTIL) or ""))


def rows_of(kept: Sequence[Mapping[str, Any]], near: Mapping[int, str]) -> list[Texts]:
    """Sessions as they lie on the row, as the editor shows them. A query for the names of places that are not near."""
    shown = places_shown({one.get("place_id") for one in kept}, near)
    found = []
    for one in map(Session.from_plain, kept):
        texts = {
            "code": one.code,
            "title": one.title,
            "venue": one.venue,
            "address": one.address,
            "note": one.note,
        }
        texts |= {"starts_at": _as_text(one.starts_at), "ends_at": _as_text(one.ends_at)}
        found.append(texts | {"place": shown.get(one.place_id or 0, "")})
    return found


def places_shown(ids: Iterable[int | None], near: Mapping[int, str]) -> dict[int, str]:
    """How the editor writes places: by the short name where only one that is near has it, else in full."""
    wanted = {pk for pk in ids if pk}
    once = _names_once(near)
    found = {pk: near[pk] for pk in wanted if pk in near and once.get(near[pk]) == pk}
    far = (
        dict(Place.objects.filter(pk__in=wanted - set(found)).values_list("pk", "path"))
        if wanted - set(found)
        else {}
    )
    names = place_names(far.values()) if far else {}
    return found | {pk: names[path] for pk, path in far.items()}


class SessionsWidget(forms.Widget):
    """Rows of controls, a button for one more and, for what is held at the same hours, days of the week to repeat on."""

    template_name = "workspace/activities/_sessions.html"
    grouped = True  # a fieldset with a legend goes around it

    def __init__(self, near: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.near = {int(pk): name for pk, name in near}
        self.faults: dict[tuple[int, str], list[str]] = {}  # row and key → what is wrong there
        self.repeat_fault = ""
        self.new_row: int | None = None  # the one that was just asked for
        self.action = ""  # where its buttons send the form

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return typed(data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return next((self.control_id(id_, *where) for where in self.faults), id_)

    def control_id(self, id_: str, number: int, key: str) -> str:
        return f"{id_}_{number}_{key}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        held = value if isinstance(value, Typed) else Typed(rows_of(value or (), self.near))
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        rows = [self._row(n, row, id_) for n, row in enumerate(held.rows or [{}])]
        context["widget"] |= {
            "id": id_, "action": self.action, "rows": rows, "next": len(rows), "full": len(rows) >= MOST, "most": MOST, "until": held.until,
            "days": [(str(n), label, str(n) in held.weekdays) for n, label in enumerate(DAYS)],
            "repeat_fault": self.repeat_fault, "near": list(dict.fromkeys(self.near.values())),
        }  # fmt: skip
        return context

    def _row(self, number: int, row: Texts, id_: str) -> dict[str, Any]:
        controls = {
            key: {
                "name": f"{NAME}.{number}.{key}", "id": self.control_id(id_, number, key), "value": row.get(key, ""),
                "faults": self.faults.get((number, key), []),
            }
            for key in KEYS
        }  # fmt: skip
        more = any(
            c["value"] or c["faults"] for key, c in controls.items() if key in ("place", "address", "note")
        )
        return {"number": number, "at": number + 1, "more": more, "new": number == self.new_row, **controls}


class SessionsField(forms.Field):
    """Rows as the domain takes them (:func:`kepu.activities.sessions.cleaned_sessions`), one for each that was sent.

    ``readable`` holds what could be read of them even where something could not.
    """

    widget: SessionsWidget

    def __init__(self, near: Sequence[tuple[str, str]], host: Unit, **kwargs: Any) -> None:
        super().__init__(widget=SessionsWidget(near), required=False, **kwargs)
        self.host = host
        self.readable: list[dict[str, Any]] = []
        self.anchors: dict[str, tuple[int, str]] = {}  # sentence → row and key

    def clean(self, value: Typed) -> list[dict[str, Any]]:
        ids = self._places({text for row in value.rows if (text := row.get("place", "").strip())})
        faults: list[str] = []
        self.readable = []
        for number, row in enumerate(value.rows):
            one: dict[str, Any] = {
                key: row.get(key, "") for key in ("code", "title", "venue", "address", "note")
            }
            for key in ("starts_at", "ends_at"):
                one[key], sentence = _moment(row.get(key, ""))
                faults += self.fault(number, key, sentence)
            place = ids.get(row.get("place", "").strip())
            one["place_id"] = place if isinstance(place, int) else None
            faults += self.fault(number, "place", place if isinstance(place, str) else "")
            self.readable.append(one)
        if faults:
            raise ValidationError([*faults, *self._more_faults()])
        return self.readable

    def _more_faults(self) -> list[str]:
        """What the domain would say of the rows that can be read: everything is told at once."""
        found = verdict(cleaned_sessions, self.readable).reasons
        for reason in found:
            self.mark(reason)
        return [str(reason.sentence) for reason in found]

    def mark(self, reason: Reason) -> None:
        """What the domain says of one control of one row stands there as well."""
        name, number, key = (*reason.field.split("."), "", "")[:3]
        if name == NAME and number.isdigit():
            where = (int(number), {"place_id": "place"}.get(key, key))
            said = self.widget.faults.setdefault(where, [])
            if str(reason.sentence) not in said:
                said.append(str(reason.sentence))
            self.anchors[str(reason.sentence)] = where

    def fault(self, number: int, key: str, sentence: str) -> list[str]:
        """Note what is wrong with a control, and say it so that it can stand above the form."""
        if not sentence:
            return []
        self.widget.faults.setdefault((number, key), []).append(sentence)
        said = _("第%(n)s场：%(what)s") % {"n": number + 1, "what": sentence}
        self.anchors[said] = (number, key)
        return [said]

    def _places(self, texts: set[str]) -> dict[str, int | str]:
        once = _names_once(self.widget.near)
        far = sorted(text for text in texts if text not in once)
        named = places.named_each(far, self.host) if far else {}
        return {text: once[text] for text in texts if text in once} | {
            text: found if isinstance(found, str) else found.pk for text, found in named.items()
        }


def redrawn(data: QueryDict) -> tuple[QueryDict, str, int | None] | None:
    """For a button that only draws the form anew: what it then holds, what is wrong with asking so, and the new row."""
    act = data.get("act") or ""
    held = typed(data)
    if act == ROW:
        held.rows = (held.rows or [{}])[: MOST - 1]
        return _with(data, [*held.rows, {}]), "", len(held.rows)
    if act.startswith(REMOVE):
        return (
            _with(data, [row for n, row in enumerate(held.rows) if str(n) != act.removeprefix(REMOVE)]),
            "",
            None,
        )
    if act == REPEAT:
        try:
            return _with(data, _repeated(held)), "", None
        except ValueError as fault:
            return data, str(fault), None
    return None


def _repeated(held: Typed) -> list[Texts]:
    """The rows there are, and like the first one a row for each day it is to be repeated on. Raises ValueError, a sentence."""
    first = next((row for row in held.rows if row.get("starts_at") or row.get("ends_at")), {})
    (starts, _fault), (ends, _other) = _moment(first.get("starts_at", "")), _moment(first.get("ends_at", ""))
    if starts is None or ends is None or ends <= starts:
        raise ValueError(_("请先在第1场写好开始和结束时间，后面的照它的钟点。"))
    until = _day(held.until)
    if until is None:
        raise ValueError(_("请写到哪一天为止。"))
    if not held.weekdays:
        raise ValueError(_("请勾选每周的哪几天。"))
    if until < localtime(starts).date():
        raise ValueError(_("截止的那一天在第1场以前。"))
    there = {row.get("starts_at", "")[:16] for row in held.rows}
    days = {int(day) for day in held.weekdays if day in map(str, range(7))}
    new = [
        {**first, "code": "", "starts_at": _as_text(one.starts_at), "ends_at": _as_text(one.ends_at)}
        for one in repeated(starts, ends, weekdays=days, until=until)
    ]
    rows = [row for row in held.rows if any(text.strip() for key, text in row.items() if key != "code")]
    return [*rows, *(row for row in new if row["starts_at"] not in there)][:MOST]


def _with(data: QueryDict, rows: Sequence[Texts]) -> QueryDict:
    """What was sent, with other rows."""
    changed = data.copy()
    for name in [name for name in changed if _CONTROL.match(name)]:
        del changed[name]
    for number, row in enumerate(rows or [{}]):
        changed.update({f"{NAME}.{number}.{key}": row.get(key, "") for key in KEYS})
    return changed


def _names_once(near: Mapping[int, str]) -> dict[str, int]:
    """The names that only one of the places near bears."""
    names = list(near.values())
    return {name: pk for pk, name in near.items() if names.count(name) == 1}


def _moment(text: str) -> tuple[datetime | None, str]:
    """A day and an hour as it was typed, or the sentence why it is none."""
    try:
        return MomentField(required=False).clean(text), ""
    except ValidationError as fault:
        return None, str(fault.messages[0])


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip())
    except ValueError:
        return None


def _as_text(instant: datetime | None) -> str:
    return localtime(instant).strftime(_MOMENT) if instant else ""
