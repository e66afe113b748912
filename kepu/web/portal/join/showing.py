"""Where an application stands, as a line of steps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kepu.orgs.coming import ApplicationState
from kepu.orgs.models import Application
from kepu.web.workspace.activities.showing import moment


def steps_of(application: Application) -> list[dict[str, Any]]:
    """Handed in, looked at, decided: which is past, which is now. No query."""
    state, ours = ApplicationState(application.state), application.receiver
    who = ours.name if ours else _("上一级统筹单位")
    filed = {
        "when": moment(application.filed_at),
        "what": _("提交申请"),
        "state": "past",
        "url": "",
        "text": "",
        "sources": (),
    }
    if application.round > 1:
        filed["what"] = _("第 %(n)d 次提交") % {"n": application.round}
    later: dict[str, Any] = {"when": "", "text": "", "state": "", "url": "", "sources": ()}
    if state == ApplicationState.FILED:
        looking = {**later, "when": _("现在"), "what": _("等%(who)s审核") % {"who": who}, "state": "now"}
        return [filed, looking, {**later, "what": _("结果发到您的邮箱")}]
    if state == ApplicationState.RETURNED:
        back = {
            **later,
            "when": moment(application.turn_since),
            "what": _("%(who)s退回，等您修改") % {"who": who},
            "state": "now",
        }
        return [filed, back]
    when = moment(application.decided_at) if application.decided_at else ""
    return [filed, {**later, "when": when, "what": str(state.label), "state": "past"}]
