"""The content security policy: the same for nearly every answer, so it is written once and not for each."""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class Middleware(CSPMiddleware):
    """As django-csp has it; an answer that asks for nothing of its own gets what was written for the one before."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.written: tuple[Any, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        own = any(name.startswith("_csp") for name in (*vars(response), *vars(request)))
        if own or HEADER in response or settings.DEBUG:  # pages of faults for developers are exempt there
            return super().process_response(request, response)
        policy = settings.CONTENT_SECURITY_POLICY
        if self.written[0] is not policy:
            self.written = (policy, build_policy())
        response.headers[HEADER] = self.written[1]
        return response
