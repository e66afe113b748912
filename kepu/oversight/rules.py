"""Who sees the figures of an area."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import OVERSEEING, Actor


def check_oversee(actor: Actor, area: str) -> None:
    """An area (path) is seen by whoever oversees it, or an area that it lies in."""
    if not (actor.is_system or actor.reaches(*OVERSEEING, place=area)):
        raise NotAllowed(_("这个地区不在您统筹或监督的范围之内。请换一个单位，或请上级统筹单位安排岗位。"))
