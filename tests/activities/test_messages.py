"""What a message says of a rule: its sentence, its clause, and the way to where it comes from."""

from kepu.activities.workflow import State
from kepu.core.models import OutboxRow
from tests.factories.activities import a_world, an_activity


def body_of(kind):
    return next(row.payload["body"] for row in OutboxRow.objects.all() if row.payload.get("kind") == kind)


def test_a_filing_that_falls_short_names_the_rule_and_leads_to_its_explanation(db, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    an_activity(a_world(), State.FILED, participants_expected=20)

    assert body_of("activity.filed").splitlines() == [
        "有1处没有达到通知“原则上”的要求，同意例外要写明理由。",
        "举办方式为线下时，填报时，预计参与人数不少于50人。（东科协〔2023〕17号 六（二）3）",
        "https://kepu.example.cn/notices/why/?key=activity.participants_expected.offline&place=441900103&kind=school&season=2023",
    ]


def test_a_filing_that_meets_everything_names_no_rule(db):
    an_activity(a_world(), State.FILED)
    assert body_of("activity.filed") == ""
