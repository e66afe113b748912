"""How a clause stands to the clause above it that sets the same rule: the same, added to, tightened, replaced. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kepu.notices.inheritance import STRICTNESS_WORDS, ClauseView
from kepu.notices.kinds import Mode, Strictness
from kepu.notices.kinds.base import STRICTER


class Stand(StrEnum):
    """What a clause makes of the one above."""

    FIRST = "first"  # nothing above sets this rule
    SAME = "same"
    KEPT = "kept"  # it says something else, but what is above stands
    ADDED = "added"
    TIGHTENED = "tightened"
    REPLACED = "replaced"
    SHIFTED = "shifted"  # the same demand, one level down
    PENDING = "pending"  # it waits; until then what is above stands


@dataclass(frozen=True, slots=True)
class Stance:
    """A clause beside the one above: both in words, and what comes of the two where that is neither.

    ``harder`` is how strict each is, above first, where this one is stricter.
    """

    stand: Stand
    above: ClauseView | None = None
    theirs: str = ""
    mine: str = ""
    together: str = ""
    added: tuple[str, ...] = ()  # labels that a union brings
    harder: tuple[str, ...] = ()


def stance_of(clause: ClauseView, above: ClauseView | None) -> Stance:
    """How ``clause`` stands to the nearest clause above under the same key; None is no clause."""
    if above is None:
        return Stance(Stand.PENDING if clause.is_pending else Stand.FIRST, mine=clause.params.sentence())
    mine, theirs = clause.params.sentence(), above.params.sentence()
    if clause.is_pending:
        return Stance(Stand.PENDING, above, theirs, mine)
    if clause.kind != above.kind:
        return Stance(Stand.REPLACED, above, theirs, mine)
    together = clause.params.combine(above.params, clause.mode)
    stand = _stand(clause, above)
    said = together.sentence() if stand in (Stand.TIGHTENED, Stand.ADDED) else ""
    added = _labels(together) - _labels(above.params) if stand is Stand.ADDED else set()
    labels = tuple(label for code, label in _items(together) if code in added)
    together_words = "" if said in (mine, theirs) else said
    if mine == theirs and clause.params != above.params:  # what differs is not in the sentence
        theirs, mine = above.told(), clause.told()
    harder: tuple[str, ...] = ()
    if stand is Stand.TIGHTENED and _harder(clause.strictness, above.strictness):
        harder = (str(STRICTNESS_WORDS[above.strictness]), str(STRICTNESS_WORDS[clause.strictness]))
    return Stance(stand, above, theirs, mine, together_words, labels, harder)


def _stand(clause: ClauseView, above: ClauseView) -> Stand:
    if clause.params == above.params:
        harder = clause.mode is Mode.TIGHTEN and _harder(clause.strictness, above.strictness)
        return Stand.TIGHTENED if harder else Stand.SAME
    if clause.mode is Mode.FIXED:
        return Stand.SAME if not clause.params.differs_from(above.params) else Stand.KEPT
    if clause.mode is Mode.SHIFT:
        return Stand.SHIFTED
    if clause.mode is Mode.REPLACE:
        return Stand.REPLACED
    together = clause.params.combine(above.params, clause.mode)
    if together == above.params and not _harder(clause.strictness, above.strictness):
        return Stand.KEPT
    if clause.mode is Mode.UNION:
        merged = together != clause.params or _labels(together) > _labels(above.params)
        return Stand.ADDED if merged else Stand.REPLACED  # what is no list says it anew in its own words
    return Stand.TIGHTENED


def _harder(mine: Strictness, theirs: Strictness) -> bool:
    return STRICTER.index(mine) > STRICTER.index(theirs)


def _items(params: object) -> list[tuple[str, str]]:
    """Codes and labels of what is a list; entries without a code are their own."""
    labels = getattr(params, "labels", None)
    if callable(labels):
        return list(labels().items())
    return [
        (getattr(item, "code", item), str(getattr(item, "label", item)))
        for item in getattr(params, "items", ())
    ]


def _labels(params: object) -> set[str]:
    return {code for code, _label in _items(params)}
