"""Recovery codes: ten numbers for the day on which the phone is lost. Looking at them is an act, and leaves its trace."""

from __future__ import annotations

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.http import HttpResponse

from kepu.accounts.signing_in import note
from kepu.accounts.workflow import Event
from kepu.web.actor import person_of
from kepu.web.shared.views import page, reads, redirect_to, writes
from kepu.web.signin.own import Mine, proven


@proven
@reads
def codes(request: Mine) -> HttpResponse:
    held = _held(request)
    return _page(request, held, shown=False) if held else redirect_to("mfa_index")


@proven
@writes(back="mfa_index")
def showing(request: Mine) -> HttpResponse:
    held = _held(request)
    if held is None:
        return redirect_to("mfa_index")
    note(Event.RECOVERY_CODES_SEEN, request.user, by=person_of(request), at=request.at)
    return _page(request, held, shown=True)


def _held(request: Mine) -> Authenticator | None:
    held = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    return held.first()  # a person has one row of them


def _page(request: Mine, held: Authenticator, *, shown: bool) -> HttpResponse:
    unused = held.wrap().get_unused_codes()
    context = {
        "codes": unused if shown else [],
        "shown": shown,
        "left": len(unused),
        "total": app_settings.RECOVERY_CODE_COUNT,
    }
    return page(request, "account/recovery_codes.html", context)
