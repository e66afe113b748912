"""What is asked of pictures: which files, and what to say of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.models import Minors, Picture, PictureKind
from kepu.activities.models.picture import LONGEST_ALT, MOST_PICTURES
from kepu.core.files.pictures import MAX_BYTES
from kepu.web.shared.forms import Form

ACCEPTED = "image/jpeg,image/png,image/webp"


def _minors() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=lazy("图片里的未成年人"), choices=Minors.choices, widget=forms.RadioSelect, required=False,
        help_text=lazy("不声明的，图片只在工作台里看得到，不向公众显示。监护人的书面同意由举办单位保存备查。"),
    )  # fmt: skip


def _credit() -> forms.CharField:
    return forms.CharField(
        label=lazy("作者或来源"), required=False, help_text=lazy("例如：石桥中学科技社。公众会看到。"),
    )  # fmt: skip


def _alt(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=lazy("图片说明"), required=False, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2, "data-counts": LONGEST_ALT}),
    )  # fmt: skip


class Files(forms.FileInput):
    allow_multiple_selected = True


class Adding(Form):
    """Pictures to add: the files, and what holds for all of them."""

    kind = forms.ChoiceField(choices=PictureKind.choices, widget=forms.HiddenInput)
    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    alt = _alt(lazy("海报上写了什么、画了什么。看不到图片的人，由它知道海报的内容；不写，海报不向公众显示。"))
    minors = _minors()
    credit = _credit()

    def __init__(self, kind: PictureKind, data: Any = None, chosen: list[UploadedFile] | None = None) -> None:
        super().__init__(data, initial={"kind": kind}, prefix=kind)
        self.chosen = [file for file in chosen or [] if file.name]
        file = self.fields["file"]
        most = MAX_BYTES // 1024**2
        if kind == PictureKind.POSTER:
            file.label = _("选一张海报")
            file.help_text = _("JPEG、PNG 或 WebP，不超过%(most)sMB。新的会代替原来的。") % {"most": most}
        else:
            del self.fields["alt"]
            file.label = _("选图片，可以一次选几张")
            file.help_text = _("JPEG、PNG 或 WebP，每张不超过%(most)sMB。传上来以后逐张写说明。") % {
                "most": most
            }
            file.widget = Files(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.chosen:
            self.add_error("file", _("请先选图片。"))
        elif len(self.chosen) > MOST_PICTURES:
            self.add_error("file", _("一次最多选%(most)s张。") % {"most": MOST_PICTURES})
        return given


class Describing(Form):
    """What is said of one picture."""

    alt = _alt("")
    minors = _minors()
    credit = _credit()

    def __init__(self, picture: Picture, data: Any = None) -> None:
        said = {name: getattr(picture, name) for name in ("alt", "minors", "credit")}
        super().__init__(data, initial=said, prefix=f"p{picture.pk}")
        if picture.kind == PictureKind.POSTER:
            self.fields["alt"].required = True
            self.fields["alt"].help_text = _("海报上写了什么、画了什么。不写，海报不向公众显示。")
        else:
            self.fields["alt"].help_text = _("图里是谁在做什么。看不到图片的人，由它知道图里是什么。")
        self.fields["alt"].required = False  # what is missing keeps it from the public, and is said beside it
