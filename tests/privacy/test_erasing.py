"""A year of personal data, recognisable, is erased and proven absent: from every row as people read it, from every table as
it lies, from every index, and from every file of the data folder.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from kepu.activities import actions as activities
from kepu.activities.models import Activity, PublishedVersion
from kepu.activities.workflow import State
from kepu.core import audit, outbox
from kepu.core.contacts import GONE
from kepu.core.db import engine, transaction
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import GateClosed, NotAllowed
from kepu.notices.actions import close_season, start_draft
from kepu.notices.models import NoticeDraft
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Message
from kepu.privacy.actions import erase_season
from kepu.privacy.actions.erasing import columns_by_model, would_erase
from kepu.privacy.jobs import erase_due
from kepu.privacy.models import Erasure
from kepu.privacy.workflow import Event
from kepu.returns import actions as returns
from kepu.returns.models import Return, ReturnVersion
from tests.factories.activities import PUBLISHED, REVIEWED, a_draft, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator
from tests.factories.returns import HEADING, LATE, PLAN, ROW, a_reporting_world

NAMES = ("欧阳标记", "司徒标记", "端木标记", "慕容标记")
NUMBERS = (
    "13911110001",
    "13911110002",
    "13911110003",
    "0769-22220004",
    "13911110005",
    "13911110006",
    "13911110007",
)
BOXES = ("biaoji@marker.example.cn",)
MARKS = (*NAMES, *NUMBERS, *BOXES)
CLOSED, DUE = china(2023, 12, 1), china(2024, 6, 1)


@pytest.fixture
def year(transactional_db):
    """A season with people in every place where a season keeps them; closed, its term over."""
    world = a_reporting_world()
    plan = f"值班 {NUMBERS[4]}，{BOXES[0]}"
    people = {
        "contact_name": NAMES[0], "contact_phone": NUMBERS[0], "safety_person": NAMES[1], "content_person": NAMES[2],
        "host_place_person": NAMES[3], "risk_plan": plan, "publicity_plan": plan, "answers": {"insurance": f"见 {NUMBERS[1]}"},
        "taking_part": "booking", "booking_note": f"打 {NUMBERS[4]}", "accessibility_note": f"先打 {NUMBERS[4]}",
    }  # fmt: skip
    for state in (State.DRAFT, State.RETURNED, State.CANCELLED, State.SUMMARISED, State.WITHDRAWN):
        an_activity(world, state, **people)
    activities.file_activity(activity := a_draft(world, **people), by=world.filer, at=REVIEWED)
    activities.approve_activity(activity, words=f"请联系 {NUMBERS[2]}", by=world.reviewer, at=REVIEWED)
    activities.publish_activity(activity, by=world.filer, at=PUBLISHED)
    changes = {"safety_person": NAMES[2], "contact_phone": NUMBERS[1], "contact_name": NAMES[1]}
    activities.change_activity(activity, changes=changes, reason="换人", by=world.filer, at=PUBLISHED)
    activities.return_change(activity, words="不换", by=world.reviewer, at=PUBLISHED)
    row = {**ROW, "contact": f"{NAMES[0]} {NUMBERS[0]}", "outline": f"咨询电话 {NUMBERS[3]}"}
    given = {
        "sections": {**HEADING, "unit_name": "石龙镇科协"},
        "parts": {"sealed_pdf": f"交给 {NUMBERS[5]}"},
    }
    handed = returns.hand_in_return(
        world.town_office, world.season, PLAN, rows=[row], by=world.town_coordinator, at=REVIEWED, **given
    )
    returns.amend_return(
        handed,
        rows=[row, row],
        note=f"打 {NUMBERS[5]}",
        expected_version=1,
        by=world.town_coordinator,
        at=LATE,
        **given,
    )
    start_draft(
        season=world.season, place=world.city, line=None, origin="document", header={}, clauses=[],
        source=("通知.txt", f"联系人：{NAMES[0]}，电话 {NUMBERS[6]}"), by=a_coordinator(world.city_office), at=REVIEWED,
    )  # fmt: skip
    Message.objects.create(
        unit=world.school,
        kind="activity.returned",
        subject="请修改",
        body=f"请打 {NUMBERS[2]}",
        sent_at=REVIEWED,
        outbox_key="k",
    )
    _sent(at=REVIEWED)
    close_season(world.season, by=SYSTEM, at=CLOSED)
    return world


@transaction
def _sent(*, at):
    outbox.send("mail.letter", at=at, closed={"to": BOXES[0], "code": NUMBERS[5]}, about="reminder")


def found_by_readers():
    """Which marks anybody would find by reading every row of every table through the models, and where."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [
            f.name
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.order_by("pk"):
            for name in names:
                text = str(getattr(row, name))
                if model is OutboxRow and name == "payload":
                    text = str(outbox.opened(row.payload))
                for mark in MARKS:
                    if mark in text:
                        found.setdefault(mark, set()).add(f"{model._meta.label_lower}.{name}")
    return found


