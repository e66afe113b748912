"""How pages look to a visitor (显示方式): type, contrast, light and pictures, as one short value that one cookie keeps.

The value has one way to be written, such as ``large.dark.lite``, so that a shared cache can keep a page for each look as
it does for each language: there are few. What is written in any other way is the usual look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

COOKIE = "kepu_look"


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look. Each part is "" for the usual; ``saving``: the browser says that it saves data (Save-Data)."""

    size: str = ""
    contrast: str = ""
    light: str = ""
    pictures: str = ""
    saving: bool = False

    @classmethod
    def of(cls, code: str, *, saving: bool = False) -> Self:
        """The look that a cookie names; the usual one where it names none."""
        parts = code.split(".") if code else []
        chosen = {name: word for name, words in WORDS.items() for word in words if word in parts}
        meant = cls(**chosen, saving=saving)
        return meant if meant.code == code else cls(saving=saving)

    @property
    def code(self) -> str:
        """What the cookie keeps: ``large.contrast.dark.lite`` without what is usual; "" for the usual look."""
        return ".".join(self._words())

    @property
    def lite(self) -> bool:
        """Pages come without pictures: chosen, or asked for by the browser of somebody who has not chosen."""
        return self.pictures == "lite" or (self.saving and not self.pictures)

    @property
    def words(self) -> str:
        """What the page says of itself to its style sheets (``<html data-look="large dark lite">``)."""
        words = [word for word in self._words() if word not in WORDS["pictures"]]
        return " ".join([*words, "lite"] if self.lite else words)

    @property
    def key(self) -> str:
        """What makes another page of the same address: a cache keeps each by itself."""
        return f"{self.code}{' saving' if self.saving else ''}"

    def __str__(self) -> str:
        return self.key

    def but(self, **changes: str) -> Self:
        """The same with parts of it changed; a word that is none of the part's raises ``ValueError``."""
        for name, word in changes.items():
            if word and word not in WORDS.get(name, ()):
                raise ValueError(f"{name}={word} is no way to look")
        return replace(self, **changes)  # type: ignore[arg-type]

    def _words(self) -> Iterator[str]:
        return (word for field in fields(self) if (word := getattr(self, field.name)) and field.name in WORDS)


WORDS: dict[str, tuple[str, ...]] = {
    "size": ("large",),
    "contrast": ("contrast",),
    "light": ("light", "dark"),
    "pictures": ("lite", "full"),
}
USUAL = Look()


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the look with what one may choose for it."""

    name: str
    label: Any
    options: tuple[tuple[str, Any], ...]


CHOICES = (
    Choice("size", _("字号"), (("", pgettext_lazy("look", "标准")), ("large", _("大字")))),
    Choice("contrast", pgettext_lazy("look", "对比"), (("", pgettext_lazy("look", "标准")), ("contrast", _("高对比")))),
    Choice("light", _("明暗"), (("", _("随设备")), ("light", _("浅色")), ("dark", _("深色")))),
    Choice("pictures", _("图片"), (("", _("随浏览器")), ("full", pgettext_lazy("look", "显示")), ("lite", _("省流量")))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: a button that changes this part and keeps the others."""

    value: str
    label: Any
    chosen: bool


def choices(look: Look) -> list[dict[str, Any]]:
    """The switch as this look stands in it."""
    return [
        {
            "name": choice.name, "label": choice.label,
            "options": [Option(value, label, getattr(look, choice.name) == value) for value, label in choice.options],
        }
        for choice in CHOICES
    ]  # fmt: skip


_PICTURE = re.compile(rb"<img\b[^>]*>")
_WORDS = re.compile(rb'\balt="([^"]*)"')


def without_pictures(page: bytes) -> bytes:
    """A page of ours with the words of each picture in its place: what is drawn beforehand is drawn once for all looks."""

    def words(picture: re.Match[bytes]) -> bytes:
        said = _WORDS.search(picture[0])
        return b'<span class="picture-words">' + said[1] + b"</span>" if said and said[1] else b""

    return _PICTURE.sub(words, page)


def look_of(request: HttpRequest) -> Look:
    """The look of a request; the usual one where no middleware has been (as in a command)."""
    look: Look = getattr(request, "look", USUAL)
    return look
