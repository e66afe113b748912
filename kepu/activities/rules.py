"""Who sees an activity and who may move it. Scope is a queryset, permission a function, and they are the same rule.

Each ``check_<verb>`` raises a sentence; ``can_<verb>`` is the same as a boolean. The host's filers write and move what
is their unit's; the reviewing unit decides on what was handed to it; a coordinator whose area holds the host sees all
that was handed in there, may confirm the mark of a key activity and, where safety asks for it, postpone or cancel.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.activities.models import Activity, ActivityQuerySet, Arrangement, BatchOfReviews, WatchWord
from kepu.activities.workflow import AFTERWARDS, AWAITING_REVIEW, FINAL, IN_PUBLIC, WITH_AUTHOR, State
from kepu.core.fields import under
from kepu.core.refusals import NotAllowed, refused
from kepu.notices.models import Season
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.coming_rules import check_goes_on
from kepu.orgs.models import Place, Role, Unit

REVIEWING = (Role.REVIEWER, Role.COORDINATOR)
WITHDRAWABLE = frozenset({State.DRAFT, State.FILED, State.RETURNED, State.APPROVED})
WITH_INCIDENTS = IN_PUBLIC | AFTERWARDS | {State.CANCELLED}  # people may have come all the same
CHANGEABLE = frozenset({State.APPROVED, State.PUBLISHED, State.POSTPONED})


def visible_to(actor: Actor) -> ActivityQuerySet:
    """The activities an actor sees: its own unit's, and of those handed in what it reviews or oversees. Unordered."""
    if actor.is_system:
        return Activity.objects.whole()
    if actor.only_helps:
        return Activity.objects.none()
    overseen = Q()
    for path in actor.places_as(*OVERSEEING):
        overseen |= under("place_path", path)
    for path in actor.lines_as(*OVERSEEING):
        overseen |= under("line_path", path)
    if actor.holds(*REVIEWING):
        overseen |= Q(reviewing_unit_id=actor.unit_id)
    scope = Q(unit_id=actor.unit_id)
    if overseen:
        scope |= Q(filed_at__isnull=False) & overseen
    return Activity.objects.whole().filter(scope)


def sees(actor: Actor, activity: Activity) -> bool:
    """:func:`visible_to` for one activity in hand, without a query."""
    if actor.is_system or actor.acts_for(activity.unit_id):
        return not actor.only_helps
    return activity.filed_at is not None and (
        (actor.acts_for(activity.reviewing_unit_id) and actor.holds(*REVIEWING))
        or actor.reaches(*OVERSEEING, place=activity.place_path, line=activity.line_path)
    )


def check_create(by: Actor, season: Season) -> None:
    """A filer drafts for the unit acted for, while the season is open."""
    if by.unit is None or not by.holds(Role.FILER):
        raise NotAllowed(_("只有单位的填报岗位才能新建活动。请先选择代表的单位，或请统筹单位安排填报岗位。"))
    check_goes_on(by.unit)
    _check_open(season)


def check_copy(by: Actor, activity: Activity, season: Season) -> None:
    _check_host(by, activity)
    check_create(by, season)


def check_copy_published(by: Actor, season: Season) -> None:
    """What the public reads may be taken up by whoever may draft."""
    check_create(by, season)


