"""Requests that we send to addresses which people give us: never to our own network, never on to another address.

A name is resolved once, every address behind it must be public, and the connection goes to that very address, so that a
name that answers differently the second time gains nothing (DNS rebinding). Little of the answer is read, and a request
takes at most :data:`PATIENCE`. What is pushed (:func:`post`) follows no redirect; where we only look whether there is
something (:func:`look`), each address on the way is examined like the first. A government network has private addresses
of its own: the networks that are meant stand in ``KEPU_OUTGOING_NETWORKS``.

OWASP, Server-Side Request Forgery Prevention Cheat Sheet, is where the cases come from.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PATIENCE = 10.0  # seconds for one request, all told
MOST_READ = 64 * 1024  # bytes of an answer
LONGEST = 500  # characters of an address
MOST_HOPS = 5  # redirects that are followed where we only look
LOOKED_AT = 4 * 1024  # bytes of a page that we only look at
_ELSEWHERE = (301, 302, 303, 307, 308)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSafe(Exception):
    """An address that we do not send to. ``str()`` is a sentence for whoever gave it."""


class NotReached(Exception):
    """Nobody answered, or not in time. ``str()`` says what went wrong."""


class NotTrusted(NotReached):
    """Somebody answered whose certificate we cannot check; a browser that knows more may still open it."""


class NoEnd(NotReached):
    """One address led to the next, without end."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: what is said in the request, and the one network address it goes to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The status of an answer, and the address it sends on to ("" for none)."""

    status: int
    location: str = ""


def parsed(url: str, *, plain: bool = False) -> Target:
    """The parts of an address, without asking the network. Raises :class:`NotSafe` for one that is none of ours to call.

    ``plain`` lets http through: for what the public reads anyway.
    """
    if len(url) > LONGEST or any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        raise NotSafe(_("网址太长，或者里面有空格和看不见的字符。请从浏览器的地址栏里重新复制。"))
    try:
        parts = urlsplit(url)
        host = (
            (parts.hostname or "").encode("idna").decode() if not _literal(parts.hostname) else parts.hostname
        )
        port = parts.port or 443
    except ValueError:
        raise NotSafe(_("这不是完整的网址。应当像 https://oa.example.cn/kepu 这样。")) from None
    if plain and parts.scheme not in ("http", "https"):
        raise NotSafe(_("网址要以 http:// 或 https:// 开头。"))
    if parts.scheme != "https" and not (plain or (settings.KEPU_OUTGOING_HTTP and parts.scheme == "http")):
        raise NotSafe(_("网址要以 https:// 开头：推送的内容不能以明文经过网络。"))
    if not host:
        raise NotSafe(_("这不是完整的网址。应当像 https://oa.example.cn/kepu 这样。"))
    if "@" in parts.netloc:
        raise NotSafe(_("网址里不要写用户名和密码。"))
    if parts.scheme == "http" and parts.port is None:
        port = 80
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, str(host), port, path if path.isascii() else _quoted(path))


