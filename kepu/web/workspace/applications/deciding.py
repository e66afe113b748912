"""Deciding on an application, and looking at whom to call."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.orgs import actions
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes
from kepu.web.workspace.applications.forms import ApprovalForm, MergingForm, ReasonForm
from kepu.web.workspace.applications.views import shown, the_application


@workspace
@writes(back="workspace:application")
def approval(request: Request, pk: int) -> HttpResponse:
    found, form = the_application(request, pk), ApprovalForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            unit = actions.approve_application(
                found, code=given["code"], expected_version=given["version"], by=request.actor, at=request.at
            )
            return done(
                request,
                _("已通过，“%(unit)s”可以填报了。") % {"unit": unit.name},
                to="workspace:application",
                pk=pk,
            )
    return shown(request, found, approval=form)


@workspace
@writes(back="workspace:application")
def merging(request: Request, pk: int) -> HttpResponse:
    found, form = the_application(request, pk), MergingForm(request.POST, auto_id="merging_%s")
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            unit = given["unit"]
            actions.merge_application(
                found, unit, expected_version=given["version"], by=request.actor, at=request.at
            )
            return done(
                request, _("已并入“%(unit)s”。") % {"unit": unit.name}, to="workspace:application", pk=pk
            )
    return shown(request, found, merging=form)


@workspace
@writes(back="workspace:application")
def sending_back(request: Request, pk: int) -> HttpResponse:
    found, form = the_application(request, pk), ReasonForm(request.POST, auto_id="return_%s")
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            actions.return_application(
                found, given["reason"], expected_version=given["version"], by=request.actor, at=request.at
            )
            return done(request, _("已退回，申请人会收到邮件。"), to="workspace:application", pk=pk)
    return shown(request, found, sending_back=form)


@workspace
@writes(back="workspace:application")
def refusal(request: Request, pk: int) -> HttpResponse:
    found, form = the_application(request, pk), ReasonForm(request.POST, auto_id="refusal_%s")
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            actions.refuse_application(
                found, given["reason"], expected_version=given["version"], by=request.actor, at=request.at
            )
            return done(request, _("已办结：不予登记。申请人会收到邮件。"), to="workspace:application", pk=pk)
    return shown(request, found, refusal=form)


@workspace
@writes(back="workspace:application")
def contact(request: Request, pk: int) -> HttpResponse:
    """Show whom to call, once; the look is traced."""
    found = the_application(request, pk)
    return shown(request, found, contact=actions.see_contact(found, by=request.actor, at=request.at))


@workspace
@writes(back="workspace:application")
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """A unit takes back what it asked for."""
    found = the_application(request, pk)
    actions.withdraw_application(found, by=request.actor, at=request.at)
    return done(request, _("申请已撤回。"), to="workspace:application", pk=pk)
