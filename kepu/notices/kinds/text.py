"""Text only: what a notice says that no software acts on, kept so that nothing of it is lost."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed


@kind("text", _("文字"), mode=Mode.UNION)
class TextOnly(Params):
    """A point in words, with items where the text lists some."""

    code: Code
    title: Text | None = None
    items: tuple[Text, ...] = ()
    topic: Code = Field(
        "principle", description="principle、safety、publicity、inclusion、history、support、brand …"
    )

    def key(self) -> str:
        return f"text.{self.topic}.{self.code}"

    def sentence(self) -> str:
        if self.items:
            return f"{self.title or ''}{_('：') if self.title else ''}{listed(list(self.items))}{_('。')}"
        return f"{self.title}{_('。')}" if self.title else ""
