"""Text messages: the one thing Kepu asks of whoever carries them, and a carrier for one's own screen.

``KEPU_SMS_SENDER`` names a class such as :class:`ConsoleSender`; it is made without arguments, once per process. Write
one for your provider in twenty lines::

    class OurGateway:
        def send(self, number: str, text: str) -> None:
            answer = requests.post(URL, json={"to": number, "text": text}, headers=…, timeout=5)
            answer.raise_for_status()

``number`` is a mobile number of eleven figures, ``text`` a plain sentence of at most 70 characters in Chinese. What a
provider must have in front of it (its signature, the number of an approved template) is the sender's business. Whatever
goes wrong it raises; the person is told that no message could be sent.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, Refused

log = logging.getLogger(__name__)
_MOBILE = re.compile(r"1[3-9]\d{9}")


class Sender(Protocol):
    """Carries one text to one number, or raises."""

    def send(self, number: str, text: str) -> None: ...


class ConsoleSender:
    """Shows the message on the terminal: for a demo and a developer's machine."""

    def send(self, number: str, text: str) -> None:
        sys.stdout.write(f"SMS → {number}: {text}\n")
        sys.stdout.flush()


def available() -> bool:
    """Whether this installation sends text messages."""
    return bool(settings.KEPU_SMS_SENDER)


def send(number: str, text: str) -> None:
    """Send a text now. Raises :class:`Refused` where there is no way to, or the way failed."""
    if not available():
        raise Refused(_("本站没有开通短信。请用电子邮箱。"))
    try:
        _sender(settings.KEPU_SMS_SENDER).send(number, text)
    except Exception as fault:  # noqa: BLE001 - a gateway may fail in ways of its own
        log.error("A text message could not be sent: %s", type(fault).__name__)
        raise Refused(_("短信没有发出去。请过几分钟再试，或者改用电子邮箱。")) from None


@lru_cache(maxsize=4)
def _sender(path: str) -> Sender:
    sender: Sender = import_string(path)()
    return sender


def mobile_number(text: str) -> str:
    """A mobile number as we keep it: eleven figures. Raises :class:`Incomplete` for anything else."""
    plain = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"^(\+|00)86", "", plain)
    if not _MOBILE.fullmatch(plain):
        raise Incomplete(_("这不是手机号码。请填 11 位的手机号码，如 13800000000。"))
    return plain
