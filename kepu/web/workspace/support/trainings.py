"""Trainings: those to come, one of them with its seats, signing people up; announcing, changing and cancelling one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.calendar import CHINA, day_of
from kepu.core.refusals import Verdict, verdict
from kepu.orgs.models import Line, Place, Role, Vocabulary
from kepu.orgs.queries import terms
from kepu.support import queries, rules
from kepu.support.actions import Plan, announce_training, cancel_training, change_training, sign_up
from kepu.support.models import Training
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.activities.widgets import MomentField

PER_PAGE = 20
PLANNED = ("title", "starts_at", "ends_at", "sign_up_until", "text", "venue", "link", "cap")


class TrainingForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    node = forms.ChoiceField(label=lazy("给哪里的单位"), widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=lazy("哪几类单位"), required=False, widget=forms.CheckboxSelectMultiple, help_text=lazy("都不选，就是各类单位都通知。"),
    )  # fmt: skip
    title = forms.CharField(label=lazy("培训名称"), max_length=120)
    starts_at = MomentField(label=lazy("开始"))
    ends_at = MomentField(label=lazy("结束"))
    venue = forms.CharField(label=lazy("地点"), max_length=120, required=False)
    link = forms.CharField(
        label=lazy("线上网址"), max_length=300, required=False, widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=lazy("地点和网址至少写一个。"),
    )  # fmt: skip
    sign_up_until = MomentField(label=lazy("报名截止"))
    cap = forms.IntegerField(
        label=lazy("名额"), required=False, min_value=1, help_text=lazy("不限名额就空着。")
    )
    text = forms.CharField(
        label=lazy("说明"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, nodes: list[Place | Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [(node.code, node.name) for node in nodes]  # type: ignore[attr-defined]
        if len(nodes) < 2:
            del self.fields["node"]
        if nodes:
            self.fields["kinds"].choices = [(term.code, str(term)) for term in terms(Vocabulary.UNIT_KIND)]  # type: ignore[attr-defined]
        else:  # a training that was announced keeps whom it is for
            del self.fields["kinds"]

    def plan(self) -> Plan:
        return Plan(**{name: self.cleaned_data[name] for name in PLANNED})


class SignUpForm(Form):
    people = forms.IntegerField(
        label=lazy("去几个人"), min_value=0, max_value=100_000, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class CancellingForm(Form):
    reason = forms.CharField(label=lazy("为什么取消"), max_length=300, help_text=lazy("报了名的单位会看到。"))


@dataclass(frozen=True, slots=True)
class Shown:
    training: Training
    when: str
    until: str
    left: int | None  # seats; None where there is no end of them
    ours: int
    led: bool


@workspace
@reads
def trainings(request: Request) -> HttpResponse:
    past = request.GET.get("tab") == "past"
    find = queries.trainings_past if past else queries.trainings_ahead
    found = find(request.actor, at=request.at, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    address = reverse("workspace:help-trainings")
    tabs = [
        {"label": _("将要举办"), "url": address, "current": not past, "count": None},
        {"label": _("办过的"), "url": f"{address}?tab=past", "current": past, "count": None},
    ]
    context = {
        "page": found,
        "rows": shown(request, found.items),
        "tabs": tabs,
        "may_announce": request.actor.holds(Role.COORDINATOR),
    }
    return page(request, "workspace/support/trainings.html", context)


@workspace
@reads
def training(request: Request, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@workspace(roles=(Role.COORDINATOR,))
@reads
def new(request: Request) -> HttpResponse:
    nodes = queries.nodes_kept_by(request.actor)
    form = TrainingForm(nodes, initial={"node": nodes[0].code} if nodes else {})
    return page(request, "workspace/support/training-form.html", {"form": form, "nodes": nodes, "row": None})


@workspace(roles=(Role.COORDINATOR,))
@writes
def announcing(request: Request) -> HttpResponse:
    nodes = queries.nodes_kept_by(request.actor)
    form = TrainingForm(nodes, request.POST)
    if form.is_valid() and nodes:
        with form.keeping_refusals():
            node = next((node for node in nodes if node.code == form.cleaned_data.get("node")), nodes[0])
            kinds = tuple(form.cleaned_data["kinds"])
            row = announce_training(node, form.plan(), kinds=kinds, by=request.actor, at=request.at)
            return done(
                request, _("已发布。各单位正在陆续收到消息。"), to="workspace:help-training", pk=row.pk
            )
    return page(request, "workspace/support/training-form.html", {"form": form, "nodes": nodes, "row": None})


@workspace(roles=(Role.COORDINATOR,))
@reads
def change(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    rules.check_lead(request.actor, row)
    initial = {name: getattr(row, name) for name in (*PLANNED, "version")}
    return page(
        request,
        "workspace/support/training-form.html",
        {"form": TrainingForm([], initial=initial), "nodes": [], "row": row},
    )


@workspace(roles=(Role.COORDINATOR,))
@writes
def changing(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    rules.check_lead(request.actor, row)
    form = TrainingForm([], request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            change_training(
                row,
                form.plan(),
                expected_version=form.cleaned_data["version"],
                by=request.actor,
                at=request.at,
            )
            return done(request, _("已保存，报了名的单位会收到消息。"), to="workspace:help-training", pk=pk)
    return page(request, "workspace/support/training-form.html", {"form": form, "nodes": [], "row": row})


@workspace
@writes(back="workspace:help-training")
def cancelling(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    form = CancellingForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            cancel_training(row, form.cleaned_data["reason"], by=request.actor, at=request.at)
            return done(request, _("已取消，报了名的单位会收到消息。"), to="workspace:help-training", pk=pk)
    return _page(request, row, cancelling=form)


@workspace
@writes(back="workspace:help-training")
def signing_up(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    form = SignUpForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            people = form.cleaned_data["people"]
            sign_up(row, people, by=request.actor, at=request.at)
            said = _("已报名 %(n)d 人。") % {"n": people} if people else _("已退出报名。")
            return done(request, said, to="workspace:help-training", pk=pk)
    return _page(request, row, signing=form)


def shown(request: Request, found: Iterable[Training]) -> list[Shown]:
    """Trainings as a page shows them. One query, however many."""
    found = list(found)
    ours = queries.our_sign_ups(request.actor, found)
    return [
        Shown(
            one, _when(one), moment(one.sign_up_until), None if one.cap is None else one.cap - one.taken,
            ours.get(one.pk, 0), one.unit_id == request.actor.unit_id,
        )
        for one in found
    ]  # fmt: skip


def _when(training: Training) -> str:
    """From when to when; of one day its date once."""
    ends = training.ends_at
    last = f"{ends.astimezone(CHINA):%H:%M}" if day_of(ends) == day_of(training.starts_at) else moment(ends)
    return f"{moment(training.starts_at)} — {last}"


def _seen(request: Request, pk: int) -> Training:
    return get_object_or_404(rules.trainings_visible_to(request.actor).select_related("unit"), pk=pk)


def _page(
    request: Request, row: Training, *, signing: Form | None = None, cancelling: Form | None = None
) -> HttpResponse:
    one = shown(request, [row])[0]
    names = {term.code: str(term) for term in terms(Vocabulary.UNIT_KIND)} if row.kinds else {}
    coming = queries.sign_ups(row, cursor=request.GET.get("cursor", "")) if one.led else None
    may: Verdict = verdict(rules.check_sign_up, request.actor, row, request.at)
    context = {
        "one": one, "row": row, "kinds": [names.get(code, code) for code in row.kinds], "may": may, "page": coming,
        "signing": signing or SignUpForm(initial={"people": one.ours or 1}), "cancelling": cancelling or CancellingForm(),
        "may_lead": bool(verdict(rules.check_lead, request.actor, row)), "over": row.ends_at <= request.at,
    }  # fmt: skip
    return page(request, "workspace/support/training.html", context)
