"""What a host writes, made fit for the row: typed, trimmed, within its lengths. Pure; a fault becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kepu.activities.models import CONTENT, Access, Activity
from kepu.activities.records import is_address, unfit
from kepu.activities.sessions import cleaned_sessions, spanned
from kepu.core.refusals import Incomplete, Reason

MOST_ENTRIES, LONGEST_ENTRY, MOST_PEOPLE, LONGEST_DAYS = 100, 500, 2_000_000_000, 366
TOGETHER = (("starts_at", "ends_at", "sessions", "arrangement"), ("latitude", "longitude"))
Values = dict[str, Any]


class _Unfit(Exception):
    """A value cannot be taken; the sentence says why."""


def cleaned(values: Mapping[str, Any], *, allowed: tuple[str, ...] = CONTENT) -> Values:
    """The values as the row takes them, by column. Raises :class:`Incomplete` with a sentence for each that is unfit.

    Places and units are given as objects, as ids under ``place_id``, or None. An unknown name is the program's fault.
    """
    taken: Values = {}
    faults: list[Reason] = []
    for name, value in values.items():
        plain = name.removesuffix("_id")
        field, clean = _cleaner(plain)
        if plain not in allowed:
            raise ValueError(f"An activity's {name} is not for its host to write.")
        try:
            taken[field.attname] = clean(field, value)
        except _Unfit as fault:
            faults.append(Reason(str(fault), field=plain, code="form"))
        except Incomplete as fault:  # of several parts: each has its own sentence
            faults.extend(fault.reasons)
    if faults:
        raise Incomplete(reasons=faults)
    return taken


def check_order(values: Mapping[str, Any], activity: Activity | None = None) -> None:
    """The end comes after the beginning, whichever of them is new."""
    starts = values.get("starts_at", activity.starts_at if activity else None)
    ends = values.get("ends_at", activity.ends_at if activity else None)
    if starts and ends and ends <= starts:
        raise unfit(_("结束时间要晚于开始时间。"), "ends_at")
    if starts and ends and (ends - starts).days > LONGEST_DAYS:
        raise unfit(_("一项活动最长一年。更长的请分成几项。"), "ends_at")


def check_position(values: Mapping[str, Any], activity: Activity | None = None) -> None:
    """A position is two numbers, or none. Raises :class:`Incomplete`."""
    latitude, longitude = (
        values.get(name, getattr(activity, name) if activity else None) for name in ("latitude", "longitude")
    )
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise unfit(_("位置要同时写纬度和经度，或者都不写。"), missing)


def fit_part(
    values: Mapping[str, Any], activity: Activity | None = None
) -> tuple[Values, tuple[Reason, ...]]:
    """Of what was written the part that can be kept as it is, by column, and why the rest cannot. Raises nothing.

    What only makes sense together (a beginning and its end, the two numbers of a position) is kept or left together.
    """
    left, faults = dict(values), list[Reason]()
    while left:
        try:
            fit = spanned(cleaned(left), activity)
            check_order(fit, activity)
            check_position(fit, activity)
        except Incomplete as refusal:
            faults += refusal.reasons
            unfit = {name for reason in refusal.reasons for name in _together(reason.field)}
            rest = {name: value for name, value in left.items() if name.removesuffix("_id") not in unfit}
            left = rest if len(rest) < len(left) else {}
        else:
            return fit, tuple(faults)
    return {}, tuple(faults)


def _together(field: str) -> tuple[str, ...]:
    """The names that are kept or left with the field that a reason speaks of."""
    name = field.partition(".")[0]
    return next((names for names in TOGETHER if name in names), (name,))


def apply(activity: Activity, values: Mapping[str, Any]) -> None:
    """Set cleaned values on the object; nothing is written."""
    for attname, value in with_digest(values).items():
        setattr(activity, attname, value)


def with_digest(values: Mapping[str, Any]) -> Values:
    """The values with the digest by which a contact's number is found, where they bring a number."""
    if "contact_phone" not in values:
        return dict(values)
    field: Any = Activity._meta.get_field("contact_phone")
    return {**values, "contact_digest": field.digest(values["contact_phone"])}


def as_plain(values: Mapping[str, Any]) -> Values:
    """Cleaned values as plain JSON, for keeping a proposal."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }


def from_plain(values: Mapping[str, Any]) -> Values:
    """What :func:`as_plain` kept."""
    return {
        name: parse_datetime(value) if name in ("starts_at", "ends_at") and value else value
        for name, value in values.items()
    }


def changed_only(activity: Activity, values: Mapping[str, Any]) -> Values:
    """Those of the cleaned values that differ from the activity's."""
    return {name: value for name, value in values.items() if getattr(activity, name) != value}


