"""What a reviewer writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.activities.checklist import LONGEST_NAME, Checked, Point
from kepu.activities.models import Activity
from kepu.activities.workflow import ReturnReason
from kepu.core.refusals import Incomplete, Refused
from kepu.notices.inheritance import InForce
from kepu.web.shared.forms import Form
from kepu.web.workspace.reviews.findings import Unmet


class Versioned(Form):
    """Carries the version that its page was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wanted: tuple[str, ...] = ()  # what the act misses when it is empty

    def ask_if_claimed(self, holder: str | None) -> None:
        """Where a colleague has it in hand, one says that one decides all the same."""
        if holder is not None:
            label = _("%(name)s正在看，仍由我来办") % {"name": holder or _("同事")}
            self.fields["sure"] = forms.BooleanField(label=label, required=False)

    def is_sure(self) -> bool:
        return bool(self.cleaned_data.get("sure"))

    def ask_for_reasons(self) -> None:
        """Show what the act will miss as no choice; that it is missing is said by the act, with its clause."""
        for name, field in self.fields.items():
            field.required = field.required or name in self.wanted or name.startswith("waiver.")


class Checking(Form):
    """Ticks for what only a person can judge, and names of who did each step."""

    points: Sequence[Point] = ()
    steps: Sequence[Point] = ()

    def ask_points(self, points: Sequence[Point], steps: Sequence[Point]) -> None:
        self.points, self.steps = points, steps
        for point in points:
            self.fields[f"point.{point.code}"] = forms.BooleanField(label=point.text, required=False)
        for step in steps:
            self.fields[f"step.{step.code}"] = forms.CharField(
                label=step.text, required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )  # fmt: skip

    def checked(self) -> Checked:
        """What was ticked and written."""
        given = self.cleaned_data
        ticked = frozenset(point.code for point in self.points if given.get(f"point.{point.code}"))
        return Checked(ticked, {step.code: given.get(f"step.{step.code}", "") for step in self.steps})

    def asked(self) -> list[tuple[InForce, list[tuple[Point, forms.BoundField]]]]:
        """The points and the steps, clause by clause."""
        found: dict[str, tuple[InForce, list[tuple[Point, forms.BoundField]]]] = {}
        named = [*((p, f"point.{p.code}") for p in self.points), *((s, f"step.{s.code}") for s in self.steps)]
        for point, name in named:
            found.setdefault(point.rule.key, (point.rule, []))[1].append((point, self[name]))
        return list(found.values())

    def unticked(self) -> int:
        """How many points that are asked "in principle" were not ticked."""
        ticked = self.checked().points
        return sum(not point.must and point.code not in ticked for point in self.points)


class ApprovalForm(Versioned, Checking):
    """Approve: a reason for each "in principle" that may pass, words, and the mark where it is claimed."""

    confirm_key = forms.BooleanField(label=_("确认为重点活动"), required=False)
    words = forms.CharField(
        label=_("审核意见"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("举办单位会看到。"),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, activity: Activity, unmet: Sequence[Unmet], points: Sequence[Point] = (),
        steps: Sequence[Point] = (), asks_key: bool, holder: str | None = None,
    ) -> None:  # fmt: skip
        start = {"version": activity.version, "confirm_key": activity.key_confirmed}
        super().__init__(data, initial=start, prefix="approval")
        self.unmet = unmet
        self.ask_points(points, steps)
        self.ask_if_claimed(holder)
        if not asks_key:
            del self.fields["confirm_key"]
        for one in unmet:
            self.fields[one.field] = forms.CharField(
                label=_("同意例外的理由"),
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def waivers(self) -> dict[str, str]:
        """Reasons that were written; what is left out is for the act to miss."""
        given = {one.key: self.cleaned_data[one.field].strip() for one in self.unmet}
        return {key: reason for key, reason in given.items() if reason}

    def confirmed(self) -> bool | None:
        return self.cleaned_data["confirm_key"] if "confirm_key" in self.fields else None

    def refuse(self, refusal: Refused) -> None:
        """A missing waiver is missed at its own place."""
        super().refuse(
            Incomplete(
                reasons=[
                    replace(r, field=f"waiver.{r.code}") if r.field == "waivers" else r
                    for r in refusal.reasons
                ]
            )
        )

    def rows(self) -> list[tuple[Unmet, forms.BoundField]]:
        return [(one, self[one.field]) for one in self.unmet]


class ReturnForm(Versioned):
    """Send back: reasons from a list, and in words."""

    wanted = ("reasons", "words")
    reasons = forms.MultipleChoiceField(  # type: ignore[assignment]  # a field; the form's own reasons stay
        label=_("退回原因"), choices=ReturnReason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("怎么改"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清楚改哪里、改成什么样，举办单位一次就能改好。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, activity: Activity, holder: str | None = None) -> None:
        super().__init__(data, initial={"version": activity.version}, prefix="return")
        self.ask_if_claimed(holder)


class ChangeReturnForm(Versioned):
    """Refuse a change, in words."""

    wanted = ("words",)
    words = forms.CharField(
        label=_("为什么不同意"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("举办单位会看到，公众看到的不变。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, activity: Activity, holder: str | None = None) -> None:
        super().__init__(data, initial={"version": activity.version}, prefix="return")
        self.ask_if_claimed(holder)