def check_edit(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    if activity.state not in WITH_AUTHOR:
        raise NotAllowed(
            _("这项活动现在是“%(state)s”，不能直接修改。已通过或已发布的，请用“变更”。")
            % {"state": _state(activity)}
        )


def check_file(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    if activity.state not in WITH_AUTHOR:
        raise NotAllowed(_("这项活动现在是“%(state)s”，不用再填报一次。") % {"state": _state(activity)})
    _check_open(activity.season)


def check_withdraw(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    if activity.state not in WITHDRAWABLE:
        raise NotAllowed(
            _("这项活动现在是“%(state)s”，不能撤回。已经发布的，请用“取消”告诉公众。")
            % {"state": _state(activity)}
        )


def check_review(by: Actor, activity: Activity) -> None:
    """Return or approve: the reviewing unit, while the filing waits for it."""
    _check_reviewer(by, activity)
    _check_state(activity, {State.FILED}, _("只有待审核的活动才能审核"))


check_return = check_approve = check_review


def check_claim(by: Actor, activity: Activity) -> None:
    """Take in hand what waits for the unit, or let go of it."""
    _check_reviewer(by, activity)
    _check_state(activity, AWAITING_REVIEW, _("只有待审核的活动才能认领"))


def check_review_many(by: Actor) -> None:
    if by.unit is None or not by.holds(*REVIEWING):
        raise NotAllowed(_("只有审核岗位才能批量审核。"))


def check_carry_on(by: Actor, batch: BatchOfReviews) -> None:
    """Any reviewer of the unit may go on with what a colleague has begun; each filing is asked of again."""
    check_review_many(by)
    if not by.acts_for(batch.unit_id):
        raise NotAllowed(_("只有开始这一批的单位的审核岗位才能接着办。"))


def check_remind(by: Actor, unit: Unit) -> None:
    """A coordinator whose area or line holds the reviewing unit, and who is not that unit."""
    reached = by.reaches(Role.COORDINATOR, place=unit.place_path, line=unit.line_path)
    if by.acts_for(unit.pk) or not reached:
        raise NotAllowed(_("只有所在地区、系统的上级统筹岗位才能提醒。"))


def check_keep_words(by: Actor, where: Place | WatchWord) -> None:
    """A coordinator keeps the words of the places the unit coordinates, and of those below."""
    path = where.place_path if isinstance(where, WatchWord) else where.path
    if not by.reaches(Role.COORDINATOR, place=path):
        raise NotAllowed(_("留意的词语由所在地区的统筹岗位维护。"))


def check_waive(by: Actor, activity: Activity) -> None:
    """Let an "in principle" pass between approval and publication."""
    _check_reviewer(by, activity)
    _check_state(activity, {State.APPROVED}, _("例外在审核时同意；通过之后、发布之前也可以补"))


def check_confirm_key(by: Actor, activity: Activity) -> None:
    if not (_reviews(by, activity) or _coordinates(by, activity)):
        raise NotAllowed(_("重点活动由审核单位或所在地区、系统的统筹单位确认。"))
    if activity.state in FINAL or activity.state in WITH_AUTHOR:
        raise NotAllowed(_("这项活动现在是“%(state)s”，不能确认重点活动。") % {"state": _state(activity)})


def check_publish(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    _check_state(activity, {State.APPROVED}, _("审核通过以后才能发布"))


def check_schedule(by: Actor, activity: Activity) -> None:
    """Lay down when it is to be published; the same as publishing it."""
    check_publish(by, activity)


def check_unschedule(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    if activity.publish_at is None:
        raise NotAllowed(_("这项活动没有定时发布。"))


def check_publish_scheduled(by: Actor, activity: Activity) -> None:
    """The clock's part, which is the system's."""
    if not by.is_system:
        raise NotAllowed(_("到时由系统自动发布。要马上发布，请用“发布”。"))


def check_change(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    if activity.state == State.CHANGED:
        raise NotAllowed(_("前一次变更还在审核。请等审核结果，或先收回前一次变更。"))
    _check_state(activity, CHANGEABLE, _("已通过或已发布、还没有举办的活动才能变更"))


def check_take_back_change(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    _check_state(activity, {State.CHANGED}, _("现在没有待审核的变更"))


def check_review_change(by: Actor, activity: Activity) -> None:
    _check_reviewer(by, activity)
    _check_state(activity, {State.CHANGED}, _("现在没有待审核的变更"))


def check_postpone(by: Actor, activity: Activity) -> None:
    _check_host_or_coordinator(by, activity)
    _check_state(activity, IN_PUBLIC, _("已发布、还没有举办的活动才能延期"))


def check_cancel(by: Actor, activity: Activity) -> None:
    _check_host_or_coordinator(by, activity)
    _check_state(activity, IN_PUBLIC, _("已发布、还没有举办的活动才能取消；还没有发布的，请用“撤回”"))


def check_session(by: Actor, activity: Activity) -> None:
    """Cancel or move one session of several."""
    _check_host_or_coordinator(by, activity)
    _check_state(activity, IN_PUBLIC, _("已发布、还没有举办的活动才能单独取消或改期一场"))
    if activity.arrangement == Arrangement.ONCE:
        raise NotAllowed(_("这项活动只有一场。不办了请用“取消活动”，改时间请用“延期”。"))


def check_report_incident(by: Actor, activity: Activity) -> None:
    """Whoever stands there reports: the host, or a coordinator of the place."""
    _check_host_or_coordinator(by, activity)
    _check_state(activity, WITH_INCIDENTS, _("发布过、还没有归档的活动才能报告突发情况"))


def check_tell_places(by: Actor, activity: Activity) -> None:
    """Say that it is full, or that places are left: whoever stands at the door knows."""
    _check_host(by, activity)
    _check_state(activity, IN_PUBLIC, _("已发布、还没有举办的活动才能标名额"))


def check_hold(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    _check_state(activity, IN_PUBLIC, _("已发布的活动才能确认举办"))


def check_complete(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    _check_state(activity, AFTERWARDS, _("请先确认活动已经举办，再完善活动信息"))


def check_summarise(by: Actor, activity: Activity) -> None:
    _check_host(by, activity)
    _check_state(activity, {State.COMPLETED, State.SUMMARISED}, _("请先完善活动信息，再提交活动总结"))


def check_show_results(by: Actor, activity: Activity) -> None:
    """The host chooses what of it the public sees; whoever reviews it or coordinates its area may only take away."""
    ours = by.acts_for(activity.unit_id) and by.holds(Role.FILER)
    if not (ours or _reviews(by, activity) or _coordinates(by, activity)):
        raise NotAllowed(_("公开哪些成果由举办单位的填报岗位定；负责审核的单位和统筹单位可以撤下。"))
    states = AFTERWARDS if ours else AFTERWARDS | {State.ARCHIVED}
    _check_state(activity, states, _("请先确认活动已经举办，再选择公开哪些成果"))


def check_add_pictures(by: Actor, activity: Activity) -> None:
    """The host's filers, as long as the activity is not settled: pictures come before the day, on it, and after it."""
    _check_host(by, activity)
    _check_pictures_open(activity)


check_describe_picture = check_move_picture = check_add_pictures


def check_remove_picture(by: Actor, activity: Activity) -> None:
    """The host; and whoever reviews it or coordinates its area, where a picture must not stay before the public."""
    ours = by.acts_for(activity.unit_id) and by.holds(Role.FILER)
    if not (
        ours or (activity.filed_at is not None and (_reviews(by, activity) or _coordinates(by, activity)))
    ):
        raise NotAllowed(_("图片由举办单位的填报岗位移除；负责审核的单位和统筹单位也可以。"))
    if activity.state != State.CANCELLED:  # the public still finds it, pictures and all
        _check_pictures_open(activity)


def check_show_contact(by: Actor, activity: Activity, *, named: bool = False) -> None:
    """A contact is shown to the host, to who reviews it, to who coordinates its area, and to the contact (``named``)."""
    handed_in = activity.filed_at is not None
    if (
        named
        or by.acts_for(activity.unit_id)
        or (handed_in and (_reviews(by, activity) or _coordinates(by, activity)))
    ):
        return
    raise NotAllowed(
        _("联系人的号码只给举办单位、负责审核的单位和统筹单位的人看。要联系他们，请通过举办单位或统筹单位。")
    )


def check_archive(by: Actor, activity: Activity) -> None:
    if not (by.is_system or _coordinates(by, activity)):
        raise NotAllowed(_("活动由统筹单位在届次结束后归档。"))
    _check_state(activity, AFTERWARDS, _("举办过的活动才能归档"))


def _can(check: Any) -> Callable[..., bool]:
    def can(by: Actor, activity: Activity, *more: object) -> bool:
        return not refused(check, by, activity, *more)

    can.__name__ = check.__name__.replace("check_", "can_")
    return can


can_copy, can_edit, can_file, can_withdraw = map(_can, (check_copy, check_edit, check_file, check_withdraw))
can_review, can_waive, can_confirm_key = map(_can, (check_review, check_waive, check_confirm_key))
can_schedule, can_unschedule, can_publish_scheduled = map(
    _can, (check_schedule, check_unschedule, check_publish_scheduled)
)
can_publish, can_change, can_take_back_change = map(
    _can, (check_publish, check_change, check_take_back_change)
)
can_review_change, can_postpone, can_cancel = map(_can, (check_review_change, check_postpone, check_cancel))
can_show_contact = _can(check_show_contact)
can_session, can_report_incident = map(_can, (check_session, check_report_incident))
can_add_pictures, can_remove_picture = map(_can, (check_add_pictures, check_remove_picture))
can_claim, can_tell_places = map(_can, (check_claim, check_tell_places))
can_show_results = _can(check_show_results)
can_hold, can_complete, can_summarise, can_archive = map(
    _can, (check_hold, check_complete, check_summarise, check_archive)
)


def can_create(by: Actor, season: Season) -> bool:
    return not refused(check_create, by, season)


def _check_open(season: Season) -> None:
    if not season.is_open:
        raise NotAllowed(_("“%(season)s”已经结束，不能再新建或填报活动。") % {"season": season})


def _check_host(by: Actor, activity: Activity) -> None:
    if not (by.acts_for(activity.unit_id) and by.holds(Role.FILER)):
        raise NotAllowed(_("只有举办单位的填报岗位才能这样做。"))


def _reviews(by: Actor, activity: Activity) -> bool:
    return by.acts_for(activity.reviewing_unit_id) and by.holds(*REVIEWING)


def _coordinates(by: Actor, activity: Activity) -> bool:
    return by.reaches(Role.COORDINATOR, place=activity.place_path, line=activity.line_path)


def _check_reviewer(by: Actor, activity: Activity) -> None:
    if not _reviews(by, activity):
        raise NotAllowed(_("只有负责审核这项活动的单位的审核岗位才能这样做。"))


def _check_host_or_coordinator(by: Actor, activity: Activity) -> None:
    if not ((by.acts_for(activity.unit_id) and by.holds(Role.FILER)) or _coordinates(by, activity)):
        raise NotAllowed(_("只有举办单位的填报岗位，或所在地区、系统的统筹岗位才能这样做。"))


def _check_pictures_open(activity: Activity) -> None:
    if activity.state in FINAL:
        raise NotAllowed(_("这项活动现在是“%(state)s”，图片不能再改。") % {"state": _state(activity)})


def _check_state(activity: Activity, states: Collection[State], otherwise: str) -> None:
    if activity.state not in states:
        raise NotAllowed(
            _("这项活动现在是“%(state)s”。%(otherwise)s。")
            % {"state": _state(activity), "otherwise": otherwise}
        )


def _state(activity: Activity) -> str:
    return str(State(activity.state).label)
