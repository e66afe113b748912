from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.desk import above, beginning, clauses, documents, issuing, listing, writing

DRAFT = "notices/drafts/<int:pk>/"

urlpatterns = [
    path("notices/desk/", listing.desk, name="desk"),
    path("notices/drafts/new/", by_method(GET=beginning.choose, POST=beginning.begin), name="draft-new"),
    path(DRAFT, writing.draft, name="draft"),
    path(f"{DRAFT}header/", by_method(GET=writing.header, POST=writing.saving_header), name="draft-header"),
    path(f"{DRAFT}decisions/", writing.deciding, name="draft-decisions"),
    path(f"{DRAFT}order/", writing.ordering, name="draft-order"),
    path(f"{DRAFT}discarding/", writing.discarding, name="draft-discarding"),
    path(f"{DRAFT}restoring/", writing.restoring, name="draft-restoring"),
    path(f"{DRAFT}clauses/", clauses.adding, name="draft-clause-new"),
    path(
        f"{DRAFT}clauses/<int:clause>/",
        by_method(GET=clauses.clause, POST=clauses.saving),
        name="draft-clause",
    ),
    path(f"{DRAFT}clauses/<int:clause>/move/", clauses.moving, name="draft-clause-move"),
    path(f"{DRAFT}source/", documents.source, name="draft-source"),
    path(f"{DRAFT}above/", by_method(GET=above.above, POST=above.taking), name="draft-above"),
    path(f"{DRAFT}notice.toml", documents.toml, name="draft-file"),
    path(f"{DRAFT}document.<str:ending>", documents.document, name="draft-document"),
    path(f"{DRAFT}issue/", by_method(GET=issuing.issue, POST=issuing.issuing), name="draft-issue"),
    path(
        "notices/<slug:code>/changing/",
        by_method(GET=issuing.changes, POST=issuing.changing),
        name="notice-change",
    ),
    path(
        "notices/<slug:code>/withdrawal/",
        by_method(GET=issuing.withdrawal, POST=issuing.withdrawing),
        name="notice-withdrawal",
    ),
]
