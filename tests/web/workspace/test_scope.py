"""Nobody sees or moves what is outside their scope: every role against every address of the workspace.

The addresses come from the resolver. A new one must be added to the tables here, or the test fails.
"""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from kepu.accounts.models import Person
from kepu.activities.actions import Chosen, add_watch_words, begin_batch, report_incident
from kepu.activities.models import Activity, BatchLine, Double, Incident, Picture, Verdict, WatchWord
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.intake.models import SheetImport, SheetLine
from kepu.notices.actions import start_draft
from kepu.notices.models import Delivery, Sending
from kepu.orgs import actions
from kepu.orgs.models import Application, Deputy, Invitation, Message, Post, Role, Unit, UnitChange
from kepu.returns.actions import delegate_duty
from kepu.returns.models import Delegation, Return
from tests.factories.accounts import a_person
from tests.factories.activities import an_activity
from tests.factories.coming import an_application
from tests.factories.doubles import a_double
from tests.factories.intake import a_checked, a_row
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_deputy, a_hook, a_post, an_actor
from tests.factories.pictures import a_picture
from tests.factories.returns import PLAN, SUMMARY, a_return
from tests.factories.seasons import a_copied_season
from tests.factories.sending import a_delivery
from tests.factories.support import help_for
from tests.standing import standing
from tests.web.workspace.conftest import DAY, at, everybody, signed_in

