import pytest
from click.testing import CliRunner

from kepu.cli import cli
from kepu.cli.rehearse import units_for
from kepu.core.refusals import NotAllowed


@pytest.mark.parametrize("name", ["demo", "rehearse", "bench", "serve", "worker", "setup"])
def test_every_command_says_what_it_does(name):
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert shown.output.startswith(f"Usage: cli {name} ")
    assert "Options:" in shown.output


def test_a_real_season_is_not_rehearsed_in():
    refused = CliRunner().invoke(cli, ["rehearse", "--database", "here"])
    assert isinstance(refused.exception, NotAllowed)
    assert str(refused.exception) == "这里是真实的届次，不能演练。请用 --database temp。"


def test_a_folder_without_a_season_is_refused_with_its_name(tmp_path):
    refused = CliRunner().invoke(cli, ["setup", "--season", str(tmp_path)])
    assert str(refused.exception) == f"{tmp_path} 里没有 season.toml。请用 --season 指明届次目录。"


def test_more_activities_bring_more_units():
    assert [units_for(n) for n in (0, 300, 5000)] == [300, 330, 800]
