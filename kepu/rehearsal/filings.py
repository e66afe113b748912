"""What hosts write: an activity that satisfies every gate in force for them, made from the lists of their notices. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import Any

from kepu.activities.models import CONTENT
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Gate, Stage
from kepu.orgs.models import Level, Unit
from kepu.rehearsal.script import Part
from kepu.rehearsal.sessions import position_of
from kepu.rehearsal.taking import taking_of

SUBJECTS = (
    "人工智能", "食品安全", "防灾减灾", "航天科技", "绿色低碳", "健康饮食", "科学家精神", "水资源保护", "气象科学",
    "近视防控", "机器人", "生物多样性", "用电安全", "中医药文化", "海洋科学", "乡村振兴", "网络安全", "天文观测",
    "应急救护", "数学之美", "垃圾分类", "地震避险", "合理用药", "无人机", "种子科学", "量子科技",
)  # fmt: skip
FORMS = (
    "科普讲座", "互动体验", "主题展览", "开放日", "科学实验秀", "知识问答", "科普大篷车巡展", "研学活动", "科普市集",
    "专家报告会", "亲子工作坊", "技能培训", "成果展示", "影片放映",
)  # fmt: skip
ONLINE_FORMS = ("直播课堂", "云讲堂", "云看展", "短视频专题", "线上知识竞赛", "话题互动")
# what a form is among the online means and kinds that notices list
MEANT_BY = {
    "直播课堂": "live", "云讲堂": "cloud_lecture", "云看展": "cloud_exhibition", "短视频专题": "short_video", "话题互动": "topic_interaction"
}  # fmt: skip
LISTS = ("fields", "entries", "audiences", "formats")
IN_LISTS = frozenset({"tracks", "fields", "topics", "entries", "audiences", "formats", "marks"})
FROM_THE_SCRIPT = frozenset(
    {"lead_days", "starts_at", "ends_at", "filed_at", "published_at", "responsible_unit"}
)
WHERE_ASKED: Mapping[str, Any] = {"taking_part": "walk_in", "capacity": 50, "accessibility": ["wheelchair"]}
SENTENCE = "按通知要求落实，责任到人，预案见附件（演练数据）。"


def content_for(part: Part, unit: Unit, rules: Rules) -> dict[str, Any]:
    """A filing that no gate in force finds fault with, but for the days, which are the script's."""
    rng = Random(part.luck)
    online, onsite = part.mode in ("online", "mixed"), part.mode in ("offline", "mixed")
    subject, form = rng.choice(SUBJECTS), rng.choice(FORMS if onsite else ONLINE_FORMS)
    people = (
        rng.choice((60, 80, 100, 120, 150, 200, 300, 500))
        if part.mode == "offline"
        else rng.choice((150, 300, 800, 3000))
    )
    content: dict[str, Any] = {
        "title": f"演练：{unit.place.name}“{subject}”{form}", "mode": part.mode, "starts_at": part.starts_at, "ends_at": part.ends_at,
        "theme": rules.value("theme") or "", "subtheme": "", "activity_level": _level(unit, rng),
        "venue": "样例报告厅" if onsite else "", "address": f"样例路{rng.randint(1, 99)}号" if onsite else "",
        "online_link": f"https://example.org/live/{part.number}" if online else "",
        "summary": f"面向公众的{subject}{form}，由{unit.name}举办。内容、人员和数字都是演练用的，不是真实活动。",
        "participants_expected": people, "online_expected": people // 2 if part.mode == "mixed" else people if online else 0,
        "key_activity": part.key, "safety_person": "演练安全员", "content_person": "演练内容审核员",
        "host_place_person": "演练场地负责人", "publicity_plan": "活动前预告，活动后报道（演练数据）。",
        "contact_name": "演练联系人", "contact_phone": "00000000", "tracks": _tracks(rules, unit, rng),
        "topics": [code] if (code := MEANT_BY.get(form)) and code in rules.labels("list") else [],
        **{name: _codes(rules, f"list.{name}", rng) for name in LISTS}, **position_of(part, unit),
        **taking_of(part),
        "key_reason": "规模较大、影响面广，拟申报重点活动（演练数据）。" if part.key else "",
        "resources_planned": "讲座录像和图文各一份（演练数据）。" if part.luck % 3 == 0 else "",
    }  # fmt: skip
    for gate in gates_at(rules, Stage.FILING, Stage.PUBLICATION):
        fulfil(content, gate, rules)
    return content


def completion_for(part: Part, rules: Rules) -> dict[str, Any]:
    """What shows that it took place."""
    given: dict[str, Any] = {
        "media_links": [f"https://example.org/news/{part.number}"],
        "materials": [
            {"kind": "photo", "place": f"https://example.org/photo/{part.number}", "note": "演练照片"},
            {"kind": "video", "place": f"https://example.org/video/{part.number}", "note": "演练视频"},
        ],
        "minors": "none",
        "results": "秩序良好，公众反响热烈（演练数据）。",
    }
    for gate in gates_at(rules, Stage.COMPLETION):
        lower = gate.bound.lower()
        if gate.fact == "media_links" and lower:
            given["media_links"] = [
                f"https://example.org/news/{part.number}/{i}" for i in range(1, int(lower) + 1)
            ]
    return given