# What each sees: the school that filed, the city that reviews, the town that coordinates, an auditor of the city, and
# a unit of another province that may do all of this at home. 2 is a page, 3 leads on, 4 is not found, 0 is closed.
#                                 filer reviewer town auditor outsider
ON_AN_ACTIVITY = {
    "activity":                     "2 2 2 2 4", "activity-edit":          "3 3 3 3 4", "activity-change":       "2 2 2 2 4",
    "activity-submission":          "2 2 2 2 4", "activity-withdrawal":    "2 2 2 2 4", "activity-publication":  "2 2 2 2 4",
    "activity-change-withdrawal":   "2 2 2 2 4", "activity-postponement":  "2 2 2 2 4", "activity-cancellation": "2 2 2 2 4",
    "activity-holding":             "2 2 2 2 4", "activity-completion":    "2 2 2 2 4", "activity-summary":      "2 2 2 2 4",
    "activity-schedule":            "2 2 2 2 4", "activity-schedule-removal": "2 2 2 2 4",
    "activity-session-cancellation": "2 2 2 2 4", "activity-session-move": "2 2 2 2 4",
    "activity-incident":            "2 2 2 2 4",
    "activity-results":             "2 2 2 2 4",
    "activity-key-mark":            "2 2 2 2 4", "activity-preview":       "2 2 2 2 4", "review":                 "0 2 4 0 4", "activity-pictures":     "2 2 2 2 4",
    "activity-picture-small":       "2 2 2 2 4", "activity-picture-original": "2 2 2 2 4",
}  # fmt: skip
ON_AN_INCIDENT = {"incident": "2 2 2 2 4"}
ON_A_DOUBLE = {"double": "2 2 2 2 4"}  # both are the school's
ON_A_RETURN = {"return": "4 2 2 2 4"}
# of the city's office; the town keeps no words of it
ON_A_BATCH = {"review-batch": "0 2 4 0 4"}
ON_AN_AREA = {
    "area": "0 2 4 2 4", "area-quotas": "0 2 4 2 4", "area-activities": "0 2 4 2 4", "area-stopping": "0 2 4 0 4", "area-duty": "0 2 4 2 4", "area-release": "0 2 4 2 4"
}  # fmt: skip
# the notice was sent by the city's office to its towns
ON_A_DELIVERY = {
    "delivery": "4 4 2 4 4", "delivery-forwarding": "4 4 2 4 4", "delivery-receipt": "4 2 2 2 4", "delivery-file": "4 2 2 2 4",
}  # fmt: skip
ON_A_NOTICE = {
    "notice-deliveries": "0 2 4 2 4", "notice-sending": "0 2 4 2 4", "notice-change": "0 2 4 0 4", "notice-withdrawal": "0 2 4 0 4",
}  # fmt: skip
# the trace of the school, of its filer, of its activity, of the city
ON_A_TRACE = {
    "unit-trace": "2 2 2 2 4", "unit-trace-export": "0 2 2 2 4", "person-trace": "0 2 2 2 4", "thing-trace": "2 2 2 2 4",
    "area-trace": "0 2 4 2 4", "area-looks": "0 2 4 2 4", "area-trace-export": "0 2 4 2 4",
}  # fmt: skip
# the school is in the town; of an application that waits for the town, the school is no part
ON_A_UNIT = {"unit-detail": "2 2 2 2 4", "unit-change": "0 2 2 0 4", "unit-parts": "2 2 2 2 4"}
ON_AN_APPLICATION = {"application": "4 2 2 2 4"}
# the draft is the city's office's
ON_A_DRAFT = dict.fromkeys(("draft", "draft-header", "draft-clause", "draft-source", "draft-above", "draft-file", "draft-document", "draft-issue"), "0 2 4 0 4")  # fmt: skip
# the school's, to those who file for it: a sheet is full of contacts
ON_A_SHEET = dict.fromkeys(("import", "import-columns", "import-line", "import-faulty"), "2 4 4 0 4")
ON_A_QUESTION = {"help-question": "2 4 2 4 4"}  # the school asked the town
ON_A_TRAINING = {"help-training": "2 2 2 2 4", "help-training-change": "0 2 0 0 4"}  # the city's
ON_AN_ANSWER = {"help-answer": "0 2 0 0 4"}
ON_AN_ERROR_REPORT = {
    "help-error-report": "2 2 4 4 4"
}  # about an activity of the school that the city reviewed
ON_HELP = {**ON_AN_ERROR_REPORT, **ON_A_QUESTION, **ON_A_TRAINING, **ON_AN_ANSWER}
# of the school; the delegation is the town's, to the school, so the school's filer answers it
ON_PEOPLE = {
    "unit-people": "2 2 2 2 4", "post-new": "2 2 2 2 4", "invitation-new": "2 2 2 2 4", "hand-over": "2 2 2 2 4",
    "post-dates": "2 2 2 2 4", "post-ending": "2 2 2 2 4", "post-deputy": "2 2 2 2 4", "delegated": "2 4 4 4 4",
}  # fmt: skip
OWN = {
    "help": "2 2 2 2 2", "help-error-reports": "2 2 2 2 2", "help-questions": "2 2 2 2 2", "help-question-new": "2 2 2 0 2", "help-answers": "2 2 2 2 2", "help-answer-new": "0 2 2 0 2",
    "help-trainings": "2 2 2 2 2", "help-training-new": "0 2 2 0 2", "help-contact": "0 2 4 0 4",
    "imports": "2 2 2 0 2", "import-new": "2 2 2 0 2", "import-template": "2 2 2 0 2",
    "home": "2 2 2 2 2", "unit": "2 2 2 2 2", "activities": "2 2 2 2 2", "activity-new": "2 2 2 0 2", "activity-copying": "2 2 2 0 2", "reviews": "0 2 2 0 2",
    "review-batch-new": "0 2 2 0 2", "review-words": "0 2 2 0 2", "doubles": "2 2 2 2 2", "doubles-decided": "2 2 2 2 2",
    "duties": "2 2 2 2 2", "duty": "4 4 2 4 4", "duty-delegation": "4 4 2 4 4", "people": "3 3 3 3 3", "operations": "0 0 0 0 0", "returns": "0 2 2 0 2", "areas": "0 3 3 3 3", "rules": "2 2 2 2 2",
    "messages": "2 2 2 2 2", "hooks": "2 2 2 2 2", "notice-log": "2 2 2 2 2", "received": "2 2 2 2 2", "sent": "0 2 2 2 2", "calendar": "2 2 2 2 2", "calendar-feed": "2 2 2 2 2",
    "incidents": "2 2 2 2 2", "programme": "2 2 2 2 2", "programme-export": "2 2 2 2 2",
    "desk": "0 2 2 0 2", "draft-new": "0 2 2 0 2",
    "season-compare": "0 2 2 0 2", "season-compare-sheet": "0 2 2 0 2", "season-new": "0 0 0 0 0",
    "season-copying": "0 2 2 0 2", "trace": "2 2 2 2 2", "units": "2 2 2 2 2", "applications": "0 2 2 2 2",
}  # fmt: skip
# Acts on something: whoever is outside its scope finds nothing, or finds the page closed.
ACTS = {
    "activity-picture-description", "activity-picture-position", "activity-picture-removal",
    "activity-places", "activity-new-gates", "activity-gates", "activity-new-saving", "activity-saving", "activity-copy", "activity-copy-published", "review-approval", "review-return", "review-claim", "review-release", "review-reminder", "review-word-removal",
    "review-waiver", "activity-contact", "double-merger", "double-link", "double-difference", "double-unlinking", "return-people", "return-acceptance", "return-sending-back", "messages-reading", "message-reading", "delivery-opening",
    "delivery-receiving", "notice-reminder", "draft-decisions", "draft-discarding", "draft-restoring", "draft-clause-new",
    "draft-clause-move", "draft-order", "hook-removal", "hook-resuming", "hook-trying", "invitation-withdrawal", "deputy-ending", "delegation-ending",
    "unit-change-calling-off", "unit-part-asking", "unit-letting-go", "application-approval",
    "application-merging", "application-return", "application-refusal", "application-contact", "application-withdrawal",
    "help-contact-removal", "help-question-answer", "help-question-addition", "help-question-passing-on", "help-question-closing",
    "help-error-report-answer", "help-error-report-contact",
    "import-filing", "import-cancellation", "import-resuming", "import-splitting",
    "help-answer-withdrawal", "help-training-cancellation", "help-training-sign-up",
}  # fmt: skip
PAGES = {
    **ON_AN_ACTIVITY,
    **ON_A_DOUBLE,
    **ON_A_RETURN,
    **ON_AN_INCIDENT,
    **ON_A_BATCH,
    **ON_AN_AREA,
    **ON_A_DELIVERY,
    **ON_A_NOTICE,
    **ON_A_DRAFT,
    **ON_HELP,
    **ON_A_TRACE,
    **ON_PEOPLE,
    **ON_A_UNIT,
    **ON_AN_APPLICATION,
    **ON_A_SHEET,
    **OWN,
}
STATUS = {"2": {200}, "3": {302, 303}, "4": {404}, "0": {403}}
ROLES = ("filer", "reviewer", "town", "auditor", "outsider")


