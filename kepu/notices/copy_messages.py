"""What units are told when a season has been copied: how many drafts wait for them, and where."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kepu.notices.models import Season
from kepu.orgs.messages import tell


def link_to(season: Season) -> str:
    """Where the workspace shows what was copied."""
    return f"/workspace/seasons/{season.code}/copying/"


def drafts_ready(season: Season, unit_id: int, drafts: int, *, at: datetime) -> None:
    """To a unit for which drafts were made."""
    with override(settings.LANGUAGE_CODE):
        text = ngettext(
            "%(season)s：照上一届备好了%(n)s份通知稿，请核对后发出",
            "%(season)s：照上一届备好了%(n)s份通知稿，请核对后发出", drafts,
        )  # fmt: skip
        subject = text % {"season": season.name, "n": drafts}
        body = _("日期已经移到新的一届，条款代码没有变。要您核对的条款都标出来了；发出以前，什么都不生效。")
    tell(unit_id, "season.drafts", subject, body, link_to(season), at=at)
