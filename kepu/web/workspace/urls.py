from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace import notes, notice_log, rules, units, views
from kepu.web.workspace.activities.urls import urlpatterns as activities
from kepu.web.workspace.applications.urls import urlpatterns as applications
from kepu.web.workspace.area.urls import urlpatterns as area
from kepu.web.workspace.calendar.urls import urlpatterns as calendar
from kepu.web.workspace.deliveries.urls import urlpatterns as deliveries
from kepu.web.workspace.desk.urls import urlpatterns as desk
from kepu.web.workspace.doubles.urls import urlpatterns as doubles
from kepu.web.workspace.duties.urls import urlpatterns as duties
from kepu.web.workspace.hooks.urls import urlpatterns as hooks
from kepu.web.workspace.incidents.urls import urlpatterns as incidents
from kepu.web.workspace.intake.urls import urlpatterns as intake
from kepu.web.workspace.operations.urls import urlpatterns as operations
from kepu.web.workspace.people.urls import urlpatterns as people
from kepu.web.workspace.programme.urls import urlpatterns as programme
from kepu.web.workspace.received.urls import urlpatterns as received
from kepu.web.workspace.registry.urls import urlpatterns as registry
from kepu.web.workspace.returns.urls import urlpatterns as returns
from kepu.web.workspace.reviews.urls import urlpatterns as reviews
from kepu.web.workspace.seasons_desk.urls import urlpatterns as seasons_desk
from kepu.web.workspace.support.urls import urlpatterns as support
from kepu.web.workspace.trace.urls import urlpatterns as trace

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("unit/", by_method(GET=units.choices, POST=units.choice), name="unit"),
    *activities,
    *incidents,
    *programme,
    *intake,
    *reviews,
    *doubles,
    *duties,
    *returns,
    *area,
    *people,
    *operations,
    *received,
    *deliveries,
    *calendar,
    *desk,
    *seasons_desk,
    *hooks,
    *support,
    *trace,
    *registry,
    *applications,
    path("rules/", rules.rules, name="rules"),
    path("notices/<slug:season>/<slug:code>/log/", notice_log.log, name="notice-log"),
    path("messages/", notes.messages, name="messages"),
    path("messages/reading/", notes.reading_all, name="messages-reading"),
    path("messages/<int:pk>/reading/", notes.reading, name="message-reading"),
]