def a_batch(people, activity):
    chosen = [Chosen(activity.pk, activity.version)]
    return begin_batch(
        uuid4(), chosen, season=people.world.season, verdict=Verdict.APPROVE, by=people.world.reviewer, at=china(2023, 9, 5)
    )  # fmt: skip


def a_word(people):
    [word] = add_watch_words(
        people.world.city, [("气功", "")], by=people.world.coordinator, at=china(2023, 9, 5)
    )
    return word


def a_draft_of(world):
    """A draft of the city's office, whole, read from a text."""
    header = {
        "code": "dg-2",
        "season": world.season.code,
        "title": "补充通知",
        "issuer": "东莞市科协",
        "place": "441900",
    }
    clause = {"id": "C-01", "kind": "theme", "summary": "主题。", "theme": {"text": "人人爱科学"}}
    return start_draft(
        season=world.season, place=world.city, line=None, origin="document", header=header, source=("通知.txt", "主题：人人爱科学"),
        clauses=[{"data": clause, "state": "confirmed"}], by=a_coordinator(world.city_office), at=china(2023, 8, 25),
    )  # fmt: skip


def patterns():
    _, resolver = get_resolver().namespace_dict["workspace"]
    return {pattern.name: pattern for pattern in resolver.url_patterns}


def url(name, things):
    asked = patterns()[name].pattern.converters
    return reverse(f"workspace:{name}", kwargs={argument: things(name)[argument] for argument in asked})


LATER = china(2023, 9, 5)


@pytest.fixture
def people(standing_things, now):
    return standing_things[0]


@pytest.fixture
def things(standing_things, now):
    """``things("activity-edit")`` gives the arguments of that address."""
    now(LATER)
    return standing_things[1].__getitem__


@standing
def standing_things():
    """The people, and of each address by its name the arguments that lead to something of theirs."""
    people = at(DAY, everybody)
    return people, at(LATER, lambda: arguments_of(people))


