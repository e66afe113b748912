"""The form that begins a season as a copy: from which, called what, and on which day its week begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.models import Season
from kepu.notices.shifting import Shift, suggested_days
from kepu.notices.shifting.looks import day_words
from kepu.web.shared.forms import Form

_CODE = RegexValidator(
    r"^[a-z0-9][a-z0-9_-]*$", lazy("代码用小写字母、数字、横线和下划线，例如 kepuri-2024。")
)


class CopyForm(Form):
    source = forms.ChoiceField(label=lazy("照哪一届"))
    year = forms.IntegerField(label=lazy("新一届是哪一年"), min_value=1900, max_value=2200)
    first_day = forms.DateField(
        label=lazy("新一届集中开展的第一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(label=lazy("新一届的名称"), max_length=80)
    name_en = forms.CharField(label=lazy("英文名称"), max_length=120, required=False)
    code = forms.CharField(
        label=lazy("新一届的代码"), max_length=40, validators=[_CODE],
        help_text=lazy("以后通知、网址都用它，定了就不改。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, seasons: Sequence[Season], source: Season, first: date) -> None:
        """``source`` is what is to be copied, ``first`` the first day of its week."""
        year = source.year + 1
        shift = Shift(source.year, year, suggested_days(first, first.year + 1))
        initial = {
            "source": source.code, "year": year, "first_day": shift.day(first), "code": shift.code(source.code)[:40],
            "name": source.name.replace(str(source.year), str(year)),
            "name_en": source.name_en.replace(str(source.year), str(year)),
        }  # fmt: skip
        super().__init__(data, initial=initial)
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(season.code, str(season)) for season in seasons]
        self.fields["first_day"].help_text = _help(first, shift)


def _help(first: date, shift: Shift) -> str:
    near, days = shift.day(first), shift.days
    other = days + 7 if days % 371 else days - 7
    text = _(
        "上一届从%(first)s开始。同样是星期几、又离得最近的是%(near)s（移动%(days)s天），另一个是%(next)s（移动%(other)s天）。"
        "移动的天数是7的倍数，各个日期的星期几就不变。"
    )
    return text % {
        "first": day_words(first), "near": day_words(near), "days": days,
        "next": day_words(first + timedelta(days=other)), "other": other,
    }  # fmt: skip
