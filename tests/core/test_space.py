"""A database knows which space it is, and nobody who means the other gets in."""

import pytest
from click.testing import CliRunner
from django.core.checks import run_checks

from kepu.cli import cli
from kepu.cli.demo import prepare
from kepu.cli.worker import Worker
from kepu.config import wsgi
from kepu.core import outgoing, space
from kepu.core.models import SpaceMark
from kepu.core.outgoing import NotSafe
from kepu.core.space import Space, WrongSpace

pytestmark = pytest.mark.django_db


@pytest.fixture
def real(db):
    space.enter()


@pytest.fixture
def rehearsal(settings, db):
    """A database of a rehearsal, opened by a process that means the real season."""
    settings.KEPU_REHEARSAL = True
    space.enter()
    settings.KEPU_REHEARSAL = False


def test_who_works_first_on_a_database_marks_it_and_the_mark_stays(settings):
    assert space.marked() is None
    space.enter()
    space.enter()
    assert list(SpaceMark.objects.values_list("pk", "kind")) == [(1, "real")]

    settings.KEPU_REHEARSAL = True
    with pytest.raises(WrongSpace, match="这个数据库是正式的，而现在按演练运行"):
        space.enter()
    assert space.marked() is Space.REAL


def test_a_real_process_does_not_work_on_a_rehearsal(rehearsal):
    with pytest.raises(WrongSpace, match="这个数据库是演练用的，而现在按正式运行"):
        space.enter()


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "8123"], ["worker", "--once"], ["tallies", "verify"], ["season", "close", "kepu-2023"],
        ["people", "coordinates", "U1"], ["training", "open"], ["setup"],
    ],
)  # fmt: skip
def test_no_command_of_the_real_space_works_on_a_rehearsal(rehearsal, arguments):
    assert isinstance(CliRunner().invoke(cli, arguments).exception, WrongSpace)


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "8123"],
        ["worker", "--once"],
        ["rehearse", "--database", "here"],
        ["tallies", "verify"],
    ],
)
def test_no_command_of_a_rehearsal_works_on_the_real_space(real, settings, arguments):
    settings.KEPU_REHEARSAL = True
    assert isinstance(CliRunner().invoke(cli, arguments).exception, WrongSpace)


def test_the_demo_throws_nothing_real_away(real, settings, tmp_path, monkeypatch):
    settings.KEPU_REHEARSAL = True
    file = tmp_path / "kepu.sqlite3"
    file.write_text("everything")
    monkeypatch.setattr("kepu.cli.demo._file", lambda: file)
    with pytest.raises(WrongSpace):
        prepare(None, fresh=True)
    assert file.read_text() == "everything"


def test_a_worker_looks_before_its_first_turn_and_delivers_nothing(rehearsal):
    with pytest.raises(WrongSpace):
        Worker().turn()


def test_the_server_answers_nothing_from_the_other_space(rehearsal, monkeypatch):
    monkeypatch.setattr(wsgi, "_entered", False)
    statuses = []
    said = b"".join(wsgi.application({"PATH_INFO": "/"}, lambda status, headers: statuses.append(status)))
    assert statuses == ["503 Service Unavailable"]
    assert said.decode().startswith("这个数据库是演练用的")
    assert wsgi._entered is False


def found(**more):
    return [one.id for one in run_checks(**more) if str(one.id).startswith("kepu.")]


def test_django_checks_it_before_a_migration(rehearsal):
    assert found(databases=["default"]) == ["kepu.E001"]
    assert found() == []


def test_a_rehearsal_that_would_send_mail_outside_is_an_error(settings):
    settings.KEPU_REHEARSAL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert found() == ["kepu.E002"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert found() == []


def test_a_rehearsal_pushes_nothing_outside(settings, monkeypatch):
    settings.KEPU_REHEARSAL = True
    monkeypatch.setattr(outgoing, "resolved", lambda url: pytest.fail("The network was asked."))
    with pytest.raises(NotSafe, match="这里是演练，不向外面的系统推送"):
        outgoing.post("https://oa.example.cn/kepu", b"{}", {})
