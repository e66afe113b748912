"""What is kept about the person signed in, and what they may do with it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.core import contacts
from kepu.privacy.actions import give_consent, take_own_data, withdraw_consent
from kepu.privacy.queries import consents_of
from kepu.privacy.workflow import VERSION, Purpose
from kepu.web.actor import person_of, standings_of
from kepu.web.personal.packing import NAME, packed
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, writes
from kepu.web.signin.own import own as for_oneself
from kepu.web.signin.own import proven
from kepu.web.workspace.activities.showing import moment

OWN_CONSENTS = (Purpose.PHONE, Purpose.MAIL)
WITHDRAWN = {
    Purpose.PHONE: lazy("撤回后，手机号码从系统里删除，不能再用验证码登录。"),
    Purpose.MAIL: lazy("撤回后，邮箱从系统里删除，忘记密码时要请单位的管理人员帮忙。"),
}


@for_oneself
@reads
def home(request: Request) -> HttpResponse:
    """What is kept, masked where it leads to somebody; consents; what can be done. A fixed number of queries."""
    person = own(request)
    given = {c.purpose: c for c in consents_of(person) if c.withdrawn_at is None and c.version == VERSION}
    facts = [
        (_("姓名"), person.name), (_("登录名"), person.username), (_("电子邮箱"), contacts.mask_mailbox(person.email)),
        (_("手机号码"), contacts.mask_phone(person.phone)), (_("代表的单位"), _("、").join(dict.fromkeys(way.unit.name for way in standings_of(request)))),
    ]  # fmt: skip
    consents = [
        {
            "label": purpose.label, "at": moment(given[purpose].at) if purpose in given else "", "warning": WITHDRAWN[purpose],
            "give": reverse("personal:consent", args=[purpose]),
            "withdraw": reverse("personal:consent-withdrawal", args=[purpose]),
        }
        for purpose in OWN_CONSENTS
    ]  # fmt: skip
    return page(request, "personal/home.html", {"facts": facts, "consents": consents})


@for_oneself
@writes(back="personal:home")
def consenting(request: Request, purpose: str) -> HttpResponse:
    give_consent(_purpose(purpose), person=own(request), by=person_of(request), at=request.at)
    return done(request, _("已记下您的同意，随时可以撤回。"), to="personal:home")


@proven
@writes(back="personal:home")
def withdrawing(request: Request, purpose: str) -> HttpResponse:
    withdraw_consent(own(request), _purpose(purpose), by=person_of(request), at=request.at)
    return done(request, _("已撤回，凭这项同意保存的已经删除。"), to="personal:home")


@proven
@writes(back="personal:home")
def copy(request: Request) -> HttpResponse:
    """Everything that is kept, in full, as a file to take away: for the person, not for whoever finds the browser open."""
    found = take_own_data(own(request), by=person_of(request), at=request.at)
    response = HttpResponse(packed(found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.zip"'
    return response


def own(request: Request) -> Person:
    """The row of the person signed in."""
    assert request.user.pk is not None  # behind login_required somebody is signed in
    return Person.objects.get(pk=request.user.pk)


def _purpose(code: str) -> Purpose:
    if code not in OWN_CONSENTS:
        raise Http404
    return Purpose(code)
