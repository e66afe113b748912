"""Finding a notice that was sent to the unit acted for: what went to others is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kepu.notices import queries
from kepu.notices.models import Delivery
from kepu.web.request import Request


def our_delivery(request: Request, pk: int) -> Delivery:
    found: Delivery = get_object_or_404(queries.delivery_to(request.actor), pk=pk)
    return found
