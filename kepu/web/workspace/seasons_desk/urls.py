from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.seasons_desk import comparing, copying

urlpatterns = [
    path("seasons/compare/", comparing.compare, name="season-compare"),
    path("seasons/compare.csv", comparing.sheet, name="season-compare-sheet"),
    path("seasons/new/", by_method(GET=copying.new, POST=copying.opening), name="season-new"),
    path(
        "seasons/<slug:code>/copying/",
        by_method(GET=copying.progress, POST=copying.resuming),
        name="season-copying",
    ),
]
