"""What an operator sees: numbers and kinds of failure, and nothing that units write."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.urls.converters import StringConverter

from kepu.activities.workflow import State
from kepu.core.models import OutboxRow, OutboxState
from kepu.orgs.models import Role
from tests.factories.activities import an_activity
from tests.factories.orgs import a_post
from tests.web.workspace.conftest import DAY, signed_in


@pytest.fixture
def operator(people):
    return signed_in(a_post(people.world.school, Role.OPERATOR, place=people.world.town).person)


def a_row(state, **more):
    given = {"written_at": DAY, "due_at": DAY, **more}
    return OutboxRow.objects.create(kind="unit.mail", payload={"to": "秘密的收件人"}, state=state, **given)


def test_failures_are_told_by_their_kind_alone(people, operator, page):
    a_row(OutboxState.WAITING)
    a_row(OutboxState.SENT)
    a_row(
        OutboxState.FAILED, attempts=8, last_error="SMTPRecipientsRefused: {'wang@example.cn': (550, b'no')}"
    )
    found = page(operator, "/workspace/operations/")
    cards = [card.text for card in found.all("div", class_="figure-card")]
    assert cards == ["等着发的 1", "正在发的 0", "发不出去、已放弃的 1"]
    assert "unit.mail 8 2023年8月25日 10:00 SMTPRecipientsRefused" in found.one("tbody").text
    assert "example.cn" not in found.text
    assert "秘密" not in found.text


def test_what_waits_too_long_points_to_the_worker(operator, page):
    a_row(OutboxState.WAITING)
    assert "kepu worker" not in page(operator, "/workspace/operations/").text
    a_row(OutboxState.WAITING, due_at=DAY - timedelta(minutes=11))
    assert "后台程序可能没有运行" in page(operator, "/workspace/operations/").text


@pytest.mark.parametrize("count", [1, 3])
def test_costs_the_same_however_many(operator, count, django_assert_num_queries):
    for _ in range(count):
        a_row(OutboxState.FAILED)
    with django_assert_num_queries(6):  # session, person, way, actor; the counts, the failures
        operator.get("/workspace/operations/")


def test_an_operator_is_led_to_no_content(operator, page):
    found = page(operator, "/workspace/")
    assert found.h1 == "运维"
    menu = found.one("details", class_="menu-whole")
    assert [line.text for line in menu.all("a")] == ["人员", "运维"]
    assert "我做过的" not in found.text  # which would be closed to them


OPEN = {
    "home",
    "unit",
    "people",
    "unit-people",
    "post-dates",
    "post-ending",
    "post-deputy",
    "deputy-ending",
    "operations",
}


def test_every_other_page_of_the_workspace_is_closed_to_an_operator(people, operator):
    """By default: a page says of itself that it holds nothing of what units write."""
    an_activity(people.world, State.DRAFT)
    _, resolver = get_resolver().namespace_dict["workspace"]
    for pattern in resolver.url_patterns:
        arguments = {
            name: "x" if isinstance(to, StringConverter) else 1
            for name, to in pattern.pattern.converters.items()
        }
        address = reverse(f"workspace:{pattern.name}", kwargs=arguments)
        for answer in (operator.get(address), operator.post(address)):
            closed = answer.status_code in (403, 405)
            assert closed or pattern.name in OPEN, pattern.name


def test_it_is_for_operators_only(people):
    for who in (people.filer, people.reviewer, people.auditor):
        assert who.get("/workspace/operations/").status_code == 403
