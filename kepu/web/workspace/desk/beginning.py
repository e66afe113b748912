"""Begin a notice: blank, from a document, or from the notices above."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices import actions, starting
from kepu.notices.drafting.documents import DocumentRefused, read_document, read_text
from kepu.notices.drafting.documents.limits import MAX_BYTES
from kepu.notices.drafting.drafting import draft as draft_of_document
from kepu.notices.format.reading import read_notice
from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import DraftOrigin, Notice, Season
from kepu.notices.official.embedded import embedded_in
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Line, Place, Role
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.desk.finding import lines_of, places_of
from kepu.web.workspace.seasons import in_season

WAYS = (
    ("document", lazy("从文件写起"), lazy("贴上文字，或交一份 DOCX、PDF、HTML、TXT。逐条认出来，由您核对。")),
    (
        "parent",
        lazy("照上级通知写起"),
        lazy("能照办的已经写好，只留下要由本级定的：期限、数量、审核单位、联系方式。"),
    ),
    ("blank", lazy("从空白写起"), lazy("自己一条一条写。")),
)


class BeginForm(Form):
    """Where the notice is for, how it begins, and the document if there is one."""

    where = forms.ChoiceField(label=lazy("发到哪里"))
    way = forms.ChoiceField(
        label=lazy("怎么写起"), choices=[(code, label) for code, label, _m in WAYS], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=lazy("贴上通知的文字"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    file = forms.FileField(
        label=lazy("或者交一份文件"), required=False, allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.toml"}),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[Place], lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {f"place:{p.code}": p for p in places}
        self.lines = {f"line:{x.code}": x for x in lines}
        choices = [(key, p.name) for key, p in self.places.items()]
        choices += [(key, _("%(line)s系统") % {"line": x.name}) for key, x in self.lines.items()]
        self.fields["where"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("way") == "document":
            file = data.get("file")
            if file is None and not (data.get("text") or "").strip():
                self.add_error("text", _("请贴上通知的文字，或者选一份文件。"))
            if file is not None and file.size > MAX_BYTES:
                self.add_error(
                    "file", _("文件超过%(n)s MB。请只交通知本身，图片另存。") % {"n": MAX_BYTES // 2**20}
                )
        return data


@workspace(roles=(Role.COORDINATOR,))
@in_season
@reads
def choose(request: Request, season: Season) -> HttpResponse:
    """How to begin."""
    initial = {"way": request.GET.get("way") or "document"}
    form = BeginForm(initial=initial, places=list(places_of(request)), lines=list(lines_of(request)))
    return _page(request, season, form)


@costly("document", person=30)
@workspace(roles=(Role.COORDINATOR,))
@in_season
@writes
def begin(request: Request, season: Season) -> HttpResponse:
    """Begin the draft; a document that cannot be read is answered with a sentence, and what was typed stays."""
    form = BeginForm(
        request.POST, request.FILES, places=list(places_of(request)), lines=list(lines_of(request))
    )
    if form.is_valid():
        with form.keeping_refusals():
            return _begun(request, season, form)
    return _page(request, season, form)


def _begun(request: Request, season: Season, form: BeginForm) -> HttpResponse:
    data, unit = form.cleaned_data, unit_of(request)
    line = form.lines.get(data["where"])
    place = form.places.get(data["where"]) or Place.objects.get(path="/")
    known = set(Notice.objects.filter(season=season).values_list("code", flat=True))
    start = starting.blank(season.code, season.year, place, line, unit, known=known)
    origin, source = DraftOrigin(data["way"]), ("", "")
    if origin is DraftOrigin.PARENT:
        rules = rules_in_force(unit, season, at=request.at)
        start = starting.of_parent(start, rules, place, unit, season_name=str(season.name))
    elif origin is DraftOrigin.DOCUMENT:
        start, source = _from_document(start, form, season, place)
    draft = actions.start_draft(
        season=season, place=place, line=line, origin=origin, header=start.header, clauses=start.clauses, source=source,
        found=start.found, by=request.actor, at=request.at,
    )  # fmt: skip
    if origin is DraftOrigin.DOCUMENT:
        said = _("认出了%(n)s条，请逐条核对。没有核对过的不会生效。") % {"n": len(start.clauses)}
        return done(request, said, to="workspace:draft-source", draft="notice:new", pk=draft.pk)
    return done(
        request, _("已开始起草。写的内容随时保存。"), to="workspace:draft", draft="notice:new", pk=draft.pk
    )


def _from_document(
    start: starting.Start, form: BeginForm, season: Season, place: Place
) -> tuple[starting.Start, tuple[str, str]]:
    file = form.cleaned_data.get("file")
    if file is not None and file.name.lower().endswith(".toml"):
        return _from_file(start, _decoded(file.read()), file.name), (file.name, "")
    if file is not None:
        document = read_document(file.read(), file.name, embedded=embedded_in)
    else:
        document = read_text(form.cleaned_data["text"])
    if document.embedded:
        return _from_file(start, document.embedded, document.name), (document.name, document.text)
    drafted = draft_of_document(document, season=season.code, place=place.code, today_year=season.year)
    made = starting.of_document(start, drafted.header, drafted.clauses)
    return made, (document.name, document.text)


def _from_file(start: starting.Start, text: str, name: str) -> starting.Start:
    """A notice file, or the one that a document of ours carries: exactly its clauses, each to be looked at."""
    file: NoticeFile = read_notice(text, name)
    head = file.notice.model_dump(mode="json", exclude_defaults=True)
    kept = {k: v for k, v in head.items() if k not in ("season", "place", "line", "code", "issuer_unit")}
    clauses = [c.model_dump(mode="json", exclude_defaults=True) for c in file.clause]
    rows = [starting.row_of(clause, 1.0, "embedded") for clause in clauses]
    return starting.Start({**start.header, **kept}, rows)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentRefused(_("这份通知文件不是 UTF-8 编码，请另存为 UTF-8。")) from None


def _page(request: Request, season: Season, form: BeginForm) -> HttpResponse:
    ways = [{"code": code, "label": label, "means": means} for code, label, means in WAYS]
    context = {"season": season, "form": form, "ways": ways, "any": bool(form.places or form.lines)}
    return page(request, "workspace/desk/new.html", context)
