"""An anchor: the sixteen heads at an instant, short enough to be mailed or printed and kept where Kepu cannot reach it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from kepu.core.audit import offline
from kepu.core.audit.rows import STRANDS
from kepu.core.models import AuditStrand
from kepu.core.refusals import Incomplete

Head = tuple[int, str]  # how long a strand is, and the hash it ends with


@dataclass(frozen=True, slots=True)
class Anchor:
    """Every strand's head at an instant."""

    at: datetime | None
    heads: Mapping[int, Head]

    @property
    def rows(self) -> int:
        return sum(length for length, _head in self.heads.values())

    def text(self) -> str:
        """The anchor as lines; the last one is the sum of those above, so that a slip of the pen shows."""
        at = self.at.astimezone(UTC).isoformat() if self.at else ""
        lines = [f"kepu-anchor 1 {at}"]
        lines += [f"{number} {length} {head or '-'}" for number, (length, head) in sorted(self.heads.items())]
        body = "\n".join(lines) + "\n"
        return f"{body}sum {hashlib.sha256(body.encode()).hexdigest()}\n"

    @classmethod
    def read(cls, text: str) -> Anchor:
        """The anchor of a text. Raises :class:`Incomplete` for what is none, or was changed."""
        try:
            heads = {
                n: (length, "" if head == "-" else head)
                for n, (length, head) in offline.read_anchor(text).items()
            }
            said = text.split("\n", 1)[0].split(" ")[-1].strip()
            at = datetime.fromisoformat(said) if said != "1" else None
        except ValueError as fault:
            raise Incomplete(
                _("这不是“kepu audit anchor”打出的链头，或抄写有误。请换一份原样保存的。")
            ) from fault
        if set(heads) != set(range(1, STRANDS + 1)):
            raise Incomplete(_("链头应当正好有 %(n)s 行。请换一份原样保存的。") % {"n": STRANDS})
        return cls(at, heads)


def anchor_now(at: datetime) -> Anchor:
    """The heads as they stand. One query."""
    there = {
        pk: (length, head)
        for pk, length, head in AuditStrand.objects.order_by("pk").values_list("pk", "length", "head")
    }
    return Anchor(at, {number: there.get(number, (0, "")) for number in range(1, STRANDS + 1)})
