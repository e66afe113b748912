"""Requests that no form of ours sends: every address of the site, with whatever a hostile or broken client may put in."""

from __future__ import annotations

import random
import re
from urllib.parse import quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, ClientHandler, encode_multipart
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from kepu.config.wsgi import in_utf_8

JUNK = (
    "", " ", "0", "-1", "1", "2", "9" * 400, "1e309", "NaN", "0x1F", "１２", "null", "true", "[]", "{}", "\0", "a\0b", "\ud7ff", "\ufffe",
    "😀" * 50, "\u202e倒", "é", "%", "%00", "%ff%fe", "../../etc/passwd", "' OR 1=1 --", "\"><script>alert(1)</script>", "{{7*7}}",
    "{% load x %}", "${jndi:ldap://x}", "x" * 5000, "\r\nSet-Cookie: a=b", "2023-02-30", "0001-01-01T00:00", "9999-12-31T23:59", "2023-09-17",
    "24:61", "9月17日", "http://127.0.0.1/", "javascript:alert(1)", "//evil.example", "https://evil.example/", "file:///etc/passwd", "441900",
    "filer", "coordinator", "441900103", "approve", "save", "file", "zh-hans", "=cmd|' /C calc'!A0", "1;2;3", "a@b.cn", "13800000000",
)  # fmt: skip
METHODS = (
    ("GET",) * 5
    + ("POST",) * 9
    + ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "post", "X" * 40)
)
TYPES = (
    "application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data",
    "multipart/form-data; boundary=" + "b" * 300, "application/x-www-form-urlencoded; charset=utf-16", "text/xml; charset=none", "",
    "application/x-www-form-urlencoded; charset=\x00", "image/png", ";;;",
)  # fmt: skip
HEADERS = (
    {}, {}, {}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Target": "main"}, {"HX-Request": "true", "HX-Target": "'\"><x>"},
    {"HX-Request": "yes", "HX-Current-URL": "http://[::1"}, {"Accept-Language": "x" * 3000}, {"Accept-Language": ";q=,,;q=9e9"},
    {"If-None-Match": '"' + "x" * 1000}, {"If-Modified-Since": "yesterday"}, {"Range": "bytes=9999999999999-"}, {"Accept": "\x01/*"},
    {"Referer": "http://[bad"}, {"Referer": "/" * 2000}, {"Origin": "null"}, {"X-Forwarded-For": "not, an, address"},
    {"X-Forwarded-Proto": "gopher"}, {"User-Agent": ""}, {"Content-Length": "12"}, {"Cookie": "kepu_session=\x7f; kepu_language=../x"},
    {"Cookie": "messages=broken:broken; kepu_csrf=" + "x" * 900},
)  # fmt: skip
FILES = (
    ("a.txt", "text/plain", b""), ("a.docx", "application/zip", b"PK\x03\x04 not a zip"), ("a.pdf", "application/pdf", b"%PDF-1.7\n%%EOF"),
    ("a.toml", "text/plain", b"[[clause]\n"), ("../../a.xlsx", "x", b"\xff\xd8\xff\xe0"), ("\0.csv", "text/csv", "编号,名称\r\n,".encode("gbk")),
    ("x" * 300 + ".html", "text/html", b"<table>" * 200),
)  # fmt: skip
_NAMES = re.compile(rb'name="([^"]{1,80})"')


def addresses():
    """Every pattern of the site by its full name: the path with ``{}`` for each argument, and what stands there."""
    yield from _below(get_resolver(), "", "")


def _below(resolver, space, before):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}" if space else entry.name, route, entry
        else:
            inner = f"{space}:{entry.namespace}" if space and entry.namespace else entry.namespace or space
            yield from _below(entry, inner, route)


class Wire(ClientHandler):
    """The test client's handler behind the same door as the server's."""

    def __call__(self, environ):
        return super().__call__(in_utf_8(environ))


class Hostile:
    """A source of requests: the same seed gives the same requests. ``known`` are ids and codes that exist."""

    def __init__(self, seed, known):
        self.dice = random.Random(seed)
        self.known = [str(one) for one in known]
        self.routes = sorted({route for _, route, _ in addresses()})
        self.waiting = []  # those not tried in this round
        self.names = {
            "pk",
            "version",
            "reason",
            "next",
            "season",
            "code",
            "q",
            "page",
            "after",
            "at",
            "tab",
            "act",
            "csrfmiddlewaretoken",
        }

    def learn(self, body):
        """The names of the controls of a page are worth trying everywhere."""
        self.names |= {name.decode(errors="replace") for name in _NAMES.findall(body)[:200]}

    def word(self):
        return self.dice.choice(self.known if self.dice.random() < 0.35 else JUNK)

    def path(self):
        """One address after another in an order of chance: in a round each of them once."""
        if not self.waiting:
            self.waiting = self.dice.sample(self.routes, len(self.routes))
        route = self.waiting.pop()
        route = (
            re.sub(r"\(\?P<\w+>[^)]*\)", lambda _: self.segment(), route).replace("^", "").replace("$", "")
        )
        return "/" + re.sub(r"<[^>]+>", lambda _: self.segment(), route).replace("\\", "")

    def segment(self):
        if self.dice.random() < 0.7:
            return self.dice.choice(self.known)
        return re.sub(r"[\s/?#\\]", "", self.word())[:300] or "0"

    def pairs(self, most):
        names = sorted(self.names)
        return [
            (self.dice.choice(names) if self.dice.random() < 0.9 else self.word()[:60], self.word())
            for _ in range(self.dice.randint(0, most))
        ]

    def request(self):
        """(method, path, query, content type, body, headers)."""
        method, path, headers = self.dice.choice(METHODS), self.path(), dict(self.dice.choice(HEADERS))
        query = self.pairs(4) if self.dice.random() < 0.5 else []
        shape = self.dice.random()
        if shape < 0.55:
            fields = {}
            for name, value in self.pairs(14):
                fields.setdefault(name, []).append(value)
            if self.dice.random() < 0.2:
                file = self.dice.choice(FILES)
                fields["file"] = [SimpleUploadedFile(file[0], file[2], content_type=file[1])]
            kind, body = MULTIPART_CONTENT, encode_multipart(BOUNDARY, fields)
        elif shape < 0.8:
            kind, body = self.dice.choice(TYPES), self.raw()
        else:
            kind, body = "application/x-www-form-urlencoded", self.raw()
        return method, path, query, kind, body, headers

    def raw(self):
        words = "&".join(f"{name}={value}" for name, value in self.pairs(10))
        body = words.encode("utf-8", "surrogatepass")
        cut = self.dice.random()
        if cut < 0.2:
            return bytes(self.dice.randrange(256) for _ in range(self.dice.randint(0, 60)))
        if cut < 0.4:
            return b"--x\r\nContent-Disposition: form-data; name=" + body[:200]
        if cut < 0.5:
            return b"&".join([b"a=1"] * 12_000)
        return body


def send(client, method, path, query, kind, body, headers):
    """One request as it comes from the wire; the answer, whatever happened inside."""
    return client.generic(
        method,
        quote(path, safe="/%:@!$&'()*+,;=-._~"),
        body,
        content_type=kind,
        query_string=urlencode(query, errors="surrogatepass"),
        headers={name: value for name, value in headers.items() if name != "Content-Length"},
    )
