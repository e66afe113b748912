"""The filing form: what is asked, with the lists and the questions that the notices in force bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.activities.models import CONTENT, PERSONAL, Access, Activity, Arrangement, Mode, TakingPart
from kepu.activities.weighing import is_material
from kepu.core import contacts
from kepu.core.refusals import Incomplete, Refused, StaleState
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Level, Unit
from kepu.web.shared.forms import Form
from kepu.web.workspace.activities import places
from kepu.web.workspace.activities.position import PositionField
from kepu.web.workspace.activities.questions import (
    GROUPS,
    LISTED,
    NEEDS,
    Extra,
    extras_for,
    field_of,
    marks_for,
    options_for,
)
from kepu.web.workspace.activities.routes import Route
from kepu.web.workspace.activities.sessions import SessionsField
from kepu.web.workspace.activities.showing import masked
from kepu.web.workspace.activities.widgets import CodesField, LinesField, MomentField

HELP = {
    "title": _("写清楚是什么活动，公众一看就懂，例如“走进气象台：台风是怎样被看见的”。"),
    "summary": _("公众会看到。写给没参加过的人看：有什么、适合谁、怎么参加。"),
    "place_other": _("上面没有的，在这里写地名，例如“广东省东莞市石龙镇”。"),
    "venue": _("公众要找得到，例如“石龙中学礼堂”。"),
    "arrangement": _("几场合起来算一项活动，填一次，计一次。"),
    "sessions": _("一场一行。不换地方的，举办地和场地空着。开始和结束时间自动取第一场的开始、最后一场的结束。"),
    "position": _("方便公众找路，可以不填。不论从哪种地图上抄来，保存的都是 WGS-84 坐标（手机定位用的那种），换算由系统做。"),
    "main_venue": _("本级全国科普日的主会场活动才勾选。"),
    "key_reason": _("为什么申报：规模、影响、特色。由审核单位看，不公开。"),
    "resources_planned": _("打算留下什么：视频、图文、课件、展板……办完以后好收集。"),
    "online_link": _("发布前要填。"),
    "participants_note": _("例如：按报名人数估计、按场地座位数估计。"),
    "booking_link": _("公众点开就能预约的网页。没有就空着，把怎么预约写在下面。"),
    "booking_note": _("公众会看到，例如“打场馆电话预约”“微信公众号里预约，提前一天”。要写电话，请写公开的，不写个人手机。"),
    "capacity": _("一共能来多少人，几场的合起来算；不限就空着。满了，发布以后在活动的页面上按一下“名额已满”。"),
    "accessibility": _("有的才勾，公众会照着这个来。"),
    "accessibility_note": _("公众会看到，例如“轮椅从东门进，请提前一天告诉我们”。"),
    "contact_phone": _("平时打码，审核和统筹单位看全号会留痕。打码的不动就是不改；要改，请写全。"),
    "contact_name": _("为了审核时找得到人。请先告诉本人；不公开，届次结束后删除。"),
    "co_hosts": _("一行写一个单位。"), "undertakers": _("一行写一个单位。"), "supporters": _("一行写一个单位。"),
    "in_principle_note": _("有没达到“原则上”要求的，在这里说明原因，由审核单位决定是否同意例外。"),
    "key_activity": _("由审核单位或统筹单位确认。"),
}  # fmt: skip
WIDTHS = {
    "activity_level": "middle", "starts_at": "middle", "ends_at": "middle", "place": "middle", "participants_expected": "short", "capacity": "short",
    "online_expected": "short", "content_person": "middle", "safety_person": "middle", "host_place_person": "middle",
    "contact_name": "middle", "contact_phone": "middle",
}  # fmt: skip
_LINES = ("co_hosts", "undertakers", "supporters")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page lays it out: the field, its width, and for whom it is asked."""

    field: forms.BoundField
    width: str
    needs: str  # one of the words of NEEDS, or "": always

    @property
    def slot(self) -> str:
        """The id of the place beside the field for what the gates say."""
        return slot_of(self.field.name)


def slot_of(name: str) -> str:
    return "said-" + name.replace(".", "-")


