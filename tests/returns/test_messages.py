"""What a message says of a deadline that was passed: by which clause, and the way to where it comes from."""

from kepu.core.models import OutboxRow
from kepu.returns.workflow import State
from tests.factories.returns import LATE, a_reporting_world, a_return


def body_of(kind):
    return next(row.payload["body"] for row in OutboxRow.objects.all() if row.payload.get("kind") == kind)


def test_what_comes_late_names_its_rule_and_leads_to_its_explanation(db, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    a_return(a_reporting_world(), State.HANDED_IN, at=LATE)

    first, rule, address = body_of("return.handed_in").splitlines()
    assert first == "这份报送已过期限（2023年9月8日），照收并注明。"
    assert rule.startswith("2023年9月8日前报送分会场活动表")
    assert rule.endswith("（东科协〔2023〕17号 六（一））")
    assert address == (
        "https://kepu.example.cn/notices/why/?key=duty.plan_table&place=441900103&kind=association&season=2023&level=town"
    )


def test_what_comes_in_time_names_none(db):
    a_return(a_reporting_world())
    assert body_of("return.handed_in") == ""
