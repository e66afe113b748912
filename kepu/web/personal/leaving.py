"""Closing one's account: what happens, what stands in the way, and the act."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
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


class ClosingForm(Form):
    password = forms.CharField(
        label=lazy("密码"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    sure = forms.BooleanField(label=lazy("我知道注销以后不能恢复"))

    def __init__(self, *args: object, request: Request, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not own(self.request).check_password(password):
            raise forms.ValidationError(_("密码不对。"))
        return password


@login_required
@reads
def closing(request: Request) -> HttpResponse:
    return _page(request, ClosingForm(request=request))


@login_required
@writes
def leaving(request: Request) -> HttpResponse:
    """Close the account and sign out; what stands in the way is said on the page."""
    form = ClosingForm(request.POST, request=request)
    if form.is_valid():
        with form.keeping_refusals():
            close_account(own(request), by=person_of(request), at=request.at)
            logout(request)
            return done(request, _("账号已经注销，您的姓名、邮箱和手机已经删除。"), to="portal:home")
    return _page(request, form)


def _page(request: Request, form: ClosingForm) -> HttpResponse:
    may = verdict(rules.check_close_account, person_of(request), own(request), at=request.at)
    return page(request, "personal/closing.html", {"form": form, "may": may})
