"""Closing one's account: what happens, what stands in the way, and the act."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import verdict
from kepu.privacy import rules
from kepu.privacy.actions import close_account
from kepu.web.actor import person_of
from kepu.web.personal.views import own
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, writes
from kepu.web.signin.own import proven


class ClosingForm(Form):
    sure = forms.BooleanField(label=lazy("我知道注销以后不能恢复"))


@proven
@reads
def closing(request: Request) -> HttpResponse:
    return _page(request, ClosingForm())


@proven
@writes
def leaving(request: Request) -> HttpResponse:
    """Close the account and sign out; what stands in the way is said on the page."""
    form = ClosingForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            close_account(own(request), by=person_of(request), at=request.at)
            logout(request)
            return done(request, _("账号已经注销，您的姓名、邮箱和手机已经删除。"), to="portal:home")
    return _page(request, form)


def _page(request: Request, form: ClosingForm) -> HttpResponse:
    may = verdict(rules.check_close_account, person_of(request), own(request), at=request.at)
    return page(request, "personal/closing.html", {"form": form, "may": may})
