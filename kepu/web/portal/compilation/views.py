"""The compilation as a page, and as files to be printed, edited or counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of, start_of_day
from kepu.notices.rulebook import rule_book
from kepu.web.limits import Budget, wait_for_address
from kepu.web.portal.activities import drawing, facets, finding
from kepu.web.portal.caching import public, shows_place, stamped, unchanged, version_tag
from kepu.web.portal.compilation import codes, composing, gathering, keeping
from kepu.web.portal.compilation.composing import Compilation
from kepu.web.portal.compilation.docx import to_docx
from kepu.web.portal.compilation.gathering import MOST, ON_THE_PAGE, Gathered
from kepu.web.portal.compilation.keeping import File
from kepu.web.portal.compilation.pdf import to_pdf
from kepu.web.portal.compilation.xlsx import to_xlsx
from kepu.web.portal.within import Within, address, query_of, ways, within
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import REFUSED, page, reads

FORMS: dict[str, tuple[Callable[[Compilation], bytes], str]] = {
    "pdf": (to_pdf, "application/pdf"),
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
# New files for one address; what was just made is free, so that a school is stopped only where every class wants another one.
NEW_FILES = Budget("compilation", "address", 60, 600)
AT_ONCE = 1  # files made side by side in a process: the largest needs 400 MB
PATIENCE = 20  # seconds to wait for one's turn
_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: a question, and whether also what is past."""

    where: Within
    whole: bool

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [("whole", "1" if self.whole else "")]

    def but(self, *, whole: bool) -> str:
        return address("portal:compilation", self.where.asked, Wanted(self.where, whole).pairs)


@public
@reads
def compilation(request: Request) -> HttpResponse:
    """The compilation to be read and printed, its first activities in full, and the ways to its files.

    Five queries (season, lines, copies, names of places, places inside); one more where all of the season is asked for,
    and for each of place, season and unit that is named.
    """
    wanted = _wanted(request)
    if request.GET.urlencode() != query_of(wanted.where.asked, wanted.pairs):
        return HttpResponseRedirect(address("portal:compilation", wanted.where.asked, wanted.pairs))
    if wanted.where.season is None:
        return page(request, "portal/activities/none.html")
    shows_place(request, wanted.where.place)
    return _page(request, wanted, _gathered(wanted, request.at))


@public(seconds=600)
@reads
def file(request: Request, form: str) -> HttpResponse:
    """The compilation as a file. Four queries at least, as its page; one or two where the reader has it already, or where it
    was just made for somebody else."""
    wanted = _wanted(request)
    season = wanted.where.season
    if season is None:
        return HttpResponseRedirect(reverse("portal:compilation"))
    gathered = _gathered(wanted, request.at)
    if gathered.more or not gathered.lines:
        return _page(request, wanted, gathered, status=REFUSED)
    version = f"{form} {wanted.whole} {gathered.version(season, wanted.where.asked, request.at)}"
    since = max([start_of_day(day_of(request.at)), *(line.publication.updated_at for line in gathered.lines)])
    tag = version_tag(request, version, since)
    if answer := unchanged(request, tag=tag, since=since):
        return answer
    made = keeping.kept(tag)
    if made is None:
        if wait := wait_for_address(request, NEW_FILES):
            return errors.wait(request, wait)
        if not _turns.acquire(timeout=PATIENCE):
            return _busy(request)
        try:
            made = keeping.kept(tag) or _made(wanted, gathered, request.at, form)
        finally:
            _turns.release()
        keeping.keep(tag, made)
    response = HttpResponse(made.content, content_type=FORMS[form][1])
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return stamped(response, tag=tag, since=since)


def _made(wanted: Wanted, gathered: Gathered, at: datetime, form: str) -> File:
    composed = _composed(wanted, gathered, at, told=MOST)
    return File(f"{composed.name}.{form}", FORMS[form][0](composed))


def _wanted(request: Request) -> Wanted:
    return Wanted(within(request.GET), request.GET.get("whole") == "1")


def _gathered(wanted: Wanted, at: datetime) -> Gathered:
    where = wanted.where
    assert where.season is not None
    return gathering.gather(where.asked, where.season, where.place, whole=wanted.whole, at=at)


def _composed(wanted: Wanted, gathered: Gathered, at: datetime, *, told: int) -> Compilation:
    """Two queries: the first ``told`` copies, and the names of places."""
    where = wanted.where
    assert where.season is not None
    rules = rule_book(where.season).rules_of(drawing.profile_at(where.place), at)
    chips = facets.chips(where.asked.but(place=""), facets.words_of(rules), None, where.unit)
    days = where.asked.days(at)
    return composing.compose(
        gathered.lines, gathering.copies_of(gathered.lines[:told]), season=where.season, place=where.place, rules=rules,
        conditions=[chip.label for chip in chips], list_path=facets.address(where.asked), names=drawing.list_names(),
        since=days[0] if days else None, areas=gathering.areas_of(gathered.lines), at=at,
    )  # fmt: skip


def _page(request: Request, wanted: Wanted, gathered: Gathered, *, status: int = 200) -> HttpResponse:
    asked, place = wanted.where.asked, wanted.where.place
    composed = _composed(wanted, gathered, request.at, told=ON_THE_PAGE)
    drawn, width = codes.path(composed.list_url)
    inside = finding.children_of(place)
    context = {
        "season": wanted.where.season, "place": place, "asked": asked, "it": composed, "most": MOST, "more": gathered.more,
        "shown": min(composed.count, ON_THE_PAGE), "refused": status == REFUSED, "code": drawn, "code_width": width,
        "days": [(day, [(entry, composing.parts(entry)) for entry in day.entries]) for day in composed.days if day.entries],
        "files": [] if gathered.more or not composed.count else _files(wanted), "ways": ways(asked, "portal:compilation"),
        "inside": [facets.Choice(p.name, address("portal:compilation", asked.but(place=p.code), wanted.pairs)) for p in inside],
        "whole": wanted.whole, "may_be_whole": not asked.days(request.at) and asked.when != "past",
        "with_past": wanted.but(whole=True), "without_past": wanted.but(whole=False),
        "list_url": facets.address(asked),
    }  # fmt: skip
    return page(request, "portal/compilation/compilation.html", context, status=status)


def _files(wanted: Wanted) -> list[facets.Choice]:
    named = {"pdf": _("PDF，打印用"), "docx": _("Word文档，改了再用"), "xlsx": _("Excel表格")}
    query = query_of(wanted.where.asked, wanted.pairs)
    return [
        facets.Choice(label, reverse("portal:compilation-file", args=[form]) + (f"?{query}" if query else ""))
        for form, label in named.items()
    ]


def _busy(request: Request) -> HttpResponse:
    response = errors.answer(
        request, 503, _("正在做别的汇编"),
        [_("现在要汇编的人很多，没有轮到您。"), _("请过半分钟再试；网页上的汇编随时可以看。")],
    )  # fmt: skip
    response.headers["Retry-After"] = "30"
    return response
