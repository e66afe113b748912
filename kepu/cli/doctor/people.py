"""Accounts that open more than they should: passwords printed in a guide, powers beside the posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.orgs.models import Post, Role
from kepu.rehearsal.visitors import PASSWORD, VISITORS


def findings(at: datetime) -> Iterator[Finding]:
    known = [visitor.username for visitor in VISITORS]
    open_to_all = [
        person.username
        for person in Person.objects.filter(username__in=known, is_active=True).order_by("username")
        if check_password(PASSWORD, person.password)
    ]
    if open_to_all and not settings.KEPU_REHEARSAL:
        yield fault(
            "people.known", _("演练账号还在，密码人人知道：%(names)s。") % {"names": "、".join(open_to_all)},
            _("谁都能用它们登录。"), _("停用这些账号。"),
        )  # fmt: skip
    elif open_to_all:
        yield fine("people.known", _("演练空间可以有人人知道密码的账号。"))
    else:
        yield fine("people.known", _("没有人人知道密码的账号。"))
    above = list(
        Person.objects.filter(is_superuser=True, is_active=True)
        .order_by("username")
        .values_list("username", flat=True)[:5]
    )
    if above:
        yield warning(
            "people.super", _("有不受岗位限制的账号：%(names)s。") % {"names": "、".join(above)},
            _("它们不经过任何规则。"), _("平时不用就停用；日常工作一律用岗位。"),
        )  # fmt: skip
    if not Post.objects.holding(at).filter(role=Role.OPERATOR).exists():
        yield warning(
            "people.operator", _("没有人担任运维岗位。"), _("邮件和消息送不出去时，没有人看得到。"),
            _("运行 kepu people appoint … --role operator。"),
        )  # fmt: skip
    else:
        yield fine("people.operator", _("有人担任运维岗位。"))
