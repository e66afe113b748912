"""A file is kept before any row names it, lies there once, and goes a day after nobody names it any more."""

import hashlib
import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from kepu.core import files
from kepu.core.db import ActError, transaction
from kepu.core.files import room
from kepu.core.models import StoredFile
from kepu.core.refusals import StaleState
from tests.conftest import NOON
from tests.core.test_at_once import at_once

DAY = timedelta(days=1)
DIGEST = hashlib.sha256(b"content").hexdigest()


@pytest.fixture(autouse=True)
def here(folder):
    return folder


@pytest.fixture
def named(monkeypatch):
    """What the rows of some module name."""
    names = set()
    monkeypatch.setattr(files, "_namers", [lambda digests: names & set(digests)])
    return names


def lying(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@transaction
def claimed(digest):
    files.claim([digest])


@transaction
def gone(digest, at):
    files.let_go([digest], at=at)


@pytest.mark.django_db
def test_a_file_lies_under_its_digest_and_only_its_owner_reads_it(folder):
    stored = files.keep(b"content", {"-320.webp": b"small"}, at=NOON)
    again = files.keep(b"content", {"-320.webp": b"small"}, at=NOON)

    where = f"real/{DIGEST[:2]}/{DIGEST}"
    assert (stored.pk, again.pk, lying(folder)) == (DIGEST, DIGEST, [where, f"{where}-320.webp"])
    assert [path.stat().st_mode & 0o777 for path in (folder / where, (folder / where).parent)] == [
        0o600,
        0o700,
    ]
    assert (files.read_kept(DIGEST), files.read_kept(DIGEST, "-320.webp")) == (b"content", b"small")
    assert list(files.kept_files()) == [(DIGEST, ""), (DIGEST, "-320.webp")]


@pytest.mark.django_db
def test_what_lies_there_is_not_written_again(folder):
    files.keep(b"content", at=NOON)
    path = folder / files.name_of(DIGEST)
    before = path.stat()
    files.keep(b"content", at=NOON + DAY)
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("way", "left"),
    [("unclaimed", []), ("claimed", [DIGEST]), ("let go", []), ("let go, and named by another", [DIGEST])],
)
def test_who_is_swept(folder, named, way, left):
    files.keep(b"content", at=NOON)
    if way != "unclaimed":
        claimed(DIGEST)
        named.add(DIGEST)
    if way.startswith("let go"):
        gone(DIGEST, NOON)
    if way == "let go":
        named.clear()

    assert files.sweep(NOON + DAY - timedelta(seconds=1)) == 0
    assert lying(folder) != []
    files.sweep(NOON + DAY)

    assert list(StoredFile.objects.values_list("pk", flat=True)) == left
    assert [path.rsplit("/", 1)[1] for path in lying(folder)] == left
    assert files.sweep(NOON + 9 * DAY) == 0


@pytest.mark.django_db
def test_sent_again_it_has_its_whole_day_again(named):
    files.keep(b"content", at=NOON)
    files.keep(b"content", at=NOON + DAY - timedelta(hours=1))
    assert (files.sweep(NOON + DAY), files.is_kept(DIGEST)) == (0, True)


@pytest.mark.django_db
def test_an_act_cannot_name_what_has_been_swept(named):
    files.keep(b"content", at=NOON)
    files.sweep(NOON + DAY)
    with pytest.raises(StaleState, match="请再传一次"):
        claimed(DIGEST)
    with pytest.raises(ActError):
        files.claim([DIGEST])


@pytest.mark.django_db
def test_a_disk_that_fails_in_the_middle_leaves_no_half_file(folder, monkeypatch, named):
    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(files.NotKept, match="其他内容都在"):
            files.keep(b"content", at=NOON)
    assert lying(folder) == []
    assert (files.keep(b"content", at=NOON).pk, lying(folder)) == (DIGEST, [files.name_of(DIGEST)])
    assert (files.sweep(NOON + DAY), lying(folder)) == (1, [])


@pytest.mark.django_db
def test_a_full_disk_takes_no_file_before_anything_is_written(folder, monkeypatch):
    monkeypatch.setattr(
        room.shutil, "disk_usage", lambda _where: type("Usage", (), {"free": room.RESERVE + 6})
    )
    with pytest.raises(room.Full, match="文字内容照常可以填报"):
        files.keep(b"content", at=NOON)
    assert (lying(folder), StoredFile.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_what_a_process_that_died_has_left_is_swept(folder):
    left = folder / "partial" / "x.1"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    files.sweep(NOON)
    assert lying(folder) == ["partial/x.1"]
    os.utime(left, (time.time() - 2 * 86400,) * 2)
    files.sweep(NOON)
    assert lying(folder) == []


@pytest.mark.django_db
def test_another_space_on_the_same_disk_has_names_of_its_own(folder, settings, named):
    files.keep(b"content", at=NOON)
    settings.KEPU_REHEARSAL = True
    assert (files.is_kept(DIGEST), files.name_of(DIGEST)) == (False, f"rehearsal/{DIGEST[:2]}/{DIGEST}")
    settings.KEPU_TRAINING = True
    assert files.name_of(DIGEST).startswith("training/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_uploads_of_the_same_file_make_one(folder):
    faults = at_once(*[lambda: files.keep(b"content" * 100_000, at=NOON)] * 4)
    digest = hashlib.sha256(b"content" * 100_000).hexdigest()
    assert (faults, lying(folder)) == ([], [files.name_of(digest)])
    assert StoredFile.objects.get().pk == digest


def test_any_storage_of_djangos_can_be_configured(settings):
    settings.STORAGES = {
        **settings.STORAGES, "kept": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {}}
    }  # fmt: skip
    assert room.room_of(storages["kept"]) is None


@pytest.mark.django_db
def test_what_is_kept_beside_a_throwaway_database_goes_with_it(folder, tmp_path):
    with files.kept_in(tmp_path / "beside"):
        files.keep(b"content", at=NOON)
        assert (files.is_kept(DIGEST), lying(folder)) == (True, [])
    assert files.is_kept(DIGEST) is False


@pytest.mark.django_db
def test_only_a_space_for_practising_is_cleared(folder, settings):
    files.keep(b"content", at=NOON)
    files.clear()
    assert lying(folder) == [files.name_of(DIGEST)]
    settings.KEPU_REHEARSAL = True
    files.keep(b"content", at=NOON)
    files.clear()
    assert lying(folder) == [f"real/{DIGEST[:2]}/{DIGEST}"]
