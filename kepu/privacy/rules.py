"""Who may decide on personal data, and what stands in the way of closing an account or erasing a season."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.audit import Doer
from kepu.core.calendar import day_of, end_of_day
from kepu.core.refusals import GateClosed, NotAllowed, Reason
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Post, Role


def check_own(by: Doer, person: Person) -> None:
    """Consent, correction, a copy and the end of an account are the person's own to decide."""
    if by.person_id != person.pk:
        raise NotAllowed(_("个人信息只能由本人查看、更正、导出和注销。"))


def check_system(by: Actor) -> None:
    """Erasing a season and changing keys are done by whoever runs the site, by command."""
    if not by.is_system:
        raise NotAllowed(_("删除届次的个人信息、更换密钥，由系统管理员用命令办理。"))


def check_close_account(by: Doer, person: Person, *, at: datetime) -> None:
    """An account is closed once nobody waits for its person alone. Raises GateClosed with each post that has no other holder."""
    check_own(by, person)
    if reasons := [_alone(post) for post in posts_held_alone(person, at=at)]:
        raise GateClosed(_("现在还不能注销。"), reasons=reasons)


def posts_held_alone(person: Person, *, at: datetime) -> list[Post]:
    """The posts that nobody else holds in their unit, while a season is open. At most three queries."""
    if not Season.objects.filter(is_open=True).exists():
        return []
    own = (
        Post.objects.holding(at)
        .filter(person=person)
        .select_related("unit")
        .order_by("unit_id", "role", "pk")
    )
    posts = [post for post in own if post.unit.closed_on is None or post.unit.closed_on > day_of(at)]
    others = Post.objects.holding(at).filter(
        unit_id__in={post.unit_id for post in posts}, person__is_active=True
    )
    held = set(others.exclude(person=person).order_by("pk").values_list("unit_id", "role"))
    return [post for post in posts if (post.unit_id, post.role) not in held]


def erasable_on(season: Season) -> date | None:
    """The first day on which a season's personal data may go; None while it is open."""
    if season.is_open:
        return None
    return day_of(closing_of(season)) + timedelta(days=season.contacts_kept_days)


def closing_of(season: Season) -> datetime:
    """When a season was closed; those closed before that was noted ended with their last day."""
    return season.closed_at or end_of_day(season.last_day)


def check_erase(by: Actor, season: Season, *, at: datetime) -> None:
    """A season's personal data goes when the season is closed and the term since then is over."""
    check_system(by)
    first = erasable_on(season)
    if first is None:
        raise GateClosed(
            _("“%(season)s”还没有结束。先用 kepu season close 结束，保存期满后再删除个人信息。")
            % {"season": season}
        )
    if day_of(at) < first:
        raise GateClosed(
            _(
                "“%(season)s”的个人信息要保存到%(day)s（结束后%(n)s天）。到期再删除，或在 season.toml 里改 contacts_kept_days。"
            )
            % {"season": season, "day": first.isoformat(), "n": season.contacts_kept_days}
        )


def _alone(post: Post) -> Reason:
    return Reason(
        _("您是“%(unit)s”唯一的%(role)s人员。请先请统筹单位或同事安排接手的人，再来注销。")
        % {"unit": post.unit.name, "role": Role(post.role).label}
    )
