"""A draft told to a person: what was found, with how much confidence, in which words of the document, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from kepu.notices.drafting.proposals import Flag, Found, Proposal
from kepu.notices.drafting.scoring.groups import GROUPS, TITLES
from kepu.notices.kinds import kinds

if TYPE_CHECKING:
    from kepu.notices.drafting.drafting import Draft

LONGEST = 120  # characters of a value or of the document's words, for each thing found
MOST = 3  # places of the document, for each thing found
_HEAD = {
    **{code: TITLES[code] for code in ("title", "number", "issuer", "joint_issuers", "recipients", "attachments", "issued")},
    "place": gettext_lazy("地区"), "status": gettext_lazy("通知的状态"), "names": gettext_lazy("活动名称"),
    "edition": gettext_lazy("第几届"), "edition_local": gettext_lazy("当地第几届"), "level": gettext_lazy("发文层级"),
    "printed": gettext_lazy("印发日期"), "in_force": gettext_lazy("从何时起适用"), "based_on": gettext_lazy("依据的文件"),
    "opening": gettext_lazy("开头的一段"), "sections": gettext_lazy("各级标题"), "line": gettext_lazy("系统"),
}  # fmt: skip

Line = tuple[str, dict[str, Any]]


def report(drafted: Draft) -> Iterator[Line]:
    """Lines with how to colour them."""
    document, text = drafted.document, drafted.document.text
    about = _("%(name)s：%(format)s，%(pages)s页，%(characters)s字。") % {
        "name": document.name, "format": document.format.upper(), "pages": document.pages, "characters": len("".join(text.split())),
    }  # fmt: skip
    yield "\n" + about, {"bold": True}
    for remark in document.remarks:
        yield remark, {"fg": "yellow"}
    yield "\n" + _("文头，%(n)s项：") % {"n": len(drafted.header)}, {"bold": True}
    for found in drafted.header:
        yield from _told(found, f"{_HEAD.get(found.key, found.key)}{_('：')}{shown(found.value)}", text)
    yield "\n" + _("条款，%(n)s条：") % {"n": len(drafted.clauses)}, {"bold": True}
    for proposal in drafted.clauses:
        place = f" {proposal.number}" if proposal.number else ""
        yield from _told(
            proposal, f"{kinds()[proposal.kind].LABEL}{place}{_('：')}{sentence(proposal)}", text
        )
    told = {flag for found in drafted.header for flag in found.flags}
    told |= {flag for proposal in drafted.clauses for flag in proposal.flags}
    for flag in drafted.flags:
        if flag not in told:
            yield _flagged(flag)
    if missing := not_found(drafted):
        yield "\n" + _("没有找到：%(what)s。") % {"what": _("、").join(missing)}, {"fg": "yellow"}
    yield _("以上都是建议，请逐条核对；没有核对的不会生效。"), {}


def _told(thing: Found | Proposal, what: str, text: str) -> Iterator[Line]:
    yield f"  {thing.confidence:4.0%}  {shortened(what)}", {}
    for span in thing.spans[:MOST]:
        words = shortened(span.words(text))
        yield f"        {_('原文：%(words)s') % {'words': words}}", {"dim": True}
    if len(thing.spans) > MOST:
        yield f"        {_('原文还有%(n)s处') % {'n': len(thing.spans) - MOST}}", {"dim": True}
    for flag in thing.flags:
        yield _flagged(flag)


def _flagged(flag: Flag) -> Line:
    return f"        ! {flag.sentence}", {"fg": "yellow"}


def shortened(text: str) -> str:
    """A text on one line, a long one cut."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def sentence(proposal: Proposal) -> str:
    """A proposal as its rule reads; by its summary where its parameters are no rule yet."""
    try:
        rule = kinds()[proposal.kind].model_validate(dict(proposal.params))
    except ValidationError:
        return proposal.summary
    return rule.sentence() or proposal.summary


def shown(value: Any) -> str:
    """A value of the head in words."""
    if isinstance(value, list | tuple):
        return str(_("、")).join(shown(one) for one in value)
    if isinstance(value, dict):
        return shown(value.get("names") or value.get("title") or list(value.values()))
    return str(value)


def not_found(drafted: Draft) -> list[str]:
    """Groups of which the draft has nothing; what stands in the draft only as a word to be replaced counts as nothing."""
    notice, keys = drafted.notice_file(), {found.key for found in drafted.header}
    return [
        str(group.title)
        for group in GROUPS
        if not any(True for _item in group.items(notice))
        or (group.code in ("title", "issuer") and group.code not in keys)
    ]


def as_json(drafted: Draft, toml: str) -> dict[str, Any]:
    """Draft and report as data."""
    document = drafted.document
    return {
        "document": {
            "name": document.name, "format": document.format, "pages": document.pages,
            "characters": len(document.text), "remarks": list(document.remarks),
        },
        "toml": toml,
        "header": [{"key": f.key, "value": f.value, **_evidence(f, document.text)} for f in drafted.header],
        "clauses": [
            {**_without_id(p), "sentence": sentence(p), **_evidence(p, document.text)} for p in drafted.clauses
        ],
        "flags": [_flag(flag) for flag in drafted.flags],
        "not_found": not_found(drafted),
    }  # fmt: skip


def _without_id(proposal: Proposal) -> dict[str, Any]:
    return {key: value for key, value in proposal.as_clause("").items() if key != "id"}


def _evidence(thing: Found | Proposal, text: str) -> dict[str, Any]:
    return {
        "confidence": thing.confidence,
        "recogniser": thing.recogniser,
        "spans": [[span.start, span.end] for span in thing.spans],
        "words": [span.words(text) for span in thing.spans],
        "flags": [_flag(flag) for flag in thing.flags],
    }


def _flag(flag: Flag) -> dict[str, str]:
    return {"code": flag.code, "sentence": str(flag.sentence)}
