"""``kepu notice draft``: TOML, and a report of what was found where, how surely, and what was not found."""

from __future__ import annotations

import json

import pytest

from kepu.cli.notice import drafting
from kepu.core.refusals import Refused
from kepu.notices.drafting.documents import Document, DocumentRefused
from kepu.notices.format.reading import read_notice

OURS = 'format = 1\n\n[notice]\ncode = "linxi-2025"\n'


def test_a_draft_is_toml_on_the_screen_and_a_report_beside_it(notice):
    said = notice("draft", "通知.txt", "--season", "reading-2025", "--place", "441900")

    drafted = read_notice(said.stdout)
    assert (drafted.notice.season, drafted.notice.place, drafted.notice.title) == (
        "reading-2025", "441900", "关于举办2025年阅读月的通知",
    )  # fmt: skip
    assert [c.kind for c in drafted.clause] == ["window", "duty"]
    assert said.stderr == (
        "\n通知.txt：TXT，1页，53字。\n"
        "\n文头，2项：\n"
        "   95%  标题：关于举办2025年阅读月的通知\n        原文：关于举办2025年阅读月的通知\n"
        "   90%  主送和抄送：各乡镇\n        原文：各乡镇：\n"
        "\n条款，2条：\n"
        "   90%  时间段 二：集中开展：2025年4月1日至2025年4月30日。\n        原文：活动定于4月1日（星期五）至30日举办\n"
        "        ! 2025年4月1日是星期二，不是星期五。\n"
        "   88%  报送任务 三：2025年3月21日前报送计划表。\n        原文：请于3月21日前报送计划表。\n"
        "        ! 没有落款日期，请补上。\n"
        "\n没有找到：发文字号、发文单位、联合发文单位、附件、落款日期、主题、数量要求、人数等界限、提前天数、其他把关条件、"
        "表格、文件要求、征集、评价指标、标识、板块和行动、清单、各方、审核路线、评优表扬、联系方式、主要安排、覆盖目标、文字。\n"
        "以上都是建议，请逐条核对；没有核对的不会生效。\n"
    )


def test_a_draft_goes_to_a_file_and_the_report_to_the_screen(notice, tmp_path):
    said = notice("draft", "通知.txt", "-o", "out.toml")
    assert said.stdout.startswith("已写入 out.toml。\n\n通知.txt：TXT")
    assert read_notice((tmp_path / "out.toml").read_text("utf-8")).notice.season == "draft"


def test_the_season_is_that_of_the_folder_unless_named(notice, tmp_path):
    season = '[season]\ncode = "reading-2025"\ncampaign = "reading"\nyear = 2025\nname = "阅读月"\nfirst_day = 2025-01-01\nlast_day = 2025-12-31\n'
    (tmp_path / "season.toml").write_text(season, "utf-8")
    assert read_notice(notice("draft", "通知.txt").stdout).notice.season == "reading-2025"
    (tmp_path / "season.toml").write_text("broken", "utf-8")
    assert read_notice(notice("draft", "通知.txt").stdout).notice.season == "draft"
    with pytest.raises(Refused, match="届次代码“阅读月”不对"):
        notice("draft", "通知.txt", "--season", "阅读月")


def test_a_draft_as_data(notice):
    said = json.loads(notice("draft", "通知.txt", "--json").stdout)
    assert said["document"] == {
        "name": "通知.txt",
        "format": "txt",
        "pages": 1,
        "characters": 55,
        "remarks": [],
    }
    assert read_notice(said["toml"]).notice.title == "关于举办2025年阅读月的通知"
    assert said["header"][0] == {
        "key": "title", "value": "关于举办2025年阅读月的通知", "confidence": 0.95, "recogniser": "title", "spans": [[0, 15]],
        "words": ["关于举办2025年阅读月的通知"], "flags": [],
    }  # fmt: skip
    assert said["clauses"][1] == {
        "number": "三", "kind": "duty", "summary": "报计划。", "duty": {"what": "plan", "title": "计划表", "due": "2025-03-21"},
        "sentence": "2025年3月21日前报送计划表。", "confidence": 0.875, "recogniser": "duty", "spans": [[41, 55]],
        "words": ["请于3月21日前报送计划表。"], "flags": [],
    }  # fmt: skip
    assert said["flags"][1] == {"code": "no_date", "sentence": "没有落款日期，请补上。"}
    assert "发文单位" in said["not_found"]
    assert "标题" not in said["not_found"]


def test_a_document_of_ours_needs_no_drafting(notice, monkeypatch):
    monkeypatch.setattr(
        drafting,
        "read_document",
        lambda content, name, **_more: Document(name, "docx", "正文", embedded=OURS),
    )
    said = notice("draft", "通知.txt")
    assert (said.stdout, said.stderr) == (
        OURS,
        "这是本平台导出的公文，文字没有改动：条款照原样取出，不必识别。\n",
    )


def test_a_file_that_is_not_there_or_cannot_be_read_is_a_sentence(notice, tmp_path):
    with pytest.raises(Refused, match="打不开这个文件：没有"):
        notice("draft", "没有.txt")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    with pytest.raises(DocumentRefused, match="这是图片"):
        notice("draft", "图.png")
