"""How much one person, one unit or one address may ask for in a while, before anything is done for it.

Reading costs nothing: a school shares one address, and a portal that turns readers away has failed. Counted are what
changes something (every POST), and what keeps a processor busy, which a view says of itself::

    @costly("document", person=20, per=600)         # twenty documents read in ten minutes

Counts are kept in the cache ``limits``: this process's memory, or Redis where one is configured, and then all
processes count together. A sliding window of two counters needs one read and one increment, and nothing is kept longer
than twice the window.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from kepu.web.request import Request
from kepu.web.shared import errors

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Budget:
    """At most ``n`` in ``seconds`` for each ``whose``: "person", "unit" or "address"."""

    name: str
    whose: str
    n: int
    seconds: int


# Saving while one types is a POST every few seconds; a coordinator approves two hundred one by one on the last evening;
# an office of thirty files for one unit.
WRITES = (Budget("write", "person", 240, 60), Budget("write", "unit", 3000, 60))
# Nobody is signed in: the address is all there is, and a whole school may stand behind it. Five hundred pupils who all
# choose large letters and another language in the same minute are readers.
WRITES_OF_STRANGERS = (Budget("write", "address", 1200, 60),)


def costly(name: str, *, person: int, per: int = 600, address: int | None = None) -> Callable[[View], View]:
    """Mark a view as one that keeps a processor busy: so many in ``per`` seconds for a person, ten times as many for
    their unit; ``address`` for visitors who are not signed in."""
    budgets = [Budget(name, "person", person, per), Budget(name, "unit", person * 10, per)]
    if address is not None:
        budgets.append(Budget(name, "address", address, per))

    def marked(view: View) -> View:
        view.budgets = tuple(budgets)  # type: ignore[attr-defined]
        return view

    return marked


class Middleware:
    """Turns away, before the view runs, whoever has used up what is theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        wait = wait_before(request, _meant(view, request))
        return None if wait is None else errors.wait(request, wait)


def wait_before(request: Request, view: View) -> int | None:
    """Count a request. Seconds after which it may be tried again, or None when it may go ahead."""
    if not settings.KEPU_LIMITS:
        return None
    waits = [
        wait
        for budget, key in _counted(request, view)
        if (wait := _spend(budget, key, time.time())) is not None
    ]
    return max(waits, default=None)


def wait_for_address(request: HttpRequest, budget: Budget) -> int | None:
    """Count one against the visitor's address alone: for pages of the public, which never ask who is signed in.

    Seconds after which it may be tried again, or None when it may go ahead. A view calls it where the work begins, so that
    what was made before costs nothing.
    """
    return _spend(budget, network_of(request), time.time()) if settings.KEPU_LIMITS else None


def _meant(view: View, request: HttpRequest) -> View:
    """The view of this method where an address has one for each."""
    method = "GET" if request.method == "HEAD" else str(request.method)
    return getattr(view, "views", {}).get(method, view)


def _counted(request: Request, view: View) -> Iterator[tuple[Budget, Any]]:
    budgets: tuple[Budget, ...] = getattr(view, "budgets", ())
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if not (changes or budgets):
        return
    if not request.user.is_authenticated:
        for budget in (*budgets, *(WRITES_OF_STRANGERS if changes else ())):
            if budget.whose == "address":
                yield budget, network_of(request)
        return
    actor = request.actor
    for budget in (*budgets, *(WRITES if changes else ())):
        if budget.whose == "person":
            yield budget, request.user.pk
        elif budget.whose == "unit" and actor:
            yield budget, actor.unit_id


def network_of(request: HttpRequest) -> str:
    """The visitor's address; of an IPv6 address the /64, which is what one household or office is given."""
    text = get_client_ip(request) or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _spend(budget: Budget, key: Any, now: float) -> int | None:
    """Count one. Where the present window and what is left of the one before hold more than the budget: the wait."""
    cache = caches["limits"]
    window, into = divmod(now, budget.seconds)
    name = f"{budget.name}:{budget.seconds}:{budget.whose}:{key}"
    here, before = f"{name}:{int(window)}", f"{name}:{int(window) - 1}"
    cache.add(here, 0, timeout=budget.seconds * 2)
    try:
        n = cache.incr(here)
    except ValueError:  # the cache was full and has just let it go
        n = 1
    left_of_before = cache.get(before, 0) * (1 - into / budget.seconds)
    if n + left_of_before <= budget.n * settings.KEPU_LIMITS:
        return None
    return math.ceil(budget.seconds - into)
