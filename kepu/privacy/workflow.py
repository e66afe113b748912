"""What consent may be given for, and the acts on personal data as the audit names them. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"  # of the statement on the portal; a new one is told, and asked again


class Purpose(TextChoices):
    """What somebody agrees to."""

    PHONE = "phone", _("用我的手机号码发送登录验证码和办理提醒")
    MAIL = "mail", _("用我的电子邮箱发送重设密码的链接和办理提醒")
    APPLICATION = "application", _("用我填写的姓名和联系方式核实单位申请，并告诉我结果")


class Event(StrEnum):
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    OWN_DATA_TAKEN = "person.data_taken"
    ACCOUNT_CLOSED = "person.closed"
    SEASON_ERASED = "season.contacts_erased"
    ERASED = "personal.erased"
    KEYS_CHANGED = "keys.changed"
