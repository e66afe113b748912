"""Notice files for property tests: small ones of several kinds, that replace, amend, reach further, wait for something."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kepu.notices.format.schema import NoticeFile

SEASON = "sample-2023"
DAYS = ("2023-08-01", "2023-08-20", "2023-09-01")
AUDIENCES: tuple[dict[str, Any], ...] = (
    {}, {"kinds": ["school"]}, {"levels": ["town"]}, {"kinds": ["association"], "levels": ["city", "town"]},
    {"places": ["441900"]}, {"places": ["nowhere"]}, {"roles": ["coordinator"]}, {"units": ["U-SCHOOL"]},
    {"lines": ["education"]}, {"designations": ["model"]}, {"exceptions": [{"kinds": ["school"]}]},
    {"any_of": [{"levels": ["nation"]}, {"kinds": ["association"], "exceptions": [{"levels": ["town"]}]}]},
    {"only_for": "入围者"},
)  # fmt: skip


def _date(first: int = 1) -> st.SearchStrategy[dict[str, str]]:
    return st.integers(first, 28).map(lambda day: {"date": f"2023-09-{day:02d}"})


KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "gate": st.one_of(
        st.fixed_dictionaries({"fact": st.just("lead_days"), "min": st.integers(1, 30)}),
        st.fixed_dictionaries({"fact": st.just("participants_expected"), "max": st.integers(50, 90)}),
        st.fixed_dictionaries({"fact": st.just("risk_plan"), "required": st.booleans()}),
    ),
    "duty": st.fixed_dictionaries(
        {"what": st.sampled_from(["plan", "summary"]), "title": st.sampled_from(["计划表", "总结"])},
        optional={
            "due": _date(10), "to": st.sampled_from(["issuer", "coordinator@city"]), "desk": st.just("科普部"),
            "parts": st.lists(st.sampled_from(["scan", "electronic", "paper"]), max_size=3, unique=True).map(
                lambda codes: [{"code": c, "label": c} for c in codes]
            ),
        },
    ),
    "quota": st.fixed_dictionaries({
        "of": st.just("activities"), "per": st.sampled_from(["unit", "place"]), "min": st.integers(1, 9), "unit": st.just("项"),
    }),
    "theme": st.fixed_dictionaries({"text": st.sampled_from(["爱科学", "用科学", "学科学"])}),
    "window": st.fixed_dictionaries({
        "code": st.just("main"), "title": st.just("集中开展"), "start": _date(), "end": st.just({"date": "2023-09-30"}),
    }),
    "list": st.fixed_dictionaries({
        "code": st.just("formats"), "title": st.just("活动形式"),
        "items": st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True).map(
            lambda codes: [{"code": c, "label": c.upper()} for c in codes]
        ),
    }),
    "text": st.fixed_dictionaries({"code": st.sampled_from(["aim", "call"]), "title": st.sampled_from(["要求", "号召"])}),
}  # fmt: skip


@st.composite
def clauses(draw: st.DrawFn, code: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    data: dict[str, Any] = {
        "id": code, "number": draw(st.sampled_from(["", "一", "二（一）"])), "kind": kind, "summary": "样例", kind: draw(KINDS[kind]),
        "audience": draw(st.sampled_from(AUDIENCES)),
    }  # fmt: skip
    for name, values in (
        ("mode", ["tighten", "replace", "union", "fixed", "shift"]), ("strictness", ["hard", "in_principle", "strive", "none"]),
        ("scope", ["CN", "440000"]), ("status", ["tentative", "pending"]), ("caller", ["征集单位"]), ("relates", [["same:N-1"]]),
        ("key", ["own.key"]),
    ):  # fmt: skip
        if draw(st.integers(0, 3)) == 0:
            data[name] = draw(st.sampled_from(values))
    if data.get("status") == "pending":
        data["waits_for"] = "后续通知"
    return data


@st.composite
def notices(
    draw: st.DrawFn, code: str, *, replaces: tuple[str, ...] = (), amends: tuple[str, ...] = ()
) -> NoticeFile:  # fmt: skip
    head: dict[str, Any] = {
        "code": code, "season": SEASON, "title": f"{code}的通知", "issuer": "样例单位",
        "place": draw(st.sampled_from(["CN", "440000", "441900", "441900103"])),
        "status": draw(st.sampled_from(["formal", "formal", "advance", "placeholder"])),
    }  # fmt: skip
    if issued := draw(st.sampled_from([*DAYS, None])):
        head["issued"] = issued
    if draw(st.integers(0, 4)) == 0:
        head["line"] = "education"
    if draw(st.integers(0, 4)) == 0:
        head["number"] = f"样办〔2023〕{draw(st.integers(1, 9))}号"
    head["replaces"] = [c for c in replaces if draw(st.booleans())]
    head["amends"] = [c for c in amends if draw(st.booleans())]
    codes = [f"C-{n}" for n in range(draw(st.integers(0, 6)))]
    data = {"format": 1, "notice": head, "clause": [draw(clauses(c)) for c in codes]}
    return NoticeFile.model_validate(data)
