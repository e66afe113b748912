"""Bare Django views to measure the portal against: no middleware, no layout, the same server and the same database.

``/list`` renders twenty rows of one query with the template engine, ``/one/<pk>`` one row, ``/memory`` answers from memory,
``/word`` looks a word up in the index and renders the first twenty rows that it finds.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from kepu.activities.models import Publication
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core.search import phrases, pk_of
from kepu.core.searching import Search

_LIST = """<!doctype html><html lang="zh"><head><title>{{ title }}</title></head><body><ul>{% for p in rows %}
<li class="event"{% if p.status == "cancelled" %} data-off{% endif %}>
<p class="event-time"><time datetime="{{ p.starts_at|date:'c' }}">{{ p.starts_at|date:'H:i' }}</time></p>
<div class="event-what"><p class="event-title"><a href="{% url 'one' p.pk %}">{{ p.title }}</a></p>
<p class="event-where"><span>{{ p.place_words }}</span> <span>{{ p.host_name }}</span></p>
<p class="event-marks">{% if p.mode != "offline" %}<span class="badge">{{ p.get_mode_display }}</span>{% endif %}{% if p.key_activity %}<span class="badge">key</span>{% endif %}</p></div></li>{% endfor %}
</ul></body></html>"""
_ONE = """<!doctype html><html lang="zh"><head><title>{{ p.title }}</title></head><body><h1>{{ p.title }}</h1>
<dl><dt>When</dt><dd>{{ p.starts_at|date:'c' }}–{{ p.ends_at|date:'c' }}</dd><dt>Where</dt><dd>{{ p.place_words }}</dd>
<dt>Who</dt><dd>{{ p.host_name }}</dd></dl><p>{{ p.content.summary }}</p></body></html>"""
_MEMORY = "x" * 20_000


def _whole(text: str) -> HttpResponse:
    """An answer that says how long it is: without that a server sends it in pieces."""
    content = text.encode()
    return HttpResponse(content, headers={"Content-Length": str(len(content))})


def _rows() -> QuerySet[Publication]:
    columns = ("status", "title", "host_name", "mode", "starts_at", "place_words", "key_activity")
    return Publication.objects.only(*columns).order_by("next_at", "pk")


def _list(rows: QuerySet[Publication], request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(_LIST) if "list" not in _made else _made["list"]
    _made["list"] = template
    return _whole(template.render({"rows": rows, "title": "list"}, request))


def listed(request: HttpRequest) -> HttpResponse:
    rows = _rows()
    county = request.GET.get("county")
    rows = rows.filter(season_id=int(request.GET["season"]), **({"county": county} if county else {}))
    return _list(rows[:20], request)


def one(request: HttpRequest, pk: int) -> HttpResponse:
    template = engines["django"].from_string(_ONE) if "one" not in _made else _made["one"]
    _made["one"] = template
    return _whole(template.render({"p": Publication.objects.get(pk=pk)}, request))


def memory(request: HttpRequest) -> HttpResponse:
    return _whole(_MEMORY)


def word(request: HttpRequest) -> HttpResponse:
    keys = Search(SEARCH_TABLE, phrases(request.GET["q"]), partition=request.GET["season"]).first(20)
    return _list(_rows().filter(pk__in=[pk_of(key) for key in keys]), request)


_made: dict[str, Any] = {}
urlpatterns = [
    path("list", listed),
    path("one/<int:pk>", one, name="one"),
    path("memory", memory),
    path("word", word),
]
