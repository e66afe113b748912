"""One post: its dates, its end, its deputy."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.core.refusals import Verdict, verdict
from kepu.orgs import people, post_rules
from kepu.orgs.actions import change_post, end_deputy, end_post, name_deputy
from kepu.orgs.actions.posts import is_last
from kepu.orgs.models import Post
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.people.finding import deputy_here, post_here
from kepu.web.workspace.people.forms import DatesForm, DeputyForm, EndingForm, begins, ends, may_give
from kepu.web.workspace.people.showing import shown_post


@workspace(helpers=True)
@reads
def dates(request: Request, pk: int) -> HttpResponse:
    """From when until when a post holds."""
    post = post_here(request, pk)
    return _dates(request, post, DatesForm(post=post, at=request.at, last=_is_last(request, post)))


@workspace(helpers=True)
@writes(back="workspace:people")
def changing(request: Request, pk: int) -> HttpResponse:
    post = post_here(request, pk)
    form = DatesForm(request.POST, post=post, at=request.at, last=_is_last(request, post))
    if form.is_valid():
        given = form.cleaned_data
        with form.keeping_refusals():
            change_post(
                post, since=begins(given.get("since")), until=ends(given["until"]), confirmed=given.get("confirmed", False),
                by=request.actor, at=request.at,
            )  # fmt: skip
            return done(request, _("岗位的起止时间已改。"), to="workspace:unit-people", pk=post.unit_id)
    return _dates(request, post, form)


def _dates(request: Request, post: Post, form: Form) -> HttpResponse:
    may = verdict(post_rules.check_change_post, request.actor, post)
    return _act(request, post, form, may, title=_("改起止时间"), label=_("保存"))


@workspace(helpers=True)
@reads
def ending(request: Request, pk: int) -> HttpResponse:
    """What it means to end a post now."""
    post = post_here(request, pk)
    return _ending(request, post, EndingForm(last=_is_last(request, post)))


@workspace(helpers=True)
@writes(back="workspace:people")
def ending_now(request: Request, pk: int) -> HttpResponse:
    post = post_here(request, pk)
    form = EndingForm(request.POST, last=_is_last(request, post))
    if form.is_valid():
        confirmed = form.cleaned_data.get("confirmed", False)
        with form.keeping_refusals():
            end_post(post, confirmed=confirmed, by=request.actor, at=request.at)
            said = _("%(person)s的%(role)s岗位已结束。") % {
                "person": post.person.name, "role": post.get_role_display()
            }  # fmt: skip
            return done(request, said, to="workspace:unit-people", pk=post.unit_id)
    return _ending(request, post, form)


def _ending(request: Request, post: Post, form: Form) -> HttpResponse:
    may = verdict(post_rules.check_end_post, request.actor, post)
    lead = _("结束以后马上不能再以这个岗位办事，办过的事和留痕都在。有人接手的，请用“交接”。")
    return _act(request, post, form, may, title=_("结束岗位"), label=_("结束"), lead=lead, danger=True)


@workspace(helpers=True)
@reads
def deputy(request: Request, pk: int) -> HttpResponse:
    """Who is to stand in, and from when until when."""
    post = post_here(request, pk)
    return _deputy(request, post, _deputy_form(request, post))


@workspace(helpers=True)
@writes(back="workspace:people")
def naming_deputy(request: Request, pk: int) -> HttpResponse:
    post = post_here(request, pk)
    form = _deputy_form(request, post, request.POST)
    if form.is_valid():
        since, until = begins(form.cleaned_data["since"]), ends(form.cleaned_data["until"])
        assert form.somebody is not None
        assert since is not None
        assert until is not None
        with form.keeping_refusals():
            name_deputy(post, form.somebody, since=since, until=until, by=request.actor, at=request.at)
            said = _("已请%(deputy)s代理，到期自动结束。") % {"deputy": form.somebody.name}
            return done(request, said, to="workspace:unit-people", pk=post.unit_id)
    return _deputy(request, post, form)


def _deputy_form(request: Request, post: Post, data: Any = None) -> DeputyForm:
    colleagues = [one for one in people.colleagues(post.unit, request.at) if one.pk != post.person_id]
    return DeputyForm(data, _("请谁代理"), colleagues, anybody=may_give(request.actor, post))


def _deputy(request: Request, post: Post, form: DeputyForm) -> HttpResponse:
    may = verdict(post_rules.check_name_deputy, request.actor, post, deputy_is_colleague=True)
    lead = _(
        "代理人在这段时间里用这个岗位办事，每一件都记明代谁办理。代理人不能再请别人代理，也不能安排人员。"
    )
    return _act(request, post, form, may, title=_("请人代理"), label=_("请人代理"), lead=lead)


@workspace(helpers=True)
@writes(back="workspace:people")
def ending_deputy(request: Request, pk: int) -> HttpResponse:
    """Relieve a deputy before the time."""
    found = deputy_here(request, pk)
    end_deputy(found, by=request.actor, at=request.at)
    return done(request, _("代理已结束。"), to="workspace:unit-people", pk=found.post.unit_id)


def _is_last(request: Request, post: Post) -> bool:
    """Whether the page asks to confirm that the post stays empty."""
    return post.role in post_rules.WITHOUT_SUCCESSOR_NEVER and is_last(post, request.at)


def _act(
    request: Request, post: Post, form: Form, may: Verdict, *, title: str, label: str, lead: str = "", danger: bool = False
) -> HttpResponse:  # fmt: skip
    reaches = people.coordinated_by([post.unit_id])
    context = {
        "post": post, "shown": shown_post(post, request.actor, reaches, at=request.at), "form": form, "may": may,
        "title": title, "label": label, "lead": lead, "danger": danger,
    }  # fmt: skip
    return page(request, "workspace/people/post.html", context)
