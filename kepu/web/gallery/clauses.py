"""The form of every kind of clause and that of a head, filled with a made-up notice; each can be tried out and keeps nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from kepu.notices.kinds import kinds
from kepu.web.gallery.linxi import CLAUSES, HEAD, WORDS
from kepu.web.gallery.views import only_among_ourselves
from kepu.web.request import Request
from kepu.web.shared.views import REFUSED, page, reads, writes
from kepu.web.workspace.desk.clauseforms import clause_form, header_form, pressed, read_clause, read_header
from kepu.web.workspace.desk.clauseforms.forms import DrawnForm

HEADER = "header"
TRAIL = [("工作台", "/workspace/"), ("组件", "/gallery/"), ("条款的表单", "/gallery/clauses/")]


@reads
def clause_forms(request: Request) -> HttpResponse:
    """All of them below each other."""
    only_among_ourselves()
    forms = [(kind, _label(kind), _form(kind, _sample(kind), ids=f"{kind}-c")) for kind in [HEADER, *kinds()]]
    return page(request, "gallery/clauses.html", {"forms": forms, "trail": TRAIL, "title": "条款的表单"})


@reads
def one_form(request: Request, kind: str) -> HttpResponse:
    """One of them: the sample, or with ``?empty`` nothing yet."""
    only_among_ourselves()
    data = {} if "empty" in request.GET else _sample(kind)
    return _page(request, kind, _form(kind, data, tells="empty" not in request.GET))


@writes
def tried(request: Request, kind: str) -> HttpResponse:
    """The same form with what was typed, and what is wrong with it."""
    only_among_ourselves()
    read = read_header(request.POST) if kind == HEADER else read_clause(_known(kind), request.POST)
    sent = pressed(request.POST) is None
    form = _form(kind, read, posted=request.POST, tells=sent)
    return _page(request, kind, form, status=REFUSED if sent and form.problems else None)


def _page(request: Request, kind: str, form: DrawnForm, status: int | None = None) -> HttpResponse:
    context = {"forms": [(kind, _label(kind), form)], "trail": TRAIL, "title": f"{_label(kind)}的表单"}
    return page(request, "gallery/clauses.html", context, status=status)


def _form(kind: str, data: dict[str, Any], **more: Any) -> DrawnForm:
    action = reverse("gallery-clause", args=[kind])
    if kind == HEADER:
        return header_form(data, WORDS, action=action, **more)
    return clause_form(_known(kind), data, WORDS, code=f"LX-{kind}", action=action, **more)


def _sample(kind: str) -> dict[str, Any]:
    return HEAD if kind == HEADER else next((c for c in CLAUSES if c["kind"] == _known(kind)), {})


def _known(kind: str) -> str:
    if kind not in kinds():
        raise Http404
    return kind


def _label(kind: str) -> Any:
    return "通知的文头" if kind == HEADER else kinds()[_known(kind)].LABEL
