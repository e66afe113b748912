"""Keeping the list of words that reviewers are to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.models import WatchWord
from kepu.activities.records import unfit
from kepu.activities.watching import folded
from kepu.activities.workflow import Event
from kepu.core import audit
from kepu.core.db import transaction
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place

MOST = 500  # of one place
LONGEST, LONGEST_NOTE = 40, 200


@transaction
def add_watch_words(
    place: Place, words: Sequence[tuple[str, str]], *, by: Actor, at: datetime
) -> list[WatchWord]:
    """Add words with their notes to the list of a place; those that stand there already, however written, stay.

    Returns the new ones. Raises :class:`Incomplete` for none, for one that is too short or too long, and for too many.
    """
    rules.check_keep_words(by, place)
    wanted: dict[str, tuple[str, str]] = {}
    for word, remark in words:
        _check(word, remark)
        wanted.setdefault(folded(word), (word.strip(), remark.strip()))
    if not wanted:
        raise unfit(_("请写至少一个词语。"), "words")
    there = WatchWord.objects.filter(place_path=place.path)
    known = set(there.order_by("pk").values_list("folded", flat=True))
    new = {key: pair for key, pair in wanted.items() if key not in known}
    if len(known) + len(new) > MOST:
        raise unfit(
            _("一个地方最多%(most)s个词语，现在有%(now)s个。") % {"most": MOST, "now": len(known)}, "words"
        )
    made = []
    for key, (word, remark) in new.items():
        row = WatchWord.objects.create(
            place_path=place.path, word=word, folded=key, note=remark, unit_id=by.unit_id or 0, since=at
        )
        audit.record(Event.WORDS_ADDED, row, by=by, at=at, word=word)
        made.append(row)
    return made


@transaction
def remove_watch_word(word: WatchWord, *, by: Actor, at: datetime) -> None:
    """Take a word from the list. Taking one that is gone does nothing."""
    rules.check_keep_words(by, word)
    if not WatchWord.objects.filter(pk=word.pk).exists():
        return
    audit.record(Event.WORDS_REMOVED, word, by=by, at=at, word=word.word)
    WatchWord.objects.filter(pk=word.pk).delete()


def _check(word: str, remark: str) -> None:
    if "\0" in word + remark:
        raise unfit(_("词语里有不能保存的字符。"), "words")
    if len(folded(word)) < 2 or len(word.strip()) > LONGEST:
        raise unfit(
            _("“%(word)s”：词语要有2到%(most)s个字。") % {"word": word[:LONGEST], "most": LONGEST}, "words"
        )
    if len(remark.strip()) > LONGEST_NOTE:
        raise unfit(
            _("“%(word)s”：说明最多%(most)s个字。") % {"word": word.strip(), "most": LONGEST_NOTE}, "words"
        )
