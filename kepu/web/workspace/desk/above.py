"""What comes from above: every rule with its clause, and what this level may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, verdict
from kepu.notices import actions, rules
from kepu.notices.inheritance import STRICTNESS_WORDS, InForce
from kepu.notices.kinds import Mode, Strictness
from kepu.notices.models import ClauseState, DraftClause
from kepu.notices.modes import Way, ways_open
from kepu.notices.queries import clauses_in_order, from_above, rules_above
from kepu.orgs.models import Role
from kepu.web.portal.notices.showing import GROUPS, TONES
from kepu.web.request import Request
from kepu.web.shared.sources import Source, source_of
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.desk.finding import draft_of


@dataclass(frozen=True, slots=True)
class Inherited:
    """A rule from above as the page shows it, with the clause of ours that stands on it."""

    key: str
    sentence: str
    summary: str
    strictness: str
    tone: str
    source: Source
    ways: tuple[Way, ...]
    ours: str
    ours_pk: int | None


@workspace(roles=(Role.COORDINATOR,))
@reads
def above(request: Request, pk: int) -> HttpResponse:
    """The rules from above by what they are about."""
    found = draft_of(request, pk)
    in_force = rules_above(found, request.at)
    ours = {c.above: c for c in clauses_in_order(found) if c.above and c.state != ClauseState.REJECTED}
    inherited = from_above(in_force, found)
    text = request.GET.get("q", "").strip()[:60]
    groups = []
    for _code, title, kinds in GROUPS:
        members = [_shown(rule, ours) for rule in inherited if rule.kind in kinds]
        members = [one for one in members if text in one.sentence or text in one.summary]
        if members:
            groups.append((str(title), members))
    context = {
        "draft": found, "groups": groups, "q": text, "unknown": in_force.unknown,
        "may_write": verdict(rules.check_write_draft, request.actor, found),
    }  # fmt: skip
    return page(request, "workspace/desk/above.html", context)


def _shown(rule: InForce, ours: Mapping[str, DraftClause]) -> Inherited:
    mine = ours.get(f"{rule.clause.notice.code}#{rule.clause.code}")
    strict = rule.strictness is not Strictness.NONE
    return Inherited(
        rule.key, rule.sentence(), rule.clause.told(), str(STRICTNESS_WORDS[rule.strictness]) if strict else "", TONES[rule.strictness],
        source_of(rule), ways_open(rule), getattr(mine, "code", ""), getattr(mine, "pk", None),
    )  # fmt: skip


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft-above")
def taking(request: Request, pk: int) -> HttpResponse:
    """Put a rule into the draft in the way chosen; what is to be changed opens at once."""
    found = draft_of(request, pk)
    key, wanted = request.POST.get("key", ""), request.POST.get("way", "")
    rule = rules_above(found, request.at).get(key)
    if rule is None or wanted not in list(Mode):
        raise Incomplete(_("上级的这一条刚刚变了，请刷新后再选。"))
    mode = Mode(wanted)
    row = actions.take_over_rule(found, rule, mode, by=request.actor, at=request.at)
    if mode is Mode.FIXED:
        return done(request, _("已照办，写进稿子。"), to="workspace:draft-above", pk=pk)
    return redirect_to("workspace:draft-clause", pk=pk, clause=row.pk)
