"""A person's decision of a pair: merge, count as one, take that back, tell apart. What was typed is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.activities.actions import link_double, merge_double, tell_apart, unlink_double
from kepu.activities.models import Activity, Double
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes, written
from kepu.web.workspace.doubles.forms import DecisionForm
from kepu.web.workspace.doubles.views import pair_in_scope, pair_page


@workspace
@writes(back="workspace:double")
def merger(request: Request, pk: int) -> HttpResponse:
    """Only one goes on."""

    def act(double: Double, form: DecisionForm) -> str:
        words = form.cleaned_data["words"]
        merge_double(double, keep=form.kept(), words=words, seen=form.seen(), by=request.actor, at=request.at)
        return _("“%(left)s”已并入“%(kept)s”，两个举办单位都会收到消息。") % _names(double, form.kept())

    return _decide(request, pk, act)


@workspace
@writes(back="workspace:double")
def link(request: Request, pk: int) -> HttpResponse:
    """Both go on and are counted once."""

    def act(double: Double, form: DecisionForm) -> str:
        words = form.cleaned_data["words"]
        link_double(double, keep=form.kept(), words=words, seen=form.seen(), by=request.actor, at=request.at)
        return _("“%(left)s”和“%(kept)s”合计，只算一次。") % _names(double, form.kept())

    return _decide(request, pk, act)


@workspace
@writes(back="workspace:double")
def difference(request: Request, pk: int) -> HttpResponse:
    """They are two."""

    def act(double: Double, form: DecisionForm) -> str:
        tell_apart(double, words=form.cleaned_data["words"], by=request.actor, at=request.at)
        return _("已记下：这两项不是同一项，各算各的。")

    return _decide(request, pk, act)


@workspace
@writes(back="workspace:double")
def unlinking(request: Request, pk: int) -> HttpResponse:
    """Each counts again."""
    double = pair_in_scope(request.actor, pk)
    unlink_double(double, words=written(request, "words", 500), by=request.actor, at=request.at)
    return done(request, _("已解除关联，两项各算各的。"), to="workspace:double", pk=pk)


def _decide(request: Request, pk: int, act: Callable[[Double, DecisionForm], str]) -> HttpResponse:
    double = pair_in_scope(request.actor, pk)
    form = DecisionForm(request.POST, double=double)
    if form.is_valid():
        with form.keeping_refusals():
            return done(request, act(double, form), to="workspace:doubles")
        double = pair_in_scope(request.actor, pk)  # as it now is, not as the refused act left it in hand
    return pair_page(request, double, form)


def _names(double: Double, keep: int) -> dict[str, Activity]:
    kept = double.a if double.a_id == keep else double.b
    return {"kept": kept, "left": double.other(kept.pk)}
