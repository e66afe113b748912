"""The document a draft was read from, with what was found in it marked; and the draft as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kepu.core.refusals import Incomplete, verdict
from kepu.notices import rules
from kepu.notices.format.schema import NoticeFile
from kepu.notices.format.writing import write_notice
from kepu.notices.models import ClauseState, DraftClause, NoticeDraft
from kepu.notices.official.docx import to_docx
from kepu.notices.official.pdf import to_pdf
from kepu.notices.queries import clauses_in_order, whole_file
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.desk.finding import draft_of
from kepu.web.workspace.desk.showing import paper_of, shown_rows

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, or found, with the clauses that were read from it."""

    text: str
    rows: tuple[DraftClause, ...] = ()
    heads: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """How what was found here stands: still open beats decided."""
        states = [row.state for row in self.rows]
        for state in (ClauseState.PROPOSED, ClauseState.CONFIRMED, ClauseState.REJECTED):
            if state in states:
                return str(state)
        return "head" if self.heads else ""


def pieces_of(draft: NoticeDraft, rows: Sequence[DraftClause]) -> list[Piece]:
    """The document's text cut where something was found in it; every character stands in exactly one piece."""
    text = paper_of(draft)
    marks: list[tuple[int, int, DraftClause | None, str]] = []
    for row in rows:
        marks += [(int(a), int(b), row, "") for a, b in row.proposal.get("spans") or ()]
    for one in draft.found:
        marks += [(int(a), int(b), None, str(one.get("key"))) for a, b in one.get("spans") or ()]
    marks = [m for m in marks if 0 <= m[0] < m[1] <= len(text)]
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    starting: dict[int, list[tuple[int, int, DraftClause | None, str]]] = {}
    for mark in marks:
        starting.setdefault(mark[0], []).append(mark)
    pieces: list[Piece] = []
    active: list[tuple[int, int, DraftClause | None, str]] = []
    for a, b in pairwise(cuts):
        active = [m for m in active if m[1] > a] + starting.get(a, [])
        found = {m[2].pk: m[2] for m in active if m[2] is not None}
        pieces.append(
            Piece(text[a:b], tuple(found.values()), tuple(dict.fromkeys(m[3] for m in active if m[3])))
        )
    return pieces


@workspace(roles=(Role.COORDINATOR,))
@reads
def source(request: Request, pk: int) -> HttpResponse:
    """The text on one side, what was found on the other; each leads to the other."""
    found = draft_of(request, pk)
    if not found.source_text:
        raise Http404(_("这份通知稿不是从文件写起的，没有原文。"))
    rows = clauses_in_order(found)
    context = {
        "draft": found, "pieces": pieces_of(found, rows), "rows": shown_rows(rows, (), paper_of(found)),
        "waiting": sum(r.state == ClauseState.PROPOSED for r in rows), "may_write": verdict(rules.check_write_draft, request.actor, found),
        "flags": [flag for one in found.found for flag in one.get("flags", [])],
    }  # fmt: skip
    return page(request, "workspace/desk/source.html", context)


@workspace(roles=(Role.COORDINATOR,))
@reads
def toml(request: Request, pk: int) -> HttpResponse:
    """The draft as a notice file: what is confirmed."""
    found = draft_of(request, pk)
    response = HttpResponse(write_notice(_file(found)), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.toml"'
    return response


@costly("print", person=60)
@workspace(roles=(Role.COORDINATOR,))
@reads
def document(request: Request, pk: int, ending: str) -> HttpResponse:
    """The draft in the layout of official documents."""
    if ending not in TYPES:
        raise Http404
    found = draft_of(request, pk)
    file = _file(found)
    names = rule_book(found.season).names
    content = to_docx(file, names=names) if ending == "docx" else to_pdf(file, names=names)
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.{ending}"'
    return response


def _file(found: NoticeDraft) -> NoticeFile:
    try:
        return whole_file(found, clauses_in_order(found))
    except ValidationError:
        raise Incomplete(
            _("文头或确认过的条款里还有没填好的地方，排不成公文。请先照稿子上的提示改好。")
        ) from None


def _name(found: NoticeDraft) -> str:
    code = str(found.header.get("code") or "notice")
    return "".join(c for c in code if c.isascii() and (c.isalnum() or c in "-_."))[:60] or "notice"
