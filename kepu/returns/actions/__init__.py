"""The acts on returns: writing, handing in, sending back, accepting, releasing; and handing a duty to another."""

from kepu.returns.actions.delegating import delegate_duty, end_delegation
from kepu.returns.actions.handing import (
    accept_return,
    amend_return,
    digest_of,
    hand_in_return,
    release_duty,
    return_return,
    save_return,
)

__all__ = [
    "accept_return",
    "amend_return",
    "delegate_duty",
    "digest_of",
    "end_delegation",
    "hand_in_return",
    "release_duty",
    "return_return",
    "save_return",
]
