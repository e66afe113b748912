"""The season that the workspace works in: the open one, between seasons the last, which takes no new acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from kepu.notices.queries import shown_season
from kepu.web.request import Request
from kepu.web.shared.views import page

View = Callable[..., HttpResponse]


def in_season(view: View) -> View:
    """Give the view the season after the request; where there was none yet, say so."""

    @wraps(view)
    def inside(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        season = shown_season()
        if season is None:
            return page(request, "workspace/no-season.html")
        return view(request, season, *args, **kwargs)

    return inside
