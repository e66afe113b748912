"""The small forms of single acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.activities.models import Activity, Minors, Result
from kepu.orgs.actor import Actor
from kepu.web.shared.forms import Form
from kepu.web.workspace.activities.session_rows import choices_of
from kepu.web.workspace.activities.widgets import LinesField, MomentField


class ActForm(Form):
    """Every act carries the version that its page was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        activity: Activity,
        chosen: Mapping[str, str] | None = None,
        by: Actor | None = None,
    ) -> None:
        """``chosen`` are answers that the address brings, such as which session; ``by`` is who answers."""
        begins = {name: text for name, text in (chosen or {}).items() if name in self.base_fields}
        super().__init__(data, initial={**self.starts_with(activity), **begins, "version": activity.version})
        if by is not None:
            self.leave_out(activity, by)

    def leave_out(self, activity: Activity, by: Actor) -> None:
        """Drop the questions that this person is not asked."""

    def starts_with(self, activity: Activity) -> dict[str, Any]:
        return {}


class Plain(ActForm):
    """Nothing to fill in: only the button."""


def _reason(label: Any, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Withdrawal(ActForm):
    reason = _reason(_("为什么撤回"), required=False)


class Cancellation(ActForm):
    reason = _reason(_("为什么取消"), _("公众会看到，写在活动的最上面。"))


class Postponement(ActForm):
    reason = _reason(_("为什么延期"), _("公众会看到，写在活动的最上面。例如：连日高温，为保障公众安全。"))
    starts_at = MomentField(
        label=_("新的开始时间"), required=False, help_text=_("还没定的先空着，公众会看到“时间另行通知”。")
    )
    ends_at = MomentField(label=_("新的结束时间"), required=False, help_text=_("空着就按原来的时长。"))


class Schedule(ActForm):
    publish_at = MomentField(
        label=_("什么时候发布"), help_text=_("例如头一天早上八点。到时再核一次发布的条件，不符合的不发布，马上告诉您。")
    )  # fmt: skip

    def starts_with(self, activity: Activity) -> dict[str, Any]:
        return {"publish_at": activity.publish_at}


class OneSession(ActForm):
    """Which of several sessions."""

    session = forms.ChoiceField(label=_("哪一场"))
    cancelled = False  # whether one that is cancelled may be chosen

    def __init__(self, data: Any = None, *, activity: Activity, **more: Any) -> None:
        super().__init__(data, activity=activity, **more)
        choice: Any = self.fields["session"]
        choice.choices = choices_of(activity, cancelled=self.cancelled)


class SessionCancellation(OneSession):
    reason = _reason(_("为什么取消"), _("公众会看到，写在活动的最上面。"))


class SessionMove(OneSession):
    cancelled = True
    reason = _reason(_("为什么改期"), _("公众会看到，写在活动的最上面。"))
    starts_at = MomentField(label=_("新的开始时间"))
    ends_at = MomentField(label=_("新的结束时间"), required=False, help_text=_("空着就按原来的时长。"))
    venue = forms.CharField(
        label=_("新的场地"), required=False, max_length=120, help_text=_("地方不变就空着。")
    )


class Holding(ActForm):
    participants_actual = forms.IntegerField(
        label=_("实际参与人数"), min_value=0, help_text=_("线下线上合计。没有人来就写 0。")
    )
    online_actual = forms.IntegerField(label=_("其中线上"), min_value=0, required=False)
    participants_note = forms.CharField(
        label=_("人数怎么统计的"),
        max_length=300,
        required=False,
        help_text=_("例如：签到表、门禁、直播后台数据。"),
    )
    ended_at = MomentField(
        label=_("实际结束时间"), required=False, help_text=_("和填报的一样就不用改。总结的期限从这时算起。")
    )

    def starts_with(self, activity: Activity) -> dict[str, Any]:
        return {
            "participants_note": activity.participants_note,
            "ended_at": None if activity.time_pending else activity.ends_at,
        }


class Completion(ActForm):
    """What shows that it took place. Materials are written one to a line, by kind."""

    media_links = LinesField(
        label=_("媒体报道链接"), required=False, help_text=_("一行一个网址，以 http:// 或 https:// 开头。"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "lines", "inputmode": "url"}),
    )  # fmt: skip
    photos = LinesField(
        label=_("照片"), required=False, help_text=_("一行一份：网址或存放处，空一格后可以写说明。")
    )
    videos = LinesField(label=_("短视频"), required=False, help_text=_("同上。"))
    documents = LinesField(label=_("课件、资料和其他"), required=False, help_text=_("同上。"))
    minors = forms.ChoiceField(
        label=_("照片和视频里的未成年人"), choices=Minors.choices, widget=forms.RadioSelect, required=False,
        help_text=_("交照片、短视频或带图的报道时必须声明。监护人的书面同意由举办单位保存备查。"),
    )  # fmt: skip
    results = forms.CharField(label=_("活动成效"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    participants_actual = forms.IntegerField(label=_("实际参与人数"), min_value=0, required=False)
    online_actual = forms.IntegerField(label=_("其中线上"), min_value=0, required=False)

    KINDS = {"photos": "photo", "videos": "video", "documents": "document"}

    def starts_with(self, activity: Activity) -> dict[str, Any]:
        lines: dict[str, list[str]] = {name: [] for name in self.KINDS}
        of_kind = {kind: name for name, kind in self.KINDS.items()}
        for material in activity.materials:
            name = of_kind.get(material.get("kind", ""), "documents")
            lines[name].append(" ".join(filter(None, (material.get("place"), material.get("note")))))
        return {
            **lines, "media_links": activity.media_links, "minors": activity.minors, "results": activity.results,
            "participants_actual": activity.participants_actual, "online_actual": activity.online_actual,
        }  # fmt: skip

    def materials(self) -> list[dict[str, str]]:
        """What was typed, as the act takes it: each with its kind, place and note."""
        found = []
        for name, kind in self.KINDS.items():
            for line in self.cleaned_data[name]:
                place, _blank, note = line.partition(" ")
                found.append({"kind": kind, "place": place, "note": note.strip()})
        return found


class ShownResults(ActForm):
    """What of the results the public sees."""

    shown = forms.MultipleChoiceField(
        label=_("向公众公开"), choices=Result.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("照片、录像里有未成年人的，要有监护人书面同意，并在“完善活动信息”里声明。活动图片在“海报和图片”页管理。"),
    )  # fmt: skip
    reason = _reason(_("为什么撤下"), _("举办单位会看到。"), required=False)

    def leave_out(self, activity: Activity, by: Actor) -> None:
        """The host says no reason."""
        if by.acts_for(activity.unit_id):
            del self.fields["reason"]

    def starts_with(self, activity: Activity) -> dict[str, Any]:
        return {"shown": activity.shown_results}


class KeyMark(ActForm):
    """Give the mark of a key activity, or take it back."""
