"""From when a draft would hold: the day its head names, never earlier, however little of the head is there."""

import pytest

from kepu.web.workspace.desk.pane import begins_at
from tests.factories.drafts import AT, a_draft
from tests.factories.notices import china


@pytest.mark.parametrize("origin", ["parent", "blank"])  # a whole head, and one without a title
@pytest.mark.parametrize(
    ("named", "begins"),
    [
        ({}, AT), ({"issued": "2023-09-06"}, china(2023, 9, 6, 0)), ({"in_force": "2023-09-10"}, china(2023, 9, 10, 0)),
        ({"in_force": "2023-09-10T14:30:00"}, china(2023, 9, 10, 14, 30)), ({"in_force": "2023-09-01"}, AT),
        ({"in_force": "2023-09-10", "issued": "2023-09-06"}, china(2023, 9, 10, 0)), ({"in_force": "九月十日"}, AT),
        ({"in_force": "2023-09-31", "issued": "2023-09-06"}, AT),
    ],
)  # fmt: skip
def test_from_when_a_draft_would_hold(desk, origin, named, begins):
    draft = a_draft(desk.world, origin=origin)
    draft.header |= named
    assert begins_at(draft, AT) == begins