def _text(field: Any, value: Any) -> str:
    text = str(value if value is not None else "").strip()
    if "\0" in text:
        raise _Unfit(_("“%(name)s”里有不能保存的字符。") % {"name": field.verbose_name})
    if field.max_length and len(text) > field.max_length:
        raise _Unfit(
            _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
            % {"name": field.verbose_name, "most": field.max_length, "now": len(text)}
        )
    if field.name in ("online_link", "booking_link") and text and not is_address(text):
        raise _Unfit(_("“%(name)s”要以 http:// 或 https:// 开头。") % {"name": field.verbose_name})
    if field.choices and text and text not in dict(field.flatchoices):
        raise _Unfit(
            _("“%(name)s”没有“%(value)s”这一项。") % {"name": field.verbose_name, "value": text[:40]}
        )
    return text


def _list(field: Any, value: Any) -> list[str]:
    if value is not None and not isinstance(value, str | list | tuple):
        raise _Unfit(_("“%(name)s”的写法不对。") % {"name": field.verbose_name})
    entries = [value] if isinstance(value, str) else value or []
    texts = list(dict.fromkeys(text for entry in entries if (text := str(entry).strip())))
    if len(texts) > MOST_ENTRIES or any(len(text) > LONGEST_ENTRY or "\0" in text for text in texts):
        raise _Unfit(
            _("“%(name)s”最多%(most)s项，每项最多%(long)s个字。")
            % {"name": field.verbose_name, "most": MOST_ENTRIES, "long": LONGEST_ENTRY}
        )
    return texts


def _number(field: Any, value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if not 0 <= number <= MOST_PEOPLE:
        raise _Unfit(_("“%(name)s”要写整数，不能是负数。") % {"name": field.verbose_name})
    return number


def _places(field: Any, value: Any) -> int | None:
    number = _number(field, value)
    if number == 0:
        raise _Unfit(_("“%(name)s”最少写 1；不限就空着。") % {"name": field.verbose_name})
    return number


def _access(field: Any, value: Any) -> list[str]:
    codes = _list(field, value)
    if unknown := [code for code in codes if code not in Access.values]:
        raise _Unfit(
            _("“%(name)s”没有“%(value)s”这一项。") % {"name": field.verbose_name, "value": unknown[0][:40]}
        )
    return [code for code in Access.values if code in codes]


def _instant(field: Any, value: Any) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, datetime):
        raise _Unfit(_("“%(name)s”要写日期和时间。") % {"name": field.verbose_name})
    if value.tzinfo is None:
        raise ValueError(f"{field.name} must know its time zone.")
    return value


def _sessions(_field: Any, value: Any) -> list[dict[str, Any]]:
    return cleaned_sessions(value)


def _degrees(field: Any, value: Any) -> float | None:
    if value is None or value == "":
        return None
    most = {"latitude": 90, "longitude": 180}[field.name]
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        degrees = float("nan")
    if not -most <= degrees <= most:
        raise _Unfit(
            _("“%(name)s”要写 -%(most)s 到 %(most)s 之间的度数。")
            % {"name": field.verbose_name, "most": most}
        )
    return round(degrees, 6)


def _answers(field: Any, value: Any) -> dict[str, Any]:
    answers = dict(value) if isinstance(value, Mapping) else {}
    plain = (not value or isinstance(value, Mapping)) and all(
        isinstance(a, str | int | float | bool | list) or a is None for a in answers.values()
    )
    if len(answers) > MOST_ENTRIES or not plain or "\0" in str(answers):
        raise _Unfit(_("“%(name)s”的写法不对。") % {"name": field.verbose_name})
    return {
        str(code): answer.strip() if isinstance(answer, str) else answer for code, answer in answers.items()
    }


def _related(field: Any, value: Any) -> int | None:
    pk = value.pk if isinstance(value, models.Model) else value
    if (pk is None and not field.null) or not isinstance(pk, int | None):
        raise _Unfit(_("请选“%(name)s”。") % {"name": field.verbose_name})
    return pk


def _flag(field: Any, value: Any) -> bool:
    return bool(value)


@cache
def _cleaner(name: str) -> tuple[Any, Callable[[Any, Any], Any]]:
    """The field of a name and what makes a value fit for it."""
    field = Activity._meta.get_field(name)
    own = {"answers": _answers, "sessions": _sessions, "capacity": _places, "accessibility": _access}
    if name in own:
        return field, own[name]
    for kind, clean in (
        (models.ForeignKey, _related), (models.JSONField, _list), (models.DateTimeField, _instant),
        (models.PositiveIntegerField, _number), (models.BooleanField, _flag), (models.FloatField, _degrees),
    ):  # fmt: skip
        if isinstance(field, kind):
            return field, clean
    return field, _text
