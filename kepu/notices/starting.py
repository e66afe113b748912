"""What a new draft begins with: nothing, a document, the notices above, or the notice it replaces or amends.

Pure: values in, a header and rows of clauses out. A row is proposed where somebody has to decide, confirmed where
there is nothing left to decide. What goes into the notice is Chinese, whatever language the page is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.drafting.proposals import Flag, Found, Proposal
from kepu.notices.format.schema import FileClause, NoticeFile
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds import Mode, Status
from kepu.notices.kinds.duty import Duty
from kepu.notices.kinds.quota import Quota
from kepu.notices.kinds.theme import Theme
from kepu.notices.kinds.window import Window
from kepu.notices.models import ClauseState
from kepu.notices.modes import LEVELS, one_down, taken
from kepu.orgs.models import Line, Place, Unit

Row = dict[str, Any]
BELOW = {
    "province": "省",
    "city": "市",
    "county": "县（市、区）",
    "town": "乡镇（街道）",
    "village": "村（社区）",
}


@dataclass(frozen=True, slots=True)
class Start:
    """What :func:`kepu.notices.actions.start_draft` takes: a header, rows of clauses, what was read for the header."""

    header: dict[str, Any]
    clauses: list[Row] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)


def blank(
    season_code: str, year: int, place: Place, line: Line | None, unit: Unit, *, known: Iterable[str]
) -> Start:
    """An empty notice of ``unit`` for a place or line. ``known``: the codes of notices there already are."""
    code = free_code(f"{line.code if line else place.code.lower()}-{year}", known)
    header: dict[str, Any] = {
        "code": code, "season": season_code, "issuer": unit.name, "issuer_unit": unit.code, "place": place.code,
        "status": "formal", "level": place.level,
    }  # fmt: skip
    if line is not None:
        header["line"] = line.code
    return Start(header)


def free_code(wanted: str, known: Iterable[str]) -> str:
    """``wanted``, or with a number behind it where it is taken."""
    taken_codes, code, n = set(known), wanted, 2
    while code in taken_codes:
        code, n = f"{wanted}-{n}", n + 1
    return code


def of_document(base: Start, found: Sequence[Found], proposals: Sequence[Proposal]) -> Start:
    """A notice read from a document: everything proposed, nothing in force unseen."""
    fixed = ("season", "place", "line", "code", "issuer_unit")
    header = {**base.header, **{f.key: _typed(f.value) for f in found if f.key not in fixed}}
    rows = [
        row_of(
            p.as_clause(f"C-{n:02d}"),
            p.confidence,
            p.recogniser,
            p.flags,
            [[s.start, s.end] for s in p.spans],
        )
        for n, p in enumerate(proposals, start=1)
    ]
    read = [
        {
            "key": f.key, "confidence": f.confidence, "recogniser": f.recogniser,
            "spans": [[s.start, s.end] for s in f.spans], "flags": [_plain(flag) for flag in f.flags],
        }
        for f in found if f.key not in fixed
    ]  # fmt: skip
    return Start(header, rows, read)


def row_of(
    data: Mapping[str, Any], confidence: float, recogniser: str, flags: Iterable[Flag] = (), spans: Any = (),
) -> Row:  # fmt: skip
    """A row that waits for a look."""
    proposal = {
        "confidence": round(confidence, 2), "recogniser": recogniser, "spans": list(spans), "flags": [_plain(f) for f in flags],
    }  # fmt: skip
    return {"data": _typed(dict(data)), "state": ClauseState.PROPOSED, "proposal": proposal, "above": ""}


def _typed(value: Any) -> Any:
    """A value as a form would have sent it and the database keeps it: dates as text, tuples as lists."""
    if isinstance(value, Mapping):
        return {key: _typed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_typed(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _plain(flag: Flag) -> dict[str, Any]:
    data = asdict(flag)
    data["span"] = [flag.span.start, flag.span.end] if flag.span else None
    return data


def of_parent(base: Start, rules: Rules, place: Place, unit: Unit, *, season_name: str) -> Start:
    """Our own notice under those above: taken over what is settled, open what only this level can decide.

    Open are the dates and receivers of the lower link's duties, the split of quotas, who reviews, and the contact.
    """
    parents = [n.code for n in rules.notices if n.place != place.path or n.line]
    header = {
        **base.header, "parents": parents[:1] or [], "title": f"关于举办{place.name}{season_name}活动的通知",
        "sections": [
            {"number": "一", "title": "主题和时间"}, {"number": "二", "title": "活动数量"},
            {"number": "三", "title": "报送要求"}, {"number": "四", "title": "联系方式"},
        ],
    }  # fmt: skip
    rows: list[Row] = []
    lower = one_down(place.level)
    for rule in rules.values():
        code = f"C-{len(rows) + 1:02d}"
        if (row := _from_above(rule, code, place, lower)) is not None:
            rows.append(row)
    rows.append(_reviewing(f"C-{len(rows) + 1:02d}", place))
    contact = {
        "id": f"C-{len(rows) + 1:02d}", "number": "四", "kind": "contact", "summary": f"{unit.name}联系方式。",
        "contact": {"desk": "office", "title": unit.name, "gives": ["name", "phone"]},
    }  # fmt: skip
    rows.append(_open(contact, _("本级的联系方式由您定。姓名和电话在系统里另填，不写进通知。")))
    return Start(header, rows)


def _from_above(rule: InForce, code: str, place: Place, lower: str) -> Row | None:
    params = rule.params
    above = f"{rule.clause.notice.code}#{rule.clause.code}"
    if rule.clause.notice.place == place.path and not rule.clause.notice.line:
        return None  # said at this level already
    if rule.kind == "theme" and rule.key in ("theme", "subtheme") and rule.status is not Status.PENDING:
        return {**_settled(taken(rule, Mode.FIXED, code=code, number="一")), "above": above}
    if isinstance(params, Window) and params.purpose == "activity" and rule.status is not Status.PENDING:
        return {**_settled(taken(rule, Mode.FIXED, code=code, number="一")), "above": above}
    if isinstance(params, Quota) and params.per in ("place", "unit") and params.bound.is_set():
        return {**_quota_below(rule, params, code, lower), "above": above}
    if isinstance(params, Duty) and params.about == "unit" and rule.clause.audience.only_for is None:
        return {**_duty_below(rule, params, code, place, lower), "above": above}
    return None


def _settled(data: dict[str, Any]) -> Row:
    return {"data": data, "state": ClauseState.CONFIRMED, "proposal": {}}


def _open(data: dict[str, Any], *sentences: str) -> Row:
    return row_of(data, 1.0, "parent", [Flag("decide", s) for s in sentences])


def _quota_below(rule: InForce, params: Quota, code: str, lower: str) -> Row:
    data = taken(rule, Mode.TIGHTEN, code=code, number="二")
    quota = {k: v for k, v in data["quota"].items() if k not in ("min", "max", "nominal", "classes")}
    if params.per == "place":
        quota["place_level"] = lower
    data["summary"] = f"各{BELOW.get(lower, '下级')}{params.name()}的数量。"
    data |= {"quota": quota, "audience": {"levels": [lower], "kinds": ["association"]}}
    said = {"cite": rule.cite, "what": params.sentence()}
    return _open(data, _("上级对本级的要求是：%(what)s（%(cite)s）下面每一家至少几个，由您分。") % said)


def _duty_below(rule: InForce, params: Duty, code: str, place: Place, lower: str) -> Row:
    data = taken(rule, Mode.TIGHTEN, code=code, number="三")
    duty = {k: v for k, v in data["duty"].items() if k not in ("due", "opens", "desk")}
    duty["to"] = f"coordinator@{place.level}" if place.level in LEVELS[:5] else "issuer"
    data["summary"] = f"各{BELOW.get(lower, '下级')}报送{params.title}。"
    data |= {"duty": duty, "audience": {"levels": [lower], "kinds": ["association"]}}
    said = {"cite": rule.cite, "due": params.due.words() if params.due else ""}
    if params.due is None:
        flags = [_("上级没有定期限（%(cite)s）。下级什么时候交，由您定。") % said]
    else:
        flags = [_("上级要本级在%(due)s前报（%(cite)s）。下级的期限由您定，要早于这一天。") % said]
    if params.channels:
        ways = _("、").join(channel.label for channel in params.channels)
        flags.append(_("报送渠道照抄了上级的：%(ways)s。报到本级的，请改成本级的渠道。") % {"ways": ways})
    return _open(data, *flags)


def _reviewing(code: str, place: Place) -> Row:
    steps = [f"coordinator@{place.level}"] if place.level in LEVELS[:5] else ["issuer"]
    data = {
        "id": code, "number": "三", "kind": "routing", "summary": "由本级统筹单位审核。", "mode": "replace",
        "routing": {"routes": [{"steps": steps}]},
    }  # fmt: skip
    return _open(data, _("谁来审核下面填报的活动，由您定。照上级的办，就不采用这一条。"))


def of_formal(file: NoticeFile, rules: Rules, *, known: Iterable[str]) -> Start:
    """The formal notice in place of an advance one: everything copied, what was pending opened, codes kept."""
    header = file.notice.model_dump(mode="json", exclude_defaults=True)
    for name in ("in_force", "issued", "printed", "number", "amends", "note"):
        header.pop(name, None)
    header |= {
        "status": "formal", "code": free_code(f"{file.notice.code}-formal", known), "replaces": [file.notice.code],
        "title": file.notice.title,
    }  # fmt: skip
    rows = []
    for clause in file.clause:
        data = clause.model_dump(mode="json", exclude_defaults=True)
        if clause.status is Status.FINAL and clause.mode is not Mode.PENDING:
            rows.append({**_settled(data), "above": ""})
            continue
        above = rules.get(clause.rule_key())
        ours = above is None or above.clause.notice.code == file.notice.code
        rows.append(_to_decide(data, clause, None if ours else above))
    return Start(header, rows)


def _to_decide(data: dict[str, Any], clause: FileClause, above: InForce | None) -> Row:
    """What the advance notice left open, or said for the time being; a theme that those above have decided is filled in."""
    waits = data.pop("waits_for", "")
    data.pop("status", None)
    if data.get("mode") == "pending":
        data.pop("mode")
    if relates := [r for r in data.pop("relates", ()) if not r.startswith("pending:")]:
        data["relates"] = relates
    if (
        isinstance(clause.params, Theme)
        and clause.params.text is None
        and above is not None
        and isinstance(above.value, str)
    ):
        data["theme"] = {**data.get("theme", {}), "text": above.value}
        data |= {
            "summary": f"{clause.params.term or '主题'}照上级的。",
            "relates": [*relates, f"same:{above.clause.code}"],
        }
        data.pop("summary_en", None)
        return _open(
            data, _("预备通知里这一条待定，上级（%(cite)s）已经定了，已照填。") % {"cite": above.cite}
        )
    if clause.status is Status.TENTATIVE:
        return _open(data, _("预备通知里这一条是暂定的。就这样定的，确认；要改的，改了再确认。"))
    said = _("预备通知里这一条还没有定（等%(what)s）。请写定，或注明仍然待定。")
    return _open(data, said % {"what": waits or _("正式通知")})


def of_amendment(base: Start, file: NoticeFile, status: str, *, known: Iterable[str]) -> Start:
    """A supplement or a correction to a notice: its head, and no clause yet."""
    what = "补充" if status == "supplement" else "更正"
    header = {
        **base.header, "status": status, "amends": [file.notice.code], "issuer": file.notice.issuer,
        "title": f"关于{what}《{file.notice.title.strip('《》')}》的通知", "code": free_code(f"{file.notice.code}-{status}", known),
        "parents": list(file.notice.parents),
        "recipients": [r.model_dump(mode="json", exclude_defaults=True) for r in file.notice.recipients],
    }  # fmt: skip
    return Start(header)
