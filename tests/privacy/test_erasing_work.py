"""What the work around a filing keeps of people goes with the season as well: tables handed in, pictures, reviews of many at once,
pairs of doubles, filings as they were handed in, incidents. Looked for as a stranger would: in every row of every table.
"""

import sqlite3
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from kepu.activities import actions as activities
from kepu.activities.checklist import Checked
from kepu.activities.models import BatchOfReviews, Double, FiledVersion, Picture, PublishedVersion, Verdict
from kepu.activities.workflow import State
from kepu.cli.backup import back_up, copy_files
from kepu.core import audit, clock, files, keys, tallies
from kepu.core.models import AuditEntry
from kepu.intake import actions as intake
from kepu.intake.models import SheetImport, SheetLine
from kepu.notices.actions import close_season
from kepu.orgs.actor import SYSTEM
from kepu.orgs.queries import actor_for
from kepu.privacy.actions import erase_season
from kepu.privacy.actions.erasing import columns_by_model, would_erase
from tests.factories.activities import FILED, PUBLISHED, REVIEWED, an_activity, loaded
from tests.factories.intake import a_row, an_import, work
from tests.factories.notices import a_gate
from tests.factories.orgs import a_post
from tests.factories.pictures import a_picture
from tests.factories.returns import a_reporting_world
from tests.privacy import test_erasing as year_of
from tests.privacy.test_erasing import BOXES, CLOSED, DUE, NAMES, NUMBERS, found_as_it_lies, found_by_readers

NAME, NUMBER, BOX = NAMES[0], NUMBERS[0], BOXES[0]
SAID = f"请打 {NUMBER} 或写 {BOX}"


@pytest.fixture
def worked(transactional_db, folder):
    """A season in which all of this was done with people's names and numbers in it; closed, its term over."""
    world = a_reporting_world()
    a_gate(world.season.notices.get(), "DG-33", "strive", fact="review", steps=["初审"], stages=["filing"])
    imported(world)
    one = an_activity(world, State.FILED, contact_name=NAME, contact_phone=NUMBER, safety_person=NAMES[1])
    picture = a_picture(world, one, "marker", alt=f"{NAME}在讲课", credit=NAME, at=FILED)
    gone = a_picture(world, one, "marker gone", alt=NAME, credit=NAME, at=FILED)
    activities.remove_picture(gone, reason=SAID, by=world.reviewer, at=FILED)
    decided_together(world, [one, an_activity(world, State.FILED, safety_person=NAMES[1])])
    activities.publish_activity(loaded(one), by=world.filer, at=PUBLISHED)
    told_alike(world)
    activities.report_incident(
        loaded(one), uuid4(), kind="heat", happened_at=PUBLISHED, words=f"{NAME}晕倒，{SAID}", measures=SAID,
        people_hurt=1, by=world.filer, at=PUBLISHED,
    )  # fmt: skip
    assert picture.digest
    year_of._sent(at=REVIEWED)
    close_season(world.season, by=SYSTEM, at=CLOSED)
    return world


def imported(world):
    """A table with people above it, in it, in its name and below it; one line filed, one with a fault, one left."""
    person = a_post(world.school, "filer").person
    by = actor_for(person, world.school.pk, FILED)
    table = [
        a_row(1, 联系人=NAME, 联系电话=NUMBER, 安全责任人=NAMES[1]),
        a_row(2, 活动时间=f"随时，打 {NUMBER}", 联系人=NAME, 联系电话=NUMBER),
    ]
    sheet = an_import(
        world,
        table,
        by=by,
        above=[f"活动表（{NUMBER}）", f"填报人：{NAME}", f"联系电话：{NUMBER}"],
        name=f"活动表{NUMBER}.xlsx",
    )
    intake.choose_columns(sheet, {}, common={"content_person": NAMES[2]}, by=by, at=FILED)
    work(intake.check_some, sheet)
    intake.file_lines(sheet, by=by, at=FILED)
    work(intake.file_some, sheet)


def decided_together(world, rows):
    chosen = [activities.Chosen(row.pk, loaded(row).version) for row in rows]
    batch = activities.begin_batch(
        uuid4(), chosen, season=world.season, verdict=Verdict.APPROVE, words=SAID, checked=Checked(people={"x": NAMES[3]}),
        by=world.reviewer, at=REVIEWED,
    )  # fmt: skip
    activities.carry_on_batch(batch, by=world.reviewer, at=REVIEWED)


