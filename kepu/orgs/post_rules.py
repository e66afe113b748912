"""Who may invite, end a post, hand over and name a deputy, and who sees the people of a unit.

Posts come from above: a coordinator whose area covers the unit gives, changes and ends them. Three things a unit's own
people do themselves: a filer invites further filers of the unit, whoever leaves hands over or gives up the post, and
the holder of a post names a colleague as deputy. None of it ever reaches further than the giver does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState, refused
from kepu.orgs.actor import Actor
from kepu.orgs.models import Invitation, Line, Place, Post, Role, Unit, UnitQuerySet
from kepu.orgs.rules import check_appoint, covers, reached_by, reaches

KEEPING = (Role.COORDINATOR, Role.AUDITOR, Role.OPERATOR)  # who sees the people of the units in their area
WITHOUT_SUCCESSOR_NEVER = (Role.FILER, Role.COORDINATOR)  # the unit stands still without them
LONGEST_DEPUTY = timedelta(days=184)


def people_visible_to(actor: Actor) -> UnitQuerySet:
    """The units whose people an actor sees: its own, and those it coordinates, audits or helps."""
    return reached_by(actor, *KEEPING)


def sees_people(actor: Actor, unit: Unit) -> bool:
    """:func:`people_visible_to` for one unit in hand, without a query."""
    return reaches(actor, unit, *KEEPING)


def check_invite(
    by: Actor, unit: Unit, role: Role, *, place: Place | None = None, line: Line | None = None
) -> None:
    """Whoever may give the post may offer it by link; a filer may offer the filer's post of the same unit."""
    own_kind = role == Role.FILER and place is None and line is None
    if own_kind and by.deputy_for is None and by.acts_for(unit.pk) and by.holds(Role.FILER):
        return
    if by.acts_for(unit.pk) and by.holds(Role.FILER) and not by.holds(Role.COORDINATOR):
        raise NotAllowed(_("填报人员只能邀请本单位的填报人员。别的岗位请所在地区或系统的统筹单位安排。"))
    check_appoint(by, unit, role, place=place, line=line)


def can_invite(by: Actor, unit: Unit, role: Role = Role.FILER) -> bool:
    return not refused(check_invite, by, unit, role)


def can_appoint(by: Actor, unit: Unit, role: Role = Role.FILER) -> bool:
    return not refused(check_appoint, by, unit, role)


def check_withdraw_invitation(by: Actor, invitation: Invitation, *, at: datetime) -> None:
    """An invitation is withdrawn by its giver or by whoever could have given it, while it is open."""
    if by.person_id is None or by.person_id != invitation.given_by_id or by.deputy_for is not None:
        check_invite(by, invitation.unit, Role(invitation.role), place=invitation.place, line=invitation.line)
    check_still_open(invitation, at=at)


def check_still_open(invitation: Invitation, *, at: datetime) -> None:
    """Raise what became of an invitation that can be accepted no more."""
    if invitation.used_at is not None:
        raise StaleState(_("这个邀请已经用过，一个链接只能用一次。已经接受过的，直接登录就行。"))
    if invitation.withdrawn_at is not None:
        raise StaleState(
            _("这个邀请已经收回。需要岗位的，请联系“%(unit)s”。") % {"unit": invitation.unit.name}
        )
    if invitation.expires_at <= at:
        raise StaleState(
            _("这个邀请已经过期。请让“%(unit)s”的人员再发一次。") % {"unit": invitation.unit.name}
        )


def check_change_post(by: Actor, post: Post) -> None:
    """The dates of a post are changed by whoever could give it; nobody lengthens their own."""
    if by.person_id is not None and by.person_id == post.person_id:
        raise NotAllowed(_("自己的岗位不能自己改起止时间。请同单位或上级的统筹人员办理。"))
    check_appoint(by, post.unit, Role(post.role), place=post.place, line=post.line)


def check_end_post(by: Actor, post: Post) -> None:
    """A post is ended by whoever could give it, and given up by its holder."""
    if not is_own(by, post):
        check_appoint(by, post.unit, Role(post.role), place=post.place, line=post.line)


def check_leave(by: Actor, post: Post, *, confirmed: bool) -> None:
    """The last filer or coordinator of a unit goes only with a successor, or when the coordinator above confirms it."""
    role, unit = Role(post.role), post.unit
    if role not in WITHOUT_SUCCESSOR_NEVER or by.is_system:
        return
    said = {"unit": unit.name, "role": role.label}
    if not _from_above(by, unit):
        raise NotAllowed(
            _("“%(unit)s”再没有别的%(role)s人员。请先办交接，或请上级统筹单位确认这个岗位可以空着。") % said
        )
    if not confirmed:
        raise Incomplete(
            reasons=[
                Reason(
                    _("“%(unit)s”再没有别的%(role)s人员。确实要让这个岗位空着，请勾选确认。") % said,
                    "confirmed",
                )
            ]
        )


def check_hand_over(by: Actor, post: Post, *, successor_is_colleague: bool) -> None:
    """A post is handed over by whoever could give it; a filer's by its holder too, to somebody of the same unit."""
    if is_own(by, post) and post.role == Role.FILER and successor_is_colleague:
        return
    check_appoint(by, post.unit, Role(post.role), place=post.place, line=post.line)


def check_name_deputy(by: Actor, post: Post, *, deputy_is_colleague: bool) -> None:
    """A deputy is named by the holder of the post, from the people of the unit, or by whoever could give the post."""
    if is_own(by, post):
        if deputy_is_colleague:
            return
        raise NotAllowed(
            _("代理人要从“%(unit)s”现有的人员里选。要请单位以外的人代理，由统筹单位办理。")
            % {"unit": post.unit.name}
        )
    check_appoint(by, post.unit, Role(post.role), place=post.place, line=post.line)


def check_end_deputy(by: Actor, post: Post, person_id: int) -> None:
    """A deputy is relieved by whoever could have named one, and may lay it down."""
    if by.person_id is not None and by.person_id == person_id:
        return
    if not is_own(by, post):
        check_appoint(by, post.unit, Role(post.role), place=post.place, line=post.line)


def check_deputy_dates(post: Post, *, since: datetime, until: datetime, at: datetime) -> None:
    """Between two instants to come, for half a year at most, and not beyond the post itself."""
    if until <= since or until <= at:
        raise _unfit(_("代理的最后一天应不早于第一天，也不能已经过去。请改正。"), "until")
    if until - since > LONGEST_DEPUTY:
        raise _unfit(_("代理最长半年。时间更长的，请办交接。"), "until")
    if post.until is not None and until > post.until:
        raise _unfit(_("代理不能比岗位本身更长：这个岗位到期在先。"), "until")
    if post.since is not None and since < post.since:
        raise _unfit(_("岗位还没有开始，不能先代理。"), "since")


def is_own(by: Actor, post: Post) -> bool:
    """Whether the actor holds that very post, and acts for its unit in their own name."""
    return (
        by.person_id is not None
        and by.person_id == post.person_id
        and by.deputy_for is None
        and by.acts_for(post.unit_id)
    )


def _from_above(by: Actor, unit: Unit) -> bool:
    return not by.acts_for(unit.pk) and covers(by, place=unit.place_path, line=unit.line_path)


def _unfit(sentence: str, field: str) -> Incomplete:
    return Incomplete(reasons=[Reason(sentence, field)])
