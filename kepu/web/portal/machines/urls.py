from django.urls import path

from kepu.web.portal.machines import sitemaps, subscribing, views
from kepu.web.portal.machines.notices import views as notices

urlpatterns = [
    path("activities.atom", views.atom_feed, name="activities-atom"),
    path("activities.json", views.json_feed, name="activities-json"),
    path("activities.csv", views.csv_table, name="activities-csv"),
    path("activities.ics", views.icalendar, name="activities-ics"),
    path("notices.atom", notices.atom_feed, name="notices-atom"),
    path("notices.json", notices.json_feed, name="notices-json"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemaps/activities-<int:number>.xml", sitemaps.activities, name="sitemap-activities"),
]
