from django.urls import path

from kepu.web.gallery import clauses, views
from kepu.web.shared.views import by_method

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("error/<int:status>/", views.error, name="gallery-error"),
    path("clauses/", clauses.clause_forms, name="gallery-clauses"),
    path("clauses/<slug:kind>/", by_method(GET=clauses.one_form, POST=clauses.tried), name="gallery-clause"),
]
