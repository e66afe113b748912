"""Proposals put in order and in touch with each other: doubles out, names that point at each other, no key twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.saying import nothing_personal, without_personal
from kepu.notices.kinds import kinds

_NAMES = {
    "duty": "what", "window": "code", "list": "code", "track": "code", "form": "code", "call": "code", "contact": "desk",
    "programme": "code", "mark": "code", "indicator": "code",
}  # fmt: skip
_COUNTED = {
    "materials": "materials", "key_activity_list": "key_activities", "nominations": "nominations", "entries": "entries",
}  # fmt: skip
_DOCUMENTS = ("activity_summary", "organisation_summary")


def linked(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Every proposal once, in the order of the text."""
    said = sorted(proposals, key=lambda p: (p.spans[0].start if p.spans else 0, p.recogniser))
    kept = _distinct([_plain(p) for p in said])
    return [_pointing(p, kept) if p.kind == "duty" else p for p in kept]


def _plain(proposal: Proposal) -> Proposal:
    return replace(
        proposal, params=nothing_personal(proposal.params), summary=without_personal(proposal.summary),
        audience=nothing_personal(proposal.audience), number=proposal.number[:40], waits_for=without_personal(proposal.waits_for),
    )  # fmt: skip


def _distinct(proposals: list[Proposal]) -> list[Proposal]:
    """No two clauses with one key and one audience: what says the same goes, what says another thing gets a code."""
    kept: list[Proposal] = []
    seen: dict[tuple[str, str], list[str]] = {}
    for proposal in proposals:
        rule = (proposal.key or f"{proposal.kind}:{_key(proposal)}", repr(dict(proposal.audience)))
        same, core = seen.setdefault(rule, []), _core(proposal)
        if core in same:
            continue
        same.append(core)
        kept.append(proposal if len(same) == 1 else _renamed(proposal, len(same)))
    return kept


def _key(proposal: Proposal) -> str:
    try:
        return kinds()[proposal.kind].model_validate(dict(proposal.params)).key()
    except ValueError:
        return repr(dict(proposal.params))


def _core(proposal: Proposal) -> str:
    """What it says apart from its name; a quota of one of 进乡村活动3项、进校园活动3项 is known by its name only."""
    free = ("labels",) if proposal.kind == "quota" else ("title", "labels")
    return repr({k: v for k, v in sorted(proposal.params.items()) if k not in free})


def _renamed(proposal: Proposal, number: int) -> Proposal:
    """The proposal under a name of its own."""
    params = dict(proposal.params)
    name = _NAMES.get(proposal.kind)
    if name and params.get(name):
        return replace(proposal, params=params | {name: f"{params[name]}_{number}"})
    if proposal.kind in ("quota", "file_rule", "commendation"):
        code = f"{params['code']}_{number}" if params.get("code") else f"c{number}"
        return replace(proposal, params=params | {"code": code})
    return replace(proposal, key=f"{_key(proposal).replace('-', '_')}.{number}")


def _pointing(duty: Proposal, proposals: list[Proposal]) -> Proposal:
    """A duty with the form and the quota that go with it; a form that nobody proposes is not pointed at."""
    params = dict(duty.params)
    forms = {p.params.get("code") for p in proposals if p.kind == "form"}
    if params.get("form") not in forms:
        params.pop("form", None)
    if "form" not in params and params["what"] in _DOCUMENTS and params["what"] in forms:
        params["form"] = params["what"]
    of = _COUNTED.get(params["what"])
    spans = set(duty.spans)
    if of and any(p.kind == "quota" and p.params.get("of") == of and spans & set(p.spans) for p in proposals):
        params["quota"] = of
    return replace(duty, params=params)
