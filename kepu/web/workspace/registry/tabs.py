"""What stands side by side under 单位 in the menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.orgs.actor import Actor
from kepu.orgs.coming_rules import LOOKING


def tabs_of(actor: Actor, current: str, waiting: int | None = None) -> list[dict[str, Any]]:
    """The list of units, and for those who decide or look on the applications. No query."""
    tabs: list[dict[str, Any]] = [
        {"label": _("单位"), "url": reverse("workspace:units"), "current": current == "units", "count": None}
    ]
    if actor.holds(*LOOKING):
        tabs.append(
            {
                "label": _("登记申请"), "url": reverse("workspace:applications"), "current": current == "applications",
                "count": waiting or None,
            }
        )  # fmt: skip
    return tabs