def found_as_it_lies():
    """Which marks stand in any cell of any table of the database, search tables and statistics included."""
    found = set()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if connection.vendor == "postgresql" and reads_server_files():
            tables += ["pg_statistic"]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
            found |= {(table, mark) for mark in MARKS if mark in text}
    return found


def found_in_files():
    """Which marks stand in the bytes of the database's own files: the tables, the write-ahead log."""
    if connection.vendor != "sqlite":
        return found_in_server_files()
    path = Path(connection.settings_dict["NAME"])
    raw = b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    return {mark for mark in MARKS if mark.encode() in raw}


def reads_server_files():
    """Whether the files can be looked into: SQLite's always, PostgreSQL's by a role that may."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def found_in_server_files():
    """PostgreSQL's: read by the server itself, table by table, where the role may."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for label in columns_by_model():
            table = apps.get_model(label)._meta.db_table
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
            raw = bytes(cursor.fetchone()[0])
            found |= {mark for mark in MARKS if mark.encode() in raw}
    return found


def compacted():
    tables = [apps.get_model(label)._meta.db_table for label in columns_by_model()]
    return engine().compact(connection, tables)


def test_a_year_of_people_is_erased_and_proven_absent(year):
    before = found_by_readers()
    assert set(before) == set(MARKS)
    assert set().union(*before.values()) >= {
        "activities.activity.contact_phone", "activities.activity.safety_person", "activities.activity.risk_plan",
        "activities.activity.answers", "activities.activity.proposed", "activities.activity.booking_note", "activities.publication.content", "activities.publishedversion.content", "activities.reviewnote.words", "activities.reviewnote.proposed",
        "returns.return.rows", "returns.return.parts", "returns.returnversion.content", "returns.returnversion.note",
        "notices.noticedraft.source_text", "orgs.message.body", "core.outboxrow.payload",
    }  # fmt: skip
    assert {mark for _table, mark in found_as_it_lies()} >= {NAMES[1], NUMBERS[4]}
    may_look = reads_server_files()
    assert not may_look or found_in_files() >= {NAMES[1], NUMBERS[4]}

    erase_season(year.season, by=SYSTEM, at=DUE)
    assert compacted()

    assert found_by_readers() == {}
    assert found_as_it_lies() == set()
    assert not may_look or found_in_files() == set()


def test_what_lies_closed_was_never_readable_in_the_files(year):
    if not reads_server_files():
        pytest.skip("this role may not look into the server's files")
    assert found_in_files() & {NUMBERS[0], NUMBERS[1], NUMBERS[3], NUMBERS[6], NAMES[0], BOXES[0]} <= {
        BOXES[0]
    }


def test_a_second_run_finds_nothing_to_do(year):
    first = erase_season(year.season, by=SYSTEM, at=DUE).counts
    traced = AuditEntry.objects.count()
    assert (erase_season(year.season, by=SYSTEM, at=DUE).counts, AuditEntry.objects.count()) == (
        first,
        traced,
    )
    assert would_erase(year.season, at=DUE) == {}


def test_a_dry_run_counts_what_the_run_then_does(year):
    foreseen = would_erase(year.season, at=DUE)
    assert set(found_by_readers()) == set(MARKS)
    assert erase_season(year.season, by=SYSTEM, at=DUE).counts == foreseen


