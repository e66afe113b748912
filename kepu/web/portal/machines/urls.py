from django.urls import path

from kepu.web.portal.machines import sitemaps, subscribing, views

urlpatterns = [
    path("activities.atom", views.atom_feed, name="activities-atom"),
    path("activities.json", views.json_feed, name="activities-json"),
    path("activities.csv", views.csv_table, name="activities-csv"),
    path("activities.ics", views.icalendar, name="activities-ics"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemaps/activities-<int:number>.xml", sitemaps.activities, name="sitemap-activities"),
]
