"""Coming in, open to everybody: the form, the claim, and the page that the applicant's link leads to.

Each of the three that write (``filing``, ``claiming``, ``correcting``) is the one place where an address is counted.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.core.refusals import StaleState
from kepu.orgs import actions, coming_queries
from kepu.orgs.actions import Said
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ApplicationKind, ApplicationState
from kepu.orgs.models import Application, Term, Unit, Vocabulary
from kepu.orgs.queries import place_names
from kepu.web.limits import costly
from kepu.web.portal.join.forms import ClaimForm, CorrectionForm, RegisterForm
from kepu.web.portal.join.showing import steps_of
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, writes

MOST_FOUND = 12


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@costly("join-search", person=120, address=600)
@reads
def join(request: Request) -> HttpResponse:
    """Look first whether the unit is registered: by name or by credit code. Two queries."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:120]
    found = _registered_as(asked) if asked else []
    names = place_names(unit.place_path for unit in found)
    context = {
        "asked": asked, "found": [(unit, names[unit.place_path]) for unit in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND, "too_short": bool(asked) and coming_queries.is_too_short(asked),
    }  # fmt: skip
    return _kept_by_nobody(page(request, "portal/join/join.html", context))


@reads
def blank(request: Request) -> HttpResponse:
    """The form of a unit that is not there yet."""
    return _registering(request, RegisterForm(initial=_known_of(request)))


@costly("join", person=20, per=3600, address=60)
@writes
def filing(request: Request) -> HttpResponse:
    """File it; where units look the same they are shown, and the applicant says which it is."""
    form = RegisterForm(request.POST)
    said = form.said() if form.is_valid() else None
    if said is not None:
        with form.keeping_refusals():
            filed = actions.apply_for_unit(
                said, form.contact(), consented=form.cleaned_data["consented"], **_who(request), at=request.at
            )
            return _filed(request, filed.token)
    return _registering(request, form, said)


@reads
def claim(request: Request, pk: int) -> HttpResponse:
    """The form of somebody whose unit is there."""
    return _claiming(request, _claimable(pk), ClaimForm(initial=_known_of(request)))


@costly("join", person=20, per=3600, address=60)
@writes
def claiming(request: Request, pk: int) -> HttpResponse:
    unit, form = _claimable(pk), ClaimForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            filed = actions.claim_unit(
                unit,
                form.contact(),
                given["purpose"],
                consented=given["consented"],
                **_who(request),
                at=request.at,
            )
            return _filed(request, filed.token)
    return _claiming(request, unit, form)


@reads
def status(request: Request, token: str) -> HttpResponse:
    """Where the application stands, for whoever holds the link. Nothing of the contact is shown."""
    found = _with_token(token)
    context = {"application": found, "token": token, "steps": steps_of(found), **_of_unit(found)}
    return _kept_by_nobody(page(request, "portal/join/status.html", context))


@reads
def correction(request: Request, token: str) -> HttpResponse:
    found = _with_token(token)
    return _correcting(request, found, token, CorrectionForm(application=found))


@costly("join", person=20, per=3600, address=60)
@writes
def correcting(request: Request, token: str) -> HttpResponse:
    found = _with_token(token)
    form = CorrectionForm(request.POST, application=found)
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            version = request.POST.get("version", "")
            if found.state == ApplicationState.RETURNED and version != str(found.version):
                raise StaleState()
            said = form.said() if found.kind == ApplicationKind.NEW else _unchanged(found, given["purpose"])
            contact = {name: given[f"contact_{name}"] for name in ("name", "phone", "email")}
            actions.hand_in_again(
                found, said, contact, expected_version=found.version, by=_who(request)["by"], at=request.at
            )
            return done(request, _("已重新提交，等统筹单位审核。"), to="portal:join-status", token=token)
    return _correcting(request, found, token, form)


@writes(back="portal:join-status")
def withdrawal(request: Request, token: str) -> HttpResponse:
    found = _with_token(token)
    actions.withdraw_application(found, by=_who(request)["by"], at=request.at)
    return done(request, _("申请已撤回，填写的联系方式已经删除。"), to="portal:join-status", token=token)


def _registered_as(asked: str) -> list[Unit]:
    return coming_queries.registered_as(asked, size=MOST_FOUND + 1, made_up=settings.KEPU_REHEARSAL)


def _registering(request: Request, form: RegisterForm, said: Said | None = None) -> HttpResponse:
    alike = []
    codes = {reason.code for reasons in form.reasons.values() for reason in reasons}
    if said is not None and "lookalike" in codes:
        alike = coming_queries.lookalikes(name=said.name, place=said.place, credit_code=said.credit_code)
    context: dict[str, Any] = {
        "form": form, "alike": [one.unit for one in alike], "asks": bool(codes & {"lookalike", "waiting"}), "site": settings.SITE_NAME,
    }  # fmt: skip
    return _kept_by_nobody(page(request, "portal/join/new.html", context))


def _claiming(request: Request, unit: Unit, form: ClaimForm) -> HttpResponse:
    names = place_names([unit.place_path])
    context = {
        "form": form,
        "unit": unit,
        "place": names[unit.place_path] or unit.place.name,
        "site": settings.SITE_NAME,
    }
    return _kept_by_nobody(page(request, "portal/join/claim.html", context))


def _correcting(request: Request, found: Application, token: str, form: CorrectionForm) -> HttpResponse:
    context = {"application": found, "token": token, "form": form}
    return _kept_by_nobody(page(request, "portal/join/correction.html", context))


def _filed(request: Request, token: str) -> HttpResponse:
    return redirect_to(reverse("portal:join-status", args=[token]))


def _with_token(token: str) -> Application:
    rows = Application.objects.with_token(token).select_related("place", "line", "unit", "receiver")
    found: Application = get_object_or_404(rows)
    return found


def _claimable(pk: int) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.select_related("place", "line", "merged_into__place"), pk=pk)
    kept = coming_queries.kept(unit)
    return get_object_or_404(Unit.objects.select_related("place", "line"), pk=kept.pk, closed_on=None)


def _who(request: Request) -> dict[str, Any]:
    """Who applies: the person signed in, else nobody that is known yet."""
    person = request.user if request.user.is_authenticated else None
    by = Actor(person_id=person.pk if person else None, person_name=str(person or ""), unit=None)
    return {"person": person, "language": get_language() or "", "by": by}


def _known_of(request: Request) -> dict[str, str]:
    """What an account says already need not be typed again."""
    if not request.user.is_authenticated:
        return {"name": request.GET.get("name", "").replace("\0", "")[:120]}
    return {
        "contact_name": request.user.name, "contact_email": request.user.email,
        "name": request.GET.get("name", "").replace("\0", "")[:120],
    }  # fmt: skip


def _unchanged(found: Application, purpose: str) -> Said:
    return Said(
        found.name, found.unit_kind, found.place, found.line, found.credit_code, purpose, found.is_another
    )


def _of_unit(found: Application) -> dict[str, Any]:
    kind = Term.objects.filter(vocabulary=Vocabulary.UNIT_KIND, code=found.unit_kind).first()
    names = place_names([found.place_path])
    return {"kind": str(kind or found.unit_kind), "place": names[found.place_path] or found.place.name}
