"""The trace of every act: append-only, chained by hash, verified by a command.

Rows of one act go into one strand, chosen by the first thing the act touched, and are written last, so that acts on
different things seldom wait for each other and never in a circle. A strand's head row holds its length and last hash:
a changed, removed, inserted or reordered row breaks the chain, a cut tail disagrees with the head. Somebody who
rewrites rows and heads together is found by an anchor: the sixteen heads, kept elsewhere.
"""

from kepu.core.audit.anchors import Anchor, anchor_now
from kepu.core.audit.chain import Break, strangers, verify, verify_strand
from kepu.core.audit.checks import check_trace, last_check
from kepu.core.audit.rows import STRANDS, digest
from kepu.core.audit.writing import Doer, of, record

__all__ = [
    "STRANDS", "Anchor", "Break", "Doer", "anchor_now", "check_trace", "digest", "last_check", "of", "record", "strangers", "verify",
    "verify_strand",
]  # fmt: skip
