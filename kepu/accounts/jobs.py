"""What the worker does for this module once a day: what is left of sign-ins that ended goes away."""

from __future__ import annotations

from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from kepu.core.db import transaction


@transaction
def forget_ended_sign_ins() -> int:
    """Delete sessions and tokens past their time, and the addresses and devices noted with them. Idempotent.

    Their time is the time of day: what a rehearsal's own clock says does not end a sign-in.
    """
    now = timezone.now()
    ended = (
        Session.objects.filter(expire_date__lt=now).delete()[0]
        + Token.objects.filter(expires_at__lt=now).delete()[0]
    )
    return (
        ended + UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
    )
