"""A code that shows that a mail address or a phone number is somebody's: sent once, good once, for ten minutes.

It waits in the session (closed in the database), so it is worth something only in the browser that asked for it.
"""

from __future__ import annotations

import logging
import secrets
import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kepu.accounts import sms
from kepu.core.refusals import Incomplete, Reason, Refused

log = logging.getLogger(__name__)
_KEY = "kepu_code"
MINUTES = 10
TRIES = 3


def send(request: HttpRequest, to: str) -> None:
    """Send a fresh code to an address or a number. Raises :class:`Refused` when there were too many, or no way."""
    if not _counted(request, "sent", key=to.lower()):
        raise Refused(_("短时间内要的验证码太多，请过几分钟再试。"))
    code = f"{secrets.randbelow(10**6):06}"
    if "@" in to:
        try:
            get_adapter(request).send_mail(
                "account/email/confirm_address", to, {"code": code, "minutes": MINUTES}
            )
        except (OSError, SMTPException) as fault:
            log.error("A code could not be sent by mail: %s", type(fault).__name__)
            raise Refused(_("邮件没有发出去。请过几分钟再试。")) from None
    else:
        sms.send(
            to,
            _("您的验证码是 %(code)s，%(minutes)d 分钟内有效。不要告诉任何人。")
            % {"code": code, "minutes": MINUTES},
        )
    request.session[_KEY] = {"to": to, "code": code, "at": time.time(), "tries": 0}


def waiting_for(request: HttpRequest, *, mail: bool) -> str:
    """Where a code was sent that may still be typed in; "" where there is none."""
    held = request.session.get(_KEY)
    if held is None or time.time() - held["at"] > MINUTES * 60 or ("@" in held["to"]) is not mail:
        return ""
    return str(held["to"])


def confirm(request: HttpRequest, typed: str, *, mail: bool) -> str:
    """The address or number that the code shows to be theirs; the code is used up. Raises a refusal otherwise."""
    to = waiting_for(request, mail=mail)
    if not to or not _counted(request, "tried"):
        raise Refused(_("这个验证码已经过期或者试得太多。请重新要一个。"))
    held: dict[str, Any] = request.session[_KEY]
    if not secrets.compare_digest("".join(typed.split()).encode(), held["code"].encode()):
        held["tries"] += 1
        if held["tries"] >= TRIES:
            forget(request)
            raise Refused(_("验证码连续输错，已经作废。请重新要一个。"))
        request.session[_KEY] = held
        raise Incomplete(reasons=[Reason(_("验证码不对。请核对收到的最新一条。"), field="code")])
    forget(request)
    return to


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def _counted(request: HttpRequest, action: str, key: str = "") -> Any:
    return ratelimit.consume(
        request,
        app="kepu.codes",
        action=action,
        config=settings.KEPU_CODE_LIMITS,
        key=key or None,
        user=request.user,
    )
