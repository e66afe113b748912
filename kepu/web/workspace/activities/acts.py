"""The acts of a host on one activity, each a page of its own under a noun: what it does, its form, why it is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kepu.activities import actions, rules
from kepu.activities.models import Activity
from kepu.core.refusals import Verdict, verdict
from kepu.notices.kinds.gate import Stage
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.sources import Said, said_of
from kepu.web.shared.views import View, by_method, done, page, reads, workspace, writes
from kepu.web.workspace.activities import act_forms, showing
from kepu.web.workspace.activities.afterwards import asked_at
from kepu.web.workspace.activities.buttons import publication_gates
from kepu.web.workspace.activities.filing import filed_words

Carries = Callable[[Activity, Any, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act as a page: its words, its form, who may, and how it is carried out."""

    title: Any
    lead: Any
    button: Any
    done: Any
    check: Any
    carry_out: Carries
    form: type[act_forms.ActForm] = act_forms.Plain
    danger: bool = False


def _submission(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    actions.file_activity(activity, expected_version=form.cleaned_data["version"], **who)
    return filed_words(activity)


def _withdrawal(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.withdraw_activity(activity, **_given(form), **who)


def _publication(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.publish_activity(activity, expected_version=form.cleaned_data["version"], **who)


def _schedule(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    actions.schedule_publication(activity, **_given(form), **who)
    assert activity.publish_at is not None  # the act has just laid it down
    return _("已定好，%(when)s 自动发布。") % {"when": showing.moment(activity.publish_at)}


def _schedule_removal(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.unschedule_publication(activity, **_given(form), **who)


def _session_cancellation(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    given = _given(form)
    return actions.cancel_sessions(activity, codes=[given.pop("session")], **given, **who)


def _session_move(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    given = _given(form)
    venue = given.pop("venue") or None
    return actions.move_session(activity, code=given.pop("session"), venue=venue, **given, **who)


def _taking_back(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.take_back_change(activity, **_given(form), **who)


def _postponement(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.postpone_activity(activity, **_given(form), **who)


def _cancellation(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.cancel_activity(activity, **_given(form), **who)


def _holding(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.hold_activity(activity, **_given(form), **who)


def _results(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.show_results(activity, **_given(form), **who)


def _key_mark(activity: Activity, form: Any, who: dict[str, Any]) -> Any:
    return actions.confirm_key(activity, confirmed=not activity.key_confirmed, **_given(form), **who)


def _given(form: Any) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    version = values.pop("version")
    return {**values, "expected_version": version}


ACTS: dict[str, Act] = {
    "submission": Act(
        _("填报，交审核"), _("填报以后由审核单位看，有问题会退回，您随时能看到办到哪一步。"), pgettext_lazy("act", "填报"), None,
        rules.check_file, _submission,
    ),
    "withdrawal": Act(
        _("撤回"), _("撤回以后不再审核，也不再统计；填的内容和留痕都还在。"), _("撤回"), _("已撤回。"), rules.check_withdraw,
        _withdrawal, act_forms.Withdrawal, True,
    ),
    "publication": Act(
        _("发布"), _("发布以后，公众在网站上就能看到下面这些内容。联系人、责任人和风险方案不公开。"), _("发布"),
        _("已发布，公众可以看到了。"), rules.check_publish, _publication,
    ),
    "schedule": Act(
        _("定时发布"), _("到您定的时间由系统自动发布，不用再来点。交了要审核的变更，定好的时间就不算了。"), _("定好时间"), None,
        rules.check_schedule, _schedule, act_forms.Schedule,
    ),
    "schedule-removal": Act(
        _("取消定时发布"), _("取消以后不会自动发布，要发布时再来点“发布”。"), _("取消定时发布"), _("定时发布已取消。"),
        rules.check_unschedule, _schedule_removal,
    ),
    "session-cancellation": Act(
        _("取消一场"), _("只取消这一场，别的照常。马上生效，公众马上看到，有关单位都会收到消息。"), _("取消这一场"),
        _("这一场已取消，公众已经看到。"), rules.check_session, _session_cancellation, act_forms.SessionCancellation, True,
    ),
    "session-move": Act(
        _("一场改期"), _("只改这一场，别的照常。马上生效，公众马上看到，有关单位都会收到消息。"), _("改期"),
        _("这一场已改期，公众已经看到。"), rules.check_session, _session_move, act_forms.SessionMove,
    ),
    "change-withdrawal": Act(
        _("收回变更"), _("收回以后，公众看到的还是原来的内容。"), _("收回变更"), _("变更已收回。"), rules.check_take_back_change,
        _taking_back,
    ),
    "postponement": Act(
        _("延期"), _("高温、暴雨不等人：延期马上生效，不用审核，公众马上看到，有关单位都会收到消息。"), _("延期"), _("已延期，公众已经看到。"),
        rules.check_postpone, _postponement, act_forms.Postponement,
    ),
    "cancellation": Act(
        _("取消活动"), _("取消马上生效，不能恢复。公众仍能查到这项活动，最上面写着取消的原因；有关单位都会收到消息。"), _("取消活动"),
        _("活动已取消，公众已经看到。"), rules.check_cancel, _cancellation, act_forms.Cancellation, True,
    ),
    "holding": Act(
        _("确认已经举办"), _("写实际来了多少人。填了这里，汇总表和总结里就不用再填。"), _("确认已经举办"),
        _("已确认举办。接下来请完善活动信息。"), rules.check_hold, _holding, act_forms.Holding,
    ),
    "results": Act(
        _("公开成果"), _("打勾的，公众在活动的页面和“资源”里看得到，马上生效；没打勾的只交给审核和统筹的单位。号码和邮箱会自动去掉，姓名请自己留意。"),
        _("保存"), _("公开的成果已更新。"), rules.check_show_results, _results, act_forms.ShownResults,
    ),
    "key-mark": Act(
        _("重点活动"), _("确认以后，公众会看到“重点活动”标记，并计入重点活动数。"), _("确认"), _("重点活动标记已更新。"),
        rules.check_confirm_key, _key_mark, act_forms.KeyMark,
    ),
}  # fmt: skip


def act_page(noun: str) -> View:
    """The page of an act: GET shows it, POST carries it out; a refusal stands above the form with its clause."""
    act = ACTS[noun]

    @workspace
    @reads
    def shown(request: Request, pk: int) -> HttpResponse:
        activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
        return _page(
            request,
            act,
            activity,
            act.form(activity=activity, chosen=request.GET.dict(), by=request.actor),
            noun,
        )

    @workspace
    @writes(back="workspace:activity")
    def carried_out(request: Request, pk: int) -> HttpResponse:
        activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
        act.check(request.actor, activity)
        form = act.form(request.POST, activity=activity, by=request.actor)
        if form.is_valid():
            with form.keeping_refusals():
                said = act.carry_out(activity, form, {"by": request.actor, "at": request.at})
                return done(request, act.done or said, to="workspace:activity", pk=pk)
        return _page(request, act, activity, form, noun)

    return by_method(GET=shown, POST=carried_out)


def _page(request: Request, act: Act, activity: Activity, form: act_forms.ActForm, noun: str) -> HttpResponse:
    allowed: Verdict = verdict(act.check, request.actor, activity)
    groups: list[Any] = []
    asked: list[Said] = []
    if noun == "holding":
        due = rules_in_force(activity.unit, activity.season, at=request.at).get("duty.activity_summary")
        asked = [said_of(due)] if due else []
    if noun in ("publication", "schedule"):
        in_force = rules_in_force(activity.unit, activity.season, at=request.at)
        if noun == "publication":
            allowed = allowed and publication_gates(activity, in_force, at=request.at)
        asked = asked_at(Stage.PUBLICATION, in_force, activity)
        groups = [
            g
            for g in showing.fact_groups(activity, showing.words_for(in_force, [activity]), private=False)
            if g[0] in PUBLIC
        ]
    label = act.button
    if noun == "key-mark":
        label = _("取消重点活动") if activity.key_confirmed else _("确认为重点活动")
    context = {
        "act": act, "noun": noun, "activity": activity, "form": form, "may": allowed, "groups": groups, "label": label,
        "when": showing.span(activity), "asked": asked,
    }  # fmt: skip
    return page(request, "workspace/activities/act.html", context)


PUBLIC = ("what", "kind", "when", "where", "whom", "join", "units")
