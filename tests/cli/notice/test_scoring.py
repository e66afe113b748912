"""``kepu notice score``: drafts of a folder's texts beside the truths of their names."""

from __future__ import annotations

import json

import pytest

from kepu.core.refusals import Refused

TEXT = "关于举办2025年阅读月的通知\n各乡镇：\n活动定于4月1日（星期五）至30日举办。请于3月21日前报送计划表。\n"
TRUTH = """\
format = 1
[notice]
code = "linxi-2025"
season = "reading-2025"
title = "关于举办2025年阅读月的通知"
issuer = "县阅读办"

[[clause]]
id = "LX-01"
kind = "window"
summary = "四月。"
window = { code = "whole", title = "集中开展", start = 2025-04-01, end = 2025-04-30 }

[[clause]]
id = "LX-02"
number = "三"
kind = "duty"
summary = "报计划。"
duty = { what = "plan", title = "计划表", due = 2025-03-22 }
"""


def test_drafts_are_scored_against_the_truths_of_their_names(notice, tmp_path):
    (tmp_path / "通知.toml").write_text(TRUTH, "utf-8")
    (tmp_path / "另一份.toml").write_text(TRUTH, "utf-8")
    said = notice("score", ".").stdout.splitlines()
    assert said[1:7] == [
        "通知.txt   40.0%   50.0%    2    2    3",
        "  漏掉 发文单位  县阅读办",
        "  多出 发文单位  （待补）",
        "  多出 主送和抄送  各乡镇",
        "  漏掉 报送任务  LX-02 三：2025年3月22日前报送计划表。",
        "  多出 报送任务  C-2 三：2025年3月21日前报送计划表。",
    ]
    figures = {line.split("  ")[-1]: line.split()[:5] for line in said[9:]}
    assert figures["时间段"] == ["100.0%", "100.0%", "1", "0", "0"]
    assert figures["报送任务"] == ["0.0%", "0.0%", "0", "1", "1"]
    assert figures["数量要求"] == ["—", "—", "0", "0", "0"]
    assert figures["合计：时间段、报送任务、数量要求、人数等界限"] == ["50.0%", "50.0%", "1", "1", "1"]
    assert figures["合计：全部"] == ["40.0%", "50.0%", "2", "2", "3"]
    assert said[8] == "共1份"


def test_scores_as_data_name_every_text(notice, tmp_path):
    for name in ("通知", "副本"):
        (tmp_path / f"{name}.toml").write_text(TRUTH, "utf-8")
    (tmp_path / "副本.html").write_text(f"<meta charset=utf-8><pre>{TEXT}</pre>", "utf-8")
    said = json.loads(notice("score", ".", "--json").stdout)
    assert list(said["texts"]) == ["副本.html", "通知.txt"]
    assert said["texts"]["副本.html"] == said["texts"]["通知.txt"]
    assert said["all"]["groups"]["window"] == {
        "true_positives": 2, "false_positives": 0, "false_negatives": 0, "precision": 1.0, "recall": 1.0, "missed": [], "invented": [],
    }  # fmt: skip
    assert said["all"]["fields"]["audience"] == {"right": 2, "of": 2, "share": 1.0}
    assert {key: said["all"]["first"][key] for key in ("groups", "precision", "recall")} == {
        "groups": ["window", "duty", "quota", "threshold"], "precision": 0.5, "recall": 0.5,
    }  # fmt: skip


def test_a_folder_without_pairs_is_a_sentence(notice):
    with pytest.raises(Refused, match="没有成对的文件：每份通知要有"):
        notice("score", ".")
