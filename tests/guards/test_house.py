"""The repository keeps its own house rules."""

import ast
import os
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LONGEST = 400
LONGER_FOR_A_REASON = {
    # path: why it is one thing and stays whole
}

# A rule, and what a file that breaks it would hold.
FOREIGN = {
    "names the address of a package registry": r"pypi\.org|pythonhosted\.org|registry\.npmjs",
    "names a place on somebody's machine": r"(?<![\w.$}])/(root|home/\w+|Users/\w+)/",
}


@cache
def files():
    """What is in the repository or about to be: tracked files, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [
        path for name in sorted(set(listed.stdout.split("\0"))) if name and (path := ROOT / name).is_file()
    ]


def name(path):
    return path.relative_to(ROOT).as_posix()


def text(path):
    """The file's text; nothing for a picture or another file that is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("rule", FOREIGN)
def test_no_file(rule):
    found = [name(path) for path in files() if re.search(FOREIGN[rule], text(path))]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_packages_and_hashes_and_no_address(lock):
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    strange = [
        line
        for line in lines
        if not re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==|    --hash=sha256:", line)
    ]
    assert strange == []


def test_the_lock_of_the_provider_that_tests_sign_in_at_holds_no_address_either():
    assert "://" not in (ROOT / "tests" / "certified_provider" / "package-lock.json").read_text("utf-8")


def test_kepu_imports_only_what_an_install_without_tests_brings():
    """Somebody who only runs Kepu has the runtime lock and no more."""
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )
    brought_by = packages_distributions()
    imported = set()
    for path in (ROOT / "kepu").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    foreign = imported - sys.stdlib_module_names - {"kepu"}
    missing = {
        name for name in foreign
        if not {re.sub(r"[-_.]+", "-", d).lower() for d in brought_by.get(name, [])} & {re.sub(r"[-_.]+", "-", one) for one in locked}
    }  # fmt: skip
    assert missing == set()


def test_the_runtime_lock_is_part_of_the_development_lock():
    def pins(lock):
        return set(re.findall(r"^[a-z0-9._-]+==[^ ]+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_every_script_can_be_started_and_says_what_it_does():
    scripts = [
        path
        for path in files()
        if name(path).startswith(("scripts/", ".ci/")) and text(path).startswith("#!")
    ]
    assert [name(path) for path in scripts if not os.access(path, os.X_OK)] == []
    assert [name(path) for path in scripts if not re.match(r'#!.*\n(# |""")\w', text(path))] == []


def targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_the_makefile_has_the_targets_people_are_told_of():
    assert {"install", "demo", "test", "check", "bench", "lock", "help"} - targets() == set()


def test_make_help_lists_every_target():
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert set(re.findall(r"make ([a-z]+)", shown.stdout)) == targets()


def test_every_target_is_a_script_that_exists():
    used = set(re.findall(r"scripts/[\w.]+", (ROOT / "Makefile").read_text("utf-8")))
    assert {script for script in used if not (ROOT / script).is_file()} == set()


def test_no_file_of_code_is_too_long_to_take_in():
    code = [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
    long = {
        name(path)
        for path in code
        if not name(path).startswith("tests/") and len(text(path).splitlines()) > LONGEST
    }
    assert long == set(LONGER_FOR_A_REASON)


def test_no_model_takes_the_time_from_the_air():
    models = [path for path in files() if name(path).startswith("kepu/") and path.suffix == ".py"]
    assert [name(path) for path in models if re.search(r"\bauto_now(_add)?\s*=\s*True", text(path))] == []


def test_decisions_are_numbered_and_listed():
    records = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert [record[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert [record for record in records if f"({record})" not in index] == []
