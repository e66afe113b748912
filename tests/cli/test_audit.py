"""``kepu audit``: what an operator and an auditor type, and what they are answered."""

import pytest
from click.testing import CliRunner
from django.db import connection

from kepu.activities.workflow import State
from kepu.cli.audit import command
from kepu.core import engines
from kepu.core.models import AuditEntry
from tests.factories.activities import a_world, an_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = a_world()
    an_activity(world, State.PUBLISHED)
    return world


@pytest.fixture
def run():
    def said(*arguments):
        result = CliRunner().invoke(command, [str(a) for a in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return said


def forge(sql):
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        for statement in engines.of(connection).not_append_only(table):
            cursor.execute(statement)
        cursor.execute(sql.format(t=table))


def test_a_sound_trace_is_said_to_be_so(world, run):
    code, said = run("verify")
    assert (code, "4行留痕完整。" in said) == (0, True)


def test_a_forged_row_is_named_and_ends_in_1(world, run):
    row = AuditEntry.objects.get(event="activity.approved")
    forge("UPDATE {t} SET event = 'activity.returned' WHERE event = 'activity.approved'")
    code, said = run("verify")
    assert (code, f"第{row.strand}链第{row.seq}行：写入之后被改过" in said) == (1, True)


def test_what_is_new_is_verified_from_where_the_last_check_came(world, run):
    assert "上次核验以后的4行留痕完整。" in run("verify", "--new")[1]
    an_activity(world, State.DRAFT)
    assert "上次核验以后的1行留痕完整。" in run("verify", "--new")[1]


def test_an_anchor_printed_before_finds_what_was_cut_after(world, run, tmp_path):
    kept = tmp_path / "anchor.txt"
    kept.write_text(run("anchor")[1])
    assert run("verify", "--since", kept)[0] == 0
    forge("DELETE FROM {t} WHERE event = 'activity.published'")
    forge(
        "UPDATE core_auditstrand SET length = length - 1, head = (SELECT hash FROM {t} WHERE event = 'activity.approved') WHERE length = 4"
    )
    assert run("verify")[0] == 0
    code, said = run("verify", "--since", kept)
    assert (code, "另存的链头所指的行不见了" in said) == (1, True)


@pytest.mark.parametrize(
    "scope",
    [
        [],
        ["--unit", "石龙中学"],
        ["--unit", "石龙中学", "--links"],
        ["--place", "440000", "--since", "2023-08-01", "--until", "2023-09-30"],
    ],
)
def test_an_export_is_written_and_verified(world, run, tmp_path, scope):
    path = tmp_path / "trace.zip"
    assert run("export", path, *scope)[0] == 0
    assert run("verify", path) == (0, "导出文件完整，和数据库里的留痕相符。\n")


def test_the_anchor_is_mailed_where_the_settings_say(world, run, mailoutbox, settings):
    settings.KEPU_ANCHOR_MAIL = ["audit@example.org"]
    text = run("anchor", "--mail")[1]
    assert [(mail.to, text in mail.body) for mail in mailoutbox] == [(["audit@example.org"], True)]