def arguments_of(people):
    activity = an_activity(people.world, State.FILED)
    picture = a_picture(people.world, activity)
    row = a_return(people.world)
    delivery = a_delivery(people.world)
    message = Message.objects.create(
        unit=people.world.school,
        kind="activity.filed",
        subject="请审核",
        sent_at=china(2023, 9, 1),
        outbox_key="k1",
    )

    school = people.world.school
    post = school.posts.get()
    colleague = a_post(school, Role.REVIEWER).person
    today = china(2023, 9, 5)
    deputy = a_deputy(post, colleague, since=today, until=china(2023, 9, 30))
    invitation, _token = actions.invite(
        school, Role.FILER, name="张老师", by=people.world.coordinator, at=today
    )
    handed = delegate_duty(
        people.world.town_office, people.world.season, SUMMARY, to_unit=school, by=an_actor(people.world.town_office), at=today
    )  # fmt: skip
    copied = a_copied_season(people.world)
    draft = a_draft_of(people.world)
    public = an_activity(people.world, State.PUBLISHED, title="另一项")
    happened = report_incident(
        public, uuid4(), kind="heat", happened_at=today, words="头晕", by=people.world.filer, at=today
    )
    sheet = a_checked(people.world, [a_row(1, 安全责任人="")])
    by_name = {
        "incident": happened,
        "draft": draft,
        "import": sheet,
        "double": a_double(people.world, activity),
        "return": row,
        "review-batch": a_batch(people, activity), "review-word": a_word(people), "review-reminder": people.world.city_office,
        "message": message,
        "delivery": delivery,
        "notice": delivery.notice,
        "hook": a_hook(people.world.school),
        **help_for(people.world),
        "unit-trace": people.world.school, "person-trace": Person.objects.get(pk=people.world.filer.person_id),
        "unit-people": school, "post-new": school, "invitation-new": school, "hand-over": school,
        "post": post, "deputy": deputy, "invitation": invitation, "delegat": handed,
        "unit-": people.world.school, "application": an_application(people.world.town, at=china(2023, 9, 1))[0],
    }  # fmt: skip

    def arguments(name):
        thing = next((it for prefix, it in by_name.items() if name.startswith(prefix)), activity)
        code = "dg" if name in ("notice-log", "notice-change", "notice-withdrawal") else "441900"
        if name.startswith("season"):
            code = copied.code
        return {
            "pk": thing.pk, "picture": picture.pk, "width": 320, "key": PLAN, "code": code, "season": "2023", "unit": people.world.town_office.pk,
            "clause": draft.clauses.get().pk, "ending": "docx", "line": sheet.lines.get().pk, "person": post.person_id,
            "kind": "closed" if name.startswith("unit-") else "activity",
        }  # fmt: skip

    return {name: arguments(name) for name in patterns()}


def test_every_address_has_its_rule_here():
    assert set(patterns()) == set(PAGES) | ACTS


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_which_page_and_none_asks_more_than_thirty_queries(people, things, role):
    expected = {name: row.split()[ROLES.index(role)] for name, row in PAGES.items()}
    seen, many = {}, {}
    for name in PAGES:
        with CaptureQueriesContext(connection) as asked:
            status = getattr(people, role).get(url(name, things)).status_code
        seen[name] = next((sign for sign, codes in STATUS.items() if status in codes), str(status))
        if len(asked) >= 30:
            many[name] = len(asked)
    assert seen == expected
    assert many == {}


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            *ON_AN_ACTIVITY,
            *ON_A_DOUBLE,
            *ON_A_RETURN,
            *ON_AN_INCIDENT,
            *ON_A_BATCH,
            *ON_AN_AREA,
            *ON_A_DRAFT,
            *ON_A_DELIVERY,
            *ON_A_NOTICE,
            *ON_HELP,
            *ON_A_TRACE,
            *ON_PEOPLE,
            *ON_A_UNIT,
            *ON_AN_APPLICATION,
            *ON_A_SHEET,
        }
        | ACTS
    ),
)
def test_an_outsider_moves_nothing(people, things, name):
    before = _everything()
    sent = {
        "pk": things(name)["pk"],
        "reason": "不相干",
        "words": "不相干",
        "version": "1",
        "act": "file",
        "return-words": "改",
        "since": "2023-08-01",
        "until": "2023-09-30",
        "name": "改名",
        "kind": "school",
        "unit": people.world.town_office.code,
        "sure": "on",
    }

    answer = people.outsider.post(url(name, things), sent)

    if patterns()[name].pattern.converters:
        assert answer.status_code in (404, 405)
    assert _everything() == before


