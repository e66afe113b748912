from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.intake import acts, columns, downloads, lines, starting, views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", by_method(GET=starting.new, POST=starting.starting), name="import-new"),
    path("imports/template/", downloads.template, name="import-template"),
    path("imports/<int:pk>/", views.sheet, name="import"),
    path("imports/<int:pk>/columns/", by_method(GET=columns.columns, POST=columns.choosing), name="import-columns"),
    path("imports/<int:pk>/lines/<int:line>/", by_method(GET=lines.one, POST=lines.changing), name="import-line"),
    path("imports/<int:pk>/lines/<int:line>/splitting/", lines.splitting, name="import-splitting"),
    path("imports/<int:pk>/faulty/", downloads.faulty, name="import-faulty"),
    path("imports/<int:pk>/filing/", acts.filing, name="import-filing"),
    path("imports/<int:pk>/cancellation/", acts.cancellation, name="import-cancellation"),
    path("imports/<int:pk>/resuming/", acts.resuming, name="import-resuming"),
]  # fmt: skip
