"""The state of what is sent, in numbers and kinds of failure."""

from __future__ import annotations

from django.http import HttpResponse

from kepu.core import queues
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.people.showing import moment


@workspace(roles=(Role.OPERATOR,), helpers=True)
@reads
def operations(request: Request) -> HttpResponse:
    """How many mails and messages wait, and which were given up. Two queries."""
    now, found = queues.outbox_now(), queues.failures(cursor=request.GET.get("cursor", ""))
    rows = [(row.kind, row.attempts, moment(row.due_at), queues.kind_of_error(row)) for row in found.items]
    late = now.oldest_due is not None and (request.at - now.oldest_due).total_seconds() > 600
    context = {
        "queue": now, "rows": rows, "page": found, "late": late, "oldest": moment(now.oldest_due) if now.oldest_due else "",
    }  # fmt: skip
    return page(request, "workspace/operations/operations.html", context)
