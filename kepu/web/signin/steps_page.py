"""The page of second steps: what there is, and what can be added."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpResponse

from kepu.web.shared.views import page, reads
from kepu.web.signin.own import Mine, own


@own
@reads
def steps(request: Mine) -> HttpResponse:
    held = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("pk"))
    by_type = {kind: [it for it in held if it.type == kind] for kind in Authenticator.Type}
    codes = by_type[Authenticator.Type.RECOVERY_CODES]
    return page(
        request,
        "account/second_step.html",
        {
            "totp": next(iter(by_type[Authenticator.Type.TOTP]), None),
            "passkeys": by_type[Authenticator.Type.WEBAUTHN],
            "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        },
    )
