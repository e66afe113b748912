"""The kinds of clause, one file each. Importing this package registers them all."""

from kepu.notices.kinds import (  # noqa: F401
    call,
    codelist,
    commendation,
    contact,
    coverage,
    duty,
    file_rule,
    form,
    gate,
    indicator,
    mark,
    party,
    programme,
    quota,
    routing,
    text,
    theme,
    track,
    window,
)
from kepu.notices.kinds.base import Mode, Params, Status, Strictness, kinds

__all__ = ["Mode", "Params", "Status", "Strictness", "kinds"]
