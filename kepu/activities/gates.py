"""What the notices in force say to an activity: hard gates refuse, "in principle" warns, wishes are told. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kepu.activities.content import apply, cleaned
from kepu.activities.facts import characters, facts_of
from kepu.activities.lengths import fault_of, length_faults, whole_fault
from kepu.activities.models import Activity, Arrangement, Mode
from kepu.activities.records import unfit
from kepu.activities.sessions import sessions_of, spanned
from kepu.core.refusals import Incomplete, Reason
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.facts import fact_of
from kepu.notices.kinds.form import Form
from kepu.notices.kinds.gate import Stage

if TYPE_CHECKING:
    from kepu.orgs.models import Unit

LISTS = ("fields", "entries", "audiences", "formats")  # topics take the codes of every other list


@dataclass(frozen=True, slots=True)
class Findings:
    """What gates found: ``refusals`` close the way, ``warnings`` need a waiver, ``wishes`` are only told."""

    refusals: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    wishes: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.refusals or self.warnings or self.wishes)

    def __add__(self, other: Findings) -> Findings:
        return Findings(
            self.refusals + other.refusals, self.warnings + other.warnings, self.wishes + other.wishes
        )

    @property
    def unmet(self) -> list[str]:
        """Keys of the in-principle gates that are not met."""
        return list(dict.fromkeys(reason.code for reason in self.warnings))


def reason_of(rule: InForce, sentence: str, field: str = "", *, waivable: bool = False) -> Reason:
    """A reason that names its clause."""
    return Reason(
        sentence, field=field, code=rule.key, clause=rule.cite, clause_id=rule.clause.code,
        notice=rule.clause.notice.code, waivable=waivable, rule=rule,
    )  # fmt: skip


def check_gates(
    rules: Rules, facts: Mapping[str, Any], stage: Stage, *,
    waivers: Collection[str] = (), speaks: Callable[[InForce], bool] | None = None,
) -> Findings:  # fmt: skip
    """What the gates of a stage find. ``waivers`` are keys a reviewer let pass; ``speaks`` narrows to some gates."""
    refusals, warnings, wishes = [], [], []
    values = rules.values_by_key
    for rule in rules.of_kind("gate"):
        gate: Any = rule.params
        if stage not in gate.stages or (speaks and not speaks(rule)):
            continue
        try:
            failing = gate.check(facts, values)
        except (TypeError, ValueError, OverflowError):
            name, field = gate.name(), fact_of(gate.fact).field
            refusals.append(reason_of(rule, _("“%(name)s”要写数字。") % {"name": name}, field))
            continue
        if failing is None:
            continue
        strict = Strictness.STRIVE if failing.preferred_only else rule.strictness
        if strict is Strictness.HARD:
            refusals.append(reason_of(rule, failing.sentence, failing.field))
        elif strict is Strictness.IN_PRINCIPLE and rule.key not in waivers:
            warnings.append(reason_of(rule, failing.sentence, failing.field, waivable=True))
        elif strict is Strictness.STRIVE:
            wishes.append(reason_of(rule, failing.sentence, failing.field))
    return Findings(tuple(refusals), tuple(warnings), tuple(wishes))


def at_filing(activity: Activity, rules: Rules, *, host: Unit, at: datetime) -> Findings:
    """What stands in the way of filing, and what a reviewer will have to waive then or for the publication."""
    found = check_gates(rules, facts_of(activity, host=host, at=at, stage=Stage.FILING), Stage.FILING)
    found += _of_lengths(activity, rules)
    ahead = check_gates(
        rules, facts_of(activity, host=host, at=at, stage=Stage.PUBLICATION), Stage.PUBLICATION,
        waivers=found.unmet, speaks=lambda rule: rule.params.fact != "published_at",  # type: ignore[attr-defined]
    )  # fmt: skip
    return found + Findings(
        warnings=ahead.warnings, wishes=tuple(w for w in ahead.wishes if w not in found.wishes)
    )


def at_change(
    activity: Activity, rules: Rules, changed: Collection[str], *, host: Unit, at: datetime
) -> Findings:
    """What the gates of filing and publication say to the fields that change; the others passed them before.

    Earlier waivers do not speak for new values.
    """
    names = {name.removesuffix("_id") for name in changed}
    said: set[str] = set()

    def speaks(rule: InForce) -> bool:
        gate: Any = rule.params
        fields = {fact_of(fact).field.partition(".")[0] for fact in (gate.fact, *gate.when)}
        return bool(fields & names) and rule.key not in said

    found = Findings()
    for stage in (Stage.FILING, Stage.PUBLICATION):
        facts = facts_of(activity, host=host, at=at, stage=stage)
        found += check_gates(rules, facts, stage, speaks=speaks)
        said |= {reason.code for reason in (*found.refusals, *found.warnings, *found.wishes)}
    return found + _of_lengths(activity, rules, names)


def _of_lengths(activity: Activity, rules: Rules, names: Collection[str] | None = None) -> Findings:
    """What forms in force say to the length of texts (of the fields in ``names``), as strictly as their clauses."""
    refusals, warnings, wishes = [], [], []
    for rule, sentence, field in length_faults(activity, rules):
        if names is not None and field not in names:
            continue
        if rule.strictness is Strictness.HARD:
            refusals.append(reason_of(rule, sentence, field))
        elif rule.strictness is Strictness.IN_PRINCIPLE:
            warnings.append(reason_of(rule, sentence, field, waivable=True))
        elif rule.strictness is Strictness.STRIVE:
            wishes.append(reason_of(rule, sentence, field))
    return Findings(tuple(refusals), tuple(warnings), tuple(wishes))


def check_form(activity: Activity) -> None:
    """What every activity must say before somebody can review it, whatever the notices ask. Raises Incomplete."""
    missing = []
    of_sessions = _missing_of_sessions(activity)
    for name, sentence in (
        ("title", _("请填写活动名称。")), ("mode", _("请选择举办方式：线下、线上，还是两者结合。")),
        ("starts_at", _("请填写开始时间。")), ("ends_at", _("请填写结束时间。")),
    ):  # fmt: skip
        if of_sessions and name in ("starts_at", "ends_at"):
            continue  # they come from the sessions
        if not getattr(activity, name):
            missing.append(Reason(sentence, field=name, code="form"))
    if activity.is_onsite and not (activity.venue or activity.address):
        missing.append(Reason(_("线下活动请写明场地名称或详细地址。"), field="venue", code="form"))
    missing += of_sessions
    online = activity.online_expected or 0
    if activity.participants_expected is not None and online > activity.participants_expected:
        missing.append(Reason(_("线上人数不能多于总人数。"), field="online_expected", code="form"))
    if missing:
        raise Incomplete(reasons=missing)


def _missing_of_sessions(activity: Activity) -> list[Reason]:
    """What the sessions of an activity of several still lack."""
    if activity.arrangement == Arrangement.ONCE:
        return []
    sessions = sessions_of(activity)
    if not sessions:
        return [
            Reason(_("请至少填写一场；只办一次的，请把场次安排选为“单场”。"), field="sessions", code="form")
        ]
    untimed = [s for s in sessions if not (s.starts_at and s.ends_at)]
    return (
        [Reason(_("还有%(n)s场没有写开始或结束时间。") % {"n": len(untimed)}, field="sessions", code="form")]
        if untimed
        else []
    )


def check_link(activity: Activity) -> None:
    """The public must be able to come: an online activity is published with its address."""
    if activity.is_online and not activity.online_link:
        raise unfit(_("线上活动发布前，请填写线上网址。"), "online_link")


def lists_by_field(rules: Rules) -> dict[str, list[InForce]]:
    """The lists in force by the field of an activity that takes its codes from them."""
    groups: dict[str, list[InForce]] = {"tracks": list(rules.of_kind("track"))}
    for rule in rules.of_kind("list"):
        name = rule.key.split(".")[1]  # "list.topics.frontier" is one of the lists of topics
        groups.setdefault(name if name in LISTS else "topics", []).append(rule)
    return groups


def check_codes(activity: Activity, rules: Rules) -> None:
    """Codes stand in the lists in force. A list that ends with "等" takes others too. Raises Incomplete."""
    unknown = []
    for name, lists in lists_by_field(rules).items():
        codes = getattr(activity, name)
        if not codes or not lists or any(rule.params.open_ended for rule in lists):  # type: ignore[attr-defined]
            continue
        known = {code for rule in lists for code in rule.params.labels()}  # type: ignore[attr-defined]
        if bad := [code for code in codes if code not in known]:
            sentence = _("“%(list)s”里没有“%(codes)s”。请从清单里选。") % {
                "list": lists[0].params.title, "codes": _("、").join(bad)  # type: ignore[attr-defined]
            }  # fmt: skip
            unknown.append(reason_of(lists[0], sentence, name))
    if unknown:
        raise Incomplete(reasons=unknown)


def live_gates(
    values: Mapping[str, Any], rules: Rules, *, host: Unit, at: datetime, activity: Activity | None = None
) -> Findings:
    """What filing would find, for a form while somebody types. Nothing is written, nothing is asked of the database.

    Values that are not fit for their field are left out, and found as missing.
    """
    shown = Activity(unit=host, place_id=host.place_id, activity_level=host.level, mode=Mode.OFFLINE)
    if activity is not None:
        for field in Activity._meta.concrete_fields:
            setattr(shown, field.attname, getattr(activity, field.attname))
    for name, value in values.items():
        try:
            apply(shown, cleaned({name: value}))
        except Incomplete:
            continue
    apply(shown, spanned({"sessions": shown.sessions}, shown))
    return at_filing(shown, rules, host=host, at=at)


def check_sections(sections: Mapping[str, str], columns: Collection[Any], rule: InForce) -> None:
    """Each part of a summary that its form requires is there and within its length, and so is the whole. Raises Incomplete."""
    faults = []
    missing, total = False, 0
    for column in columns:
        text = sections.get(column.code, "").strip()
        length = characters(text)
        total += length
        if text:
            sentence = fault_of(column.title, length, column.min_chars, column.max_chars)
        else:
            sentence = _("请填写“%(title)s”。") % {"title": column.title} if column.required else ""
            missing = missing or column.required
        if sentence:
            faults.append(reason_of(rule, sentence, f"sections.{column.code}"))
    if not missing and isinstance(rule.params, Form) and (sentence := whole_fault(rule.params, total)):
        faults.append(reason_of(rule, sentence, "sections"))
    if faults:
        raise Incomplete(reasons=faults)
