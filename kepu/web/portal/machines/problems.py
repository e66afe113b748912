"""What is wrong with a request of another program, in sentences: as a page, or as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kepu.web.shared import errors

PROBLEM = "application/problem+json; charset=utf-8"
SHOWN = 60  # characters of a value that are repeated


class Problem(Exception):
    """A request that cannot be answered: the status, what it is about, and what to do about it."""

    def __init__(
        self, status: int, title: Any, sentences: Sequence[str], *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(str(title))
        self.status, self.title, self.sentences, self.headers = (
            status,
            str(title),
            list(sentences),
            headers or {},
        )

    def as_page(self, request: HttpRequest) -> HttpResponse:
        """For who opened the address by hand."""
        return self._with_headers(errors.answer(request, self.status, self.title, self.sentences))

    def as_json(self, request: HttpRequest) -> HttpResponse:
        """For programs. ``detail`` is a paragraph for people."""
        said = {
            "type": "about:blank", "title": self.title, "status": self.status, "detail": " ".join(self.sentences),
        }  # fmt: skip
        text = json.dumps(said, ensure_ascii=False)
        answer = HttpResponse(text, status=self.status, content_type=PROBLEM)
        answer.headers["Cache-Control"] = "no-store"
        return self._with_headers(answer)

    def _with_headers(self, answer: HttpResponse) -> HttpResponse:
        for name, value in self.headers.items():
            answer.headers[name] = value
        return answer


def repeated(value: str) -> str:
    """What somebody sent, short and without what no text holds, to be said back to them."""
    clean = "".join(c for c in value if c.isprintable())
    return clean if len(clean) <= SHOWN else f"{clean[:SHOWN]}…"


def not_understood(sentences: Sequence[str]) -> Problem:
    """Something in the address cannot be meant."""
    return Problem(400, _("这个地址里有看不懂的地方"), sentences)


def not_there(sentence: str) -> Problem:
    return Problem(404, _("没有找到"), [sentence])


def only_read() -> Problem:
    return Problem(405, _("这里只能读取"), [_("请用 GET 来取。")], headers={"Allow": "GET, HEAD, OPTIONS"})


def too_often(seconds: int) -> Problem:
    return Problem(
        429, _("请稍等一下"),
        [
            _("这个网络在短时间内取得太多。请过 %(n)d 秒再取。") % {"n": seconds},
            _("没有变的内容不用再取：带上 If-None-Match，按 Cache-Control 说的时间来。"),
        ],
        headers={"Retry-After": str(seconds)},
    )  # fmt: skip