class FilingForm(Form):
    """Every question of a filing. Nothing is required here: a draft may be half empty, and filing says what is missing."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, host: Unit, rules: Rules, route: Route, activity: Activity | None = None,
        token: UUID | None = None, initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.host, self.rules, self.route = host, rules, route
        self.is_stale = False  # somebody has written since this form was opened
        self.anchors: dict[str, str] = {}  # sentence → the control it speaks of, where a question has several
        self.extras: list[Extra] = extras_for(rules)
        start = initial_of(activity, host) if activity is not None else _fresh(host)
        start |= {"token": token or (activity.token if activity else None), **(initial or {})}
        start["position"] = {part: start.get(part) for part in ("latitude", "longitude")}
        self.near = places.near(host, activity.place_id if activity else None)
        # a contact is masked in the form as well: a mask that comes back untouched stands for what was kept
        self.masks: dict[str, dict[str, str]] = {
            name: {
                masked(name, str(text)): str(text)
                for text in (activity and getattr(activity, name), start.get(name))
                if text
            }
            for name in PERSONAL
        }
        start |= {name: masked(name, str(start[name])) for name in PERSONAL if start.get(name)}
        super().__init__(data, initial=start)
        self._ask(activity)

    def _ask(self, activity: Activity | None) -> None:
        for name in (name for _code, _title, names in GROUPS for name in names):
            if (field := self._field(name, activity)) is not None:
                field.required = False
                field.help_text = HELP.get(name, "")
                self.fields[name] = field
        for extra in self.extras:
            self.fields[extra.field] = _extra_field(extra)

    def _field(self, name: str, activity: Activity | None) -> forms.Field | None:
        if name == "place_other":
            return forms.CharField(label=_("别的地方"))
        if name == "position":
            return PositionField(label=_("地图上的位置"))
        label = Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        if name == "sessions":
            return SessionsField(self.near, self.host, label=label)
        if name == "arrangement":
            return forms.ChoiceField(choices=Arrangement.choices, widget=forms.RadioSelect, label=label)
        if name in LISTED or name == "marks":
            options = marks_for(self.rules) if name == "marks" else options_for(name, self.rules)
            return CodesField(options, label=label) if options else None
        if name == "taking_part":
            ways = [("", _("还没有定")), *TakingPart.choices]
            return forms.ChoiceField(choices=ways, widget=forms.RadioSelect, label=label)
        if name == "accessibility":
            return forms.MultipleChoiceField(
                choices=Access.choices, widget=forms.CheckboxSelectMultiple, label=label
            )
        if name == "mode":
            return forms.ChoiceField(choices=Mode.choices, widget=forms.RadioSelect, label=label)
        if name == "activity_level":
            levels = [choice for choice in Level.choices if choice[0] != Level.VILLAGE]
            return forms.ChoiceField(choices=levels, label=label)
        if name in ("starts_at", "ends_at"):
            return MomentField(label=label)
        if name == "place":
            return forms.ChoiceField(choices=self.near, label=label)
        if name == "responsible_unit":
            if not self.route.choices:
                return None  # laid down by a clause: shown, not asked
            return forms.ChoiceField(
                choices=[("", _("由系统按就近原则确定")), *self.route.choices], label=label
            )
        if name in _LINES:
            return LinesField(label=label)
        if name in ("participants_expected", "online_expected", "capacity"):
            return forms.IntegerField(min_value=int(name == "capacity"), label=label)
        if name in ("key_activity", "main_venue"):
            return forms.BooleanField(label=label)
        return _text(name, label)

    def content(self) -> dict[str, Any]:
        """What was written, by the names of :data:`~kepu.activities.models.CONTENT`; a field with an error is left out.

        The theme is the notice's: nobody types it.
        """
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        names = [name for name in CONTENT if name in self.cleaned_data]
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in names}
        if "sessions" not in found:
            found["sessions"] = self.sessions.readable  # for looking at only: what has an error is not saved
        if "position" in self.cleaned_data:
            found["latitude"], found["longitude"] = self.cleaned_data["position"] or (None, None)
        for name in PERSONAL:
            if name in found:
                found[name] = self.masks[name].get(found[name], found[name])
        if "place" in found:
            found["place_id"] = int(found.pop("place") or self.host.place_id)
        if "responsible_unit" in found:
            found["responsible_unit_id"] = int(found.pop("responsible_unit") or 0) or None
        if (theme := self.rules.value("theme")) is not None:
            found["theme"] = theme
        answers = {
            e.code: self.cleaned_data[e.field]
            for e in self.extras
            if self.cleaned_data.get(e.field) not in (None, "", [])
        }
        if self.extras:
            found["answers"] = answers
        for name in ("activity_level", "arrangement"):
            if not found.get(name):
                found.pop(name, None)
        return found

    @property
    def sessions(self) -> SessionsField:
        field: Any = self.fields["sessions"]
        return field

    @property
    def has_several(self) -> bool:
        """Whether what was answered is an activity of several sessions, whose times stand in their rows."""
        return str(self["arrangement"].value() or Arrangement.ONCE) != Arrangement.ONCE

    def question_of(self, reason_field: str) -> str:
        """The question that a reason speaks of, in this form."""
        name = reason_field if reason_field in self.fields else field_of(reason_field)
        return "sessions" if self.has_several and name in ("starts_at", "ends_at") else name

    def drawn_anew(self, fault: str, new_row: int | None) -> None:
        """Not handed in, only to be shown with other rows: nothing is said of what is still missing or half typed."""
        self.full_clean()
        self.errors.clear()
        self.sessions.widget.faults.clear()
        self.sessions.widget.repeat_fault, self.sessions.widget.new_row = fault, new_row

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in PERSONAL:
            text = cleaned.get(name) or ""
            if contacts.is_masked(text) and text not in self.masks[name]:
                self.add_error(name, _("请写全，不要带星号；不改，就留着原来打码的样子。"))
        self._note_anchors()
        if other := (cleaned.get("place_other") or "").strip():
            with self.keeping_refusals():
                cleaned["place"] = str(places.named(other, self.host).pk)
        return cleaned

    def refuse(self, refusal: Refused) -> None:
        """Each reason to the question that it speaks of."""
        self.is_stale = self.is_stale or isinstance(refusal, StaleState)
        for reason in refusal.reasons:
            self.sessions.mark(reason)
        self._note_anchors()
        moved = [replace(r, field=self.question_of(r.field)) for r in refusal.reasons]
        super().refuse(Incomplete(reasons=moved))

    def _note_anchors(self) -> None:
        """Where in the rows each sentence about them leads."""
        for sentence, where in self.sessions.anchors.items():
            self.anchors[sentence] = self.sessions.widget.control_id(self["sessions"].auto_id, *where)

    def go_on_from(self, version: int) -> None:
        """What was sent is now kept as this version, though the act after it was refused."""
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent["version"] = str(version)
        self.data = sent

    def groups(self) -> Iterator[tuple[str, Any, list[Asked]]]:
        """The questions in their groups; what a notice adds stands in the last one."""
        for code, title, names in GROUPS:
            present = [name for name in names if name in self.fields]
            if code == "key":
                present[-1:-1] = [extra.field for extra in self.extras]
            if present:
                yield code, title, [self.asked(name) for name in present]

    def effect_of(self, name: str) -> Any:
        """What a new answer would bring about; in a filing nothing of its own."""
        return ""

    def asked(self, name: str) -> Asked:
        return Asked(self[name], WIDTHS.get(name, ""), NEEDS.get(name, ""))


class ChangeForm(FilingForm):
    """The same questions about an approved or published activity, with the reason of the change."""

    reason = forms.CharField(
        label=_("为什么变更"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("审核单位会看到。"),
    )  # fmt: skip
    typing_errors = forms.BooleanField(
        label=_("名称、场地、地址里只是改错字"), required=False,
        help_text=_("不超过两个字，没动数字、方位，就马上生效，不用审核；改前改后会留痕，审核单位会收到消息。"),
    )  # fmt: skip
    apart = forms.BooleanField(
        label=_("不用审核的先生效"),
        required=False,
        help_text=_("不选，就等审核同意后一起生效，免得公众看到的前后不一致。"),
    )

    def effect_of(self, name: str) -> Any:
        """What becomes of a new answer to this question."""
        return _("改了要重新审核") if is_material(_column_of(name)) else _("改了马上生效")


def _column_of(name: str) -> str:
    """The question behind a field: another place is the place too."""
    return "place" if name == "place_other" else name


def initial_of(activity: Activity, host: Unit) -> dict[str, Any]:
    """What stands in an activity, as the form's fields take it."""
    found = {
        name: getattr(activity, name)
        for name in CONTENT
        if name not in ("place", "responsible_unit", "answers")
    }
    found |= {"place": str(activity.place_id), "responsible_unit": str(activity.responsible_unit_id or "")}
    found |= {f"answers.{code}": answer for code, answer in activity.answers.items()}
    return {**found, "version": activity.version}