def told_alike(world):
    pair = [an_activity(world, State.FILED, title="天文馆里看星星") for _ in range(2)]
    for row in pair:
        activities.look_for_doubles(row.pk, at=FILED)
    double = Double.objects.get(a=pair[0].pk, b=pair[1].pk)
    activities.link_double(double, keep=pair[0].pk, words=SAID, by=world.reviewer, at=REVIEWED)


def test_nothing_of_a_person_is_left_anywhere(worked):
    before = found_by_readers()
    where = set().union(*before.values())
    assert where >= {
        "intake.sheetline.cells", "intake.sheetline.content", "intake.sheetimport.heading", "intake.sheetimport.common",
        "intake.sheetimport.file_name", "intake.sheetimport.title", "activities.picture.alt", "activities.picture.credit",
        "activities.batchofreviews.words", "activities.batchofreviews.steps", "activities.double.words",
        "activities.filedversion.content", "activities.incident.words", "activities.incident.measures",
        "activities.publishedversion.content", "activities.publication.content",
    }, where  # fmt: skip
    foreseen = would_erase(worked.season, at=DUE)

    assert erase_season(worked.season, by=SYSTEM, at=DUE).counts == foreseen
    files.sweep(DUE)

    assert found_by_readers() == {}
    assert year_of.compacted()
    assert found_as_it_lies() == set()


def test_what_was_counted_and_decided_stays(worked):
    figures = tallies.of_unit(worked.season.pk, worked.school.pk)
    erase_season(worked.season, by=SYSTEM, at=DUE)
    assert tallies.of_unit(worked.season.pk, worked.school.pk) == figures
    assert (tallies.verify(), list(audit.verify())) == ([], [])
    assert [v.is_whole for v in PublishedVersion.objects.all()].count(False) == 0
    [sheet] = SheetImport.objects.all()
    assert (sheet.rows, sorted(SheetLine.objects.values_list("state", flat=True))) == (2, ["faulty", "filed"])
    assert BatchOfReviews.objects.get().lines.filter(outcome="done").count() == 2
    assert (Double.objects.get().state, Picture.objects.count(), FiledVersion.objects.count() > 0) == (
        "linked",
        2,
        True,
    )


def test_a_second_run_finds_nothing_to_do(worked):
    erase_season(worked.season, by=SYSTEM, at=DUE)
    assert would_erase(worked.season, at=DUE) == {}


def test_every_column_of_these_tables_was_spoken_for(worked):
    erased = columns_by_model()
    for label in (
        "intake.sheetimport",
        "intake.sheetline",
        "activities.picture",
        "activities.filedversion",
        "activities.double",
    ):
        assert erased[label], label
        assert apps.get_model(label)._meta.db_table in connection.introspection.table_names()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the server's own program copies PostgreSQL")
def test_a_restored_copy_is_whole(worked, folder, tmp_path):
    """Put in the place of the database and of the files, the copy is what was copied: every row of every table, every file,
    and what lies closed opens with the keys, which are not in it."""
    backups = tmp_path / "backups"
    backups.mkdir()
    made = back_up(backups, clock.real())
    copied = copy_files(backups)
    restored, live = sqlite3.connect(made), sqlite3.connect(connection.settings_dict["NAME"])
    for table in connection.introspection.table_names():
        rows = [sorted(map(repr, one.execute(f'SELECT * FROM "{table}"'))) for one in (restored, live)]
        assert rows[0] == rows[1], table
    live.close()
    for model in (Picture, SheetImport, SheetLine, Double, BatchOfReviews, FiledVersion):
        (n,) = restored.execute(f'SELECT count(*) FROM "{model._meta.db_table}"').fetchone()
        assert (n > 0, n) == (True, model.objects.count())
    cells = [stored for (stored,) in restored.execute("SELECT cells FROM intake_sheetline ORDER BY number")]
    assert all(NUMBER not in stored for stored in cells)
    assert NUMBER in keys.decrypted(cells[0], column="intake_sheetline.cells")
    restored.close()
    there = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    kept = backups / "files"
    assert there == {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    assert copied == len(there) > 0


def test_a_reason_that_names_a_number_leaves_no_number_in_the_trace(worked):
    [row] = AuditEntry.objects.filter(event="activity.picture_removed")
    assert (NUMBER in row.detail["reason"], BOX in row.detail["reason"]) == (False, False)
    assert row.detail["reason"].startswith("请打 139****")
