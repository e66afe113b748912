"""The forms of the people page: days are the first and the last day, in China's time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.core.calendar import start_of_day
from kepu.core.refusals import refused
from kepu.orgs import people, rules
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Line, Place, Post, Role, Unit
from kepu.web.shared.forms import Form

DAY = timedelta(days=1)
OWN_AREA = ""


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": lazy("日期写法不对，例如 2023-09-01。")},
    )  # fmt: skip


class _PostForm(Form):
    """What every offer of a post asks: which role, and how far it reaches. Only what the actor may give is offered."""

    role = forms.ChoiceField(label=lazy("岗位"), widget=forms.RadioSelect)
    area = forms.ChoiceField(
        label=lazy("管到哪里"), required=False,
        help_text=lazy("审核、统筹、评审、审计岗位看得到这个范围里的单位；填报岗位只管本单位。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, unit: Unit, actor: Actor, check: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        given = [role for role in Role if not refused(check, actor, unit, role)]
        self.fields["role"].choices = [(role.value, role.label) for role in given]  # type: ignore[attr-defined]
        if len(given) == 1:
            self.fields["role"].initial = given[0].value
        self.areas = _areas(unit, actor) if any(role in OVERSEEING for role in given) else {}
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            (OWN_AREA, _("本单位管的范围")), *((key, node.name) for key, node in self.areas.items())
        ]  # fmt: skip
        if not self.areas:
            del self.fields["area"]

    def post(self) -> dict[str, Any]:
        """The post as the acts take it, of a valid form."""
        node = self.areas.get(self.cleaned_data.get("area", ""))
        return {
            "role": Role(self.cleaned_data["role"]), "place": node if isinstance(node, Place) else None,
            "line": node if isinstance(node, Line) else None,
        }  # fmt: skip


def _areas(unit: Unit, actor: Actor) -> dict[str, Place | Line]:
    """The places and lines that the actor coordinates, and the unit's own place where that lies within. Two queries."""
    paths = {*actor.places_as(Role.COORDINATOR)}
    if rules.covers(actor, place=unit.place_path):
        paths.add(unit.place_path)
    found: dict[str, Place | Line] = {
        f"place:{place.code}": place for place in Place.objects.filter(path__in=paths).order_by("path")
    }
    lines = actor.lines_as(Role.COORDINATOR)
    if lines:
        found |= {f"line:{line.code}": line for line in Line.objects.filter(path__in=lines).order_by("path")}
    return found


class InvitationForm(_PostForm):
    name = forms.CharField(
        label=lazy("邀请谁"), max_length=60, help_text=lazy("只用来认出这个邀请，例如：教务处张老师。")
    )
    email = forms.EmailField(
        label=lazy("对方的电子邮箱"), required=False, help_text=lazy("填了就把链接寄去；不填的，您自己把链接转给对方。"),
        error_messages={"invalid": lazy("电子邮箱的写法不对。请核对，或空着，自己把链接转过去。")},
    )  # fmt: skip
    post_until = day_field(lazy("岗位到哪一天"), lazy("长期担任的空着。"))

    field_order = ("name", "email", "role", "area", "post_until")


class AppointmentForm(_PostForm):
    username = forms.CharField(
        label=lazy("对方的登录名"), max_length=60, help_text=lazy("给已有账号的人。还没有账号的，用“邀请”。")
    )
    since = day_field(lazy("从哪一天起"), lazy("马上开始的空着。"))
    until = day_field(lazy("到哪一天"), lazy("长期担任的空着。"))

    field_order = ("username", "role", "area", "since", "until")
    person: Person | None = None

    def clean_username(self) -> str:
        self.person = people.with_username(self.cleaned_data["username"])
        if self.person is None:
            raise forms.ValidationError(_("没有这个登录名。请核对，或用“邀请”让对方自己建账号。"))
        return str(self.cleaned_data["username"])


class DatesForm(Form):
    since = day_field(lazy("从哪一天起"))
    until = day_field(lazy("到哪一天"), lazy("长期担任的空着。"))
    confirmed = forms.BooleanField(label=lazy("之后没有别人担任，确认这个岗位可以空着"), required=False)

    def __init__(self, data: Any = None, *, post: Post, at: datetime, last: bool) -> None:
        super().__init__(data, initial={"since": first_of(post.since), "until": last_of(post.until)})
        if post.since is None or post.since < at:
            del self.fields["since"]
        if not last:
            del self.fields["confirmed"]


class EndingForm(Form):
    confirmed = forms.BooleanField(label=lazy("之后没有别人担任，确认这个岗位可以空着"), required=False)

    def __init__(self, data: Any = None, *, last: bool) -> None:
        super().__init__(data)
        if not last:
            del self.fields["confirmed"]


class _SomebodyForm(Form):
    """Somebody of the unit by name; whoever gives posts here may name anybody by login name."""

    person = forms.ChoiceField(required=False)
    username = forms.CharField(
        label=lazy("或写登录名"),
        max_length=60,
        required=False,
        help_text=lazy("本单位以外的人，写对方的登录名。"),
    )

    def __init__(
        self, data: Any, label: Any, colleagues: Sequence[Person], *, anybody: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["person"].label = label
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")), *((pk, one.name) for pk, one in self.colleagues.items())
        ]  # fmt: skip
        if not anybody:
            del self.fields["username"]
            self.fields["person"].required = True
            self.fields["person"].error_messages["required"] = _("请选一位。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("username", "").strip()
        self.somebody = (
            people.with_username(typed) if typed else self.colleagues.get(cleaned.get("person", ""))
        )
        if self.somebody is None and not self.errors:
            if typed:
                self.add_error("username", _("没有这个登录名。请核对。"))
            else:
                self.add_error("person", _("请选一位，或写登录名。"))
        return cleaned


class DeputyForm(_SomebodyForm):
    since = day_field(lazy("第一天"), required=True)
    until = day_field(lazy("最后一天"), lazy("到期自动结束，最长半年。"), required=True)


class HandOverForm(_SomebodyForm):
    posts = forms.MultipleChoiceField(label=lazy("交哪些岗位"), widget=forms.CheckboxSelectMultiple)
    on = day_field(lazy("从哪一天起由接手的人办"), lazy("马上交的空着。"))

    field_order = ("person", "username", "posts", "on")

    def __init__(self, *args: Any, posts: Sequence[tuple[Post, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.pk), words) for post, words in posts]
        self.fields["posts"].choices = choices  # type: ignore[attr-defined]
        self.fields["posts"].initial = [pk for pk, _words in choices]


def begins(day: date | None) -> datetime | None:
    return start_of_day(day) if day else None


def ends(day: date | None) -> datetime | None:
    """The instant after the last day."""
    return start_of_day(day + DAY) if day else None


def first_of(since: datetime | None) -> date | None:
    return localtime(since).date() if since else None


def last_of(until: datetime | None) -> date | None:
    return localtime(until - timedelta(microseconds=1)).date() if until else None


def may_give(actor: Actor, post: Post) -> bool:
    """Whether the actor could give that very post: then anybody may be named for it."""
    return not refused(
        rules.check_appoint, actor, post.unit, Role(post.role), place=post.place, line=post.line
    )
