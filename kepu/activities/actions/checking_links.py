"""Looking at the web addresses of online activities for as long as somebody may want to open them.

Three steps, of which only the middle one is no act: links are gathered from the copies that the public reads and claimed
(so that two workers never look at one), looked at without any transaction, and what was found is noted. Killed in the
middle, a claimed link is looked at again a little later. A run asks each server for one link, and no server again within
:data:`~kepu.activities.links.PACE`; it reads through an index as many rows as it takes, however many links there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform

from kepu.activities import links, messages, showing
from kepu.activities.links import FAILING, Seen
from kepu.activities.models import LinkHost, LinkMark, LinkOutcome, OnlineLink, Publication
from kepu.activities.workflow import Event
from kepu.core import audit, outgoing, public
from kepu.core.db import in_transaction, transaction
from kepu.notices.models import Season
from kepu.orgs.actor import SYSTEM

LAG = timedelta(minutes=5)  # an act that began earlier may commit later: so long its copy is waited for
PATIENCE = 12.0  # seconds for all the looks of one run


@transaction
def gather_links(season: Season, *, at: datetime, size: int = 500) -> int:
    """Go on through the copies of a season by when they were written, and keep the links of those online; how many were
    gone through. Idempotent. A copy that is new or has changed is looked at at once. At most six queries, and two or
    three for each that is online.
    """
    first = {"updated_at": at - timedelta(days=36500)}
    mark, _made = LinkMark.objects.select_for_update().get_or_create(season=season, defaults=first)
    rows = Publication.objects.filter(
        season=season, updated_at__gte=mark.updated_at, updated_at__lte=at - LAG
    )
    rows = rows.filter(Q(updated_at__gt=mark.updated_at) | Q(pk__gt=mark.activity_id))
    rows = rows.annotate(link=KeyTextTransform("online_link", "content")).only("mode", "status", "updated_at")
    found = list(rows.order_by("updated_at", "pk")[:size])
    if not found:
        return 0
    known = OnlineLink.objects.in_bulk([one.pk for one in found])
    for one in found:
        _keep(one, str(one.link or "") if is_online(one) else "", known.get(one.pk), at)
    LinkMark.objects.filter(pk=season.pk).update(updated_at=found[-1].updated_at, activity_id=found[-1].pk)
    return len(found)


@transaction
def claim_links(*, at: datetime, size: int = 8) -> list[OnlineLink]:
    """Take up to ``size`` links that are due, each of another server that has not just been asked. One query where nothing
    is due; three more for each server.
    """
    hosts = LinkHost.objects.select_for_update(skip_locked=True).filter(next_at__lte=at)
    claimed = []
    for host in hosts.order_by("next_at", "pk")[:size]:
        waiting = host.links.filter(next_look_at__isnull=False).order_by("next_look_at", "pk")
        link = waiting.first()
        if link is not None and link.next_look_at is not None and link.next_look_at <= at:
            # should this worker die, it comes back by itself
            OnlineLink.objects.filter(pk=link.pk).update(next_look_at=at + links.AGAIN)
            LinkHost.objects.filter(pk=host.pk).update(next_at=at + links.PACE)
            claimed.append(link)
        else:
            LinkHost.objects.filter(pk=host.pk).update(next_at=link.next_look_at if link else None)
    return claimed


def look_at_each(claimed: Sequence[OnlineLink], *, patience: float = PATIENCE) -> dict[int, Seen]:
    """Look at some links side by side; what was found, by activity. No database. One that took too long is left out."""
    if not claimed:
        return {}
    pool = ThreadPoolExecutor(max_workers=len(claimed))
    looking = {pool.submit(_look, link.url, patience): link.pk for link in claimed}
    done, _late = wait(looking, timeout=patience + 1)
    pool.shutdown(wait=False, cancel_futures=True)
    return {looking[one]: one.result() for one in done}


@transaction
def note_look(activity_id: int, seen: Seen, *, at: datetime) -> None:
    """Keep what a look found and when the next one is. The host is told once when a link has failed often and long enough,
    and once when it opens again; only that is traced.
    """
    link = OnlineLink.objects.select_for_update().filter(pk=activity_id).first()
    copy = Publication.objects.select_related("activity__unit").filter(pk=activity_id).first()
    if link is None or copy is None:
        return
    url = str(copy.content.get("online_link") or "") if is_online(copy) else ""
    if url != link.url:  # it was changed while we looked
        _keep(copy, url, link, at)
        return
    before = link.told_at
    _mark(link, seen, at)
    times = links.times_of(copy.content, time_pending=copy.time_pending)
    link.next_look_at = links.next_look(times, link.failures, at=at)
    link.save()
    if link.told_at and not before:
        audit.record(
            Event.LINK_FAILING,
            copy.activity,
            by=SYSTEM,
            at=at,
            outcome=str(seen.outcome),
            failures=link.failures,
        )
        messages.link_failing(copy.activity, link, at=at)
        public.changed(showing.names_of(copy.pk, [copy.listed]), at=at)
    elif before and not link.told_at:
        audit.record(Event.LINK_WELL, copy.activity, by=SYSTEM, at=at)
        messages.link_well(copy.activity, link, at=at)
        public.changed(showing.names_of(copy.pk, [copy.listed]), at=at)


def is_online(copy: Publication) -> bool:
    """Whether the public is led to a web address by this copy."""
    return copy.mode in links.ONLINE and copy.status in links.TAKES_PLACE


def _look(url: str, patience: float) -> Seen:
    try:
        return links.seen(outgoing.look(url, patience=patience).status)
    except (outgoing.NotSafe, outgoing.NotReached) as fault:
        return links.seen(fault)


@in_transaction
def _keep(copy: Publication, url: str, link: OnlineLink | None, at: datetime) -> None:
    """The link of one copy as it now is; one that is there no more is not looked at again."""
    if link is not None and link.told_at and link.url != url:  # the page says no longer that it does not open
        public.changed(showing.names_of(copy.pk, [copy.listed]), at=at)
    name = links.server_of(url)
    if not name:
        if link is not None:
            OnlineLink.objects.filter(pk=link.pk).update(
                url="",
                next_look_at=None,
                failures=0,
                failing_since=None,
                told_at=None,
                outcome="",
                status=None,
            )
        return
    host, _made = LinkHost.objects.get_or_create(name=name)
    LinkHost.objects.filter(Q(next_at__isnull=True) | Q(next_at__gt=at), pk=host.pk).update(next_at=at)
    if link is None:
        OnlineLink.objects.create(activity_id=copy.pk, host=host, url=url, next_look_at=at)
    elif link.url == url:
        OnlineLink.objects.filter(pk=link.pk).update(next_look_at=at)
    else:
        OnlineLink.objects.filter(pk=link.pk).update(
            url=url,
            host=host,
            next_look_at=at,
            failures=0,
            failing_since=None,
            told_at=None,
            outcome="",
            status=None,
        )


def _mark(link: OnlineLink, seen: Seen, at: datetime) -> None:
    link.looked_at, link.outcome, link.status = at, seen.outcome, seen.status
    if seen.outcome == LinkOutcome.FINE:
        link.well_at, link.failures, link.failing_since, link.told_at = at, 0, None, None
    elif seen.outcome in FAILING:
        link.failures += 1
        link.failing_since = link.failing_since or at
        often = links.is_to_tell(link.failures, link.failing_since, at=at)
        if link.told_at is None and often and _is_theirs(link, seen):
            link.told_at = at


def _is_theirs(link: OnlineLink, seen: Seen) -> bool:
    """Whether it is their server and not our own line that is down: somebody answered, or another link opened since.

    An installation none of whose other links ever opened has nothing to hold it against.
    """
    if seen.outcome != LinkOutcome.UNREACHED:
        return True
    others = OnlineLink.objects.exclude(host_id=link.host_id).filter(well_at__isnull=False)
    return others.filter(well_at__gte=link.failing_since).exists() or not others.exists()
