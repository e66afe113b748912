"""A season with a notice and clauses for tests: Dongguan's rules of 2023, by place, as rows."""

from datetime import date, datetime

from kepu.core.calendar import CHINA
from kepu.notices import rulebook
from kepu.notices.kinds import kinds
from kepu.notices.models import Clause, Notice, NoticeStatus, Season

SUMMARY_PARTS = {
    "basics": "活动基本情况", "results": "主要成效", "highlights": "特色亮点", "resources": "可复用的资源",
    "reflections": "经验与思考",
}  # fmt: skip


def a_season(code="2023", *, is_open=True, **fields):
    """A science day's season; every rule book held from an earlier test is forgotten."""
    rulebook.forget()
    said = {
        "campaign": "science-day", "year": 2023, "name": "2023年全国科普日", "first_day": date(2023, 9, 17),
        "last_day": date(2023, 9, 23),
    }  # fmt: skip
    return Season.objects.create(code=code, is_open=is_open, **{**said, **fields})


def a_notice(
    season, place, code="dg", *, number="东科协〔2023〕17号", issuer_unit=None, line=None, in_force_at=None
):
    return Notice.objects.create(
        season=season, code=code, title="东莞市全国科普日活动通知", number=number, issuer="东莞市科协",
        issuer_unit=issuer_unit, place=place, line=line, status=NoticeStatus.FORMAL, in_force_at=in_force_at,
    )  # fmt: skip


def a_clause(notice, code, kind, params, *, number="", strictness="hard", key="", audience=None, mode=""):
    """A clause of ``notice``; its parameters are checked as the notice reader would, and the rule books forgotten."""
    cls = kinds()[kind]
    checked = cls.model_validate(params)
    rulebook.forget()
    return Clause.objects.create(
        notice=notice, position=notice.clauses.count() + 1, code=code, number=number, kind=kind,
        key=key or checked.key(), summary=code, params=params, audience=audience or {}, strictness=strictness,
        status="final", mode=mode or cls.MODE,
    )  # fmt: skip


def a_gate(notice, code, strictness="hard", *, number="", **params):
    return a_clause(notice, code, "gate", params, number=number, strictness=strictness)


def dongguan(season, place, *, issuer_unit=None):
    """Dongguan's notice: what it asks of an activity, who reviews it, what is due afterwards."""
    notice = a_notice(season, place, issuer_unit=issuer_unit)
    a_clause(notice, "DG-07", "theme", {"text": "提升全民科学素质，助力科技自立自强"}, number="一")
    a_gate(notice, "DG-07b", fact="theme", same_as="theme", number="一")
    a_gate(
        notice,
        "DG-47",
        fact="published_at",
        stages=["publication"],
        not_before={"date": "2023-08-21"},
        number="六（二）1",
    )
    a_gate(notice, "DG-48", fact="lead_days", stages=["filing", "publication"], min=7, number="六（二）1")
    a_clause(
        notice, "DG-50", "routing",
        {"choice": "fixed", "routes": [{"steps": ["coordinator@city"], "days": 3}], "label": "归口单位选市科协"},
        number="六（二）2",
    )  # fmt: skip
    for code, mode, least in (("DG-51", "offline", 50), ("DG-52", "online", 100)):
        a_gate(
            notice,
            code,
            "in_principle",
            fact="participants_expected",
            min=least,
            when={"mode": [mode]},
            number="六（二）3",
        )
    a_gate(notice, "DG-54", fact="media_links", stages=["completion"], min=1, number="六（二）4")
    a_clause(
        notice, "DG-57", "form",
        {
            "code": "activity_summary", "title": "活动总结", "object": "document",
            "columns": [{"code": c, "title": t, "type": "long_text", "max_chars": 500} for c, t in SUMMARY_PARTS.items()],
        },
        number="六（二）5",
    )  # fmt: skip
    a_clause(
        notice, "DG-56", "duty",
        {
            "what": "activity_summary", "title": "活动总结", "about": "activity", "form": "activity_summary",
            "due": {"days": 10, "after": "activity_end"}, "to": "coordinator@city",
        },
        number="六（二）5",
    )  # fmt: skip
    a_gate(
        notice, "CD-10", fact="subtheme", contains=["厚植科技创新沃土，擦亮科幻之都名片"],
        when={"activity_level": ["city"]}, number="二",
    )  # fmt: skip
    a_gate(notice, "CD-50a", fact="safety_person", required=True, number="七")
    a_gate(notice, "CD-50b", fact="host_place_person", required=True, number="七")
    a_clause(
        notice, "DG-20", "list",
        {"code": "fields", "title": "行业领域", "items": [{"code": "health", "label": "健康"}, {"code": "space", "label": "航天"}]},
        number="三",
    )  # fmt: skip
    return notice


def china(year, month, day, hour=9, minute=0):
    """An instant in China's time."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)
