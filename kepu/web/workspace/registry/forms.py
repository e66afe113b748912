"""What each change of a unit asks for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kepu.core.refusals import Refused
from kepu.orgs import actions
from kepu.orgs.actions import Piece
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ChangeKind
from kepu.orgs.models import Line, Place, Post, Role, Unit, UnitChange, Vocabulary
from kepu.orgs.queries import place_names, terms
from kepu.web.shared.forms import Form
from kepu.web.shared.place_finding import the_place
from kepu.web.workspace.applications.forms import unit_named

PIECES = 4


class ChangeForm(Form):
    """A day and a ground; each kind adds its own."""

    kind: ChangeKind
    lead: Any = ""
    effective_on = forms.DateField(
        label=_("从哪天起生效"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("留空就是今天。以前填报的活动和报送，统计一律不动。"),
    )  # fmt: skip
    ground = forms.CharField(
        label=_("依据"), max_length=300, required=False, help_text=_("文号或决定，写进单位的沿革。")
    )

    def __init__(self, data: Any = None, *, unit: Unit, at: datetime) -> None:
        self.unit, self.at = unit, at
        super().__init__(data, initial=self.as_it_is(unit))
        for name in ("effective_on", "ground", "sure"):  # last, after what the kind asks
            if name in self.fields:
                self.fields[name] = self.fields.pop(name)

    def as_it_is(self, unit: Unit) -> dict[str, Any]:
        return {}

    def carry_out(self, *, by: Actor) -> UnitChange:
        raise NotImplementedError

    def when(self, by: Actor) -> dict[str, Any]:
        given = self.cleaned_data
        day: date | None = given["effective_on"]
        return {"effective_on": day, "ground": given["ground"], "by": by, "at": self.at}


class RenameForm(ChangeForm):
    kind = ChangeKind.RENAMED
    lead = _("以后的填报用新名称；已经公开的活动保留当时的名称。")
    name = forms.CharField(label=_("新的全称"), max_length=120)

    def as_it_is(self, unit: Unit) -> dict[str, Any]:
        return {"name": unit.name}

    def carry_out(self, *, by: Actor) -> UnitChange:
        return actions.rename_unit(self.unit, self.cleaned_data["name"], **self.when(by))


class CorrectForm(ChangeForm):
    kind = ChangeKind.CORRECTED
    lead = _("登记时写错的，在这里更正。类别决定哪些规定对它有效。")
    unit_kind = forms.ChoiceField(label=_("单位类别"))
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)

    def __init__(self, data: Any = None, *, unit: Unit, at: datetime) -> None:
        super().__init__(data, unit=unit, at=at)
        self.fields["unit_kind"].choices = [(t.code, str(t)) for t in terms(Vocabulary.UNIT_KIND)]  # type: ignore[attr-defined]

    def as_it_is(self, unit: Unit) -> dict[str, Any]:
        return {"unit_kind": unit.kind, "credit_code": unit.credit_code or ""}

    def carry_out(self, *, by: Actor) -> UnitChange:
        given = self.cleaned_data
        return actions.correct_unit(
            self.unit, kind=given["unit_kind"], credit_code=given["credit_code"], **self.when(by)
        )


class MoveForm(ChangeForm):
    kind = ChangeKind.MOVED
    lead = _("还没有填报的草稿跟着走，归新的地区；已经填报的留在原地区，由原来的单位审完。")
    place = forms.CharField(label=_("新的地区"), max_length=80, help_text=_("写名称、全称或代码。"))
    line = forms.ChoiceField(label=_("新的系统"), required=False)

    def __init__(self, data: Any = None, *, unit: Unit, at: datetime) -> None:
        super().__init__(data, unit=unit, at=at)
        lines = Line.objects.order_by("path").values_list("code", "name")
        self.fields["line"].choices = [("", _("不属于某个系统")), *lines]  # type: ignore[attr-defined]

    def as_it_is(self, unit: Unit) -> dict[str, Any]:
        names = place_names([unit.place_path])
        return {
            "place": names[unit.place_path] or unit.place.name,
            "line": unit.line.code if unit.line else "",
        }

    def clean_place(self) -> Place:
        try:
            return the_place(self.cleaned_data["place"], field="place")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def carry_out(self, *, by: Actor) -> UnitChange:
        given = self.cleaned_data
        line = Line.objects.filter(code=given["line"]).first() if given["line"] else None
        return actions.move_unit(self.unit, given["place"], line, **self.when(by))


class MergeForm(ChangeForm):
    kind = ChangeKind.MERGED
    lead = _(
        "同一个单位登记了两次，或者撤并到别的单位：人员、草稿、等审核的都转过去，已经填报的由接收单位办完，仍算在原单位。"
    )
    into = forms.CharField(label=_("并入哪个单位"), max_length=120, help_text=_("写单位编号或全称。"))
    sure = forms.BooleanField(label=_("并入以后不能恢复，我已核对两个单位"))

    def clean_into(self) -> Unit:
        return unit_named(self.cleaned_data["into"])

    def carry_out(self, *, by: Actor) -> UnitChange:
        return actions.merge_unit(self.unit, self.cleaned_data["into"], **self.when(by))


class CloseForm(ChangeForm):
    kind = ChangeKind.CLOSED
    lead = _("单位撤销、没有单位接着办。还有事情没办完的，先办完，或改用“并入”。")
    sure = forms.BooleanField(label=_("注销以后不能恢复，我已核对"))

    def carry_out(self, *, by: Actor) -> UnitChange:
        return actions.close_unit(self.unit, **self.when(by))


class SplitForm(ChangeForm):
    """New units by rows, and for each person of the unit in which of them they go on."""

    kind = ChangeKind.SPLIT
    lead = _("分出的单位在原来的地区和系统。选哪些人员同时到新单位；以前的活动和统计都留在原单位。")
    goes_on = forms.ChoiceField(
        label=_("原单位"), widget=forms.RadioSelect,
        choices=[("yes", _("保留，另外分出新单位")), ("no", _("不再保留，由分出的第一个单位接着办"))],
    )  # fmt: skip

    def __init__(self, data: Any = None, *, unit: Unit, at: datetime) -> None:
        super().__init__(data, unit=unit, at=at)
        kinds = [("", _("请选择")), *((t.code, str(t)) for t in terms(Vocabulary.UNIT_KIND))]
        for n in range(1, PIECES + 1):
            self.fields[f"name_{n}"] = forms.CharField(label=_("全称"), max_length=120, required=n == 1)
            self.fields[f"kind_{n}"] = forms.ChoiceField(label=_("类别"), choices=kinds, required=False)
            self.fields[f"code_{n}"] = forms.CharField(label=_("编号"), max_length=40, required=False)
            self.fields[f"credit_{n}"] = forms.CharField(label=_("信用代码"), max_length=18, required=False)
        self.posts = list(
            Post.objects.holding(at).filter(unit=unit).select_related("person").order_by("person__name", "id")
        )
        where = [
            ("", _("不到新单位")),
            *((str(n), _("第 %(n)d 个") % {"n": n}) for n in range(1, PIECES + 1)),
        ]
        for post in self.posts:
            label = f"{post.person.name} · {Role(post.role).label}"
            self.fields[f"post_{post.pk}"] = forms.ChoiceField(label=label, choices=where, required=False)
        for name in ("effective_on", "ground"):
            self.fields[name] = self.fields.pop(name)

    def as_it_is(self, unit: Unit) -> dict[str, Any]:
        return {"goes_on": "yes", "kind_1": unit.kind}

    def pieces(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The rows of the page: each with its four fields."""
        return [
            (n, [self[f"{name}_{n}"] for name in ("name", "kind", "code", "credit")])
            for n in range(1, PIECES + 1)
        ]

    def people(self) -> list[forms.BoundField]:
        return [self[f"post_{post.pk}"] for post in self.posts]

    def carry_out(self, *, by: Actor) -> UnitChange:
        given = self.cleaned_data
        numbers = [n for n in range(1, PIECES + 1) if given[f"name_{n}"]]
        pieces = [
            Piece(
                given[f"name_{n}"], given[f"kind_{n}"] or self.unit.kind, given[f"code_{n}"], given[f"credit_{n}"].upper(),
                tuple(post.pk for post in self.posts if given[f"post_{post.pk}"] == str(n)),
            )
            for n in numbers
        ]  # fmt: skip
        return actions.split_unit(self.unit, pieces, goes_on=given["goes_on"] == "yes", **self.when(by))


FORMS: dict[str, type[ChangeForm]] = {
    form.kind.value: form for form in (RenameForm, CorrectForm, MoveForm, MergeForm, SplitForm, CloseForm)
}


class PartForm(Form):
    """A new unit that belongs to this one."""

    name = forms.CharField(label=_("下属单位全称"), max_length=120)
    kind = forms.ChoiceField(label=_("类别"))
    is_another = forms.BooleanField(label=_("不是上面的单位，仍要新增"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = [("", _("请选择")), *((t.code, str(t)) for t in terms(Vocabulary.UNIT_KIND))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AskForm(Form):
    """A unit that is there already."""

    unit = forms.CharField(label=_("单位编号或全称"), max_length=120)

    def clean_unit(self) -> Unit:
        return unit_named(self.cleaned_data["unit"])
