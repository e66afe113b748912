"""The frame of pages about one's own account: signed in, and kept by no cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from kepu.accounts.models import Person
from kepu.web.request import Request
from kepu.web.shared.views import View


class Mine(Request):
    """A request of somebody signed in."""

    user: Person


def own(view: View) -> View:
    """For the person signed in, whatever unit they act for, and if they act for none."""

    @wraps(view)
    def mine(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    wrapped: View = login_required(mine)
    return wrapped


def proven(view: View) -> View:
    """:func:`own`, for somebody who has proved in the last minutes who they are."""
    asks_again: Callable[[View], View] = reauthentication_required(app="allauth.account")
    return own(asks_again(view))
