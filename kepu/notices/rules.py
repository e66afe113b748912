"""Who may open and close seasons, and who may issue and change notices."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Role


def check_season(by: Actor) -> None:
    """Seasons are opened and closed by the system."""
    if not by.is_system:
        raise NotAllowed(_("开设届次由系统管理员用命令完成。"))


def check_issue(by: Actor, place: Place, line: Line | None) -> None:
    """A notice for a place or a line is taken over by whoever coordinates it."""
    if by.is_system:
        return
    reach = {"place": place.path} if line is None else {"place": "", "line": line.path}
    if not by.reaches(Role.COORDINATOR, **reach):
        raise NotAllowed(
            _("只有统筹“%(place)s”的单位可以录入这里的通知。请由该单位的统筹人员操作。")
            % {"place": line or place}
        )
