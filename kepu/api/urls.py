"""The interface's addresses: version 1 under ``v1/``, each operation in the frame for machines."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from kepu.api import documents
from kepu.api.site import api
from kepu.web.limits import Budget
from kepu.web.portal.machines.serving import for_machines

# Three a second from one network, for ten minutes on end: whoever copies everything is done in half an hour, and a
# school that shares one address never comes near it.
MUCH = Budget("api", "address", 1800, 600)


def _served(view: Callable[..., Any]) -> Callable[..., Any]:
    @csrf_exempt
    @for_machines(as_json=True, budget=MUCH)
    @wraps(view)
    def operation(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The operation; ninja knows GET, and HEAD is the same without its body."""
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return operation


def _operations() -> list[URLPattern]:
    found, _app, _namespace = api.urls
    return [
        path(f"v1/{one.pattern}", _served(one.callback), name=one.name)
        for one in found
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]


app_name = "api"
urlpatterns = [
    path("", documents.page, name="documents"),
    path("v1/", documents.start, name="start"),
    path("v1/openapi.json", documents.openapi, name="openapi"),
    *_operations(),
    path("v1/<path:path>", documents.unknown, name="unknown"),
]
