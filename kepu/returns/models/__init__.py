"""Returns with their frozen versions, and the duties that a unit has handed to another to answer."""

from kepu.returns.models.delegations import Delegation, DelegationQuerySet
from kepu.returns.models.returns import Return, ReturnQuerySet, ReturnVersion

__all__ = ["Delegation", "DelegationQuerySet", "Return", "ReturnQuerySet", "ReturnVersion"]
