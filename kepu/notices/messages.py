"""What units are told about notices, in the source language. Written once for a whole sending."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.notices.models import Delivery, Notice, Sending, SendingKind
from kepu.orgs.actions import Note


@dataclass(frozen=True, slots=True)
class Words:
    """The subject and the body that every unit of a sending reads."""

    kind: str
    subject: str
    body: str

    def to(self, delivery: Delivery, key: str) -> Note:
        return Note(delivery.unit_id, key, self.subject, self.body, link_to(delivery))


def link_to(delivery: Delivery) -> str:
    """Where the workspace shows what was delivered."""
    return f"/workspace/received/{delivery.pk}/"


def words_of(sending: Sending) -> Words:
    """What a sending says to those it reaches."""
    notice = sending.notice
    with override(settings.LANGUAGE_CODE):
        if sending.kind == SendingKind.SEND:
            return Words(
                "notice.sent", _("收到通知：%(title)s") % {"title": _named(notice)}, _sent_by(notice)
            )
        if sending.kind == SendingKind.FORWARD:
            assert sending.source is not None
            subject = _("转来通知：%(title)s") % {"title": _named(notice)}
            body = _("%(unit)s转发。") % {"unit": sending.source.unit.name}
            return Words("notice.forwarded", subject, body + _sent_by(notice))
        if sending.kind == SendingKind.UNOPENED:
            subject = _("请打开并签收通知：%(title)s") % {"title": _named(notice)}
        else:
            subject = _("请签收通知：%(title)s") % {"title": _named(notice)}
        return Words("notice.reminded", subject, _("%(issuer)s提醒。") % {"issuer": notice.issuer})


def words_before_deadline(notice: Notice) -> Words:
    """What those are told who have not opened a notice while something it asks is due soon."""
    with override(settings.LANGUAGE_CODE):
        subject = _("请打开并签收通知：%(title)s") % {"title": _named(notice)}
        body = _(
            "通知里有要报送的快到期限，贵单位还没有打开。请打开查看，并签收。系统自动提醒，每份通知只提醒一次。"
        )
        return Words("notice.reminded", subject, body)


def _named(notice: Notice) -> str:
    return f"{notice.title}（{notice.number}）" if notice.number else notice.title


def _sent_by(notice: Notice) -> str:
    return _("%(issuer)s发。请打开查看，并签收。") % {"issuer": notice.issuer}
