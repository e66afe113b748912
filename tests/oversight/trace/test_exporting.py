"""An export can be verified by anybody: by Python alone, with an anchor, and against the database."""

import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core import audit, engines
from kepu.core.audit.exporting import check_archive
from kepu.core.db import transaction
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role
from kepu.oversight.trace.exporting import export_trace
from tests.conftest import NOON
from tests.factories.activities import a_world, an_activity
from tests.factories.orgs import a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2023, 8, 1), date(2023, 9, 30)
PERIOD = {"since": SINCE, "until": UNTIL}


@pytest.fixture
def world():
    world = a_world()
    an_activity(world, State.PUBLISHED)
    far = a_unit(a_place("510000", "四川省", kind="province", parent=world.nation), "四川省科协")
    world.far = an_actor(far)
    return world


@pytest.fixture
def auditor(world):
    return an_actor(world.province_office, Role.AUDITOR, places=[world.province])


@transaction
def traced(thing, at):
    audit.record("activity.edited", thing, by=SYSTEM, at=at)


def written(export, tmp_path, name="trace.zip"):
    path = tmp_path / name
    path.write_bytes(b"".join(export.pieces()))
    return path


def inside(path, name):
    with zipfile.ZipFile(path) as zipped:
        return zipped.read(name).decode()


def changed(path, tmp_path, name, change):
    """The same ZIP with one file changed, and the manifest put right as a forger would."""
    import hashlib

    new = tmp_path / "forged.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as out:
        manifest = json.loads(old.read("manifest.json"))
        for item in old.namelist():
            content = old.read(item)
            if item == name:
                content = change(content.decode()).encode()
                manifest["files"][name], manifest["rows"] = (
                    hashlib.sha256(content).hexdigest(),
                    content.count(b"\n"),
                )
            if item != "manifest.json":
                out.writestr(item, content)
        out.writestr("manifest.json", json.dumps(manifest))
    return new


def faults(path, **kwargs):
    return [(fault.line, fault.why) for fault in check_archive(path, **kwargs)]


def test_an_area_is_exported_with_its_rows_as_sentences_and_as_they_were_hashed(world, auditor, tmp_path):
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    rows = [json.loads(line) for line in inside(path, "rows.jsonl").splitlines()]
    assert [row["event"] for row in rows] == [
        "activity.drafted", "activity.filed", "activity.approved", "activity.published",
    ]  # fmt: skip
    lines = inside(path, "trace.csv").splitlines()
    assert lines[0].removeprefix("\ufeff") == "时间,事情,类别,链,行,校验值"
    assert "石龙中学填报了活动“走进中医药”。" in lines[2]
    assert faults(path) == []


@pytest.mark.parametrize("of", ["school", "city_office"])
def test_a_unit_is_exported_once_with_what_was_done_to_it(world, tmp_path, of):
    unit = getattr(world, of)
    path = written(export_trace(unit, by=SYSTEM, at=NOON), tmp_path)
    rows = [json.loads(line) for line in inside(path, "rows.jsonl").splitlines()]
    wanted = (
        AuditEntry.objects.exclude(event="trace.exported")
        .order_by("pk")
        .values_list("hash", "unit_id", "owner_id")
    )
    assert [row["hash"] for row in rows] == [h for h, by, to in wanted if unit.pk in (by, to)]
    assert (len(rows) >= 1, faults(path)) == (True, [])


def test_the_whole_trace_may_have_no_gap(world, tmp_path):
    path = written(export_trace(None, by=SYSTEM, at=NOON), tmp_path)
    assert (json.loads(inside(path, "manifest.json"))["rows"], faults(path)) == (
        AuditEntry.objects.exclude(event="trace.exported").count(),
        [],
    )
    gap = changed(
        path,
        tmp_path,
        "rows.jsonl",
        lambda text: "".join(text.splitlines(keepends=True)[:1] + text.splitlines(keepends=True)[2:]),
    )
    assert "前面少了行" in [why for _line, why in faults(gap)]


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        (lambda text: text.replace("activity.approved", "activity.returned"), {"写入之后被改过"}),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), {"次序不对"}),
        (lambda text: text.replace('{"version', '{"verso', 1), {"写入之后被改过"}),
        (lambda text: text + "x\n", {"这一行读不出来"}),
    ],
)
def test_an_export_that_was_changed_is_found_out(world, auditor, tmp_path, forgery, found):
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    assert found <= {why for _line, why in faults(changed(path, tmp_path, "rows.jsonl", forgery))}


def test_a_file_that_disagrees_with_the_manifest_is_found_out(world, auditor, tmp_path):
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    new = tmp_path / "other.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as out:
        for name in old.namelist():
            out.writestr(name, old.read(name) + (b"\n" if name == "trace.csv" else b""))
    assert faults(new) == [(0, "trace.csv 和清单上的校验值不符")]


def test_a_database_rewritten_since_is_found_by_an_export(world, auditor, tmp_path):
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        for statement in engines.of(connection).not_append_only(table):
            cursor.execute(statement)
        cursor.execute(f"UPDATE {table} SET hash = %s WHERE event = 'activity.approved'", ["0" * 64])
        cursor.execute(f"DELETE FROM {table} WHERE event = 'activity.published'")
    assert [why for _line, why in faults(path)] == ["数据库里的这一行和导出时不一样", "数据库里没有这一行了"]