OF_THE_HOST = sorted(
    set(ON_AN_ACTIVITY) - {"review", "activity-key-mark"}
)  # the mark is its reviewer's to give


@pytest.mark.parametrize(
    ("role", "name"),
    [("auditor", "activity-key-mark"), *((role, name) for role in ("colleague", "auditor") for name in OF_THE_HOST)],
)  # fmt: skip
def test_who_only_looks_on_moves_nothing_of_the_host(people, things, role, name):
    """They see the activity, and the acts of its host refuse them with a sentence."""
    before = _everything()
    sent = {"reason": "不相干", "version": "1", "participants_actual": "9", "act": "file", "title": "改名"}
    answer = getattr(people, role).post(url(name, things), sent)
    assert answer.status_code in (303, 403, 405)
    assert _everything() == before


@pytest.mark.parametrize("name", sorted(set(PAGES) | ACTS))
def test_a_stranger_is_sent_to_sign_in(people, things, name):
    address = url(name, things)
    for answer in (Client().get(address), Client().post(address)):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_somebody_without_a_post_chooses_a_unit_first(people, things):
    nobody = signed_in(a_person("新来的"))
    for name in sorted(set(PAGES) - {"unit"}):
        assert nobody.get(url(name, things))["Location"].startswith("/workspace/unit/"), name


def test_a_draft_of_another_unit_is_nobody_elses(people):
    draft = an_activity(people.world, State.DRAFT)
    for role in ("reviewer", "town", "auditor", "outsider"):
        assert getattr(people, role).get(f"/workspace/activities/{draft.pk}/").status_code == 404


def test_lists_hold_only_what_is_ones_own(people, things, page):
    assert "走进中医药" in page(people.filer, "/workspace/activities/").text
    assert "走进中医药" in page(people.reviewer, "/workspace/reviews/").text
    for client, address in (
        (people.town, "/workspace/activities/"), (people.outsider, "/workspace/activities/"), (people.outsider, "/workspace/reviews/"),
        (people.town, "/workspace/reviews/"), (people.outsider, "/workspace/returns/"), (people.outsider, "/workspace/"),
    ):  # fmt: skip
        found = page(client, address).text
        assert "走进中医药" not in found
        assert "分会场活动表" not in found


def _everything():
    return (
        AuditEntry.objects.count(), list(Picture.objects.order_by("pk").values_list("alt", "position", "removed_at")), list(Activity.objects.order_by("pk").values_list("state", "version")),
        list(Incident.objects.order_by("pk").values_list("state", "version")),
        list(Double.objects.order_by("pk").values_list("state", "words")),
        list(Return.objects.order_by("pk").values_list("state", "version")),
        list(Message.objects.order_by("pk").values_list("read_at", flat=True)),
        list(Post.objects.order_by("pk").values_list("since", "until")), list(Deputy.objects.order_by("pk").values_list("until", flat=True)),
        list(Invitation.objects.order_by("pk").values_list("withdrawn_at", flat=True)), Delegation.objects.filter(until=None).count(),
        list(SheetImport.objects.order_by("pk").values_list("state", "version")), list(SheetLine.objects.order_by("pk").values_list("version", flat=True)),
        list(Application.objects.order_by("pk").values_list("state", "version")), UnitChange.objects.count(),
        list(Unit.objects.order_by("pk").values_list("name", "closed_on", "within_id")),
        list(Delivery.objects.order_by("pk").values_list("opened_at", "received_at", "reminded_at")), Sending.objects.count(),
        list(BatchLine.objects.order_by("pk").values_list("outcome", flat=True)), WatchWord.objects.count(),
        list(Activity.objects.order_by("pk").values_list("claimed_by_id", flat=True)),
    )  # fmt: skip
