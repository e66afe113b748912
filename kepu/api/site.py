"""The operations of version 1, gathered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import ValidationError

from kepu.api import activities, lists, notices, places
from kepu.web.portal.machines.problems import Problem, not_there, not_understood

api = NinjaAPI(
    title=gettext_noop("全国科普日数据接口"), version="1.0.0", openapi_url=None, docs_url=None, urls_namespace="api",
    description=gettext_noop(
        "公布了的活动、通知和清单，谁都可以读，不用登录，不用申请。只读；没有个人信息；同样的内容用 ETag 问一下，没变就不再传。"
    ),
)  # fmt: skip
for router in (activities.router, places.router, notices.router, lists.router):
    api.add_router("", router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.as_json(request)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, fault: Http404) -> HttpResponse:
    return not_there(_("没有这个地址。")).as_json(request)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Nothing here has parameters that ninja checks but those in the path."""
    return not_understood([_("地址里的编号或代码看不懂。")]).as_json(request)