def test_an_export_is_held_to_an_anchor_kept_elsewhere(world, tmp_path):
    anchor = audit.anchor_now(NOON)
    path = written(export_trace(None, by=SYSTEM, at=NOON), tmp_path)
    assert faults(path, anchors=[anchor]) == []
    strand = AuditEntry.objects.first().strand
    other = audit.Anchor(None, {**anchor.heads, strand: (anchor.heads[strand][0], "0" * 64)})
    assert [why for _line, why in faults(path, anchors=[other])] == ["与另存的链头不符"]


def test_the_script_in_the_zip_verifies_without_us(world, auditor, tmp_path):
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)

    def run(where):
        with zipfile.ZipFile(where) as zipped:
            zipped.extractall(tmp_path / where.stem)
        command = [sys.executable, "-I", "-S", "verify.py", "rows.jsonl", "anchor.txt"]
        return subprocess.run(command, cwd=tmp_path / where.stem, capture_output=True, text=True, check=False)

    sound, forged = (
        run(path),
        run(
            changed(
                path,
                tmp_path,
                "rows.jsonl",
                lambda text: text.replace("中", "内").replace('"unit_id"', '"unit"'),
            )
        ),
    )
    assert (sound.returncode, "all rows hold" in sound.stdout) == (0, True)
    assert (forged.returncode, "changed after it was written" in forged.stdout) == (1, True)


def test_an_act_of_before_midnight_that_was_written_after_it_is_no_fault(world, auditor, tmp_path):
    activity = Activity.objects.get()
    for at in (NOON, NOON - timedelta(days=1), NOON):
        traced(activity, at)
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    days = [json.loads(line)["day"] for line in inside(path, "rows.jsonl").splitlines()]
    assert (days == sorted(days), faults(path)) == (True, [])


@pytest.mark.parametrize("of", ["school", "town", "province"])
def test_with_links_nothing_can_have_been_left_out(world, tmp_path, of):
    look_elsewhere(world)
    scope = getattr(world, of)
    plainly, whole = (export_trace(scope, links=links, by=SYSTEM, at=NOON) for links in (False, True))
    path = written(whole, tmp_path)
    rows = [json.loads(line) for line in inside(path, "rows.jsonl").splitlines()]
    given = [row["hash"] for row in rows if row.get("event", "trace.exported") != "trace.exported"]
    assert given == [row.hash for row in plainly.rows()]
    assert (any("event" not in row for row in rows), faults(path)) == (True, [])
    cut = changed(path, tmp_path, "rows.jsonl", lambda text: drop(text, "activity.filed"))
    assert "前面少了行" in [why for _line, why in faults(cut)]


def look_elsewhere(world):
    traced(world.far.unit, NOON)


def drop(text, word):
    return "".join(line for line in text.splitlines(keepends=True) if word not in line)


def test_an_export_leaves_its_own_trace(world, auditor, tmp_path):
    export_trace(world.province, **PERIOD, by=auditor, at=NOON)
    row = AuditEntry.objects.latest("pk")
    assert (row.event, row.thing, row.thing_id, row.person_id, row.detail) == (
        "trace.exported", "place", world.province.pk, auditor.person_id, {"since": "2023-08-01", "until": "2023-09-30", "whole": False},
    )  # fmt: skip


def test_only_who_audits_or_coordinates_takes_a_trace_away(world, auditor):
    for by, scope in (
        (world.filer, world.school),
        (world.reviewer, world.city),
        (world.far, world.province),
        (auditor, None),
    ):
        with pytest.raises(NotAllowed):
            export_trace(scope, **PERIOD, by=by, at=NOON)
    assert not AuditEntry.objects.filter(event="trace.exported").exists()


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (None, UNTIL, "请写明从哪天到哪天。"), (UNTIL, SINCE, "截止日期早于起始日期。请改正。"),
        (SINCE, SINCE + timedelta(days=400), "一次最多导出一年。请分几次导出。"),
    ],
)  # fmt: skip
def test_a_period_is_a_year_at_most(world, auditor, since, until, sentence):
    with pytest.raises(Incomplete, match=sentence):
        export_trace(world.province, since=since, until=until, by=auditor, at=NOON)


def test_a_cell_is_never_a_formula(world, auditor, tmp_path):
    world.school.name = "=1+1"
    world.school.save()
    path = written(export_trace(world.province, **PERIOD, by=auditor, at=NOON), tmp_path)
    assert "'=1+1填报了活动" in inside(path, "trace.csv")


def test_a_file_that_is_no_export_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(Incomplete, match="不是完整的留痕导出文件"):
        faults(path)


def test_memory_stays_flat_however_many_rows(world, tmp_path):
    """Twenty thousand rows come to some twelve megabytes of text; what is held at once is a piece of them."""
    first = AuditEntry.objects.first()
    rows = [
        AuditEntry(**{f.attname: getattr(first, f.attname) for f in AuditEntry._meta.concrete_fields if f.attname not in ("id", "seq")}, seq=1000 + n)
        for n in range(20_000)
    ]  # fmt: skip
    AuditEntry.objects.bulk_create(rows, batch_size=1000)
    export = export_trace(None, by=SYSTEM, at=NOON)
    size, tracemalloc_was = 0, tracemalloc.is_tracing()
    tracemalloc.start()
    for piece in export.pieces():
        size += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    if not tracemalloc_was:
        tracemalloc.stop()
    assert (size > 100_000, peak < 16 * 1024 * 1024) == (True, True)


def test_the_zip_opens_whole(world, auditor):
    content = b"".join(export_trace(world.province, **PERIOD, by=auditor, at=NOON).pieces())
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert (zipped.testzip(), sorted(zipped.namelist())) == (
            None, ["README.txt", "anchor.txt", "manifest.json", "rows.jsonl", "trace.csv", "verify.py"],
        )  # fmt: skip
