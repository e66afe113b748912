"""Acts on a draft: begin one, keep what is typed, decide on proposals, order clauses, take rules over from above.

Everything is kept as it was typed, faults included; only issuing asks for more. Two people may write at once: each
clause has a version of its own, and whoever saves over a newer one is told so and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, StaleState
from kepu.notices import rules
from kepu.notices.format.schema import ClauseCode
from kepu.notices.inheritance import InForce
from kepu.notices.kinds import Mode, kinds
from kepu.notices.models import ClauseState, DraftClause, DraftOrigin, DraftState, Notice, NoticeDraft, Season
from kepu.notices.modes import taken, ways_open
from kepu.notices.workflow import Event
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place

MOST_CLAUSES = 600
_CODES = TypeAdapter(ClauseCode)


@transaction
def start_draft(
    *,
    season: Season,
    place: Place,
    line: Line | None,
    origin: DraftOrigin,
    header: Mapping[str, Any],
    clauses: Sequence[Mapping[str, Any]] = (),
    about: Notice | None = None,
    source: tuple[str, str] = ("", ""),
    found: Sequence[Mapping[str, Any]] = (),
    by: Actor,
    at: datetime,
) -> NoticeDraft:
    """Begin a notice. ``clauses``: rows for :class:`DraftClause` (data, state, proposal, above); ``source``: name and text."""
    unit = rules.check_start_draft(by, place, line)
    if not season.is_open and origin != DraftOrigin.SEASON:
        raise StaleState(_("“%(season)s”已经结束，不再起草通知。") % {"season": season})
    if len(clauses) > MOST_CLAUSES:
        raise Incomplete(_("一份通知最多%(n)s条。请分成几份。") % {"n": MOST_CLAUSES})
    draft = NoticeDraft.objects.create(
        season=season, unit=unit, place=place, line=line, title=str(header.get("title") or "")[:200], header=dict(header),
        origin=origin, about=about, source_name=source[0][:200], source_text=source[1], found=list(found),
        made_at=at, changed_at=at, changed_by_id=by.person_id,
    )  # fmt: skip
    rows = [
        DraftClause(
            draft=draft, position=(i + 1) * 10, code=row["data"]["id"], kind=row["data"]["kind"], **row
        )
        for i, row in enumerate(clauses)
    ]
    DraftClause.objects.bulk_create(rows)
    audit.record("notice_draft.started", draft, by=by, at=at, origin=origin, clauses=len(rows))
    return draft


@transaction
def save_header(
    draft: NoticeDraft, header: Mapping[str, Any], *, version: int, by: Actor, at: datetime
) -> None:
    """Keep the header as typed. Raises StaleState when somebody saved it since ``version``."""
    open_for_writing(draft, by)
    kept = {**header, "season": draft.season.code, "place": draft.place.code}
    if draft.line is not None:
        kept["line"] = draft.line.code
    if version == draft.version and kept == draft.header:
        return
    if version != draft.version:
        raise StaleState(_("文头刚被另一位同事改过。您填的还在下面；再保存一次，就以您的为准。"))
    NoticeDraft.objects.filter(pk=draft.pk).update(
        header=kept, title=str(kept.get("title") or "")[:200], version=version + 1, changed_at=at,
        changed_by_id=by.person_id,
    )  # fmt: skip
    draft.refresh_from_db()
    audit.record("notice_draft.header_saved", draft, by=by, at=at)


@transaction
def add_clause(
    draft: NoticeDraft, kind: str, *, by: Actor, at: datetime, after: DraftClause | None = None
) -> DraftClause:
    """Add an empty clause of a kind at the end, or after another."""
    open_for_writing(draft, by)
    if kind not in kinds():
        raise Incomplete(_("没有这一种条款。请从列表里选。"))
    code = _free_code(draft)
    number = str(after.data.get("number", "")) if after is not None else ""
    row = _put(draft, {"id": code, "number": number, "kind": kind}, at=at, by=by, after=after)
    audit.record("notice_draft.clause_added", draft, by=by, at=at, clause=code, kind=kind)
    return row


@transaction
def take_over_rule(draft: NoticeDraft, rule: InForce, mode: Mode, *, by: Actor, at: datetime) -> DraftClause:
    """Put a rule from above into the draft under a mode. Refused, with the reason, where the mode is not open."""
    open_for_writing(draft, by)
    way = next((w for w in ways_open(rule) if w.mode is mode), None)
    if way is None or not way.is_open:
        raise Incomplete(way.why_not if way else _("没有这种写法。"))
    above = f"{rule.clause.notice.code}#{rule.clause.code}"
    known = draft.clauses.filter(above=above).exclude(state=ClauseState.REJECTED).first()
    if known is not None:
        raise StaleState(_("这一条已经写在稿子里了（%(code)s）。请在那里改。") % {"code": known.code})
    code = _free_code(draft)
    row = _put(draft, taken(rule, mode, code=code), at=at, by=by, above=above)
    audit.record("notice_draft.rule_taken", draft, by=by, at=at, clause=code, above=above, mode=mode)
    return row


@transaction
def save_clause(
    row: DraftClause,
    data: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
    state: ClauseState | None = None,
) -> DraftClause:
    """Keep a clause as typed, and decide on it when ``state`` is given. Raises StaleState when it was saved since."""
    draft = row.draft
    open_for_writing(draft, by)
    kept = {**data, "kind": row.kind}
    code = str(kept.get("id") or row.code)
    kept["id"] = code
    decided = state or ClauseState(row.state)
    if kept == row.data:  # what stands there is what was typed: nothing of anybody's is written over
        if decided == row.state:
            return row
        version = row.version
    if code != row.code:
        _check_code(row, code)
    moved = DraftClause.objects.filter(pk=row.pk, version=version).update(
        data=kept, code=code, state=decided, version=F("version") + 1
    )
    if not moved:
        raise StaleState(_("这一条刚被另一位同事改过。您填的还在下面；再保存一次，就以您的为准。"))
    _touch(draft, by=by, at=at)
    audit.record("notice_draft.clause_saved", draft, by=by, at=at, clause=code, state=decided)
    row.refresh_from_db()
    return row


@transaction
def decide_clauses(
    draft: NoticeDraft, codes: Sequence[str], state: ClauseState, *, by: Actor, at: datetime
) -> int:
    """Confirm proposals, set them aside, or take them back. Returns how many changed; those already so are passed over."""
    open_for_writing(draft, by)
    rows = draft.clauses.filter(code__in=codes).exclude(state=state)
    changed = list(rows.order_by("position").values_list("code", flat=True))
    rows.update(state=state, version=F("version") + 1)
    if changed:
        _touch(draft, by=by, at=at)
        audit.record("notice_draft.clauses_decided", draft, by=by, at=at, clauses=changed, state=state)
    return len(changed)


@transaction
def move_clause(row: DraftClause, *, up: bool, by: Actor, at: datetime) -> None:
    """Change places with the clause before or after it; at the end of the list nothing happens."""
    draft = row.draft
    open_for_writing(draft, by)
    order = list(draft.clauses.order_by("position", "id").values_list("pk", flat=True))
    here = order.index(row.pk)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    _renumber_positions(order)
    _touch(draft, by=by, at=at)
    audit.record("notice_draft.clause_moved", draft, by=by, at=at, clause=row.code, up=up)


@transaction
def move_clauses(
    draft: NoticeDraft, codes: Sequence[str], *, after: DraftClause | None, by: Actor, at: datetime
) -> int:
    """Put clauses right behind another, or first, in the order in which they stand. Returns how many there are."""
    open_for_writing(draft, by)
    order = [(c.pk, c.code) for c in draft.clauses.order_by("position", "id").only("pk", "code")]
    moved = [pk for pk, code in order if code in codes and (after is None or pk != after.pk)]
    placed = [pk for pk, _code in order if pk not in moved]
    there = 0 if after is None else placed.index(after.pk) + 1
    placed[there:there] = moved
    if placed != [pk for pk, _code in order]:
        _renumber_positions(placed)
        _touch(draft, by=by, at=at)
        told = [code for pk, code in order if pk in moved]
        audit.record(
            Event.DRAFT_CLAUSES_MOVED, draft, by=by, at=at, clauses=told, after=after.code if after else ""
        )
    return len(moved)


@transaction
def discard_draft(draft: NoticeDraft, *, by: Actor, at: datetime) -> None:
    """Set a draft aside; it can be taken back, nothing is deleted."""
    open_for_writing(draft, by)
    NoticeDraft.objects.filter(pk=draft.pk).update(state=DraftState.DISCARDED, changed_at=at)
    audit.record("notice_draft.discarded", draft, by=by, at=at)


@transaction
def restore_draft(draft: NoticeDraft, *, by: Actor, at: datetime) -> None:
    """Take a draft back that was set aside. Idempotent."""
    if not rules.drafts_visible_to(by).filter(pk=draft.pk).exists():
        rules.check_write_draft(by, draft)
    moved = NoticeDraft.objects.filter(pk=draft.pk, state=DraftState.DISCARDED).update(
        state=DraftState.OPEN, changed_at=at
    )
    if moved:
        audit.record("notice_draft.restored", draft, by=by, at=at)


@in_transaction
def open_for_writing(draft: NoticeDraft, by: Actor) -> None:
    """Hold the draft's row until the commit, so that codes and places in the list are given out once."""
    locked = NoticeDraft.objects.select_for_update().get(pk=draft.pk)
    draft.state, draft.version = locked.state, locked.version
    rules.check_write_draft(by, draft)


