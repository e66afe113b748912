"""Handing one duty to another, and answering one that was handed to us."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import verdict
from kepu.notices.models import Season
from kepu.orgs import people
from kepu.orgs.models import Unit
from kepu.returns import delegation_rules
from kepu.returns.actions import delegate_duty, end_delegation
from kepu.returns.models import Delegation
from kepu.returns.queries import duty_for
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.duties.views import Case, hand_in, show
from kepu.web.workspace.people.forms import day_field, ends
from kepu.web.workspace.seasons import in_season


class DelegationForm(Form):
    """To another unit, or to one person by login name."""

    unit = forms.CharField(
        label=lazy("委托给哪个单位"),
        max_length=120,
        required=False,
        help_text=lazy("写单位全称或编号；本单位的人可以空着。"),
    )
    username = forms.CharField(
        label=lazy("只委托给一个人"),
        max_length=60,
        required=False,
        help_text=lazy("写这个人的登录名；空着就是那个单位的填报人员都能办。"),
    )
    until = day_field(lazy("到哪一天"), lazy("空着就到收回为止。"))

    def __init__(self, data: Any = None, *, own: Unit) -> None:
        super().__init__(data)
        self.own = own

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name, username = cleaned.get("unit", "").strip(), cleaned.get("username", "").strip()
        if not name and not username and not self.errors:
            self.add_error("unit", _("请写明委托给哪个单位，或哪一位。"))
        self.to_unit = _unit_named(name) if name else self.own
        if self.to_unit is None:
            self.add_error("unit", _("没有找到这个单位，或不止一个。请写全称或编号。"))
        self.to_person = people.with_username(username) if username else None
        if username and self.to_person is None:
            self.add_error("username", _("没有这个登录名。请核对。"))
        return cleaned


def _unit_named(name: str) -> Unit | None:
    """The one unit of that code or that whole name."""
    if "\0" in name:
        return None
    found = Unit.objects.filter(code=name).first()
    named = list(Unit.objects.filter(name=name).order_by("pk")[:2]) if found is None else [found]
    return named[0] if len(named) == 1 else None


@workspace
@in_season
@reads
def delegation(request: Request, season: Season, key: str) -> HttpResponse:
    """To whom the duty is to be handed."""
    return _page(request, season, key, DelegationForm(own=unit_of(request)))


@workspace
@in_season
@writes(back="workspace:duties")
def delegating(request: Request, season: Season, key: str) -> HttpResponse:
    form = DelegationForm(request.POST, own=unit_of(request))
    if form.is_valid():
        assert form.to_unit is not None
        with form.keeping_refusals():
            delegate_duty(
                unit_of(request), season, key, to_unit=form.to_unit, to_person=form.to_person,
                until=ends(form.cleaned_data["until"]), by=request.actor, at=request.at,
            )  # fmt: skip
            who = form.to_person.name if form.to_person else form.to_unit.name
            return done(
                request, _("已委托%(who)s办理，随时可以收回。") % {"who": who}, to="workspace:duty", key=key
            )
    return _page(request, season, key, form)


def _page(request: Request, season: Season, key: str, form: DelegationForm) -> HttpResponse:
    state = duty_for(unit_of(request), season, key, at=request.at)
    if state is None:
        raise Http404
    may = verdict(delegation_rules.check_delegate, request.actor, unit_of(request))
    return page(request, "workspace/duties/delegation.html", {"duty": state, "form": form, "may": may})


@workspace
@reads
def delegated(request: Request, pk: int) -> HttpResponse:
    """A duty of another unit that was handed to us."""
    return show(request, _case(request, pk))


@workspace
@writes(back="workspace:duties")
def handing_in_for(request: Request, pk: int) -> HttpResponse:
    """Save or hand in the return of the unit whose duty it is."""
    return hand_in(request, _case(request, pk))


def _case(request: Request, pk: int) -> Case:
    found: Delegation = get_object_or_404(
        delegation_rules.delegated_to(request.actor, request.at).whole(), pk=pk
    )
    return Case(found.unit, found.season, found.duty, found)


@workspace
@writes(back="workspace:duties")
def ending(request: Request, pk: int) -> HttpResponse:
    """Take a delegation back, or give it back."""
    ours = Delegation.objects.filter(unit=unit_of(request)) | delegation_rules.delegated_to(
        request.actor, request.at
    )
    found: Delegation = get_object_or_404(ours.whole(), pk=pk)
    end_delegation(found, by=request.actor, at=request.at)
    return done(request, _("委托已结束，写好的都还在。"), to="workspace:duties")
