"""What one pastes into one's own site: the frame, or an element and the script that fills it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines.choosing import Choice, Option
from kepu.web.portal.machines.naming import address, language_asked, page_address, title_of

LOOKS = {
    "": _("跟着访问者的设备"), "light": _("浅色"), "dark": _("深色"), "large": _("大字"), "contrast": _("高对比"),
}  # fmt: skip
SIZES = (3, 5, 8, 10, 15, 20)
USUAL = 5
LINE, HEAD = 110, 130  # about as many pixels as a line of the frame takes, and its head and foot


@dataclass(frozen=True, slots=True)
class Composed:
    """How many, and how it looks."""

    size: int = USUAL
    look: str = ""

    def query(self) -> dict[str, object]:
        """The words of its own, as addresses have them; what is usual is left out."""
        return {"size": self.size if self.size != USUAL else "", "look": self.look}

    def sizes(self) -> list[Option]:
        return [Option(str(size), str(size), size == self.size) for size in SIZES]

    def looks(self) -> list[Option]:
        return [Option(code, str(label), code == self.look) for code, label in LOOKS.items()]

    @property
    def height(self) -> int:
        return HEAD + LINE * self.size

    def frame_path(self, asked: Asked) -> str:
        return address("portal:widget-activities", asked, **self.query(), lang=language_asked())

    def frame(self, choice: Choice, *, at: datetime) -> SafeString:
        """The frame, without a script."""
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
            whole_address(self.frame_path(choice.asked)), title_of(choice.question, at=at), self.height,
        )  # fmt: skip

    def script(self, choice: Choice, *, at: datetime) -> SafeString:
        """An element that leads to the list, and the script that fills it."""
        asked = QueryDict(choice.asked.query())
        pairs = [(name, value) for name in asked for value in asked.getlist(name)[:1]]
        pairs += [("size", str(self.size)), ("look", self.look), ("lang", language_asked())]
        named = format_html_join("", ' data-{}="{}"', ((name, value) for name, value in pairs if value))
        return format_html(
            '<div data-kepu{}><a href="{}">{}</a></div>\n<script src="{}" async></script>',
            named, page_address(choice.question), title_of(choice.question, at=at),
            whole_address(reverse("portal:widget-script")),
        )  # fmt: skip


def composed_of(request: HttpRequest) -> Composed:
    """What the address asks for; what cannot be meant is the usual."""
    size = request.GET.get("size", "")
    look = request.GET.get("look", "")
    known = {str(one) for one in SIZES}
    return Composed(int(size) if size in known else USUAL, look if look in LOOKS else "")
