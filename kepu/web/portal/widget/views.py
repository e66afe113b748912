"""The frame, the script, and the page on which one composes what to paste into one's own site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from kepu.core.paging import Page
from kepu.web.portal.activities import finding, showing
from kepu.web.portal.caching import public, tag_of
from kepu.web.portal.machines import naming
from kepu.web.portal.machines.choosing import choice_of, kept, options
from kepu.web.portal.machines.gathering import once
from kepu.web.portal.machines.problems import Problem, not_understood, repeated
from kepu.web.portal.machines.question import OWN, language_of, question_of, size_of
from kepu.web.portal.widget.composing import LOOKS, USUAL, composed_of
from kepu.web.request import Request
from kepu.web.shared.views import page, reads

MOST = 20
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "widget.js"
DAY = 86_400


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public
@reads
def activities(request: Request) -> HttpResponse:
    """The next few activities as a frame shows them. Two queries; one more for each of place and unit asked for.

    What cannot be meant is said in the frame, where whoever pasted it sees it.
    """
    language = "zh-hans"
    try:
        language = language_of(request)
        with translation.override(language):
            response = _drawn(request, **_listed(request))
    except Problem as problem:
        with translation.override(language):
            response = _drawn(
                request, title=problem.title, sentences=problem.sentences, status=problem.status
            )
            response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@reads
def script(request: HttpRequest) -> HttpResponse:
    """The script under an address that does not change; any site may load it. No query."""
    text = SCRIPT.read_bytes()
    headers = {
        "Cache-Control": f"public, max-age={DAY}", "ETag": tag_of(text), "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }  # fmt: skip
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


@csp_update({"frame-src": ["'self'"]})
@public
@reads
def compose(request: Request) -> HttpResponse:
    """Choose, see, copy. Seven queries at most; two where nothing is chosen."""
    choice, composed = choice_of(request), composed_of(request)
    meant = naming.address("portal:widget", choice.asked, **composed.query())
    if not choice.fault and request.GET.urlencode() != meant.partition("?")[2]:
        return HttpResponseRedirect(meant)
    context = {
        "choice": choice, "options": options(choice, at=request.at), "kept": kept(choice), "composed": composed,
        "conditions": naming.conditions_of(choice.question, at=request.at),
        "preview": composed.frame_path(choice.asked), "frame": composed.frame(choice, at=request.at),
        "script": composed.script(choice, at=request.at), "looks": composed.looks(), "most": MOST,
        "alike": [
            (place, naming.address("portal:widget", choice.asked.but(place=place.code), **composed.query()))
            for place in choice.alike
        ],
    }  # fmt: skip
    return page(request, "portal/widget/compose.html", context)


def _listed(request: Request) -> dict[str, Any]:
    size = size_of(request, usual=USUAL, most=MOST)
    look = _look(request)
    question = question_of(request, own=(*OWN, "look"))
    found = (
        finding.find(question.asked, question.season, question.place, at=request.at, size=size)
        if question.season
        else Page([])
    )
    days = question.asked.days(request.at)
    return {
        "title": naming.title_of(question, at=request.at), "look": look, "season": question.season,
        "conditions": naming.conditions_of(question, at=request.at),
        "groups": showing.groups(once(found.items), at=request.at, since=days[0] if days else None, by_day=not (question.asked.near or question.asked.sort)),
        "more": naming.page_address(question), "is_cut": bool(found.next),
    }  # fmt: skip


def _look(request: HttpRequest) -> str:
    look = request.GET.get("look", "")
    if look not in LOOKS:
        raise not_understood(
            [
                _("“look=%(value)s”看不懂：可以是 %(looks)s，不写就跟着访问者的设备。")
                % {"value": repeated(look), "looks": _("、").join(one for one in LOOKS if one)}
            ]
        )
    return look


def _drawn(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    """Drawn without the request: nothing in it can be about who looks."""
    usual: dict[str, Any] = {
        "look": "", "groups": (), "sentences": (), "more": "", "is_cut": False, "season": None, "conditions": (),
        "language": translation.get_language(), "site_name": settings.SITE_NAME, "rehearsal": settings.KEPU_REHEARSAL,
    }  # fmt: skip
    return HttpResponse(
        render_to_string("portal/widget/activities.html", {**usual, **context}), status=status
    )
