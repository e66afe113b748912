"""After the day: what shows that it took place, and the summary in the parts that the notice asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kepu.activities import rules
from kepu.activities.actions import complete_activity, summarise_activity
from kepu.activities.lengths import whole_limit
from kepu.activities.models import Activity
from kepu.core.refusals import verdict
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.form import Column, Form
from kepu.notices.kinds.gate import Stage
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.sources import Said, said_of, source_of
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities import showing
from kepu.web.workspace.activities.act_forms import ActForm, Completion
from kepu.web.workspace.limits import limits_of

FORM = "form.activity_summary"


@workspace
@reads
def completion(request: Request, pk: int) -> HttpResponse:
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    return _completion(request, activity, Completion(activity=activity))


@workspace
@writes(back="workspace:activity")
def completing(request: Request, pk: int) -> HttpResponse:
    """Add what shows that it took place; may be done again."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_complete(request.actor, activity)
    form = Completion(request.POST, activity=activity)
    if form.is_valid():
        given = form.cleaned_data
        with form.keeping_refusals():
            complete_activity(
                activity, media_links=given["media_links"], materials=form.materials(), results=given["results"],
                minors=given["minors"],
                participants_actual=given["participants_actual"], online_actual=given["online_actual"],
                expected_version=given["version"], by=request.actor, at=request.at,
            )  # fmt: skip
            return done(request, _("活动信息已保存。"), to="workspace:activity", pk=pk)
    return _completion(request, activity, form)


@workspace
@reads
def summary(request: Request, pk: int) -> HttpResponse:
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    return _summary(
        request, activity, SummaryForm(activity=activity, parts=parts_for(activity, in_force)), in_force
    )


@workspace
@writes(back="workspace:activity")
def summarising(request: Request, pk: int) -> HttpResponse:
    """Hand in the summary, or amend it."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    rules.check_summarise(request.actor, activity)
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    form = SummaryForm(request.POST, activity=activity, parts=parts_for(activity, in_force))
    if form.is_valid():
        with form.keeping_refusals():
            summarise_activity(
                activity, sections=form.sections(), expected_version=form.cleaned_data["version"], by=request.actor,
                at=request.at,
            )  # fmt: skip
            said = _("总结已提交，注明迟交。") if activity.summary_late else _("总结已提交。")
            return done(request, said, to="workspace:activity", draft=f"summary:{pk}", pk=pk)
    return _summary(request, activity, form, in_force)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a summary: its title, how long it may be, and what it should speak of."""

    code: str
    title: str
    limits: str = ""
    most: int | None = None
    note: str = ""
    required: bool = True


class SummaryForm(ActForm):
    """A text for each part. How long each may be is said by the act, so that nothing typed is cut off."""

    def __init__(self, data: Any = None, *, activity: Activity, parts: Sequence[Part]) -> None:
        super().__init__(data, activity=activity)
        drawn = drawn_words(activity)
        for number, part in enumerate(parts):
            kept = activity.sections.get(part.code) or (
                drawn if number == 0 and not activity.sections else ""
            )
            attrs: dict[str, Any] = {"rows": 6, **({"data-counts": part.most} if part.most else {})}
            self.fields[f"sections.{part.code}"] = forms.CharField(
                label=part.title, required=False, initial=kept, widget=forms.Textarea(attrs=attrs),
                help_text=" ".join(filter(None, (part.limits, part.note))),
            )  # fmt: skip
        self.parts = parts

    def ask_for_what_is_missed(self) -> None:
        """Show what the act will miss as no choice; that it is missing is said by the act, with its clause."""
        for part in self.parts:
            self.fields[f"sections.{part.code}"].required = part.required

    def asked(self) -> list[tuple[forms.BoundField, bool]]:
        """Each part, and whether the form in force limits it: then its reader may ask why."""
        return [(self[f"sections.{part.code}"], bool(part.limits)) for part in self.parts]

    def sections(self) -> dict[str, str]:
        return {part.code: self.cleaned_data[f"sections.{part.code}"] for part in self.parts}


def parts_for(activity: Activity, in_force: Rules) -> list[Part]:
    """The parts that the form in force asks for; else those a gate names; else one."""
    form = in_force.get(FORM)
    if form is not None and isinstance(form.params, Form):
        return [_part(column) for column in form.params.columns_for(sender_kind=activity.unit.kind)]
    for rule in in_force.of_kind("gate"):
        gate: Any = rule.params
        if gate.fact == "sections" and gate.contains:
            return [Part(code, gate.labels.get(code, code)) for code in gate.contains]
    return [Part("summary", _("活动总结"))]


def drawn_words(activity: Activity) -> str:
    """What the record already says, so that nobody types it again."""
    if activity.participants_actual is None:
        return ""
    where = activity.venue or activity.address or activity.online_link
    number = activity.participants_actual
    with override(settings.LANGUAGE_CODE):  # it goes into the summary, whoever's page is open
        people = ngettext("实际参与%(n)s人", "实际参与%(n)s人", number) % {"n": number}
        return _("%(when)s，%(unit)s在%(where)s举办“%(title)s”，%(people)s。") % {
            "when": showing.span(activity), "unit": activity.unit.name, "where": where, "title": activity.title, "people": people,
        }  # fmt: skip


def asked_at(stage: Stage, in_force: Rules, activity: Activity) -> list[Said]:
    """What the notices ask at a stage, each with its clause."""
    facts = {
        "mode": activity.mode,
        "activity_level": activity.activity_level,
        "host_kind": activity.unit.kind,
    }
    found = []
    for rule in in_force.of_kind("gate"):
        gate: Any = rule.params
        if stage in gate.stages and gate.applies(facts):
            found.append(said_of(rule, gate.requirement() + _("。")))
    return found


def _part(column: Column) -> Part:
    return Part(
        column.code, column.title, limits_of(column), column.max_chars, column.note or "", column.required
    )


def _completion(request: Request, activity: Activity, form: Completion) -> HttpResponse:
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    context = {
        "activity": activity, "form": form, "may": verdict(rules.check_complete, request.actor, activity),
        "asked": asked_at(Stage.COMPLETION, in_force, activity), "when": showing.span(activity),
    }  # fmt: skip
    return page(request, "workspace/activities/completion.html", context)


def _summary(request: Request, activity: Activity, form: SummaryForm, in_force: Rules) -> HttpResponse:
    form.ask_for_what_is_missed()
    duty: InForce | None = in_force.get("duty.activity_summary")
    due, rule = activity.summary_due_at, in_force.get(FORM)
    whole: Any = rule.params if rule else None
    asked = asked_at(Stage.SUMMARY, in_force, activity)
    if rule and isinstance(whole, Form) and (whole.min_chars or whole.max_chars):
        asked.insert(0, said_of(rule, f"{rule.sentence()}{whole_limit(whole)}"))
    context = {
        "activity": activity, "form": form, "may": verdict(rules.check_summarise, request.actor, activity),
        "asked": asked, "due": due, "due_words": showing.moment(due) if due else "",
        "late": bool(due and request.at > due and not activity.summarised_at), "source": source_of(duty), "form_rule": rule, "draft_key": f"summary:{activity.pk}",
    }  # fmt: skip
    return page(request, "workspace/activities/summary.html", context)
