"""What an applicant is told, with the link that leads back; and how long it is kept whom to call."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.core import audit
from kepu.core.db import transaction
from kepu.orgs.actor import SYSTEM
from kepu.orgs.coming import OPEN, ApplicationState
from kepu.orgs.models import Application
from kepu.orgs.models.applications import PERSONAL
from kepu.orgs.workflow import Event

# what a mail is about, and the state in which it still holds
_HOLDS = {
    "filed": ApplicationState.FILED, "returned": ApplicationState.RETURNED, "approved": ApplicationState.APPROVED,
    "merged": ApplicationState.MERGED, "refused": ApplicationState.REFUSED,
}  # fmt: skip


KEPT = timedelta(days=30)  # how long after the decision; the text that applicants agree to says so
AT_ONCE = 500


def forget_contacts(at: datetime) -> int:
    """Once a day: of applications decided long ago it is forgotten whom to call. Returns how many. Idempotent."""
    forgotten = 0
    while n := _forget(at):
        forgotten += n
    return forgotten


@transaction
def _forget(at: datetime) -> int:
    over = Application.objects.exclude(state__in=sorted(OPEN)).filter(decided_at__lt=at - KEPT)
    rows = list(over.exclude(contact_name="", contact_phone="", contact_email="").order_by("id")[:AT_ONCE])
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(**dict.fromkeys(PERSONAL, ""))
    for row in rows:
        audit.record(Event.APPLICATION_CONTACT_FORGOTTEN, row, by=SYSTEM, at=at)
    return len(rows)


def mail_applicant(*, application_id: int, what: str) -> None:
    """Mail where an application stands. Not an act: it changes nothing here, and a worker that dies mails again.

    A mail that has been overtaken is left: the next one says how it is.
    """
    application = Application.objects.filter(pk=application_id).select_related("unit", "person").first()
    if application is None or not application.contact_email or application.state != _HOLDS[what]:
        return
    with override(application.language or settings.LANGUAGE_CODE):
        subject, parts = _said(application)
        link = f"{settings.KEPU_PUBLIC_URL}/join/{application.token}/"
        parts += [_("办理情况随时在这里看（链接只给您本人，请不要转发）："), link]
        EmailMessage(" ".join(subject.split()), "\n\n".join(parts), to=[application.contact_email]).send()


def _said(application: Application) -> tuple[str, list[str]]:
    name = {"unit": application.name}
    if application.state == ApplicationState.FILED:
        return _("已收到“%(unit)s”的登记申请") % name, [_("申请已经交给上一级统筹单位审核，结果会再发邮件。")]
    if application.state == ApplicationState.RETURNED:
        return _("“%(unit)s”的登记申请被退回，请修改") % name, [
            application.reason,
            _("请打开下面的链接，改好以后再提交。"),
        ]
    if application.state == ApplicationState.REFUSED:
        return _("“%(unit)s”的登记申请没有通过") % name, [application.reason]
    subject = _("“%(unit)s”的登记申请已通过") % name
    taken_in = application.unit.name if application.unit else application.name
    parts = [_("您现在是“%(unit)s”的填报人员。") % {"unit": taken_in}]
    person = application.person
    if person is not None and person.has_usable_password():
        return subject, [
            *parts,
            _("请用您已有的账号登录：%(link)s") % {"link": f"{settings.KEPU_PUBLIC_URL}/accounts/login/"},
        ]
    username = person.username if person else application.contact_email
    reset = f"{settings.KEPU_PUBLIC_URL}/accounts/password/reset/"
    return subject, [
        *parts,
        _("登录名是 %(username)s。第一次登录前，请打开下面的链接，填这个邮箱，按收到的邮件设定密码：") % {"username": username},
        reset,
    ]  # fmt: skip
