"""The rules in force for the unit acted for: what holds, by which clause, and why it holds for this unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from kepu.notices.inheritance import STATUS_WORDS, STRICTNESS_WORDS, InForce
from kepu.notices.kinds import Status, Strictness
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.sources import Source, source_of
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.seasons import in_season

GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("time", _("主题和时间"), ("theme", "window")),
    ("gates", _("填报、发布、完善时的把关条件"), ("gate", "routing", "mark")),
    ("duties", _("要报送的"), ("duty", "form", "call", "file_rule")),
    ("quotas", _("数量和覆盖"), ("quota", "coverage")),
    ("lists", _("活动板块和清单"), ("track", "list", "programme", "party")),
    ("praise", _("评价和表扬"), ("indicator", "commendation")),
    ("others", _("其他"), ("contact", "text")),
)
TONES = {Strictness.HARD: "cinnabar", Strictness.IN_PRINCIPLE: "gamboge", Strictness.STRIVE: "azurite"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule as the page shows it."""

    key: str
    sentence: str
    strictness: str
    tone: str
    status: str
    waits_for: str
    who: str
    source: Source


@workspace
@in_season
@reads
def rules(request: Request, season: Season) -> HttpResponse:
    """Every rule in force, by what it is about; each opens to the chain that it stands on."""
    unit = unit_of(request)
    in_force = rules_in_force(unit, season, at=request.at)
    names = dict(in_force.names)
    text = request.GET.get("q", "").strip()[:60]
    groups = []
    for code, title, kinds in GROUPS:
        found = [_shown(rule, names) for kind in kinds for rule in in_force.of_kind(kind)]
        found = [one for one in found if text in one.sentence or text in str(one.source)]
        if found:
            groups.append((code, title, found))
    context = {
        "season": season, "unit": unit, "groups": groups, "q": text, "notices": in_force.notices, "unknown": in_force.unknown,
        "count": sum(len(found) for _code, _title, found in groups), "may_compare": request.actor.holds(Role.COORDINATOR),
    }  # fmt: skip
    return page(request, "workspace/rules.html", context)


def _shown(rule: InForce, names: dict[str, str]) -> Shown:
    audience = rule.clause.audience
    strict = rule.strictness is not Strictness.NONE
    return Shown(
        rule.key, rule.sentence(), str(STRICTNESS_WORDS[rule.strictness]) if strict else "", TONES.get(rule.strictness, "plain"),
        "" if rule.status is Status.FINAL else str(STATUS_WORDS[rule.status]), rule.clause.waits_for,
        "" if audience.is_everybody() else audience.words(names), source_of(rule),
    )  # fmt: skip