@in_transaction
def _put(
    draft: NoticeDraft,
    data: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    above: str = "",
    after: DraftClause | None = None,
) -> DraftClause:
    last = draft.clauses.aggregate(last=Max("position"))["last"] or 0
    if draft.clauses.count() >= MOST_CLAUSES:
        raise Incomplete(_("一份通知最多%(n)s条。请分成几份。") % {"n": MOST_CLAUSES})
    row = DraftClause.objects.create(
        draft=draft, position=last + 10, code=data["id"], kind=data["kind"], data=data, above=above
    )
    if after is not None:
        order = [
            pk for pk in draft.clauses.order_by("position", "id").values_list("pk", flat=True) if pk != row.pk
        ]
        order.insert(order.index(after.pk) + 1, row.pk)
        _renumber_positions(order)
    _touch(draft, by=by, at=at)
    return row


@in_transaction
def _check_code(row: DraftClause, code: str) -> None:
    """A clause is found by its code, so a wrong one is not kept even in a draft."""
    try:
        _CODES.validate_python(code)
    except ValidationError:
        said = _(
            "条款编号“%(code)s”写法不对，没有保存。只用英文字母、数字、点、横线和下划线，最多40个，例如 LX-05。"
        )
        raise Incomplete(said % {"code": code[:60]}) from None
    if row.draft.clauses.filter(code=code).exclude(pk=row.pk).exists():
        raise Incomplete(_("条款编号“%(code)s”已经用在另一条上，没有保存。请换一个。") % {"code": code})


@in_transaction
def _touch(draft: NoticeDraft, *, by: Actor, at: datetime) -> None:
    NoticeDraft.objects.filter(pk=draft.pk).update(changed_at=at, changed_by_id=by.person_id)


@in_transaction
def _renumber_positions(order: Sequence[int]) -> None:
    rows = [DraftClause(pk=pk, position=(i + 1) * 10) for i, pk in enumerate(order)]
    DraftClause.objects.bulk_update(rows, ["position"])


def _free_code(draft: NoticeDraft) -> str:
    taken_codes = set(draft.clauses.values_list("code", flat=True))
    n = len(taken_codes) + 1
    while f"C-{n:02d}" in taken_codes:
        n += 1
    return f"C-{n:02d}"