def test_a_run_that_was_stopped_goes_on(year, monkeypatch):
    from kepu.privacy.actions import erasing

    real, calls = erasing.erase_batch, []

    def stops(*args, **kwargs):
        calls.append(args)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(erasing, "erase_batch", stops)
    with pytest.raises(KeyboardInterrupt):
        erase_season(year.season, by=SYSTEM, at=DUE, size=2)
    assert Erasure.objects.get().done_at is None
    monkeypatch.setattr(erasing, "erase_batch", real)

    erase_season(year.season, by=SYSTEM, at=DUE, size=2)

    assert found_by_readers() == {}


def test_a_version_that_was_erased_does_not_look_forged(year):
    kept = {v.number: v.digest for v in ReturnVersion.objects.order_by("number")}
    erase_season(year.season, by=SYSTEM, at=DUE)

    for version in ReturnVersion.objects.order_by("number"):
        assert (version.digest, version.erased_at, version.is_whole) == (kept[version.number], DUE, True)
        assert version.content["rows"][0]["contact"] == GONE
        [trace] = [e for e in audit.of(version) if e.event == Event.ERASED]
        assert trace.detail == {"digest": version.digest, "erased_digest": version.erased_digest}
    handed = [e.detail["digest"] for e in audit.of(Return.objects.get()) if "digest" in e.detail]
    assert handed == list(kept.values())
    assert list(audit.verify()) == []


def test_a_version_that_was_changed_after_its_erasure_shows(year):
    erase_season(year.season, by=SYSTEM, at=DUE)
    version = ReturnVersion.objects.order_by("number").first()
    ReturnVersion.objects.filter(pk=version.pk).update(content={**version.content, "title": "另一张表"})
    assert ReturnVersion.objects.get(pk=version.pk).is_whole is False


def test_the_digest_of_what_was_erased_does_not_give_the_number_away(year):
    """Whoever has what remains and tries every number still lacks the seal."""
    from kepu.returns.sealing import SEAL, digest_of

    whole = ReturnVersion.objects.order_by("number").first()
    guessed = {name: value for name, value in whole.content.items() if name != SEAL}
    assert digest_of(guessed) != whole.digest
    erase_season(year.season, by=SYSTEM, at=DUE)
    assert SEAL not in ReturnVersion.objects.get(pk=whole.pk).content


def as_published():
    """Every public version, but for the words that say by which number one booked."""
    for content, digest in PublishedVersion.objects.order_by("pk").values_list("content", "digest"):
        yield {name: said for name, said in content.items() if not name.endswith("_note")}, digest


def test_what_was_counted_published_and_decided_stays(year):
    published = list(as_published())
    states = list(
        Activity.objects.order_by("pk").values_list(
            "title", "state", "participants_actual", "risk_assessment"
        )
    )
    erase_season(year.season, by=SYSTEM, at=DUE)
    assert list(as_published()) == published
    assert (
        list(
            Activity.objects.order_by("pk").values_list(
                "title", "state", "participants_actual", "risk_assessment"
            )
        )
        == states
    )
    assert Activity.objects.filter(risk_plan__contains=GONE).count() == Activity.objects.count()
    assert NoticeDraft.objects.get().source_text == ""


def test_the_report_is_in_the_trace(year):
    erasure = erase_season(year.season, by=SYSTEM, at=DUE)
    assert erasure.counts["activities.activity.contact_phone"] == 6
    [trace] = [e for e in audit.of(year.season) if e.event == Event.SEASON_ERASED]
    assert trace.detail == {"counts": erasure.counts}


def test_nothing_goes_before_its_time_or_by_anybody(year):
    with pytest.raises(GateClosed, match="要保存到2024-05-29（结束后180天）"):
        erase_season(year.season, by=SYSTEM, at=CLOSED + timedelta(days=100))
    with pytest.raises(NotAllowed, match="由系统管理员用命令办理"):
        erase_season(year.season, by=year.coordinator, at=DUE)
    assert set(found_by_readers()) == set(MARKS)


def test_an_open_season_keeps_its_people(db):
    world = a_reporting_world()
    with pytest.raises(GateClosed, match="还没有结束"):
        erase_season(world.season, by=SYSTEM, at=DUE)


def test_the_worker_does_it_on_the_day(year):
    assert erase_due(china(2024, 5, 28)) == []
    assert erase_due(china(2024, 5, 29)) == [year.season]
    assert erase_due(china(2024, 5, 30)) == []
    assert found_by_readers() == {}
