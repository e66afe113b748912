"""``kepu notice document``: from a file or from the database to a document on the disk."""

from __future__ import annotations

import docx
import pypdfium2
import pytest
from click.testing import CliRunner

from kepu.cli.notice import command
from kepu.core.refusals import Incomplete
from kepu.notices import actions
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.official.embedded import read_official
from kepu.orgs.models import Place, Term, Vocabulary

TOML = """
format = 1
[notice]
code = "linxi-2025"
season = "reading-2025"
title = "关于开展全民阅读月活动的通知"
issuer = "临溪县教育局"
place = "441900"

[[clause]]
id = "LX-01"
number = "一"
kind = "gate"
summary = "提前填报。"
audience = { kinds = ["school"] }
[clause.gate]
fact = "lead_days"
min = 5
"""
SENTENCE = "填报时，距活动开始的天数不少于5天。"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "linxi.toml"
    path.write_text(TOML, "utf-8")
    return path


def run(*words):
    done = CliRunner().invoke(command, ["document", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_becomes_a_docx_that_gives_it_back(file, tmp_path):
    out = tmp_path / "out.docx"

    assert run(file, "-o", out) == f"已写入 {out}。\n"
    assert read_official(out.read_bytes()) == read_notice(TOML)


def test_a_file_becomes_a_pdf(file, tmp_path):
    out = tmp_path / "out.PDF"

    run(file, "-o", out)
    with pypdfium2.PdfDocument(out) as document:
        words = document[0].get_textpage().get_text_range()
    assert SENTENCE in "".join(words.split())


@pytest.mark.django_db
def test_a_notice_of_the_database_also_says_whom_a_clause_binds(tmp_path, system, noon):
    header = SeasonHeader(
        code="reading-2025", campaign="reading", year=2025, name="阅读月", first_day="2025-01-01",
        last_day="2025-12-31",
    )  # fmt: skip
    actions.open_season(header, by=system, at=noon)
    nation = Place.objects.create(code="CN", name="中国", kind="nation", level="nation", path="/")
    Place.objects.create(
        code="441900", name="样例市", kind="city", level="city", parent=nation, path="/441900/"
    )
    Term.objects.create(vocabulary=Vocabulary.UNIT_KIND, code="school", name="中小学校")
    actions.take_over_notice(read_notice(TOML), TOML, "n.toml", by=system, at=noon)
    out = tmp_path / "out.docx"

    run("linxi-2025", "--season", "reading-2025", "-o", out)
    assert f"{SENTENCE}（适用对象：中小学校）" in [p.text for p in docx.Document(out).paragraphs]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "out", "sentence"),
    [
        ("nothing", "out.docx", "没有代码为“nothing”的通知。"),
        ("nothing", "out.odt", "写到“out.odt”：文件名要以 .docx 或 .pdf 结尾。"),
        ("nothing.toml", "out.pdf", "nothing.toml 第1行：找不到这个文件。"),
    ],
)
def test_what_cannot_be_written_is_answered_with_a_sentence(wanted, out, sentence):
    with pytest.raises((Incomplete, NoticeFileRefused)) as refused:
        run(wanted, "-o", out)
    assert str(refused.value) == sentence


def test_a_place_that_cannot_be_written_to_is_answered_with_a_sentence(file, tmp_path):
    out = tmp_path / "nowhere" / "out.docx"

    with pytest.raises(Incomplete) as refused:
        run(file, "-o", out)
    assert str(refused.value) == f"写不了“{out}”：No such file or directory。"
