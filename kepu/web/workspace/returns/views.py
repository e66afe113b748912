"""What others have handed in to the unit acted for; the record of one return; accept it or send it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.paging import page as page_of
from kepu.core.refusals import refused, verdict
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.form import Column
from kepu.notices.kinds.form import Form as NoticeForm
from kepu.notices.rulebook import rules_in_force
from kepu.returns import queries, rules
from kepu.returns.actions import accept_return, return_return
from kepu.returns.contacts import columns_of_people, people_masked
from kepu.returns.drawing import in_words
from kepu.returns.models import Return
from kepu.returns.showing import show_people
from kepu.returns.workflow import State
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.sources import Source, cited, source_of
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.activities.showing import moment

PER_PAGE = 30


class SendingBackForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=lazy("为什么退回"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=lazy("写清楚缺什么、改哪里。退回不影响它原来是否按时。"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What was handed in, laid out by the columns of its form."""

    sections: list[tuple[str, str]]
    columns: list[str]
    rows: list[list[str]]
    parts: list[tuple[str, str]]
    channels: list[str]


@workspace(roles=rules.RECEIVING)
@reads
def returns(request: Request) -> HttpResponse:
    """What was handed in to us: what waits, and what is done."""
    tab = request.GET.get("tab", "")
    cursor = request.GET.get("cursor", "")
    if tab == "done":
        ours = Return.objects.filter(
            receiver_id=request.actor.unit_id, state__in=[State.ACCEPTED, State.RETURNED]
        )
        rows = ours.select_related("unit", "season").defer("sections", "rows")
        found = page_of(rows, order=("-turn_since", "-id"), cursor=cursor, size=PER_PAGE)
    else:
        found = queries.inbox(request.actor, cursor=cursor, size=PER_PAGE)
    address = reverse("workspace:returns")
    tabs = [
        {"label": _("等我们接收"), "url": address, "current": tab != "done", "count": None},
        {"label": _("处理过的"), "url": f"{address}?tab=done", "current": tab == "done", "count": None},
    ]
    shown = [
        {
            "row": row,
            "when": moment(row.turn_since),
            "source": _source(row, rules_in_force(row.unit, row.season, at=request.at)),
        }
        for row in found.items
    ]
    return page(request, "workspace/returns/list.html", {"page": found, "rows": shown, "tabs": tabs})


@workspace
@reads
def return_(request: Request, pk: int) -> HttpResponse:
    """One return: what was handed in, each of its versions, and what the receiver can do with it."""
    return _page(request, _visible(request, pk), SendingBackForm())


