"""Text that must not lie readable in the database: encrypted with a key of the installation, found by a keyed digest.

AES-256-GCM (NIST SP 800-38D) with a fresh nonce for each value; the column is bound in as associated data, so that a
ciphertext copied into another column does not open. Every value names its key. The first key of ``KEPU_PERSONAL_KEYS``
encrypts, the others still open what they closed: a key is changed by putting a new one in front, running
``kepu keys rotate`` and taking the old one away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class SecretError(RuntimeError):
    """A value cannot be opened: its key is not among the installation's, or it was changed. For whoever runs the site."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the installation: what values say of it, what encrypts, and what digests."""

    name: str
    cipher: AESGCM
    index: bytes


def parse(text: str) -> list[Key]:
    """Keys from ``name:base64,name:base64``, the one that encrypts first; each is 32 bytes.

    Raises :class:`ValueError` with what is wrong; the key itself is never repeated.
    """
    keys: list[Key] = []
    for entry in (part.strip() for part in text.split(",")):
        if not entry:
            continue
        name, colon, encoded = entry.partition(":")
        if not (colon and name.isalnum() and name.isascii() and len(name) <= 20):
            raise ValueError("a key is written name:base64, its name of at most 20 letters and digits")
        if name in {key.name for key in keys}:
            raise ValueError(f"two keys are called {name}")
        try:
            secret = base64.b64decode(encoded, altchars=b"-_", validate=True)
        except ValueError:
            raise ValueError(f"key {name} is no base64") from None
        if len(secret) != 32:
            raise ValueError(f"key {name} has {len(secret)} bytes instead of 32")
        keys.append(Key(name, AESGCM(_derived(secret, b"encrypt")), _derived(secret, b"index")))
    return keys


def new_key(name: str) -> str:
    """A fresh key as ``KEPU_PERSONAL_KEYS`` takes it."""
    return f"{name}:{base64.urlsafe_b64encode(os.urandom(32)).decode()}"


def ring() -> list[Key]:
    """The installation's keys, the one that encrypts first. Raises :class:`SecretError` where there is none."""
    return _keys(settings.KEPU_PERSONAL_KEYS)


def names() -> list[str]:
    """What the installation's keys are called, the one that encrypts first."""
    return [key.name for key in ring()]


@lru_cache(maxsize=4)
def _keys(text: str) -> list[Key]:
    found = parse(text)
    if not found:
        raise SecretError("KEPU_PERSONAL_KEYS is empty: personal data can be neither written nor read.")
    return found


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kepu " + purpose).derive(secret)


def encrypted(text: str, *, column: str) -> str:
    """``text`` as it lies in the database: ``key name:base64``. Empty text stays empty."""
    if not text:
        return ""
    key, nonce = ring()[0], os.urandom(_NONCE)
    closed = key.cipher.encrypt(nonce, text.encode(), column.encode())
    return f"{key.name}:{base64.urlsafe_b64encode(nonce + closed).decode()}"


def decrypted(stored: str, *, column: str) -> str:
    """The text behind ``stored``. Raises :class:`SecretError` where it does not open."""
    if not stored:
        return ""
    name, _colon, encoded = stored.partition(":")
    key = next((key for key in ring() if key.name == name), None)
    if key is None:
        raise SecretError(
            f"{column} holds a value of key {name[:20]!r}, which KEPU_PERSONAL_KEYS does not have."
        )
    try:
        raw = base64.urlsafe_b64decode(encoded)
        return key.cipher.decrypt(raw[:_NONCE], raw[_NONCE:], column.encode()).decode()
    except (InvalidTag, ValueError):
        raise SecretError(f"A value in {column} was changed or belongs to another column.") from None


def is_closed(stored: str, *, column: str) -> bool:
    """Whether a stored text is a closed value of that column, and not plain text that happens to look like one."""
    try:
        return bool(stored) and bool(decrypted(stored, column=column))
    except SecretError:
        return False


def is_current(stored: str) -> bool:
    """Whether a stored value is closed with the key that encrypts today; an empty one always is."""
    return not stored or stored.startswith(f"{ring()[0].name}:")


def digest(text: str, *, column: str) -> str:
    """A keyed digest by which an equal value is found again (HMAC-SHA-256), under the key that encrypts today."""
    return _digest(ring()[0], text, column) if text else ""


def digests(text: str, *, column: str) -> list[str]:
    """The digests under every key: what to look for while a key is being changed."""
    return [_digest(key, text, column) for key in ring()] if text else []


def _digest(key: Key, text: str, column: str) -> str:
    return hmac.new(key.index, f"{column}\0{text}".encode(), hashlib.sha256).hexdigest()


def drawn(secret: str, label: str) -> str:
    """A key of its own for another use, drawn from a secret: 32 bytes in base64, which do not lead back to it."""
    return base64.urlsafe_b64encode(_derived(secret.encode(), label.encode())).decode()


def for_training(text: str) -> str:
    """The keys of the training space beside an installation with these keys (``KEPU_PERSONAL_KEYS``)."""
    return f"training:{drawn(text, 'kepu training: personal')}"
