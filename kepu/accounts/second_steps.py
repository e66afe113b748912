"""How the secrets of second steps lie in the database, and closing them anew when the keys change."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from kepu.core import keys
from kepu.core.db import transaction

COLUMN = "mfa_authenticator.data"
_SECRETS = ("secret", "seed")  # of an app with codes, and of recovery codes; a passkey's key is public


def closed(text: str) -> str:
    return keys.encrypted(text, column=COLUMN)


def opened(stored: str) -> str:
    return keys.decrypted(stored, column=COLUMN)


@transaction
def close_anew(size: int = 500) -> int:
    """Close up to ``size`` secrets with the key that encrypts today; returns how many there were to close.

    Call it until it returns 0, before the old key is taken away.
    """
    done = 0
    rows = Authenticator.objects.select_for_update()  # a recovery code may be used at this moment
    for row in rows.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk").iterator(chunk_size=500):
        old = {
            name: row.data[name]
            for name in _SECRETS
            if name in row.data and not keys.is_current(row.data[name])
        }
        if old:
            Authenticator.objects.filter(pk=row.pk).update(
                data={**row.data, **{name: closed(opened(text)) for name, text in old.items()}}
            )
            done += 1
        if done >= size:
            break
    return done
