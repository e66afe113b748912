"""Questions: ours and those we have to answer; one of them as a thread, with what may be said in it now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import verdict
from kepu.orgs.models import Role, Unit
from kepu.support import queries, rules
from kepu.support.actions import add_to_question, answer_question, ask, close_question, pass_on_question
from kepu.support.models import Question
from kepu.support.workflow import State, Turn
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 30


class AskingForm(Form):
    to = forms.TypedChoiceField(label=lazy("问谁"), widget=forms.RadioSelect, coerce=int)
    subject = forms.CharField(
        label=lazy("问什么"), max_length=120, help_text=lazy("一句话，例如“线上活动要不要写地点”。")
    )
    text = forms.CharField(
        label=lazy("说明"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=lazy("遇到了什么，试过什么。请不要写个人的电话、证件号码。"),
    )  # fmt: skip

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]
        if len(units) < 2:
            del self.fields["to"]


class WordsForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=lazy("内容"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


@workspace
@reads
def questions(request: Request) -> HttpResponse:
    """What waits for our answer, what we asked, and what is done; each a page of its own."""
    answers = request.actor.holds(*rules.ANSWERING)
    tab = request.GET.get("tab", "" if answers else "ours")
    cursor = request.GET.get("cursor", "")
    find = {"ours": queries.questions_asked, "done": queries.questions_done}.get(
        tab, queries.questions_to_answer
    )
    found = find(request.actor, cursor=cursor, size=PER_PAGE)
    address = reverse("workspace:help-questions")
    known = [("ours", _("我们问的"))]
    if answers:
        known = [("", _("等我们答复")), *known, ("done", _("答过和转出的"))]
    tabs = [
        {"label": label, "url": f"{address}?tab={name}", "current": name == tab, "count": None}
        for name, label in known
    ]
    context = {
        "page": found, "rows": [(one, moment(one.turn_since)) for one in found.items], "tabs": tabs, "tab": tab,
        "may_ask": verdict(rules.check_ask, request.actor),
    }  # fmt: skip
    return page(request, "workspace/support/questions.html", context)


@workspace
@reads
def new(request: Request) -> HttpResponse:
    rules.check_ask(request.actor)
    return _asking(request, None)


@workspace
@writes
def asking(request: Request) -> HttpResponse:
    rules.check_ask(request.actor)
    units = _to_ask(request)
    form = AskingForm(units, request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            said = form.cleaned_data
            to = next((unit for unit in units if unit.pk == said.get("to")), None)
            asked = ask(subject=said["subject"], text=said["text"], to=to, by=request.actor, at=request.at)
            return done(
                request, _("已经送给%(unit)s。有了答复，贵单位会收到消息。") % {"unit": asked.receiver.name},
                to="workspace:help-question", pk=asked.pk,
            )  # fmt: skip
    return _asking(request, form)


@workspace
@reads
def question(request: Request, pk: int) -> HttpResponse:
    return _thread(request, _ours(request, pk), None)


@workspace
@writes(back="workspace:help-question")
def answering(request: Request, pk: int) -> HttpResponse:
    row = _ours(request, pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            answer_question(
                row,
                form.cleaned_data["text"],
                expected_version=form.cleaned_data["version"],
                by=request.actor,
                at=request.at,
            )
            return done(
                request,
                _("已答复，%(unit)s会收到消息。") % {"unit": row.asker.name},
                to="workspace:help-question",
                pk=pk,
            )
    return _thread(request, row, form)


@workspace
@writes(back="workspace:help-question")
def adding(request: Request, pk: int) -> HttpResponse:
    row = _ours(request, pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            add_to_question(
                row,
                form.cleaned_data["text"],
                expected_version=form.cleaned_data["version"],
                by=request.actor,
                at=request.at,
            )
            return done(
                request,
                _("已经送给%(unit)s。") % {"unit": row.receiver.name},
                to="workspace:help-question",
                pk=pk,
            )
    return _thread(request, row, form)


@workspace
@writes(back="workspace:help-question")
def passing_on(request: Request, pk: int) -> HttpResponse:
    row = _ours(request, pk)
    pass_on_question(row, expected_version=_version(request), by=request.actor, at=request.at)
    return done(
        request, _("已转给%(unit)s。") % {"unit": row.receiver.name}, to="workspace:help-question", pk=pk
    )


@workspace
@writes(back="workspace:help-question")
def closing(request: Request, pk: int) -> HttpResponse:
    row = _ours(request, pk)
    close_question(row, expected_version=_version(request), by=request.actor, at=request.at)
    return done(request, _("这个问题已结束。"), to="workspace:help-question", pk=pk)


def _ours(request: Request, pk: int) -> Question:
    rows = rules.questions_visible_to(request.actor).select_related("asker", "receiver")
    return get_object_or_404(rows, pk=pk)


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _to_ask(request: Request) -> list[Unit]:
    return [level.unit for level in queries.whom_to_ask(unit_of(request)) if level.unit is not None]


def _asking(request: Request, form: AskingForm | None) -> HttpResponse:
    units = _to_ask(request)
    form = form or AskingForm(units, initial={"to": units[0].pk} if units else {})
    return page(request, "workspace/support/question-new.html", {"form": form, "units": units})


def _thread(request: Request, row: Question, form: WordsForm | None) -> HttpResponse:
    actor = request.actor
    ours, theirs = actor.acts_for(row.asker_id), actor.acts_for(row.receiver_id)
    act = rules.check_add if ours else rules.check_answer
    speaks = verdict(act, actor, row) if ours or theirs else None
    turn = {
        Turn.RECEIVER: _("等%(unit)s答复") % {"unit": row.receiver.name},
        Turn.ASKER: _("已答复，看提问的单位还有没有要问的"),
    }
    context = {
        "row": row, "remarks": [(one, moment(one.at)) for one in queries.remarks_of(row)], "ours": ours, "theirs": theirs,
        "turn": turn.get(row.turn, _("已结束")), "since": moment(row.turn_since), "speaks": speaks,
        "form": form or WordsForm(initial={"version": row.version}),
        "may_close": bool(verdict(rules.check_close, actor, row)), "may_pass": theirs and bool(verdict(rules.check_pass_on, actor, row)),
        "may_share": not ours and actor.holds(Role.COORDINATOR) and row.state != State.ASKED,
    }  # fmt: skip
    return page(request, "workspace/support/question.html", context)
