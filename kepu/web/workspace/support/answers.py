"""问答: the answers that hold for the unit acted for; writing, correcting and withdrawing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import verdict
from kepu.orgs.models import Line, Place, Role
from kepu.support import queries, rules
from kepu.support.actions import change_answer, share_answer, withdraw_answer
from kepu.support.models import Question, SharedAnswer
from kepu.support.workflow import Said
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 20


class AnswerForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.IntegerField(widget=forms.HiddenInput, required=False)
    node = forms.ChoiceField(label=lazy("给谁看"), widget=forms.RadioSelect)
    question = forms.CharField(
        label=lazy("问题"), max_length=200, help_text=lazy("写成大家会问的样子，不要带出是哪个单位问的。")
    )
    answer = forms.CharField(label=lazy("回答"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    public = forms.BooleanField(label=lazy("公众网站上也能看到"), required=False)

    def __init__(self, nodes: list[Place | Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(node.code, _("%(node)s的各单位") % {"node": node.name}) for node in nodes]
        self.fields["node"].choices = choices  # type: ignore[attr-defined]
        if len(nodes) < 2:
            del self.fields["node"]


@workspace
@reads
def answers(request: Request) -> HttpResponse:
    unit = unit_of(request)
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    found = queries.answers_over(unit, text=text, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    rows = [
        (one, moment(one.shared_at), bool(verdict(rules.check_change_answer, request.actor, one)))
        for one in found.items
    ]
    may_share = request.actor.holds(Role.COORDINATOR)
    return page(
        request,
        "workspace/support/answers.html",
        {"unit": unit, "page": found, "rows": rows, "q": text, "may_share": may_share},
    )


@workspace(roles=(Role.COORDINATOR,))
@reads
def new(request: Request) -> HttpResponse:
    """An empty form; from a question, with its subject and the last answer to be worded for everybody."""
    text = request.GET.get("question", "")
    source = _question(request, int(text)) if text.isdecimal() and len(text) < 18 else None
    initial: dict[str, Any] = {}
    if source is not None:
        last = source.remarks.filter(kind=Said.ANSWER).order_by("-at", "-id").first()
        initial = {"source": source.pk, "question": source.subject, "answer": last.text if last else ""}
    nodes = queries.nodes_kept_by(request.actor)
    if nodes:
        initial["node"] = nodes[0].code
    return page(
        request,
        "workspace/support/answer.html",
        {"form": AnswerForm(nodes, initial=initial), "nodes": nodes, "row": None},
    )


@workspace(roles=(Role.COORDINATOR,))
@writes
def sharing(request: Request) -> HttpResponse:
    nodes = queries.nodes_kept_by(request.actor)
    form = AnswerForm(nodes, request.POST)
    if form.is_valid() and nodes:
        with form.keeping_refusals():
            said = form.cleaned_data
            node = next((node for node in nodes if node.code == said.get("node")), nodes[0])
            source = _question(request, said["source"]) if said["source"] else None
            share_answer(
                node, question=said["question"], answer=said["answer"], public=said["public"], source=source, by=request.actor, at=request.at
            )  # fmt: skip
            return done(
                request,
                _("已列入问答，%(node)s的各单位都能看到。") % {"node": node.name},
                to="workspace:help-answers",
            )
    return page(request, "workspace/support/answer.html", {"form": form, "nodes": nodes, "row": None})


@workspace(roles=(Role.COORDINATOR,))
@reads
def answer(request: Request, pk: int) -> HttpResponse:
    row = _entry(request, pk)
    rules.check_change_answer(request.actor, row)
    initial = {name: getattr(row, name) for name in ("version", "question", "answer", "public")}
    return page(
        request,
        "workspace/support/answer.html",
        {"form": AnswerForm([], initial=initial), "nodes": [], "row": row},
    )


@workspace(roles=(Role.COORDINATOR,))
@writes
def changing(request: Request, pk: int) -> HttpResponse:
    row = _entry(request, pk)
    form = AnswerForm([], request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            said = form.cleaned_data
            change_answer(
                row, question=said["question"], answer=said["answer"], public=said["public"], expected_version=said["version"], by=request.actor,
                at=request.at,
            )  # fmt: skip
            return done(request, _("已保存。"), to="workspace:help-answers")
    return page(request, "workspace/support/answer.html", {"form": form, "nodes": [], "row": row})


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:help-answer")
def withdrawing(request: Request, pk: int) -> HttpResponse:
    withdraw_answer(_entry(request, pk), by=request.actor, at=request.at)
    return done(request, _("已撤下，别人看不到了。"), to="workspace:help-answers")


def _entry(request: Request, pk: int) -> SharedAnswer:
    """An entry that the actor reads or keeps; one that is withdrawn is found, and refuses with its sentence."""
    row = get_object_or_404(SharedAnswer.objects.select_related("unit"), pk=pk)
    get_object_or_404(rules.answers_visible_to(request.actor), pk=pk)
    return row


def _question(request: Request, pk: int) -> Question:
    return get_object_or_404(rules.questions_visible_to(request.actor), pk=pk)
