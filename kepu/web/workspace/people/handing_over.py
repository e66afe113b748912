"""When somebody leaves: what lies in their hands, who takes over, from when."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.refusals import Verdict, verdict
from kepu.notices.queries import shown_season
from kepu.orgs import people, post_rules
from kepu.orgs.actions import hand_over
from kepu.orgs.models import Post, Unit
from kepu.oversight.in_hand import InHand, in_hand
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.people.finding import unit_here
from kepu.web.workspace.people.forms import HandOverForm, begins, may_give
from kepu.web.workspace.people.showing import reach_words, span_words


@workspace
@reads
def handing_over(request: Request, pk: int, person: int) -> HttpResponse:
    """The leaver's posts, and what waits in their hands."""
    unit, posts = _found(request, pk, person)
    return _page(request, unit, posts, _form(request, unit, posts))


@workspace
@writes(back="workspace:people")
def handed_over(request: Request, pk: int, person: int) -> HttpResponse:
    unit, posts = _found(request, pk, person)
    form = _form(request, unit, posts, request.POST)
    if form.is_valid():
        given, leaver = form.cleaned_data, posts[0].person
        assert form.somebody is not None
        with form.keeping_refusals():
            hand_over(
                leaver, form.somebody, unit, posts=[int(one) for one in given["posts"]], on=begins(given["on"]),
                in_hand=_in_hand(request, leaver, unit, posts).as_plain(), by=request.actor, at=request.at,
            )  # fmt: skip
            names = {"leaver": leaver.name, "successor": form.somebody.name}
            said = _("%(leaver)s的岗位交给了%(successor)s。") % names
            return done(request, said, to="workspace:unit-people", pk=unit.pk)
    return _page(request, unit, posts, form)


def _found(request: Request, pk: int, person: int) -> tuple[Unit, list[Post]]:
    """The unit and the posts that the person has there; without any there is nothing to hand over."""
    unit = unit_here(request, pk)
    leaver = Person.objects.filter(pk=person).first()
    posts = people.posts_of(leaver, unit, request.at) if leaver is not None else []
    if not posts:
        raise Http404
    return unit, posts


def _form(request: Request, unit: Unit, posts: list[Post], data: Any = None) -> HandOverForm:
    reaches = people.coordinated_by([unit.pk])
    named = [
        (
            post,
            " · ".join(
                (post.get_role_display(), reach_words(post, reaches), span_words(post.since, post.until))
            ),
        )
        for post in posts
    ]
    colleagues = [one for one in people.colleagues(unit, request.at) if one.pk != posts[0].person_id]
    anybody = all(may_give(request.actor, post) for post in posts)
    return HandOverForm(data, _("谁来接手"), colleagues, anybody=anybody, posts=named)


def _in_hand(request: Request, leaver: Person, unit: Unit, posts: list[Post]) -> InHand:
    return in_hand(leaver, unit, {post.role for post in posts}, shown_season(), at=request.at)


def _page(request: Request, unit: Unit, posts: list[Post], form: HandOverForm) -> HttpResponse:
    leaver = posts[0].person
    waiting = _in_hand(request, leaver, unit, posts)
    own = request.actor.acts_for(unit.pk)
    activities, reviews = reverse("workspace:activities"), reverse("workspace:reviews")
    lines = [
        (_("草稿"), waiting.drafts, f"{activities}?tab=draft"),
        (_("被退回、要修改的活动"), waiting.returned, activities),
        (_("已通过、等发布的活动"), waiting.to_publish, activities),
        (_("已举办、要完善信息的活动"), waiting.to_complete, activities),
        (_("等审核的活动"), waiting.reviews, reviews),
        (_("要报送的任务"), waiting.duties, reverse("workspace:duties")),
        (_("等接收的报送"), waiting.returns, reverse("workspace:returns")),
        (_("本人发出、还没人接受的邀请（离任后失效）"), waiting.invitations, ""),
        (_("本人代理的岗位（离任时结束）"), waiting.stands_in, ""),
    ]
    context = {
        "unit": unit, "leaver": leaver, "form": form, "own": request.actor.person_id == leaver.pk,
        "lines": [(label, n, url if own else "") for label, n, url in lines if n],
        "may": _may(request, posts),
    }  # fmt: skip
    return page(request, "workspace/people/hand-over.html", context)


def _may(request: Request, posts: list[Post]) -> Verdict:
    """Whether the actor may hand over all of them to a colleague, and the first reason why not."""
    answers = (
        verdict(post_rules.check_hand_over, request.actor, post, successor_is_colleague=True)
        for post in posts
    )
    return next((answer for answer in answers if not answer), Verdict())