def resolved(url: str, *, plain: bool = False) -> Target:
    """:func:`parsed`, with a public network address. Raises :class:`NotSafe` or :class:`NotReached`."""
    target = parsed(url, plain=plain)
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise NotReached(
            _("找不到 %(host)s：%(why)s") % {"host": target.host, "why": str(fault)[:100]}
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not addresses:
        raise NotReached(_("找不到 %(host)s：%(why)s") % {"host": target.host, "why": "-"})
    for address in addresses:  # one private address among public ones is already a trap
        if not may_reach(ipaddress.ip_address(address)):
            raise NotSafe(
                _("%(host)s 指向内部网络（%(address)s），不能往那里推送。确实要用的，请运维把网段写进 KEPU_OUTGOING_NETWORKS。")
                % {"host": target.host, "address": address}
            )  # fmt: skip
    return Target(target.scheme, target.host, target.port, target.path, addresses[0])


def may_reach(address: Address) -> bool:
    """Whether an address is public, or in a network that the installation has named."""
    inner = _inner(address)
    if any(inner in network for network in _named()):
        return True
    return inner.is_global and not (
        inner.is_multicast or inner.is_reserved or inner.is_unspecified or inner.is_loopback
    )


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send a body; the status of the answer. Raises :class:`NotSafe` or :class:`NotReached`. Nothing is followed."""
    if settings.KEPU_REHEARSAL:
        raise NotSafe(_("这里是演练，不向外面的系统推送。"))
    return _asked(resolved(url), "POST", body, headers).status


def look(url: str, *, patience: float = 2 * PATIENCE) -> Answer:
    """Whether there is something behind an address: the last answer, after at most :data:`MOST_HOPS` redirects.

    HEAD first, and the first bytes of a GET where HEAD is not answered well, since many servers do not know it. Every
    address on the way is resolved and examined like the first. All of it takes at most ``patience`` seconds and what a
    resolver takes. Raises :class:`NotSafe`, :class:`NotReached` or one of its kinds; reads no more than
    :data:`LOOKED_AT` bytes and keeps none.
    """
    if settings.KEPU_REHEARSAL:
        raise NotSafe(_("这里是演练，不看外面的网址。"))
    until = monotonic() + patience
    for _hop in range(MOST_HOPS + 1):
        answer = _looked(resolved(url, plain=True), until)
        if answer.status not in _ELSEWHERE or not answer.location:
            return answer
        try:
            url = urljoin(url, answer.location.strip())
        except ValueError:
            raise NoEnd(_("转去的不是网址。")) from None
    raise NoEnd(_("转了%(n)s次还没有到头。") % {"n": MOST_HOPS})


def _looked(target: Target, until: float) -> Answer:
    """HEAD, and GET where that went badly."""
    try:
        answer = _asked(target, "HEAD", None, {}, most=0, patience=until - monotonic())
    except NotTrusted:
        raise
    except NotReached:  # there are servers that hang up on what they do not know
        answer = Answer(0)
    if 0 < answer.status < 400:
        return answer
    some = {"Range": f"bytes=0-{LOOKED_AT - 1}", "Accept-Encoding": "identity"}
    return _asked(target, "GET", None, some, most=LOOKED_AT, patience=until - monotonic())


def _asked(
    target: Target, method: str, body: bytes | None, headers: dict[str, str], *,
    most: int = MOST_READ, patience: float | None = None,
) -> Answer:  # fmt: skip
    """One request to the address that was examined. Raises :class:`NotReached` or :class:`NotTrusted`."""
    longest = PATIENCE if patience is None else min(PATIENCE, patience)
    if longest <= 0:
        raise NotReached(_("%(host)s 没有应答：%(why)s") % {"host": target.host, "why": "timed out"})
    connection = _connection(target, longest)
    # a neighbour that sends one byte every few seconds would never let a mere time-out run out
    giving_up = Timer(longest, _hang_up, [connection])
    giving_up.start()
    try:
        connection.request(
            method, target.path, body=body, headers={**headers, "User-Agent": "Kepu", "Connection": "close"}
        )
        answer = connection.getresponse()
        answer.read(most)
        return Answer(answer.status, answer.headers.get("Location") or "")
    except ssl.SSLCertVerificationError as fault:
        why = fault.verify_message[:100]
        raise NotTrusted(_("%(host)s 的证书核对不了：%(why)s") % {"host": target.host, "why": why}) from None
    except (OSError, HTTPException, ValueError) as fault:
        why = (str(fault) or type(fault).__name__)[:100]
        raise NotReached(_("%(host)s 没有应答：%(why)s") % {"host": target.host, "why": why}) from None
    finally:
        giving_up.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(target: Target, patience: float) -> HTTPConnection:
    """A connection that says the host's name and goes to the address that was checked."""

    def to_the_checked(_named: Any, timeout: Any = None, source: Any = None) -> socket.socket:
        return socket.create_connection((target.address, target.port), timeout, source)

    if target.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            target.host, target.port, timeout=patience, context=ssl.create_default_context()
        )
    else:
        connection = HTTPConnection(target.host, target.port, timeout=patience)
    connection._create_connection = to_the_checked  # type: ignore[attr-defined]
    return connection


def _inner(address: Address) -> Address:
    """What an IPv6 address that only wraps an IPv4 address really leads to."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address.sixtofour:
            return address.sixtofour
        if address.teredo:
            return address.teredo[1]
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _named() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(text.strip()) for text in settings.KEPU_OUTGOING_NETWORKS if text.strip()]


def _literal(host: str | None) -> bool:
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def _quoted(path: str) -> str:
    return quote(path, safe="/?&=%:;,+@!$'()*~-._")
