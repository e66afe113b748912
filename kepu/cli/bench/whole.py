"""A whole season of five thousand activities, from the first notice to the last summary."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.cli.bench.measuring import Measurement
from kepu.cli.loading import seasons_folder
from kepu.cli.rehearse import SEASON, rehearse, units_for
from kepu.cli.throwaway import throwaway

ACTIVITIES = 5000


def measure(*, scale: float = 1.0) -> list[Measurement]:
    activities = int(ACTIVITIES * scale)
    with throwaway():
        result = rehearse(
            seasons_folder() / SEASON, units=units_for(activities), activities=activities, seed=2023
        )
    said = _("%(acts)s次操作，%(units)s个单位；留痕%(audit)s，计数%(tallies)s。") % result
    return [
        Measurement(_("演练一届，%(n)s项活动") % {"n": f"{activities:,}"}, result["seconds"], _("秒"), said),
        Measurement(_("操作"), result["acts_per_second"], _("次/秒")),
    ]
