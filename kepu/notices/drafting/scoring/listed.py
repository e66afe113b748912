"""What notices list: each item counts for itself.

=========== =================================================================================================
indicator   the same label, and the same weight where the true one has a weight
mark        the same label, as a mark or as words that must be carried
track       nearly the same label, whichever tree it hangs in
list        nearly the same label in the same list; lists that filings use are told apart by their codes, others
            only by what they hold
party       the same body (or title, where no bodies are named) in the same part
=========== =================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.head import JOINT
from kepu.notices.drafting.scoring.items import Group, Item, clauses
from kepu.notices.drafting.scoring.words import alike, plain, same_body
from kepu.notices.format.schema import NoticeFile

_NEARLY = 0.8
_OF_FILINGS = frozenset({"fields", "entries", "audiences", "formats"})


def _items(kind: str, part: str = "items") -> Any:
    def found(notice: NoticeFile) -> Iterator[Item]:
        for clause in clauses(notice, kind):
            title = getattr(clause.params, "title", None) or clause.params.code
            for item in getattr(clause.params, part):
                said = gettext("%(id)s %(title)s：%(item)s") % {
                    "id": clause.id,
                    "title": title,
                    "item": item.label,
                }
                yield Item(said, (clause.params.code, item), clause)

    return found


def _same_indicator(one: Any, other: Any) -> float:
    (_code, a), (_other, b) = one, other
    return alike(a.label, b.label) if _nearly(a, b) and a.weight == b.weight else 0.0


def _same_mark(one: Any, other: Any) -> float:
    (code, a), (their_code, b) = one, other
    names = [re.sub("标识|徽标|标志|字样", "", plain(item.label)) for item in (a, b)]
    return float(names[0] == names[1] and (code == "labels") == (their_code == "labels"))


def _same_node(one: Any, other: Any) -> float:
    (code, a), (their_code, b) = one, other
    return alike(a.label, b.label) + 0.2 * (code == their_code) if _nearly(a, b) else 0.0


def _same_entry(one: Any, other: Any) -> float:
    (code, a), (their_code, b) = one, other
    if code != their_code and {code, their_code} & _OF_FILINGS:
        return 0.0
    return alike(a.label, b.label) + 0.2 * (code == their_code) if _nearly(a, b) else 0.0


def _nearly(a: Any, b: Any) -> bool:
    return alike(a.label, b.label) >= _NEARLY


def _parties(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "party"):
        party = clause.party
        if party.role == JOINT and party.members:
            continue  # counted with the head
        for name in [m.name for m in party.members] or [party.title]:
            yield Item(
                gettext("%(id)s %(title)s：%(item)s") % {"id": clause.id, "title": party.title, "item": name},
                (party.role, name),
                clause,
            )


def _same_party(one: Any, other: Any) -> float:
    (role, name), (their_role, their_name) = one, other
    return same_body(name, their_name) if role == their_role else 0.0


GROUPS = (
    Group("indicator", _("评价指标"), _items("indicator"), _same_indicator),
    Group("mark", _("标识"), _items("mark"), _same_mark),
    Group("track", _("板块和行动"), _items("track", "nodes"), _same_node),
    Group("list", _("清单"), _items("list"), _same_entry),
    Group("party", _("各方"), _parties, _same_party),
)
