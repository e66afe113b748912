"""The addresses of the unit acted for: how each fares, and the acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import verdict
from kepu.orgs import rules
from kepu.orgs.actions import add_hook, remove_hook, resume_hook, try_hook
from kepu.orgs.models import Hook
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment


class HookForm(Form):
    name = forms.CharField(
        label=lazy("名称"), max_length=60, help_text=lazy("自己认得就行，例如“办公系统”。")
    )
    address = forms.CharField(
        label=lazy("网址"), max_length=500, help_text=lazy("以 https:// 开头，由贵单位系统的开发人员提供。"),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    hook: Hook
    host: str
    added: str
    last: str


@workspace
@reads
def hooks(request: Request) -> HttpResponse:
    return page(request, "workspace/hooks/hooks.html", _context(request, HookForm()))


@workspace
@writes
def adding(request: Request) -> HttpResponse:
    form = HookForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            hook = add_hook(unit_of(request), **form.cleaned_data, by=request.actor, at=request.at)
            return done(
                request, _("已经添加“%(name)s”。请试推送一次。") % {"name": hook.name}, to="workspace:hooks"
            )
    return page(request, "workspace/hooks/hooks.html", _context(request, form))


@workspace
@writes(back="workspace:home")
def removing(request: Request, pk: int) -> HttpResponse:
    hook = _of_ours(request, pk)
    remove_hook(hook, by=request.actor, at=request.at)
    return done(request, _("“%(name)s”已经删除，不再推送。") % {"name": hook.name}, to="workspace:hooks")


@workspace
@writes(back="workspace:home")
def resuming(request: Request, pk: int) -> HttpResponse:
    hook = _of_ours(request, pk)
    resume_hook(hook, by=request.actor, at=request.at)
    return done(request, _("“%(name)s”恢复推送。") % {"name": hook.name}, to="workspace:hooks")


@workspace
@writes(back="workspace:home")
def trying(request: Request, pk: int) -> HttpResponse:
    hook = _of_ours(request, pk)
    try_hook(hook, by=request.actor, at=request.at)
    return done(
        request,
        _("试推送已经发出，过一会儿刷新，看“%(name)s”有没有收到。") % {"name": hook.name},
        to="workspace:hooks",
    )


def _of_ours(request: Request, pk: int) -> Hook:
    return get_object_or_404(Hook.objects.select_related("unit"), pk=pk, unit_id=request.actor.unit_id)


def _context(request: Request, form: Form) -> dict[str, Any]:
    unit = unit_of(request)
    may = verdict(rules.check_keep_hooks, request.actor, unit)
    rows = Hook.objects.filter(unit=unit).order_by("pk") if may else Hook.objects.none()
    return {"unit": unit, "may": may, "form": form, "rows": [_shown(hook) for hook in rows]}


def _shown(hook: Hook) -> Shown:
    # what follows the host may hold a token: it is shown to nobody, not even to those who gave it
    host = hook.address.partition("://")[2].partition("/")[0]
    return Shown(hook, host, moment(hook.added_at), moment(hook.last_at) if hook.last_at else "")
