"""Where things are. Each part of a face brings its own addresses."""

from django.urls import include, path

from kepu.web.shared import errors, health, language, looks, rehearsal, robots

urlpatterns = [
    path("", include("kepu.web.portal.urls")),
    path("api/", include("kepu.api.urls")),
    path("workspace/", include("kepu.web.workspace.urls")),
    path("feeds/", include("kepu.web.feeds.urls")),
    path("accounts/", include("kepu.web.signin.urls")),
    path("accounts/personal/", include("kepu.web.personal.urls")),
    path("", include("kepu.web.signin.issuing_urls")),
    path("invitations/", include("kepu.web.invitations.urls")),
    path("language/", language.choice, name="language"),
    path("look/", looks.look, name="look"),
    path("healthz", health.health, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    # these two answer 404 where a real season runs
    path("rehearsal/clock/", rehearsal.clock, name="rehearsal-clock"),
    path("gallery/", include("kepu.web.gallery.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.fault
