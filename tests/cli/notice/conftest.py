"""A folder with one text, a draft of it made by hand, and the command as people give it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from types import ModuleType

import pytest
from click.testing import CliRunner
from django.utils import translation

from kepu.cli.notice import command
from kepu.notices.drafting.documents import Document
from kepu.notices.drafting.proposals import Flag, Found, Proposal, Span
from kepu.notices.format.schema import NoticeFile

TEXT = "关于举办2025年阅读月的通知\n各乡镇：\n活动定于4月1日（星期五）至30日举办。请于3月21日前报送计划表。\n"


@dataclass(frozen=True)
class Drafted:
    """What drafting gives, made by hand: its own tests say what it finds."""

    document: Document
    season: str
    place: str
    today_year: int | None

    def _span(self, words):
        at = self.document.text.index(words)
        return (Span(at, at + len(words)),)

    @property
    def header(self):
        return (
            Found(
                "title", "关于举办2025年阅读月的通知", self._span("关于举办2025年阅读月的通知"), 0.95, "title"
            ),
            Found("recipients", [{"title": "各乡镇"}], self._span("各乡镇："), 0.9, "recipients"),
        )

    @property
    def clauses(self):
        days = {"code": "c", "title": "集中开展", "start": date(2025, 4, 1), "end": date(2025, 4, 30)}
        wrong = Flag("wrong_weekday", "2025年4月1日是星期二，不是星期五。", self._span("星期五")[0])
        plan = {"what": "plan", "title": "计划表", "due": date(2025, 3, 21)}
        return (
            Proposal(
                "window",
                days,
                "四月。",
                self._span("活动定于4月1日（星期五）至30日举办"),
                0.9,
                "window",
                "二",
                flags=(wrong,),
            ),
            Proposal("duty", plan, "报计划。", self._span("请于3月21日前报送计划表。"), 0.875, "duty", "三"),
        )

    @property
    def flags(self):
        return (self.clauses[0].flags[0], Flag("no_date", "没有落款日期，请补上。"))

    def notice_file(self):
        head = {f.key: f.value for f in self.header} | {
            "code": "x",
            "season": self.season,
            "issuer": "（待补）",
            "place": self.place or "CN",
        }
        clauses = [p.as_clause(f"C-{n}") for n, p in enumerate(self.clauses, 1)]
        return NoticeFile.model_validate({"notice": head, "clause": clauses})


@pytest.fixture(autouse=True)
def drafter(monkeypatch):
    """Drafting as the commands find it."""
    module = ModuleType("kepu.notices.drafting.drafting")
    module.draft = lambda document, *, season, place="", today_year=None: Drafted(
        document, season, place, today_year
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)


@pytest.fixture
def notice(tmp_path, monkeypatch):
    """The command as people give it, in a folder with one text."""
    (tmp_path / "通知.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*words):
        with translation.override("zh-hans"):
            return CliRunner().invoke(command, words, catch_exceptions=False)

    return run