def _fresh(host: Unit) -> dict[str, Any]:
    level = Level.TOWN if host.level == Level.VILLAGE else host.level
    return {"place": str(host.place_id), "activity_level": level, "arrangement": Arrangement.ONCE}


def _extra_field(extra: Extra) -> forms.Field:
    if extra.number:
        return forms.FloatField(label=extra.label, required=False)
    if extra.choices:
        return forms.MultipleChoiceField(
            choices=extra.choices, widget=forms.CheckboxSelectMultiple, label=extra.label, required=False
        )
    return forms.CharField(label=extra.label, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def _text(name: str, label: Any) -> forms.Field:
    """A line or a text; how long it may be is said by the act, so that nothing typed is cut off."""
    model_field: Any = Activity._meta.get_field(name)
    long = model_field.get_internal_type() == "TextField" and name not in PERSONAL
    attrs: dict[str, Any] = {"rows": 5} if long else {"autocomplete": "off"}
    if name in PERSONAL:
        attrs["data-private"] = ""
    if name == "contact_phone":
        attrs["inputmode"] = "tel"
    if name in ("online_link", "booking_link"):
        attrs |= {"inputmode": "url", "placeholder": "https://"}
    return forms.CharField(label=label, widget=(forms.Textarea if long else forms.TextInput)(attrs=attrs))
