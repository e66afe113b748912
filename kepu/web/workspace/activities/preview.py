"""An activity as the public will see it: the portal's own page, drawn from the copy that publishing would make now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import frozen, rules
from kepu.activities.content import apply, from_plain
from kepu.activities.gates import check_form
from kepu.activities.models import Activity, Mode, Publication, PublicationStatus
from kepu.activities.workflow import State
from kepu.core.refusals import verdict
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force
from kepu.web.portal.activities import drawing, finding
from kepu.web.portal.activities.live import live_at
from kepu.web.portal.activities.pictures import gallery_of
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities.showing import Difference, Words, words_for


@workspace
@reads
def preview(request: Request, pk: int) -> HttpResponse:
    """The page as it will be; of a change under review as it will be once that is agreed to. Nothing is written."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    proposed = activity.state == State.CHANGED
    if proposed:
        apply(activity, from_plain(activity.proposed))
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    now = finding.publication_of(pk)
    copy = would_be(activity, now, in_force, at=request.at)
    changes = list(changes_between(now.content, copy.content, words_for(in_force, [activity]))) if now else []
    if now is not None and changes:
        copy.status = PublicationStatus.CHANGED
    # where nothing was postponed nothing has been said yet; and there is nothing yet to put into a calendar
    live = live_at(copy, request.at, alert=bool(activity.starts_at and activity.ends_at))
    context = drawing.drawn(copy, activity, at=request.at, live=replace(live, calendar=""))
    context["gallery"] = gallery_of(copy, _own_pictures(activity))
    may_edit = rules.can_edit(request.actor, activity)
    context |= {
        "it": activity, "public": now, "changes": changes, "proposed": proposed, "may_edit": may_edit,
        "missing": verdict(check_form, activity).reasons,
    }  # fmt: skip
    return page(request, "workspace/activities/preview.html", context)


def _own_pictures(activity: Activity) -> Callable[[str, int], str]:
    """Where the pictures are for those who see the activity: they may not be public yet. One query."""
    ids = dict(activity.pictures.in_order().values_list("digest", "pk"))
    return lambda digest, width: reverse(
        "workspace:activity-picture-small", args=[activity.pk, ids[digest], width]
    )


def would_be(activity: Activity, now: Publication | None, in_force: Rules, *, at: datetime) -> Publication:
    """The copy that publishing would make at this instant, unsaved. At most two queries.

    What a draft does not say yet is left open: the time as one that is to be told, the mode as held somewhere.
    """
    host = activity.unit
    site = frozen.site_of(activity, host=host)
    content = frozen.content_of(activity, host=host, at=site, rules=in_force)
    starts, ends = activity.starts_at, activity.ends_at
    timed = starts is not None and ends is not None
    return Publication(
        pk=activity.pk, season=activity.season, version=activity.public_version + 1,
        status=now.status if now else PublicationStatus.ON, status_words=now.status_words if now else "",
        title=str(activity), host_name=content["host"], mode=activity.mode or Mode.OFFLINE,
        starts_at=starts or at, ends_at=ends or at,
        time_pending=activity.time_pending or not timed, place_path=site.own.path, place_words=site.own.words,
        key_activity=activity.key_confirmed, labels=frozen.label_codes(activity), content=content, published_at=now.published_at if now else at, updated_at=at,
    )  # fmt: skip


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], words: Words
) -> Iterator[Difference]:
    """What the public reads now, and what it would read, where the two differ."""
    titles = {"host": _("主办单位"), "place": _("举办地"), "time_pending": _("时间待定")}
    for name in after:
        if name == "pictures":  # what the public sees of them follows at once
            continue
        old, new = before.get(name), after[name]
        if name == "labels":
            for listed in new:
                pair = [
                    _("、").join(entry["label"] for entry in it.get(listed, ())) for it in (old or {}, new)
                ]
                if pair[0] != pair[1]:
                    yield Difference(_title(listed), *pair)
        elif (was := _said(words, name, old)) != (now := _said(words, name, new)):
            yield Difference(titles.get(name) or _title(name), was, now)


def _title(name: str) -> str:
    field: Any = Activity._meta.get_field(name)
    return str(field.verbose_name)


def _said(words: Words, name: str, value: Any) -> str:
    if name in ("starts_at", "ends_at") and value:
        value = datetime.fromisoformat(value)
    if name in ("host", "place"):
        return str(value or "")
    if name == "sessions":
        return "\n".join(_sessions(words, value or ()))
    return _("、").join(words.of(name, value))


def _sessions(words: Words, published: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Sessions of a published copy, a line each. A copy names the places itself, as they were called then."""
    named = {one["place_id"]: one["place"] for one in published if one["place_id"]}
    kept = [{key: said for key, said in one.items() if key != "place"} for one in published]
    return replace(words, places={**words.places, **named}).of("sessions", kept)
