"""Pages that say what went wrong and what to do. They read neither the database nor the session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from kepu.core.refusals import Refused
from kepu.web.looks import look_of
from kepu.web.shared.above import page_above
from kepu.web.stylesheets import stylesheets


def answer(
    request: HttpRequest, status: int, title: str, sentences: list[str], **context: Any
) -> HttpResponse:
    """A page in our layout, made without the request's context processors: it must not need a database."""
    html = render_to_string(
        "errors/error.html",
        {
            "status": status,
            "title": title,
            "sentences": sentences,
            "reasons": (),
            "site_name": settings.SITE_NAME,
            "language_code": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
            "look": look_of(request),
            "stylesheets": stylesheets(),
            **context,
        },
    )
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, 400, _("这个请求看不懂"),
        [_("地址或填写的内容不完整，服务器无法处理。"), _("请返回上一页，刷新后再试一次。")],
    )  # fmt: skip


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request, 403, _("页面放得太久了"),
        [
            _("为了安全，表单里的凭证已经失效，刚才的提交没有生效。"),
            _("请返回上一页并刷新，再提交一次。如果仍然不行，请检查浏览器是否允许 Cookie。"),
        ],
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, 403, _("您没有权限看这个页面"),
        [
            _("您现在代表的单位或担任的岗位不能做这件事。"),
            _("如果您还代表别的单位，请先切换单位；如果岗位有变动，请联系本单位的管理人员。"),
        ],
    )  # fmt: skip


def refused(request: HttpRequest, refusal: Refused, *, status: int) -> HttpResponse:
    """A page for a refusal where there was nothing to return to: its sentences, each with its clause."""
    return answer(request, status, _("现在不能这样做"), [], reasons=refusal.reasons)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, 404, _("没有找到这个页面"),
        [
            _("可能是地址写错了，也可能是内容已经移动或者撤下。"),
            _("请核对地址，或者从首页开始找。"),
        ],
    )  # fmt: skip


def not_allowed(request: HttpRequest, methods: list[str]) -> HttpResponse:
    response = answer(
        request, 405, _("这个地址不能这样打开"),
        [
            _("它只用来接收表单，不能直接从地址栏打开。"),
            _("请返回原来的页面，用页面上的按钮操作。"),
        ],
        above=page_above(request.path),
    )  # fmt: skip
    response.headers["Allow"] = ", ".join(methods)
    return response


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, 429, _("试得太多了"),
        [_("短时间内的次数太多，为了保护账号，先停一停。"), _("请过几分钟再试。")],
    )  # fmt: skip


def wait(request: HttpRequest, seconds: int) -> HttpResponse:
    """Too much in a short while: how long to wait. What was typed is still in the browser."""
    sentences = [
        _("您或您的单位在短时间内提交得太多。请过 %(n)d 秒再试。") % {"n": seconds},
        _("填写的内容还在您的页面里：返回上一页，稍后再提交。"),
    ]
    if getattr(request, "htmx", None):
        refusal = Refused(" ".join(sentences))
        response = HttpResponse(
            render_to_string("components/refusal.html", {"refusal": refusal}, request),
            status=429,
            headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:window:top"},
        )
    else:
        response = answer(request, 429, _("请稍等一下"), sentences)
    response.headers["Retry-After"] = str(seconds)
    return response


def fault(request: HttpRequest) -> HttpResponse:
    return answer(
        request, 500, _("系统出了差错"),
        [
            _("这是我们的问题，不是您的操作有误。差错已经记录下来。"),
            _("刚才提交的内容可能没有保存。请过几分钟返回上一页看一看，再试一次。"),
        ],
    )  # fmt: skip
