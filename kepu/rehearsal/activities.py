"""The scenes of an activity: each verb of the script is one or two acts of its host or its reviewers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from kepu.activities import actions
from kepu.activities.checklist import Checked, every_point, steps_for
from kepu.activities.models import Activity, Minors, PictureKind, Result
from kepu.activities.workflow import State
from kepu.core.calendar import day_of
from kepu.core.refusals import Refused
from kepu.notices.kinds.gate import Stage as GateStage
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.rehearsal import faults, filings, sessions
from kepu.rehearsal.posters import ALT, poster
from kepu.rehearsal.script import Part, hours_of
from kepu.rehearsal.stage import Stage

WAIVED = "已与举办单位核实，情况属实，同意例外（演练）。"
REVIEWED_BY = "（演练）"
HEAT, FLOOD = "连日高温，为保障公众安全", "暴雨橙色预警，为保障公众安全"
EVERY, POSTERS = 3, 10  # every third activity has a poster, until there are so many
Outcome = Activity | None


class ActivityScenes:
    """Plays verbs. Each scene takes the part, its unit and the activity, and gives the activity as it then is."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.attempt = stage.figures.attempt

    def play(self, verb: str, part: Part, activity: Outcome) -> Outcome:
        unit = self.stage.cast.units[part.host]
        scene: Callable[[Part, Unit, Any], Outcome] = getattr(self, f"_{verb}")
        return scene(part, unit, activity)

    def opening(self, unit: Unit, at: datetime) -> date | None:
        """The day from which the notices let the unit publish; None where nothing bounds it."""
        days = [
            day_of(begins)
            for gate in filings.gates_at(self.stage.rules(unit, at), GateStage.PUBLICATION)
            if gate.fact == "published_at" and gate.not_before and (begins := gate.not_before.begins())
        ]
        return max(days, default=None)

    # the host, before the day

    def _draft(self, part: Part, unit: Unit, _none: Outcome) -> Outcome:
        at = self.stage.tick()
        by, rules = self.stage.cast.filer(unit, at), self.stage.rules(unit, at)
        content = filings.content_for(part, unit, rules)
        if part.breaks == "filing":
            faults.break_filing(content, part, rules, day=day_of(at))
        elif part.breaks == "route" and (above := self.stage.above(unit)) is not None:
            content["responsible_unit"] = above
        made = self.attempt(
            actions.create_draft,
            part.token,
            season=self.stage.season,
            content=sessions.arranged(content, part),
            by=by,
            at=at,
        )
        if isinstance(made, Refused):
            return None
        if part.number % EVERY == 0 and part.number < EVERY * POSTERS:
            self._hang(made, part.number, by, at)
        self.attempt(actions.file_activity, made, by=by, at=self.stage.tick())
        return made

    def _hang(self, activity: Activity, number: int, by: Actor, at: datetime) -> None:
        """A poster; a few are enough to see what they look like."""
        said = {"alt": ALT, "credit": "", "minors": Minors.NONE}
        actions.add_pictures(activity, [poster(number, at=at)], kind=PictureKind.POSTER, **said, by=by, at=at)

    def _mend(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        """Write again what was refused or sent back, as the notices want it, and hand it in."""
        at = self.stage.tick()
        by, rules = self.stage.cast.filer(unit, at), self.stage.rules(unit, at)
        content = filings.content_for(part, unit, rules)
        margin = 2 + (part.luck % 3)
        content["starts_at"], content["ends_at"] = faults.in_good_time(
            activity.starts_at or part.starts_at,
            activity.ends_at or part.ends_at,
            rules,
            day=day_of(at),
            margin=margin,
        )
        content["responsible_unit"] = None
        if activity.state == State.RETURNED:
            content["summary"] += "已按审核意见修改。"
        if day_of(content["ends_at"]) > self.stage.span.last:
            return self._abandon(part, unit, activity)
        content = sessions.arranged(content, part)
        edited = self.attempt(actions.edit_draft, activity, changes=content, by=by, at=at)
        if not isinstance(edited, Refused):
            self.attempt(actions.file_activity, activity, by=by, at=self.stage.tick())
        return activity

    def _abandon(self, _part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.filer(unit, at)
        self.attempt(actions.withdraw_activity, activity, reason="本次不再举办", by=by, at=at)
        return activity

    def _publish(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.filer(unit, at)
        done = self.attempt(actions.publish_activity, activity, by=by, at=at)
        if isinstance(done, Refused) and any(reason.field == "starts_at" for reason in done.reasons):
            self._later(part, unit, activity, by)
        return activity

    def _later(self, part: Part, unit: Unit, activity: Activity, by: Actor) -> None:
        """Approved too near to its day: the host moves it, which is a new filing."""
        at = self.stage.tick()
        starts, ends = faults.in_good_time(
            *hours_of(activity), self.stage.rules(unit, at), day=day_of(at), margin=3
        )
        if day_of(ends) > self.stage.span.last:
            self._abandon(part, unit, activity)
            return
        changes = sessions.at_hours(hours_of(activity)[0], activity.sessions, starts, ends)
        self.attempt(actions.change_activity, activity, changes=changes, reason="改期举办", by=by, at=at)

    # in public

    def _change(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        changes = (
            {"venue": "样例礼堂（已换场地）"}
            if activity.is_onsite
            else {"online_link": f"{activity.online_link}-new"}
        )
        return self._write(unit, activity, changes, "场地调整")

    def _retouch(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        return self._write(unit, activity, {"summary": f"{activity.summary}现场备有饮水。"}, "补充说明")

    def _set_time(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        starts, ends = faults.in_good_time(
            *hours_of(activity), self.stage.rules(unit, at), day=day_of(at), margin=2
        )
        if day_of(ends) > self.stage.span.last:
            return self._cancel(part, unit, activity)
        return self._write(unit, activity, {"starts_at": starts, "ends_at": ends}, "延期后的时间已定")

    def _write(self, unit: Unit, activity: Activity, changes: dict[str, Any], reason: str) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.filer(unit, at)
        self.attempt(actions.change_activity, activity, changes=changes, reason=reason, by=by, at=at)
        return activity

    def _postpone(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        to = hours_of(activity)[0] + timedelta(days=3 + part.luck % 5)
        by = self.stage.cast.filer(unit, at)
        self.attempt(
            actions.postpone_activity, activity, reason=f"{FLOOD}，延期举办。", starts_at=to, by=by, at=at
        )
        return activity

    def _postpone_open(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.filer(unit, at)
        self.attempt(actions.postpone_activity, activity, reason=f"{HEAT}，时间另行通知。", by=by, at=at)
        return activity

    def _cancel(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by, why = self.stage.cast.filer(unit, at), (HEAT, FLOOD)[part.luck % 2]
        self.attempt(actions.cancel_activity, activity, reason=f"{why}，活动取消。", by=by, at=at)
        return activity

    def _fill(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        self.attempt(actions.tell_places, activity, full=True, by=self.stage.cast.filer(unit, at), at=at)
        return activity

    # the reviewing unit

    def _review(self, part: Part, _unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.head(activity.reviewing_unit_id, at)
        if by is None:
            return activity  # somebody outside the cast has it: a visitor
        unwaived = activity.unwaived
        if activity.round == 1 and (part.sent_back or (unwaived and not part.waived)):
            reason = part.sent_back or "not_in_scope"
            done = self.attempt(
                actions.return_activity,
                activity,
                reasons=[reason],
                words="请按通知核对后再报。",
                by=by,
                at=at,
            )
            if not isinstance(done, Refused):
                self.stage.figures.returned[reason] += 1
            return activity
        waivers = dict.fromkeys(unwaived, WAIVED)
        key = True if activity.key_activity and part.luck % 10 < 8 else None
        done = self.attempt(
            actions.approve_activity,
            activity,
            waivers=waivers,
            confirm_key=key,
            checked=self._checked(activity, at),
            by=by,
            at=at,
        )
        if not isinstance(done, Refused):
            self.stage.figures.waived.update(unwaived)
        return activity

    def _review_change(self, part: Part, _unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by = self.stage.cast.head(activity.reviewing_unit_id, at)
        if by is None:
            return activity
        if part.luck % 9 == 0 and not activity.time_pending:
            self.attempt(actions.return_change, activity, words="新场地请先确认消防条件。", by=by, at=at)
        else:
            waivers = dict.fromkeys(activity.unwaived, WAIVED)
            checked = self._checked(activity, at)
            self.attempt(actions.approve_change, activity, waivers=waivers, checked=checked, by=by, at=at)
        return activity

    def _checked(self, activity: Activity, at: datetime) -> Checked:
        """A reviewer who has held it against every point, and names who did each step."""
        rules = self.stage.rules(activity.unit, at)
        people = {step.code: REVIEWED_BY for step in steps_for(activity, rules)}
        return Checked(every_point(activity, rules), people)

    # the host, after the day

    def _hold(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        expected = activity.participants_expected or 50
        came = int(expected * (0.6 + (part.luck % 80) / 100))
        online = came // 2 if activity.mode == "mixed" else came if activity.mode == "online" else 0
        self.attempt(
            actions.hold_activity, activity, participants_actual=came, online_actual=online,
            participants_note="签到与后台数据", by=self.stage.cast.filer(unit, at), at=at,
        )  # fmt: skip
        return activity

    def _complete(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by, rules = self.stage.cast.filer(unit, at), self.stage.rules(unit, at)
        given = filings.completion_for(part, rules)
        if part.breaks == "completion":
            broken = dict(given)
            faults.break_completion(broken, rules)
            if not isinstance(
                self.attempt(actions.complete_activity, activity, **broken, by=by, at=at), Refused
            ):
                return activity  # only asked for "in principle": taken as it is
        at = self.stage.tick()
        self.attempt(actions.complete_activity, activity, **given, by=by, at=at)
        if (
            activity.state == State.COMPLETED and part.luck % 3
        ):  # two of three let the public see what came of it
            self.attempt(actions.show_results, activity, shown=Result.values, by=by, at=at)
        return activity

    def _summarise(self, part: Part, unit: Unit, activity: Activity) -> Outcome:
        at = self.stage.tick()
        by, rules = self.stage.cast.filer(unit, at), self.stage.rules(unit, at)
        sections = filings.sections_for(part, unit, rules)
        if part.breaks == "summary" and len(sections) > 1:
            broken = dict(sections)
            faults.break_summary(broken, part)
            self.attempt(actions.summarise_activity, activity, sections=broken, by=by, at=at)
        if activity.state == State.COMPLETED:
            self.attempt(actions.summarise_activity, activity, sections=sections, by=by, at=self.stage.tick())
        return activity
