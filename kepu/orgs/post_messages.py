"""What a unit is told of its posts, in the source language."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.accounts.models import Person
from kepu.orgs.messages import tell
from kepu.orgs.models import Deputy, Post, Unit


def people_of(unit_id: int) -> str:
    """Where the workspace shows the people of a unit."""
    return f"/workspace/units/{unit_id}/people/"


def deputy_named(deputy: Deputy, post: Post, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("%(deputy)s将代理%(holder)s的%(role)s岗位") % {
            "deputy": deputy.person.name, "holder": post.person.name, "role": post.get_role_display(),
        }  # fmt: skip
        body = _("代理期间办的事都记明代谁办理，到期自动结束。")
    tell(post.unit_id, "deputy.given", subject, body, people_of(post.unit_id), at=at)


def handed_over(unit: Unit, leaver: Person, successor: Person, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("%(leaver)s的岗位交给了%(successor)s") % {
            "leaver": leaver.name,
            "successor": successor.name,
        }
    tell(unit.pk, "post.handed_over", subject, "", people_of(unit.pk), at=at)


def joined(unit: Unit, person: Person, post: Post, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("%(person)s接受了邀请，担任%(role)s人员") % {
            "person": person.name, "role": post.get_role_display()
        }  # fmt: skip
    tell(unit.pk, "invitation.accepted", subject, "", people_of(unit.pk), at=at)
