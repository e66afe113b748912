"""Notices as values for tests of their documents: sentences of our own in the manner of the genre."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kepu.notices.format.reading import read_notice, text_of
from kepu.notices.format.schema import NoticeFile

SEASON = Path(__file__).resolve().parents[3] / "seasons" / "2023"
FILES = sorted(path.name for path in SEASON.glob("*.toml") if path.name != "season.toml")


def of_season(name: str) -> NoticeFile:
    return read_notice(text_of(SEASON / name), name)


def notice(*clauses: dict[str, Any], **head: Any) -> NoticeFile:
    """A notice of a county; a clause needs what makes it different."""
    usual = {
        "code": "linxi-2025", "season": "reading-2025", "title": "关于开展临溪县全民阅读月活动的通知",
        "issuer": "临溪县全民阅读工作办公室",
    }  # fmt: skip
    return NoticeFile.model_validate({"notice": usual | head, "clause": [
        {"id": f"LX-{n:02}", "summary": "概述", **clause} for n, clause in enumerate(clauses, 1)
    ]})  # fmt: skip


def text(number: str, wording: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "kind": "text", "wording": wording, "text": {"code": "point"}, **more}


def lead(number: str, days: int = 5, **more: Any) -> dict[str, Any]:
    return {"number": number, "kind": "gate", "gate": {"fact": "lead_days", "min": days}, **more}


def form(number: str, columns: list[str], **more: Any) -> dict[str, Any]:
    given = [{"code": f"c{n}", "title": title} for n, title in enumerate(columns)]
    return {
        "number": number, "kind": "form", "form": {"code": "plan", "title": "活动计划表", "columns": given, **more},
    }  # fmt: skip


LEAD = "填报时，距活动开始的天数不少于{}天。"

# What people and programs put into a text field, and what typst, XML or TOML would take for their own
NASTY = "#$*_@<>\\`\"'~[](){}/=+-&|^%!?;:,.“”‘’…—＃　中文甲乙。，\n\t\r\u2028\x00\x1b\ufffe\ufeff😀नḁ"
words = st.text(alphabet=NASTY + "ab1", min_size=1, max_size=30).filter(lambda t: t.strip() != "")
numbers = st.sampled_from(
    ["一", "一", "二（一）", "二（一）1", "二（一）1（1）", "三、", "十二", "前言", "主送", "落款", "联系方式", "附件1", "附件2一", "附件注",
     "", "其他", "3", "（二）", "三1"]
)  # fmt: skip


@st.composite
def clauses(draw: st.DrawFn) -> dict[str, Any]:
    return draw(
        st.one_of(
            st.builds(text, numbers, words),
            st.builds(lambda n, d: lead(n, d), numbers, st.integers(1, 60)),
            st.builds(
                lambda n, t: {"number": n, "kind": "theme", "theme": {"text": t}, "status": "tentative"},
                numbers, words,
            ),
            st.builds(
                lambda n, t, c, o, r: form(n, c, title=t, object=o, rows_max=r, template="1"),
                numbers, words, st.lists(words, min_size=1, max_size=24), st.sampled_from(["row", "document"]),
                st.sampled_from([None, 1, 3]),
            ),
        )
    )  # fmt: skip


@st.composite
def notices(draw: st.DrawFn) -> NoticeFile:
    maybe = lambda strategy: st.none() | strategy  # noqa: E731
    return notice(
        *draw(st.lists(clauses(), max_size=12)),
        title=draw(words), issuer=draw(words), number=draw(maybe(words)), opening=draw(maybe(words)),
        issued=draw(maybe(st.dates())), joint_issuers=draw(st.lists(words, max_size=5)),
        recipients=[
            {"title": title, "role": role, "names": names}
            for title, role, names in draw(
                st.lists(
                    st.tuples(words, st.sampled_from(["to", "cc"]), st.lists(words, max_size=3)), max_size=3
                )
            )
        ],
        attachments=[
            {"title": title, "number": number}
            for title, number in draw(st.lists(st.tuples(words, st.integers(1, 3)), max_size=3))
        ],
        sections=[
            {"title": title, "number": number}
            for number, title in draw(st.lists(st.tuples(numbers.filter(bool), words), max_size=4))
        ],
    )  # fmt: skip
