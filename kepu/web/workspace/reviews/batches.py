"""Many filings at once: what a press would do, the press, and what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.activities import queries, rules
from kepu.activities.actions import Chosen, begin_batch, carry_on_batch
from kepu.activities.batches import MOST, Foreseen, Kind, Preview, foresee
from kepu.activities.checklist import Point, missing
from kepu.activities.models import Activity, BatchLine, BatchOfReviews, Outcome, Verdict
from kepu.activities.workflow import ReturnReason, State
from kepu.core.refusals import GateClosed
from kepu.notices.models import Season
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.sources import cited
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.activities import history, showing
from kepu.web.workspace.reviews.forms import Checking
from kepu.web.workspace.reviews.inbox import names_of_claims, narrowed, narrowed_by, waiting
from kepu.web.workspace.seasons import in_season

SECONDS = 20.0  # of one press; what is left waits for the next

TITLES = {
    Kind.READY: lazy("会办理"), Kind.CLAIMED: lazy("同事正在看，勾选才办"), Kind.WAIVER: lazy("有例外要定，请逐项审核"),
    Kind.CLOSED: lazy("按现在的规定有必须做到的没做到，请逐项审核"), Kind.OWN: lazy("您本人填过或改过，要由别人审核"),
}  # fmt: skip


class BatchForm(Checking):
    """What is said of all that are chosen."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=lazy("审核意见"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("每个举办单位都会看到。"),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, verdict: Verdict, points: Sequence[Point] = (), steps: Sequence[Point] = ()
    ) -> None:
        super().__init__(data, initial={"token": uuid4()})
        self.ask_points(points, steps)
        if verdict is Verdict.RETURN:
            self.fields["words"].label = _("怎么改")
            self.fields["codes"] = forms.MultipleChoiceField(
                label=_("退回原因"), choices=ReturnReason.choices, required=False, widget=forms.CheckboxSelectMultiple
            )  # fmt: skip


@workspace(roles=rules.REVIEWING)
@in_season
@reads
def preview(request: Request, season: Season) -> HttpResponse:
    """What approving or returning the ticked ones, or all that the filters leave, would do."""
    verdict = _verdict(request.GET)
    rows = waiting(request.actor, season)
    if request.GET.get("all") == "1":
        rows, _asked = narrowed(rows, request.GET, request.actor, request.at)
    else:
        rows = rows.filter(pk__in=_ids(request.GET.getlist("pk")))
    found = list(rows.order_by(*queries.INBOX_ORDER)[: MOST + 1])
    seen = foresee(found[:MOST], verdict, by=request.actor, at=request.at)
    form = BatchForm(verdict=verdict, points=seen.points, steps=seen.steps)
    return _preview_page(request, verdict, seen, form, more=len(found) > MOST)


@workspace(roles=rules.REVIEWING)
@in_season
@costly("batch", person=60)
@writes
def beginning(request: Request, season: Season) -> HttpResponse:
    """Write the batch down, and do as much of it as a press may take. Sent twice, it is the same batch."""
    verdict = _verdict(request.POST)
    chosen = [one for text in request.POST.getlist("chosen")[: MOST + 1] if (one := _chosen(text))]
    listed = _ids(request.POST.getlist("listed")[:MOST])
    rows = list(waiting(request.actor, season).filter(pk__in=listed).order_by(*queries.INBOX_ORDER))
    seen = foresee(rows, verdict, by=request.actor, at=request.at)
    form = BatchForm(request.POST, verdict=verdict, points=seen.points, steps=seen.steps)
    if form.is_valid():
        with form.keeping_refusals():
            token: UUID = form.cleaned_data["token"]
            again = BatchOfReviews.objects.filter(token=token, unit_id=request.actor.unit_id or 0).exists()
            if not again and (faults := missing(seen.points, seen.steps, form.checked())):
                raise GateClosed(reasons=faults)
            batch = begin_batch(
                token, chosen, season=season, verdict=verdict, words=form.cleaned_data["words"],
                reasons=form.cleaned_data.get("codes", ()), checked=form.checked(), by=request.actor, at=request.at,
            )  # fmt: skip
            carry_on_batch(batch, by=request.actor, at=request.at, stop=_after(SECONDS))
            return redirect_to("workspace:review-batch", pk=batch.pk)
    ticked = {one.activity_id for one in chosen}
    return _preview_page(request, verdict, seen, form, ticked=ticked)


