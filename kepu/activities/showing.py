"""Where an activity stands before the public: whoever draws for it, and whoever keeps what was drawn, is told of a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from kepu.activities.models import Activity, Publication
from kepu.core import outbox, public

SHOWN = "activity.shown"  # outbox: the public reads another copy of an activity than before


def shown(activity: Activity, listed: Iterable[Mapping[str, Any]] | None = None, *, at: datetime) -> None:
    """To whoever draws for the public, and to whoever keeps what was drawn; ``listed`` says in which places it stands and
    stood, None that it stands where it stood. One query then, where caches are told."""
    outbox.send(SHOWN, at=at, activity_id=activity.pk)
    if public.is_told():
        if listed is None:
            listed = Publication.objects.filter(pk=activity.pk).values_list("listed", flat=True)
        public.changed(names_of(activity.pk, listed), at=at)


def name_of(activity_id: int) -> str:
    """What its own page is called in a cache."""
    return public.name("a", activity_id)


def names_of(activity_id: int, listed: Iterable[Mapping[str, Any]]) -> set[str]:
    """What shows an activity: its own page, and the lists of all places in which it is."""
    paths = [path for one in listed for path in one.get("paths", ())]
    return {name_of(activity_id), *public.of_places(paths)}
