"""My account: how I sign in, how I can be reached, and where I am signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts import sms
from kepu.accounts.signing_in import change_name, is_verified
from kepu.web.actor import person_of
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, writes
from kepu.web.signin.masks import masked
from kepu.web.signin.own import Mine, own
from kepu.web.signin.session_pages import open_sessions


class NameForm(Form):
    name = forms.CharField(
        label=lazy("姓名"), max_length=60, help_text=lazy("同事看到的名字。以前留下的记录不会跟着改。")
    )


@own
@reads
def account(request: Mine) -> HttpResponse:
    person = request.user
    steps = list(
        Authenticator.objects.filter(user_id=person.pk).order_by("type", "pk").values_list("type", flat=True)
    )
    return page(
        request,
        "account/account.html",
        {
            "person": person,
            "email_verified": is_verified(person),
            "phone": masked(person.phone) if person.phone else "",
            "sms": sms.available(),
            "has_password": person.has_usable_password(),
            "totp": Authenticator.Type.TOTP in steps,
            "passkeys": steps.count(Authenticator.Type.WEBAUTHN),
            "elsewhere": bool(settings.KEPU_SIGN_IN_PROVIDERS),
            "links": SocialAccount.objects.filter(user_id=person.pk).count(),
            "sessions": open_sessions(request).count(),
        },
    )


@own
@reads
def name(request: Mine) -> HttpResponse:
    return page(request, "account/name.html", {"form": NameForm(initial={"name": request.user.name})})


@own
@writes
def naming(request: Mine) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            change_name(request.user, form.cleaned_data["name"], by=person_of(request), at=request.at)
            return done(request, _("姓名已经改好。"), to="account")
    return page(request, "account/name.html", {"form": form})
