"""The words that reviewers are to look at: kept by whoever coordinates a place, for the reviews there and below."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.activities.actions import add_watch_words, remove_watch_word
from kepu.activities.models import WatchWord
from kepu.core.fields import ancestors
from kepu.core.paging import page as page_of
from kepu.orgs.models import Place, Role
from kepu.orgs.queries import place_names
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes

PER_PAGE = 50
_BETWEEN = re.compile(r"[,，\t]")


class WordsForm(Form):
    """One word a line, a comma, and what to look at."""

    place = forms.ChoiceField(label=lazy("哪个地区"))
    words = forms.CharField(
        label=lazy("词语"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=lazy("一行一个；要说明看什么的，用逗号隔开写在后面。可以从表格里整列粘贴。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, places: list[Place], names: dict[str, str]) -> None:
        super().__init__(data)
        self.places = {place.code: place for place in places}
        self.fields["place"].choices = [(p.code, names[p.path] or _("全国")) for p in places]  # type: ignore[attr-defined]

    def pairs(self) -> list[tuple[str, str]]:
        """The words with their notes."""
        lines = [line.strip() for line in self.cleaned_data["words"].splitlines()]
        split = [_BETWEEN.split(line, maxsplit=1) for line in lines if line]
        return [(parts[0], parts[1] if len(parts) > 1 else "") for parts in split]


@workspace(roles=(Role.COORDINATOR,))
@reads
def words(request: Request) -> HttpResponse:
    """The words of the places coordinated, and those of the places above, which hold here too."""
    return _words(request)


@workspace(roles=(Role.COORDINATOR,))
@writes
def adding(request: Request) -> HttpResponse:
    """Add words, one or a whole column."""
    places, names = _places(request)
    form = WordsForm(request.POST, places=places, names=names)
    if form.is_valid():
        with form.keeping_refusals():
            place = form.places[form.cleaned_data["place"]]
            made = add_watch_words(place, form.pairs(), by=request.actor, at=request.at)
            n = len(made)
            said = ngettext("添加了 %(n)s 个词语。", "添加了 %(n)s 个词语。", n) % {"n": n}
            return done(request, said if n else _("这些词语都已经有了。"), to="workspace:review-words")
    return _words(request, form)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:review-words")
def removal(request: Request, pk: int) -> HttpResponse:
    """Take a word away."""
    own = WatchWord.objects.filter(place_path__in=[place.path for place in _places(request)[0]])
    word = get_object_or_404(own, pk=pk)
    remove_watch_word(word, by=request.actor, at=request.at)
    return done(request, _("已去掉“%(word)s”。") % {"word": word.word}, to="workspace:review-words")


def _words(request: Request, form: WordsForm | None = None) -> HttpResponse:
    places, names = _places(request)
    own = {place.path for place in places}
    heard = {above for path in own for above in ancestors(path)}
    rows = WatchWord.objects.filter(place_path__in=heard)
    found = page_of(rows, order=("-id",), cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    named = {**place_names({word.place_path for word in found.items} - names.keys()), **names}
    context = {
        "page": found, "form": form or WordsForm(places=places, names=names), "places": places,
        "rows": [{"word": word, "place": named.get(word.place_path) or _("全国"), "own": word.place_path in own} for word in found.items],
    }  # fmt: skip
    return page(request, "workspace/reviews/words.html", context)


def _places(request: Request) -> tuple[list[Place], dict[str, str]]:
    """The places that the actor coordinates, with their names. Two queries."""
    paths = request.actor.places_as(Role.COORDINATOR)
    return list(Place.objects.filter(path__in=paths).order_by("path")), place_names(paths)