def sections_for(part: Part, unit: Unit, rules: Rules) -> dict[str, str]:
    """A summary in the parts that the form and the gates in force ask for, each long enough and not too long."""
    form = rules.get("form.activity_summary")
    columns = form.params.columns_for(sender_kind=unit.kind) if form else ()  # type: ignore[attr-defined]
    sections = {
        c.code: sized(f"{c.title}：演练数据，第{part.number}项。", c.min_chars, c.max_chars) for c in columns
    }
    for gate in gates_at(rules, Stage.SUMMARY):
        for code in gate.contains:
            sections.setdefault(code, f"{gate.labels.get(code, code)}：演练数据，第{part.number}项。")
    return sections or {"summary": f"活动按计划举办，第{part.number}项（演练数据）。"}


def sized(text: str, least: int | None, most: int | None) -> str:
    """The text, repeated until it is long enough, and cut where it is too long."""
    while least and len(text) < least:
        text += text
    return text[:most] if most else text


@lru_cache(maxsize=4096)
def _gates(rules: _ById, stages: tuple[Stage, ...]) -> tuple[Gate, ...]:
    found = [rule.params for rule in rules.rules.of_kind("gate")]
    return tuple(g for g in found if isinstance(g, Gate) and set(stages) & set(g.stages))


class _ById:
    """Rules as a key of a cache: they are frozen, and one object for all units alike."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def __hash__(self) -> int:
        return id(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.rules is other.rules


def gates_at(rules: Rules, *stages: Stage) -> tuple[Gate, ...]:
    """The gates of some stages."""
    return _gates(_ById(rules), stages)


def fulfil(content: dict[str, Any], gate: Gate, rules: Rules) -> None:
    """Make the content do what a gate demands, where it does not. Idempotent; the days stay the script's."""
    if gate.fact in FROM_THE_SCRIPT or not gate.applies(content):
        return
    have = _read(content, gate.fact)
    lower, upper = gate.bound.lower(), gate.bound.upper()
    wish = gate.preferred.lower() if gate.preferred else None
    if lower is not None and not gate.share_of and (have is None or have < lower):
        have = int(lower * 1.2) + 1
    if (
        upper is not None
        and not gate.share_of
        and have is not None
        and not isinstance(have, list)
        and have > upper
    ):
        have = int(upper)
    if wish is not None and isinstance(have, int) and have < wish:
        have = int(wish)
    if gate.same_as is not None and (wanted := rules.value(gate.same_as)) is not None:
        have = str(wanted)
    if gate.equals is not None:
        have = gate.equals
    if gate.one_of and have not in gate.one_of:
        have = [gate.one_of[0]] if gate.fact in IN_LISTS else gate.one_of[0]
    if gate.contains:
        have = list(dict.fromkeys([*(have or []), *gate.contains]))
    if gate.required and not have:
        have = ["kepuri"] if gate.fact in IN_LISTS else WHERE_ASKED.get(gate.fact, SENTENCE[:60])
    write(content, gate.fact, have)


def _read(content: Mapping[str, Any], fact: str) -> Any:
    return content.get(fact) if fact in CONTENT else content.get("answers", {}).get(fact)


def write(content: dict[str, Any], fact: str, value: Any) -> None:
    """Put a fact where the host writes it: a field of the filing, or an answer to what a notice asks beside."""
    if value is None:
        return
    if fact in CONTENT:
        content[fact] = value
    else:
        content["answers"] = {**content.get("answers", {}), fact: value}


def _level(unit: Unit, rng: Random) -> str:
    """Some do it for the city; a village's activities count among the town's."""
    own = Level.TOWN if unit.level == Level.VILLAGE else Level(unit.level)
    below_city = own in (Level.COUNTY, Level.TOWN)
    return str(Level.CITY if below_city and rng.random() < 0.2 else own)


def _codes(rules: Rules, key: str, rng: Random) -> list[str]:
    rule = rules.get(key)
    codes = list(rule.params.labels()) if rule else []  # type: ignore[attr-defined]
    return sorted(rng.sample(codes, min(len(codes), rng.randint(1, 2)))) if codes else []


def _tracks(rules: Rules, unit: Unit, rng: Random) -> list[str]:
    """A place in the first tree of tracks, and a joint or special action that a host of this kind may take."""
    found: list[str] = []
    for rule in rules.of_kind("track"):
        nodes: Sequence[Any] = rule.params.nodes  # type: ignore[attr-defined]
        fitting = [n.code for n in nodes if unit.kind in n.hosts] or [n.code for n in nodes if not n.hosts]
        if fitting and (rule.key == "track.tracks" or rng.random() < 0.35):
            found.append(rng.choice(fitting))
    return list(dict.fromkeys(found))[:4]
