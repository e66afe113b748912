"""The scenes of handing up: whoever is bound hands in on time, late or not at all; receivers accept or send back.

Who owes what is asked of the rules in force, unit by unit; there is no list of duties here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from kepu.core.calendar import day_of, end_of_day
from kepu.core.refusals import Refused
from kepu.notices.duties import Owed
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.form import Column, Form
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Unit
from kepu.rehearsal.filings import sized
from kepu.rehearsal.stage import Stage, until
from kepu.returns import actions
from kepu.returns.checking import form_of, is_text
from kepu.returns.drawing import draft_return
from kepu.returns.models import Return
from kepu.returns.receivers import receiver_of
from kepu.returns.rules import deadline_of, owed_under
from kepu.returns.workflow import State

WANTING = ("缺少盖章页，请补齐后重报。", "表中时间地点不全，请核对。", "与平台数据不一致，请说明。")


class ReturnScenes:
    """The duties of every unit, each on the day its unit gets round to it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.attempt = stage.figures.attempt
        self.agenda: dict[date, list[tuple[str, str]]] = defaultdict(list)  # unit code, duty key
        self.inbox: dict[date, list[int]] = defaultdict(list)  # ids of returns to be looked at
        self.again: dict[date, list[int]] = defaultdict(list)  # ids of returns sent back
        self._owed: dict[int, tuple[Rules, list[Owed]]] = {}
        self.changes = {day_of(t) for n in self._notices() for t in (n.in_force_at, n.ends_at) if t}

    def take_up(self, day: date) -> None:
        """Fill the agendas from the records, to go on at ``day``."""
        self.plan(day)
        open_ones = Return.objects.filter(
            season=self.stage.season, state__in=[State.HANDED_IN, State.RETURNED]
        )
        for row in open_ones.select_related("unit").order_by("pk").defer("rows", "sections"):
            self._follow(row, not_before=day)

    def plan(self, day: date, *, only_changed: bool = False) -> None:
        """Who owes what under the rules of a day, and when each means to hand it in. Done anew when the rules change."""
        done = set(Return.objects.filter(season=self.stage.season).values_list("unit__code", "duty"))
        units = [unit for unit in self._players() if not only_changed or self._changes_for(unit, day)]
        anew = {unit.code for unit in units}
        for later, entries in self.agenda.items():
            self.agenda[later] = [entry for entry in entries if entry[0] not in anew]
        for unit in units:
            for owed in self.owed(unit, end_of_day(day)):
                if (unit.code, owed.key) not in done and (planned := self._means_to(unit, owed)) is not None:
                    self.agenda[max(planned, day)].append((unit.code, owed.key))

    def _changes_for(self, unit: Unit, day: date) -> bool:
        """Whether a notice that speaks to the unit begins or ends to hold on a day. No query."""
        chain = rule_book(self.stage.season).chain_of(unit.place_path, unit.line_path)
        return any(t is not None and day_of(t) == day for n in chain for t in (n.in_force_at, n.ends_at))

    def owed(self, unit: Unit, at: datetime) -> list[Owed]:
        """The duties of a unit; worked out once for all units under the same rules."""
        rules = self.stage.rules(unit, at)
        known = self._owed.get(id(rules))
        if known is None or known[0] is not rules:
            known = self._owed[id(rules)] = (rules, owed_under(rules))
        return known[1]

    def hand_in(self, day: date) -> None:
        """What units hand in on a day, first what was sent back to them."""
        if day in self.changes:
            self.plan(day, only_changed=True)
        for pk in until(self.again, day):
            self._hand_in_again(Return.objects.whole().get(pk=pk))
        for code, key in until(self.agenda, day):
            self._hand_in(self.stage.cast.units[code], key)

    def receive(self, day: date) -> None:
        """What receivers look at on a day."""
        for pk in until(self.inbox, day):
            self._receive(Return.objects.whole().get(pk=pk))

    def _players(self) -> Iterator[Unit]:
        return (unit for code, unit in self.stage.cast.units.items() if code not in self.stage.spared)

    def _notices(self) -> list[Any]:
        return list(rule_book(self.stage.season).notices.values())

    def _luck(self, *about: object) -> Random:
        return Random("/".join(map(str, (self.stage.seed, *about))))

    def _means_to(self, unit: Unit, owed: Owed) -> date | None:
        """The day a unit hands in; None for never. What is only striven for, few do."""
        luck = self._luck(unit.code, owed.key)
        takers = {Strictness.STRIVE: 0.1, Strictness.NONE: 0.3}.get(owed.rule.strictness, 1.0)
        if luck.random() > takers:
            return None
        deadline = deadline_of(owed)
        if deadline is None:  # no day is named yet: some hand in near the end all the same
            return self.stage.span.last - timedelta(days=luck.randint(1, 6)) if luck.random() < 0.6 else None
        mood = luck.choices(["early", "last day", "late", "never"], [48, 24, 17, 11])[0]
        days = {"early": -luck.randint(1, 6), "last day": 0, "late": luck.randint(1, 6)}.get(mood)
        if days is None:
            return None
        opens = owed.opens or owed.rule.clause.notice.in_force_at
        begins = day_of(opens) if opens else self.stage.span.first
        if days <= 0:
            return min(max(day_of(deadline) + timedelta(days=days), begins), day_of(deadline))
        return day_of(deadline) + timedelta(days=days)

    def _hand_in(self, unit: Unit, key: str, row: Return | None = None) -> None:
        at = self.stage.tick()
        rules = self.stage.rules(unit, at)
        owed = next((o for o in self.owed(unit, at) if o.key == key), None)
        if owed is None or receiver_of(owed, unit).unit_id == unit.pk:
            return  # the rules have changed, or it is the receiver itself
        content = self._content(unit, owed, rules, at)
        given: dict[str, Any] = {
            "by": self.stage.cast.filer(unit, at),
            "expected_version": row.version if row else 0,
        }
        if row is None and self._luck(unit.code, key, "slip").random() < 0.15:
            slip = {**content, "parts": {}, "rows": content["rows"][:0], "sections": {}}
            done = self.attempt(actions.hand_in_return, unit, self.stage.season, key, **slip, **given, at=at)
            if not isinstance(done, Refused):
                return self._follow(done)
        done = self.attempt(
            actions.hand_in_return, unit, self.stage.season, key, **content, **given, at=self.stage.tick()
        )
        if not isinstance(done, Refused):
            self._follow(done)

    def _hand_in_again(self, row: Return) -> None:
        if row.state == State.RETURNED and row.unit.code in self.stage.cast.units:
            self._hand_in(self.stage.cast.units[row.unit.code], row.duty, row)

    def _receive(self, row: Return) -> None:
        """Accept, or send back once; where the receiver is not in the system, whoever coordinates above does."""
        if row.state != State.HANDED_IN:
            return
        at = self.stage.tick()
        receiver = row.receiver_id or getattr(self.stage.above(row.unit), "pk", None)
        by = self.stage.cast.head(receiver, at)
        if by is None:
            return
        luck = self._luck(row.unit.code, row.duty, "answer")
        if row.handed == 1 and luck.random() < 0.12:
            self.attempt(actions.return_return, row, reason=luck.choice(WANTING), by=by, at=at)
        else:
            self.attempt(actions.accept_return, row, by=by, at=at)
        self._follow(row)

    def _follow(self, row: Return, *, not_before: date | None = None) -> None:
        """Put what comes next for a return on the agenda of its day."""
        luck = self._luck(row.unit.code, row.duty, row.state, row.handed)
        day = day_of(row.turn_since) + timedelta(days=luck.randint(1, 4))
        day = max(day, not_before) if not_before else day
        if row.state == State.HANDED_IN:
            self.inbox[day].append(row.pk)
        elif row.state == State.RETURNED and row.unit.code not in self.stage.spared:
            self.again[day].append(row.pk)

    def _content(self, unit: Unit, owed: Owed, rules: Rules, at: datetime) -> dict[str, Any]:
        """What records give, and made-up words where people must write."""
        draft = draft_return(unit, self.stage.season, owed.key, at=at)
        sections, rows = dict(draft.sections), [dict(row) for row in draft.rows]
        rule = form_of(owed, rules)
        form = rule.params if rule else None
        if isinstance(form, Form) and form.columns_known:
            self._complete(sections, form.header)
            if is_text(form):
                self._complete(sections, form.columns)
            else:
                rows = rows[: form.rows_max] if form.rows_max else rows
                rows += [{} for _i in range(max(1, form.rows_min or 1) - len(rows))]
                for row in rows:
                    self._complete(row, form.columns)
        rows = [row for row in rows if row]
        if not (sections or rows):  # the form's columns are not known: what it would say, in a sentence
            sections = {"text": f"{owed.title}：演练数据。"}
        parts = {p.code: f"{p.label}：演练编号{unit.code}" for p in owed.params.parts}
        channels = [c.code for c in owed.params.channels]
        return {
            "sections": sections, "rows": rows, "parts": parts,
            "channels": channels if owed.params.channels_needed == "all" else channels[:1],
        }  # fmt: skip

    def _complete(self, values: dict[str, str], columns: tuple[Column, ...]) -> None:
        for column in columns:
            text = values.get(column.code, "")
            if column.type in ("serial", "file") or not (text or column.required):
                continue
            values[column.code] = sized(text or self._sample(column), column.min_chars, column.max_chars)

    def _sample(self, column: Column) -> str:
        if column.choices:
            return column.choices[0]
        day = self.stage.span.week_start
        return {
            "number": f"{column.min or 1:g}", "money": f"{column.min or 0:g}", "phone": "00000000", "yes_no": "是",
            "date": day.isoformat(), "datetime": f"{day.isoformat()} 09:00",
        }.get(column.type, f"{column.title}（演练）")  # fmt: skip