@workspace
@writes(back="workspace:return")
def acceptance(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 19 else None
    accept_return(row, expected_version=seen, by=request.actor, at=request.at)
    return done(
        request,
        _("已接收%(unit)s的“%(title)s”。") % {"unit": row.unit.name, "title": row.title},
        to="workspace:returns",
    )


@workspace
@writes(back="workspace:return")
def sending_back(request: Request, pk: int) -> HttpResponse:
    row = _visible(request, pk)
    rules.check_receive(request.actor, row)
    form = SendingBackForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            return_return(
                row, reason=form.cleaned_data["reason"], expected_version=form.cleaned_data["version"], by=request.actor,
                at=request.at,
            )  # fmt: skip
            return done(
                request, _("已退回，等%(unit)s修改后重报。") % {"unit": row.unit.name}, to="workspace:returns"
            )
    return _page(request, row, form)


@workspace
@writes(back="workspace:return")
def people(request: Request, pk: int) -> HttpResponse:
    """The same page with the names and numbers as they were written; that they were looked at stands in the trace."""
    row = _visible(request, pk)
    asked = request.POST.get("number", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    shown = show_people(row, number=number, by=request.actor, at=request.at)
    return _page(request, row, SendingBackForm(), shown=shown, number=number)


def _visible(request: Request, pk: int) -> Return:
    return get_object_or_404(queries.returns_in_scope(request.actor).whole(), pk=pk)


def _page(
    request: Request, row: Return, form: SendingBackForm, *, shown: Mapping[str, Any] | None = None, number: int = 0
) -> HttpResponse:  # fmt: skip
    """One return, its people masked; or as an act has shown it."""
    in_force = rules_in_force(row.unit, row.season, at=request.at)
    versions = list(queries.versions_of(row).defer("content"))
    is_shown = shown is not None
    if shown is None:
        number = _number(request)
        shown = _kept(row, number)
    own = request.actor.acts_for(row.unit_id)
    context = {
        "source": _source(row, in_force), "row": row, "form": form, "content": laid_out(shown, row, in_force, masked=not is_shown),
        "is_shown": is_shown, "may_show": not is_shown and not refused(rules.check_show_people, request.actor, row), "number": number, "own": own,
        "figures": in_words(shown["figures"]) if shown.get("figures") else "", "may_receive": rules.can_receive(request.actor, row),
        "may": verdict(rules.check_receive, request.actor, row), "versions": [(v.number, moment(v.at), v.note) for v in versions],
        "handed_in": moment(row.handed_in_at) if row.handed_in_at else "", "due": moment(row.due_at) if row.due_at else row.due_words,
    }  # fmt: skip
    return page(request, "workspace/returns/detail.html", context)


def _source(row: Return, in_force: Rules) -> Source | None:
    """The rule that asked for it, while it is still the same; else the citation that was kept."""
    rule = in_force.get(row.duty)
    if rule is not None and rule.cite == row.cite:
        return source_of(rule)
    return cited(row.cite, row.season, row.notice_code, row.clause_code)


def _number(request: Request) -> int:
    chosen = request.GET.get("v", "")
    return int(chosen) if chosen.isdecimal() and len(chosen) < 6 else 0


def _kept(row: Return, number: int) -> Mapping[str, Any]:
    """The newest content, or that of one version."""
    if not number:
        return {
            "sections": row.sections,
            "rows": row.rows,
            "parts": row.parts,
            "channels": row.channels,
            "figures": row.figures,
        }
    kept = row.versions.filter(number=number).first()
    if kept is None:
        raise Http404
    content: Mapping[str, Any] = kept.content
    return content


def laid_out(shown: Mapping[str, Any], row: Return, in_force: Rules, *, masked: bool = True) -> Content:
    """Codes as the titles of the form in force; what the form does not know speaks for itself. People are masked."""
    duty = in_force.get(row.duty)
    params: Any = duty.params if duty else None
    form = in_force.get(f"form.{params.form}") if params is not None and params.form else None
    columns: Sequence[Column] = (
        (*form.params.header, *form.params.columns) if form and isinstance(form.params, NoticeForm) else ()
    )
    if masked:
        of_people = columns_of_people(form.params if form and isinstance(form.params, NoticeForm) else None)
        shown = {
            **shown,
            **{name: people_masked(shown[name], of_people) for name in ("sections", "rows", "parts")},
        }
    titles = {column.code: column.title for column in columns} | {"text": row.title}
    order = {column.code: n for n, column in enumerate(columns)}
    used = sorted(
        {code for line in shown["rows"] for code in line}, key=lambda code: (order.get(code, 999), code)
    )
    names = {part.code: part.label for part in params.parts} if params is not None else {}
    ways = {channel.code: channel.label for channel in params.channels} if params is not None else {}
    return Content(
        [
            (titles.get(code, code), text)
            for code, text in sorted(shown["sections"].items(), key=lambda s: order.get(s[0], 999))
        ],
        [titles.get(code, code) for code in used],
        [[line.get(code, "") for code in used] for line in shown["rows"]],
        [(names.get(code, code), text) for code, text in shown["parts"].items()],
        [ways.get(code, _("本平台") if code == "platform" else code) for code in shown["channels"]],
    )
