from django.urls import path

from kepu.web.portal.error_reports import views
from kepu.web.shared.views import by_method

urlpatterns = [
    path(
        "activities/<int:pk>/error-report/",
        by_method(GET=views.blank, POST=views.reporting),
        name="error-report-new",
    ),
    path("error-reports/<uuid:report>/", views.report, name="error-report"),
]
