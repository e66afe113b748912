"""Walking the chain: is every row still the one that was written, and does it follow the one before it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kepu.core.audit.anchors import Anchor, Head
from kepu.core.audit.rows import STRANDS, digest
from kepu.core.models import AuditEntry, AuditStrand


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    strand: int
    seq: int
    why: str


def verify(*, since: Iterable[Anchor] = ()) -> Iterator[Break]:
    """Walk every strand from its beginning; yields each break. Memory stays flat, the time grows with the trace.

    Each anchor must still find its rows: whoever rewrites the whole chain and its heads cannot rewrite what was kept
    elsewhere.
    """
    anchors = list(since)
    for number in range(1, STRANDS + 1):
        yield from verify_strand(number, anchors=anchors)
    yield from strangers()


def strangers() -> Iterator[Break]:
    """Rows that stand in no strand of ours."""
    for row in (
        AuditEntry.objects.exclude(strand__range=(1, STRANDS)).order_by("id").iterator(chunk_size=2000)
    ):
        yield Break(row.strand, row.seq, _("这条链上不该有行"))


def verify_strand(
    number: int, *, after: Head = (0, ""), upto: Head | None = None, anchors: Sequence[Anchor] = ()
) -> Iterator[Break]:
    """The breaks of one strand.

    ``after`` is the head up to which it was verified before, ``upto`` the head to come to (the present one unless said).
    """
    seq, previous = after
    kept = {length: head for length, head in (anchor.heads[number] for anchor in anchors) if length > seq}
    head = upto if upto is not None else _head(number)
    rows = AuditEntry.objects.filter(strand=number, seq__gte=max(seq, 1)).order_by("seq")
    if upto is not None:
        rows = rows.filter(seq__lte=max(upto[0], seq))
    walk = rows.iterator(chunk_size=2000)
    if seq:  # the row where the last check stopped must still be that row
        first = next(walk, None)
        if first is None or (first.seq, first.hash) != after or digest(first) != first.hash:
            yield Break(number, seq, _("上次核验到的这一行不见了，或被改写"))
    for row in walk:
        seq += 1
        if row.seq != seq:
            yield Break(number, seq, _("少了一行，或次序不对"))
            seq = row.seq
        if row.previous != previous:
            yield Break(number, row.seq, _("接不上前一行"))
        if digest(row) != row.hash:
            yield Break(number, row.seq, _("写入之后被改过"))
        if seq in kept and kept.pop(seq) != row.hash:
            yield Break(number, seq, _("与另存的链头不符：这一行和它之前的行被整体改写过"))
        previous = row.hash
    for length in sorted(kept):
        yield Break(number, length, _("另存的链头所指的行不见了"))
    if head is None and seq:
        yield Break(number, seq, _("链头不见了"))
    elif head is not None and head != (seq, previous):
        yield Break(number, seq, _("链尾少了行，或链头被改过"))


def _head(number: int) -> Head | None:
    return AuditStrand.objects.filter(pk=number).values_list("length", "head").first()
