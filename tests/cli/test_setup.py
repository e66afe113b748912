"""From nothing to a prepared database, and what is said where something is missing; each in a process of its own."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def kepu(tmp_path):
    """The program as people start it, with its data in a folder that is not there yet."""

    def run(*words, **more):
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("KEPU_", "DJANGO_"))
        }
        where = {"KEPU_DATA_DIR": str(tmp_path / "not" / "yet"), "PYTHONIOENCODING": "utf-8", **more}
        return subprocess.run(
            [sys.executable, "-m", "kepu", *words],
            env=ours | where,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run


REAL = {
    "DJANGO_SETTINGS_MODULE": "kepu.config.settings.production",
    "KEPU_SECRET_KEY": "long enough to sign with, and not a secret",
    "KEPU_PERSONAL_KEYS": "k1:" + "A" * 43 + "=",
    "KEPU_HOSTS": "localhost",
}


def test_a_missing_setting_is_a_sentence(kepu):
    said = kepu("setup", **REAL | {"KEPU_HOSTS": ""})
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("KEPU_HOSTS is missing")
    assert said.stderr.count("\n") == 1


def test_a_database_that_is_not_there_is_a_sentence(kepu):
    said = kepu("tallies", "verify", **REAL)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "数据库还没有准备好。请先运行 kepu setup；只想看看，请运行 make demo。\n"


def test_from_nothing_to_a_season_with_its_first_people(kepu, tmp_path):
    real = REAL | {"KEPU_STATIC_DIR": str(tmp_path / "static")}
    said = kepu("setup", **real)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("数据表已就绪。\n")
    assert (tmp_path / "static" / "staticfiles.json").is_file()

    sheet = tmp_path / "units.csv"
    sheet.write_text("编号,单位名称,类别,地区代码\nDG-KX,东莞市科协,association,441900\n", "utf-8")
    assert kepu("units", "import", str(sheet), **real).stdout == "1行可用，0行有误。已写入。\n"
    assert (
        kepu("people", "coordinates", "DG-KX", "--place", "441900", **real).stdout == "东莞市科协 → 东莞市\n"
    )
    asked = ("people", "appoint", "wang", "--unit", "DG-KX", "--role")
    assert kepu(*asked, "coordinator", **real).returncode == 2  # no way to sign in
    new = ("--name", "王联", "--email", "wang@example.cn")
    assert kepu(*asked, "coordinator", *new, **real).stdout == "wang 王联 → 东莞市科协：统筹\n"
    assert kepu(*asked, "reviewer", **real).stdout == "wang 王联 → 东莞市科协：审核\n"
    assert kepu("tallies", "verify", **real).stdout == "计数与重数一致。\n"
