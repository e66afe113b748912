"""Why one rule holds for somebody: the whole explanation under one address, to be passed on, printed and put into mails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.http import HttpResponse

from kepu.core.calendar import day_of
from kepu.notices.inheritance import NoticeView, Rules
from kepu.notices.models import Clause, Season
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.notices.views import season_asked
from kepu.web.portal.notices.whom import asked, whom_of
from kepu.web.portal.wording import full_day
from kepu.web.request import Request
from kepu.web.shared.views import page, reads

MOST_LIKE = 8


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that might have been meant."""

    key: str
    sentence: str
    address: str


@reads
def why(request: Request) -> HttpResponse:
    """The chain of a rule for a place and a kind of unit, what is pending in it, and what is not known. Five queries."""
    season, key = season_asked(request), asked(request, "key")
    book = rule_book(season)
    whom = whom_of(request, book.names, usual="CN")
    context: dict[str, Any] = {"season": season, "key": key, "whom": whom}
    if whom.profile is None:
        return page(request, "portal/notices/why-unknown.html", {**context, "near": []}, status=404)
    rules = book.rules_of(whom.profile, request.at)
    if key not in rules and key not in rules.frames and not _is_set(season, key):
        return page(
            request, "portal/notices/why-unknown.html", {**context, "near": _near(rules, key)}, status=404
        )
    why = rules.explanation(key)
    context |= {
        "why": why, "rule": why.rule, "silent": _silent(rules, key),
        "canonical": whole_address(why.address), "day": full_day(day_of(request.at)),
    }  # fmt: skip
    return page(request, "portal/notices/why.html", context)


def _is_set(season: Season, key: str) -> bool:
    """Whether any notice of the season sets the rule, be it for others. One query."""
    return Clause.objects.filter(notice__season=season, key=key).exists()


def _silent(rules: Rules, key: str) -> list[NoticeView]:
    """The notices that reach whom is asked after and say nothing of the rule: silence changes nothing."""
    rule = rules.get(key)
    speaking = {clause.notice.id for clause in (*(rule.chain if rule else ()), *rules.frames.get(key, ()))}
    return [notice for notice in rules.notices if notice.id not in speaking and not notice.is_placeholder]


def _near(rules: Rules, key: str) -> list[Near]:
    """Rules in force whose keys are like the one that was asked: by spelling, else by their beginning."""
    found = get_close_matches(key, list(rules), MOST_LIKE, 0.6) if key else []
    found += _beginning_alike(rules, key)
    return [
        Near(like, rules[like].sentence(), rules.explanation(like).address)
        for like in list(dict.fromkeys(found))[:MOST_LIKE]
    ]


def _beginning_alike(rules: Iterable[str], key: str) -> list[str]:
    first = key.partition(".")[0]
    return [like for like in rules if first and like.partition(".")[0] == first]
