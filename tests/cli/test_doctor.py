"""What ``kepu doctor`` finds: every fault put there is found, explained, and gone when it is mended."""

import json
import os
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from kepu.accounts.models import Person
from kepu.cli.backup import back_up, copy_files
from kepu.cli.doctor import command, database, look_over
from kepu.cli.doctor.finding import Grade
from kepu.core import clock, files, space
from kepu.core.db import transaction
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import Incomplete
from kepu.orgs.models import Role
from kepu.rehearsal.visitors import PASSWORD
from tests.factories.accounts import a_person
from tests.factories.orgs import a_chain, a_post, a_unit

pytestmark = pytest.mark.django_db
HOST = "kepu.example.cn"


@pytest.fixture
def whole(settings, tmp_path, monkeypatch):
    """A deployment in which nothing is wrong, as far as settings can say."""
    settings.SECRET_KEY = "a-long-enough-key-that-nobody-guesses-0123456789"
    settings.ALLOWED_HOSTS, settings.KEPU_PUBLIC_URL = [HOST], f"https://{HOST}"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.KEPU_LIMITS, settings.STATIC_ROOT = 1, str(tmp_path)
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.KEPU_BACKUP_DIR = str(tmp_path)
    (tmp_path / "kepu-20230917-030000.dump").write_bytes(b"PGDMP")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(EmailBackend, "open", lambda self: True)
    monkeypatch.setattr(EmailBackend, "close", lambda self: None)
    space.enter()
    a_post(a_unit(a_chain()[-1], "市科协"), Role.OPERATOR, person=a_person("运维"))
    return settings


def graded():
    return {one.code: one.grade for one in look_over()}


def test_a_whole_deployment_has_no_fault(whole):
    # what the tests' own database is (no role of its own, no disk of its own) is not for the settings to say
    beside = {"database.role", "database.durable", "database.private", "backups.elsewhere", "database.engine"}
    assert {c: g for c, g in graded().items() if g != Grade.FINE and c not in beside} == {}


