"""What a reviewer writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.activities.models import Activity
from kepu.activities.workflow import ReturnReason
from kepu.core.refusals import Incomplete, Refused
from kepu.web.shared.forms import Form
from kepu.web.workspace.reviews.findings import Unmet


class Versioned(Form):
    """Carries the version that its page was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wanted: tuple[str, ...] = ()  # what the act misses when it is empty

    def ask_for_reasons(self) -> None:
        """Show what the act will miss as no choice; that it is missing is said by the act, with its clause."""
        for name, field in self.fields.items():
            field.required = field.required or name in self.wanted or name.startswith("waiver.")


class ApprovalForm(Versioned):
    """Approve: a reason for each "in principle" that may pass, words, and the mark where it is claimed."""

    confirm_key = forms.BooleanField(label=_("确认为重点活动"), required=False)
    words = forms.CharField(
        label=_("审核意见"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("举办单位会看到。"),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, activity: Activity, unmet: Sequence[Unmet], asks_key: bool
    ) -> None:
        start = {"version": activity.version, "confirm_key": activity.key_confirmed}
        super().__init__(data, initial=start, prefix="approval")
        self.unmet = unmet
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

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial={"version": activity.version}, prefix="return")


class ChangeReturnForm(Versioned):
    """Refuse a change, in words."""

    wanted = ("words",)
    words = forms.CharField(
        label=_("为什么不同意"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("举办单位会看到，公众看到的不变。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial={"version": activity.version}, prefix="return")
