"""Put a notice in force, change one that is, withdraw one: always after seeing what it touches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.refusals import Refused, verdict
from kepu.notices import actions, rules, starting
from kepu.notices.difference import notice_difference
from kepu.notices.models import DraftOrigin, Notice, NoticeDraft, NoticeStatus, Season
from kepu.notices.queries import clauses_in_order, file_of, log_of, standing_of
from kepu.notices.recipients import preview, within_notice
from kepu.notices.rulebook import rule_book, rules_in_force
from kepu.orgs.models import Role
from kepu.oversight.impact import impact_of
from kepu.web.request import Request
from kepu.web.shared.differences import names_for, shown_difference, shown_log
from kepu.web.shared.forms import Form
from kepu.web.shared.impacts import shown_impact
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.desk.finding import draft_of, notice_of
from kepu.web.workspace.desk.pane import begins_at
from kepu.web.workspace.seasons import in_season

CHANGES = (
    ("formal", lazy("发正式通知，代替这份预备通知"), NoticeStatus.ADVANCE),
    ("formal", lazy("正文见到了：录入正文，代替这个占位"), NoticeStatus.PLACEHOLDER),
    ("supplement", lazy("发补充通知"), None),
    ("correction", lazy("发更正通知"), None),
)


@workspace(roles=(Role.COORDINATOR,))
@reads
def issue(request: Request, pk: int) -> HttpResponse:
    """What it would touch: units, duties, activities, returns; who will get it; and the button."""
    return _issue(request, draft_of(request, pk))


def _issue(request: Request, found: NoticeDraft, refusal: Refused | None = None) -> HttpResponse:
    rows = clauses_in_order(found)
    standing = standing_of(found, rows)
    context: dict[str, Any] = {
        "draft": found, "standing": standing, "refusal": refusal, "impact": None, "difference": None, "recipients": None, "seen": "",
        "may": verdict(rules.check_write_draft, request.actor, found), "begins": None,
        "placeholder": found.header.get("status") == NoticeStatus.PLACEHOLDER,
    }  # fmt: skip
    if standing.file is not None:
        begins = begins_at(found, request.at)
        before = (
            file_of(found.about) if found.about is not None and found.origin == DraftOrigin.FORMAL else None
        )
        impact = impact_of(
            standing.file,
            season=found.season,
            place=found.place,
            line=found.line,
            at=request.at,
            in_force_at=begins,
        )
        names = names_for(rule_book(found.season))
        within = within_notice(found.place, found.line, found.unit_id)
        context |= {
            "begins": begins if begins > request.at else None, "impact": shown_impact(impact),
            "difference": shown_difference(notice_difference(before, standing.file), names) if before is not None else None,
            "recipients": preview(standing.file.notice.recipients, within, at=request.at),
            "seen": actions.digest_of(standing.file) if standing.may_be_issued else "",
        }  # fmt: skip
    return page(request, "workspace/desk/issue.html", context, status=422 if refusal else 200)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:draft-issue")
def issuing(request: Request, pk: int) -> HttpResponse:
    """Put it in force; what has changed since it was shown is shown again first."""
    found = draft_of(request, pk)
    try:
        notice = actions.issue_draft(
            found, seen=request.POST.get("seen", "")[:80], by=request.actor, at=request.at
        )
    except Refused as refusal:
        return _issue(request, draft_of(request, pk), refusal)
    if notice.status == NoticeStatus.PLACEHOLDER:
        said = _("已登记《%(title)s》：未见正文，不立规定，也不发送。")
    else:
        said = _("《%(title)s》已发出，现在起生效，正在送给各单位。")
    return done(
        request, said % {"title": notice.title.strip("《》")}, to="workspace:notice-change", code=notice.code
    )


class ChangeForm(Form):
    """How a notice in force is to be changed."""

    way = forms.ChoiceField(label=lazy("怎么改"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label, only in CHANGES if only is None or notice.status == only
        ]


@workspace(roles=(Role.COORDINATOR,))
@in_season
@reads
def changes(request: Request, season: Season, code: str) -> HttpResponse:
    """A notice of our area: how it may be changed, and what has been changed so far."""
    found = notice_of(request, season, code)
    return _changes(request, found, ChangeForm(notice=found))


def _changes(request: Request, found: Notice, form: ChangeForm) -> HttpResponse:
    context = {
        "notice": found, "form": form, "log": shown_log(log_of(found), found), "may": verdict(rules.check_issue, request.actor, found.place, found.line),
        "withdrawn": found.withdrawn_at is not None,
    }  # fmt: skip
    return page(request, "workspace/desk/notice.html", context)


@workspace(roles=(Role.COORDINATOR,))
@in_season
@writes(back="workspace:notice-change")
def changing(request: Request, season: Season, code: str) -> HttpResponse:
    """Begin the draft that changes it."""
    found = notice_of(request, season, code)
    form = ChangeForm(request.POST, notice=found)
    if not form.is_valid():
        return _changes(request, found, form)
    way, unit = form.cleaned_data["way"], unit_of(request)
    known = set(Notice.objects.filter(season=season).values_list("code", flat=True))
    file = file_of(found)
    if way == "formal":
        start = starting.of_formal(file, rules_in_force(unit, season, at=request.at), known=known)
    else:
        base = starting.blank(season.code, season.year, found.place, found.line, unit, known=known)
        start = starting.of_amendment(base, file, way, known=known)
    draft = actions.start_draft(
        season=season, place=found.place, line=found.line, origin=DraftOrigin(way), header=start.header, clauses=start.clauses,
        about=found, by=request.actor, at=request.at,
    )  # fmt: skip
    return done(
        request, _("已开始起草。原通知照旧有效，到新通知发出时才变。"), to="workspace:draft", pk=draft.pk
    )


class WithdrawForm(Form):
    """Why a notice is withdrawn."""

    reason = forms.CharField(
        label=lazy("撤回的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@workspace(roles=(Role.COORDINATOR,))
@in_season
@reads
def withdrawal(request: Request, season: Season, code: str) -> HttpResponse:
    """What would no longer hold."""
    return _withdrawal(request, notice_of(request, season, code), WithdrawForm())


@workspace(roles=(Role.COORDINATOR,))
@in_season
@writes(back="workspace:notice-withdrawal")
def withdrawing(request: Request, season: Season, code: str) -> HttpResponse:
    """Withdraw it, with a reason."""
    found = notice_of(request, season, code)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            actions.withdraw_notice(
                found, by=request.actor, at=request.at, reason=form.cleaned_data["reason"]
            )
            said = _("已撤回。已经按它填报的，照旧按当时的规定办。")
            return done(request, said, to="workspace:notice-change", code=code)
    return _withdrawal(request, found, form)


def _withdrawal(request: Request, found: Notice, form: WithdrawForm) -> HttpResponse:
    impact = None
    if found.withdrawn_at is None:
        touched = impact_of(
            None, season=found.season, place=found.place, line=found.line, at=request.at, withdrawn=found
        )
        impact = shown_impact(touched)
    context = {
        "notice": found, "form": form, "impact": impact, "may": verdict(rules.check_issue, request.actor, found.place, found.line),
    }  # fmt: skip
    return page(request, "workspace/desk/withdrawal.html", context)
