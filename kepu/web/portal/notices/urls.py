from django.urls import path

from kepu.web.portal.caching import public
from kepu.web.portal.notices import views
from kepu.web.portal.notices.why import why

urlpatterns = [
    path("notices/", public(views.notices), name="notices"),
    path("notices/in-force/", public(views.in_force), name="in-force"),
    path("notices/why/", public(why), name="why"),
    path("notices/<slug:season>/<slug:code>/", public(views.notice), name="notice"),
    path("notices/<slug:season>/<slug:code>.toml", public(views.notice_file), name="notice-file"),
]