FAULTS = {
    "keys.signing": {"SECRET_KEY": "short"},
    "keys.personal": {"KEPU_PERSONAL_KEYS": ""},
    "site.debug": {"DEBUG": True},
    "site.hosts": {"ALLOWED_HOSTS": ["*"]},
    "site.https": {"SECURE_SSL_REDIRECT": False},
    "site.limits": {"KEPU_LIMITS": 0},
    "backups.fresh": {"KEPU_BACKUP_DIR": ""},
    "work.mail": {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
    "files.static": {"STATIC_ROOT": "/nowhere"},
}


@pytest.mark.parametrize(("code", "changes"), FAULTS.items(), ids=list(FAULTS))
def test_what_settings_get_wrong_is_a_fault(whole, code, changes):
    for name, value in changes.items():
        setattr(whole, name, value)
    assert graded()[code] == Grade.FAULT


def test_an_address_that_the_hosts_do_not_have_is_a_fault(whole):
    whole.KEPU_PUBLIC_URL = "https://other.example.cn"
    assert graded()["site.hosts"] == Grade.FAULT


def test_a_rehearsal_may_do_without_https_and_mail(whole):
    whole.KEPU_REHEARSAL, whole.SECURE_SSL_REDIRECT = True, False
    whole.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    found = graded()
    assert (found["site.https"], found["work.mail"], found["site.rehearsal"]) == ("fine", "fine", "warning")


def test_a_value_of_a_key_that_is_gone_is_a_fault_and_of_a_former_key_a_warning(whole):
    old, new = ("k" + str(n) + ":" + letter * 43 + "=" for n, letter in ((1, "B"), (2, "C")))
    whole.KEPU_PERSONAL_KEYS = old
    person = a_person("有电话的")
    person.put_phone("13800000000")
    person.save()

    whole.KEPU_PERSONAL_KEYS = f"{new},{old}"
    assert graded()["keys.personal"] == Grade.WARNING
    whole.KEPU_PERSONAL_KEYS = new
    found = {one.code: one for one in look_over()}
    assert found["keys.personal"].grade == Grade.FAULT
    assert "'k1'" in found["keys.personal"].what


def test_mail_that_does_not_leave_is_a_fault(whole, monkeypatch):
    def closed(self):
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(EmailBackend, "open", closed)
    assert graded()["work.mail"] == Grade.FAULT


def test_work_that_waits_or_failed_is_found(whole):
    at = clock.now()
    OutboxRow.objects.create(kind="x", written_at=at, due_at=at - timedelta(minutes=11))
    OutboxRow.objects.create(kind="x", written_at=at, due_at=at, state="failed", last_error="mailbox full")
    found = {one.code: one for one in look_over()}
    assert (found["work.worker"].grade, found["work.failed"].grade) == (Grade.FAULT, Grade.WARNING)
    assert "mailbox full" in found["work.failed"].what


def test_an_old_backup_and_a_broken_one_are_found(whole, tmp_path):
    copy = tmp_path / "kepu-20230917-030000.dump"
    long_ago = clock.real().timestamp() - 30 * 3600
    os.utime(copy, (long_ago, long_ago))
    assert graded()["backups.fresh"] == Grade.FAULT

    (tmp_path / "kepu-20230918-030000.sqlite3").write_bytes(b"not a database, only bytes")
    found = graded()
    assert (found["backups.fresh"], found["backups.whole"]) == (Grade.FINE, Grade.FAULT)


def test_a_guide_s_password_where_a_real_season_runs_is_a_fault(whole):
    person = a_person("老师", username="teacher")
    person.set_password(PASSWORD)
    person.save()
    assert graded()["people.known"] == Grade.FAULT
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert graded()["people.known"] == Grade.FINE


def test_a_rehearsal_is_not_said_to_be_without_them(whole):
    whole.KEPU_REHEARSAL = True
    person = a_person("老师", username="teacher")
    person.set_password(PASSWORD)
    person.save()
    said = {one.code: str(one.what) for one in look_over()}
    assert said["people.known"] == "演练空间可以有人人知道密码的账号。"


def test_powers_beside_the_posts_and_the_lack_of_an_operator_are_told(whole):
    Person.objects.create_superuser("root", "x", name="超级")
    Person.objects.filter(name="运维").delete()
    found = graded()
    assert (found["people.super"], found["people.operator"]) == (Grade.WARNING, Grade.WARNING)


def an_entry():
    person = a_person("留痕的")
    from kepu.accounts.actions import choose_language
    from kepu.orgs.actor import Actor

    choose_language(person, "en", by=Actor(person.pk, person.name, None), at=clock.now())


def test_a_trace_that_could_be_rewritten_is_a_fault(whole):
    an_entry()
    assert graded()["trace.kept"] == Grade.FINE
    before = list(AuditEntry.objects.order_by("pk").values())

    from kepu.core import engines

    with connection.cursor() as cursor:
        for statement in engines.of(connection).not_append_only(AuditEntry._meta.db_table):
            cursor.execute(statement)
    assert graded()["trace.kept"] == Grade.FAULT
    assert list(AuditEntry.objects.order_by("pk").values()) == before


def test_a_clock_behind_the_trace_is_a_fault(whole, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: clock.real() + timedelta(days=2))
    an_entry()
    assert graded()["clock.back"] == Grade.FAULT


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file's rights")
def test_a_database_file_that_everybody_reads_is_a_fault(whole, tmp_path, monkeypatch):
    file = tmp_path / "kepu.sqlite3"
    file.write_bytes(b"")
    monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
    file.chmod(0o644)
    assert {f.code: f.grade for f in database._sqlite()}["database.private"] == Grade.FAULT
    file.chmod(0o600)
    assert {f.code: f.grade for f in database._sqlite()}["database.private"] == Grade.FINE


def test_a_disk_almost_full_is_found(whole, monkeypatch):
    usage = type("Usage", (), {"free": 100_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    assert graded()["files.room"] == Grade.FAULT


def test_the_command_explains_and_ends_with_one_where_there_is_a_fault(whole):
    whole.DEBUG = True
    ended = CliRunner().invoke(command)
    assert ended.exit_code == 1
    assert "✗ 调试方式开着。" in ended.output
    assert "→ 正式运行用" in ended.output


def test_for_a_program_it_speaks_json(whole):
    whole.DEBUG = True
    found = json.loads(CliRunner().invoke(command, ["--json"]).output)
    debug = next(one for one in found if one["code"] == "site.debug")
    assert debug["grade"] == "fault"
    assert all(one["do"] and one["why"] for one in found if one["grade"] != "fine")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the server's own program copies PostgreSQL")
def test_a_copy_holds_what_was_committed_and_opens(tmp_path, whole):
    import sqlite3

    a_person("抄进去的")
    made = back_up(tmp_path, clock.real())
    assert made.stat().st_mode & 0o077 == 0
    copy = sqlite3.connect(made)
    assert copy.execute("SELECT count(*) FROM accounts_person WHERE name = '抄进去的'").fetchone() == (1,)
    copy.close()
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite copies itself")
def test_without_the_server_s_program_the_copy_says_what_to_install(tmp_path, monkeypatch):
    from kepu.core.refusals import Incomplete

    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Incomplete, match="没有 pg_dump"):
        back_up(tmp_path, clock.real())
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_copies_stay(tmp_path, whole, monkeypatch):
    from kepu.cli import backup

    monkeypatch.setattr(
        backup,
        "back_up",
        lambda folder, now: (folder / "kepu-9.dump").write_bytes(b"PGDMP") and folder / "kepu-9.dump",
    )
    for n in range(4):
        path = tmp_path / f"kepu-{n}.dump"
        path.write_bytes(b"PGDMP")
        os.utime(path, (1_600_000_000 + n, 1_600_000_000 + n))
    CliRunner().invoke(backup.command, ["--to", str(tmp_path), "--keep", "2"])
    assert {p.name for p in tmp_path.glob("kepu-*")} - {"kepu-20230917-030000.dump"} == {"kepu-9.dump"}


def test_a_folder_of_files_that_others_read_or_that_lost_some_is_found(whole, folder):
    assert (graded()["files.kept"], folder.stat().st_mode & 0o777) == (Grade.FINE, 0o700)
    stored = files.keep(b"content", at=clock.now())
    claimed([stored.pk])
    folder.chmod(0o755)
    assert graded()["files.kept"] == Grade.WARNING
    folder.chmod(0o700)
    assert graded()["files.kept"] == Grade.FINE
    (folder / files.name_of(stored.pk)).unlink()
    assert graded()["files.kept"] == Grade.FAULT


def test_a_place_where_no_file_can_be_written_is_a_fault(whole, folder):
    folder.write_text("a file where a folder should be")
    found = {one.code: one for one in look_over()}["files.kept"]
    assert (found.grade, "KEPU_FILES_DIR" in found.do) == (Grade.FAULT, True)


def test_files_are_copied_once_and_kept_as_long_as_a_copy_may_name_them(folder, tmp_path):
    where, day = tmp_path / "copies", 86400
    where.mkdir()
    (where / "kepu-20230901-030000.dump").write_bytes(b"PGDMP")
    stored = files.keep(b"content", {"-320.webp": b"small"}, at=clock.now())
    claimed([stored.pk])
    copies = [where / "files" / files.name_of(stored.pk, ending) for ending in ("", "-320.webp")]

    assert (copy_files(where), copy_files(where)) == (2, 0)
    assert [copy.read_bytes() for copy in copies] == [b"content", b"small"]
    assert copies[0].stat().st_mode & 0o777 == 0o600

    let_go([stored.pk])
    files.sweep(clock.now() + timedelta(days=2))
    copy_files(where)
    assert [copy.exists() for copy in copies] == [True, True]  # the database of that day may name it
    for copy in copies:
        os.utime(copy, (copy.stat().st_atime, copy.stat().st_mtime - 400 * day))
    copy_files(where)
    assert [copy.exists() for copy in copies] == [False, False]


def test_a_file_that_is_lost_is_told_and_one_that_was_never_whole_is_not(folder, tmp_path):
    loose, lost = (files.keep(content, at=clock.now()) for content in (b"loose", b"lost"))
    claimed([lost.pk])
    for stored in (loose, lost):
        (folder / files.name_of(stored.pk)).unlink()
    with pytest.raises(Incomplete, match="有 1 个文件找不到"):
        copy_files(tmp_path)


@transaction
def claimed(digests):
    files.claim(digests)


@transaction
def let_go(digests):
    files.let_go(digests, at=clock.now())


def test_a_shared_cache_that_takes_no_purge_is_a_fault_and_says_since_when(whole):
    assert "work.cache" not in graded()
    whole.KEPU_PURGE, whole.KEPU_PURGE_SECRET = ("http://127.0.0.1:1/",), "a-secret-of-caches"
    long_ago = clock.now() - timedelta(minutes=3)
    OutboxRow.objects.create(
        kind="public.changed", written_at=long_ago, due_at=clock.now() + timedelta(hours=1), attempts=3
    )

    found = next(one for one in look_over() if one.code == "work.cache")

    assert found.grade == Grade.FAULT
    assert "http://127.0.0.1:1" in found.what
    assert long_ago.astimezone(clock.now().tzinfo).strftime("%m-%d %H:%M") in found.what
    assert "a-secret-of-caches" not in str(found)
