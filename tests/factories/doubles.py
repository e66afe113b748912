"""Two filings that may be one, found as the worker finds them."""

from kepu.activities import actions, alike
from kepu.activities.workflow import State
from tests.factories.activities import FILED, an_activity


def a_double(world, one=None, **changes):
    """The pair of ``one`` (without it a new filing) and another of the same school."""
    one = one or an_activity(world, State.FILED)
    other = an_activity(world, State.FILED, **changes)
    for activity in (one, other):
        actions.look_for_doubles(activity.pk, at=FILED)
    return alike.whole().get(a=one.pk, b=other.pk)