@workspace(roles=rules.REVIEWING)
@reads
def batch(request: Request, pk: int) -> HttpResponse:
    """What became of each."""
    it = _batch(request, pk)
    lines = it.lines.select_related("activity__unit").order_by("position")
    rows = [_line(line, it.season) for line in lines]
    counts = {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in Outcome}
    who = Person.objects.filter(pk=it.person_id).order_by("pk").values_list("name", flat=True).first()
    context = {
        "batch": it, "rows": rows, "done": counts[Outcome.DONE], "refused": counts[Outcome.REFUSED],
        "pending": counts[Outcome.PENDING], "returns": it.verdict == Verdict.RETURN, "reasons": history.reasons_in_words(it.reasons),
        "begun": showing.moment(it.begun_at), "who": who or "", "total": len(rows),
    }  # fmt: skip
    return page(request, "workspace/reviews/batch.html", context)


@workspace(roles=rules.REVIEWING)
@costly("batch", person=60)
@writes(back="workspace:review-batch")
def carrying_on(request: Request, pk: int) -> HttpResponse:
    """Go on with what still waits."""
    it = _batch(request, pk)
    carry_on_batch(it, by=request.actor, at=request.at, stop=_after(SECONDS))
    return done(request, _("接着办过了。"), to="workspace:review-batch", pk=pk)


def _preview_page(
    request: Request, verdict: Verdict, seen: Preview, form: BatchForm, *, more: bool = False, ticked: set[int] | None = None
) -> HttpResponse:  # fmt: skip
    if verdict is Verdict.RETURN:  # as it is drawn: one of the two; that both are missing is said by the act
        for name in ("codes", "words"):
            form.fields[name].required = True
    names = names_of_claims((line.activity for line in seen.lines), request.at)
    groups = [
        {"kind": kind.value, "title": TITLES[kind], "rows": [_foreseen(line, names, ticked) for line in lines], "may": lines[0].may}
        for kind in Kind
        if (lines := seen.of(kind))
    ]  # fmt: skip
    context = {
        "groups": groups, "form": form, "verdict": verdict.value, "returns": verdict is Verdict.RETURN,
        "count": sum(line.may for line in seen.lines), "total": len(seen.lines), "more": more, "most": MOST,
        "asked": narrowed_by(request.GET), "address": reverse("workspace:review-batch-new"),
    }  # fmt: skip
    return page(request, "workspace/reviews/preview.html", context)


def _foreseen(line: Foreseen, names: Any, ticked: set[int] | None) -> dict[str, Any]:
    it = line.activity
    claimed = line.kind is Kind.CLAIMED
    chosen = line.kind is Kind.READY if ticked is None else it.pk in ticked
    return {
        "activity": it, "when": showing.span(it), "reasons": line.reasons, "holder": names.get(it.claimed_by_id, "") if claimed else "",
        "value": f"{it.pk}:{it.version}:{int(claimed)}", "ticked": chosen,
    }  # fmt: skip


def _line(line: BatchLine, season: Season) -> dict[str, Any]:
    reasons = [
        (one["sentence"], cited(one["clause"], season, one["notice"], one["clause_id"]))
        for one in line.refused_for
    ]
    activity: Activity = line.activity
    return {
        "activity": activity, "outcome": line.outcome, "reasons": reasons, "passed_on": activity.state == State.FILED,
        "label": Outcome(line.outcome).label,
    }  # fmt: skip


def _batch(request: Request, pk: int) -> BatchOfReviews:
    found: BatchOfReviews = get_object_or_404(
        BatchOfReviews.objects.select_related("season"), pk=pk, unit_id=request.actor.unit_id
    )
    return found


def _verdict(given: QueryDict) -> Verdict:
    return Verdict.RETURN if given.get("verdict") == Verdict.RETURN else Verdict.APPROVE


def _ids(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts[: MOST + 1] if text.isdecimal() and len(text) < 19]


def _chosen(text: str) -> Chosen | None:
    """A tick of the preview: the filing, its version, and whether a colleague had it in hand."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    pk, version, claimed = map(int, parts)
    return Chosen(pk, version, bool(claimed))


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until
