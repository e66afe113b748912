"""Who sees a pair of activities that may be one, and who decides. Scope and permission, like :mod:`rules`.

A pair is decided by whoever answers for both: who coordinates a place or a line above both hosts, the unit that reviews
both, the host of both. Whoever reviews or oversees only one of them sees the pair, of the other what makes it alike.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.models import Activity, Double, DoubleState
from kepu.activities.workflow import AFTERWARDS, FINAL, IN_PUBLIC, State
from kepu.core.refusals import NotAllowed, refused
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Role

UNDECIDED = (DoubleState.OPEN, DoubleState.DIFFERENT)
GONE = frozenset({State.WITHDRAWN, State.CANCELLED})
AWAY = GONE | {State.DRAFT}  # what has no double


def sees_pair(actor: Actor, double: Double) -> bool:
    """Whether the page of a pair opens: to who decides, and to who reviews or oversees one of the two."""
    return may_decide(actor, double) or any(_answers_for(actor, activity) for activity in double.pair)


def sees_whole(actor: Actor, activity: Activity) -> bool:
    """Whether everything of one of the two is shown; of the other only title, host, time and place."""
    return rules.sees(actor, activity)


def may_decide(actor: Actor, double: Double) -> bool:
    """Who answers for both."""
    a, b = double.pair
    hosts = actor.holds(Role.FILER) and actor.acts_for(a.unit_id) and actor.acts_for(b.unit_id)
    reviews = actor.holds(*rules.REVIEWING) and all(actor.acts_for(one.reviewing_unit_id) for one in (a, b))
    coordinates = all(
        actor.reaches(Role.COORDINATOR, place=one.place_path, line=one.line_path) for one in (a, b)
    )
    return hosts or reviews or coordinates


def check_decide(by: Actor, double: Double) -> None:
    if not may_decide(by, double):
        raise NotAllowed(
            _(
                "是不是同一项，由同时统筹这两个单位的地区或系统、同时审核这两项的单位，或两项共同的举办单位判断。"
            )
        )


def check_link(by: Actor, double: Double, keep: Activity) -> None:
    """Both stay; the other counts with the one kept."""
    _check_undecided(by, double)
    left = double.other(keep.pk)
    for one in double.pair:
        if one.filed_at is None or one.state in AWAY or one.state in FINAL:
            raise NotAllowed(
                _("“%(title)s”现在是“%(state)s”，不用再判断是不是重复。")
                % {"title": one, "state": State(one.state).label}
            )
    if counted_together(double):
        raise NotAllowed(_("这两项已经合计，只算一次。"))
    if left.same_as_id is not None:
        raise NotAllowed(
            _("“%(title)s”已经和另一项合计。请先在那一对里解除关联，或改为保留这一项。") % {"title": left}
        )


def check_merge(by: Actor, double: Double, keep: Activity) -> None:
    """Only the one kept goes on: the other is withdrawn or, where the public knows it, cancelled."""
    check_link(by, double, keep)
    left = double.other(keep.pk)
    if left.state in AFTERWARDS:
        raise NotAllowed(
            _("“%(title)s”已经举办，不能并入另一项。请用“关联”：两项都留着，只算一次。") % {"title": left}
        )
    if left.state in IN_PUBLIC and keep.state not in IN_PUBLIC | AFTERWARDS:
        raise NotAllowed(
            _("公众已经看到“%(left)s”，看不到“%(keep)s”。请保留公众看到的那一项，或先发布另一项。")
            % {"left": left, "keep": keep}
        )


def check_unlink(by: Actor, double: Double) -> None:
    check_decide(by, double)
    if double.state == DoubleState.MERGED:
        raise NotAllowed(_("已经合并的不能解除。并错了的，请举办单位重新填报那一项。"))
    if double.state != DoubleState.LINKED:
        raise NotAllowed(_("这两项没有关联。"))


def check_tell_apart(by: Actor, double: Double) -> None:
    check_decide(by, double)
    if double.state != DoubleState.OPEN:
        raise NotAllowed(_("这两项已经判断过：%(state)s。") % {"state": DoubleState(double.state).label})


def counted_together(double: Double) -> bool:
    """Whether the two count as one already, be it through a third."""
    a, b = double.pair
    return (
        a.same_as_id == b.pk
        or b.same_as_id == a.pk
        or (a.same_as_id is not None and a.same_as_id == b.same_as_id)
    )


def can_merge(by: Actor, double: Double, keep: Activity) -> bool:
    return not refused(check_merge, by, double, keep)


def can_link(by: Actor, double: Double, keep: Activity) -> bool:
    return not refused(check_link, by, double, keep)


def can_unlink(by: Actor, double: Double) -> bool:
    return not refused(check_unlink, by, double)


def can_tell_apart(by: Actor, double: Double) -> bool:
    return not refused(check_tell_apart, by, double)


def _check_undecided(by: Actor, double: Double) -> None:
    check_decide(by, double)
    if double.state not in UNDECIDED:
        raise NotAllowed(_("这两项已经判断过：%(state)s。") % {"state": DoubleState(double.state).label})


def _answers_for(actor: Actor, activity: Activity) -> bool:
    """Reviews it or oversees it; its host alone does not learn of another's filing."""
    reviews = actor.acts_for(activity.reviewing_unit_id) and actor.holds(*rules.REVIEWING)
    return activity.filed_at is not None and (
        reviews or actor.reaches(*OVERSEEING, place=activity.place_path, line=activity.line_path)
    )
