"""What a recogniser works with: the text read, dates, limits and bodies of each sentence, and what was found before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kepu.notices.drafting.proposals import Flag, Found, Proposal, Span
from kepu.notices.drafting.saying import said
from kepu.notices.drafting.text import traditional
from kepu.notices.drafting.text.reading import Reading
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body, bodies_in, joined
from kepu.notices.drafting.values.bounds import Limited, limits_in
from kepu.notices.drafting.values.dates import Dated, dates_in
from kepu.notices.drafting.values.years import Years


@dataclass(slots=True)
class Context:
    """One text on its way to a draft. Recognisers read it; only ``drafting`` writes ``found`` and ``proposals``."""

    reading: Reading
    years: Years
    place: str = ""  # as the caller knows it, "" when the text is to say it
    found: dict[str, Found] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    _dates: dict[int, list[Dated]] = field(default_factory=dict)
    _limits: dict[int, list[Limited]] = field(default_factory=dict)
    _groups: dict[int, list[list[Body]]] = field(default_factory=dict)
    _literacy: bool = field(init=False)  # the text speaks of the outline for scientific literacy

    def __post_init__(self) -> None:
        self._literacy = "科学素质" in self.reading.text or "纲要" in self.reading.text

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.reading.sentences

    def body(self) -> list[Sentence]:
        """The sentences of the text itself and of its attachments, without head, list of attachments and signatures."""
        first = self.first_sentence()
        return [s for s in self.sentences[first:] if not s.block.is_list and s.number != "落款"]

    def first_sentence(self) -> int:
        """Where the head ends: the first sentence after the recipients, or the first that ends in a full stop."""
        recipients = self.found.get("recipients")
        if recipients is not None and recipients.spans:
            end = max(s.end for s in recipients.spans)
            for i, s in enumerate(self.sentences):
                if self.reading.origins[s.start] >= end and s.number != "落款":
                    return i
        return next(
            (i for i, s in enumerate(self.sentences) if s.text.endswith(("。", "！")) or s.block.level), 0
        )

    def value(self, key: str, default: Any = None) -> Any:
        """What was found for a key of the head."""
        found = self.found.get(key)
        return default if found is None else found.value

    @property
    def level(self) -> str:
        """The level of the issuer."""
        return str(self.value("level", "city"))

    @property
    def members(self) -> str:
        """Of what the 成员单位 of this text are members, where a sentence does not say it."""
        issuer = str(self.value("issuer", ""))
        if "领导小组" in issuer:
            return "leading_group_member"
        if "安委" in issuer or "安全生产委员会" in issuer:
            return "safety_committee_member"
        return "outline_member" if self._literacy or re.search("科协|科学技术协会", issuer) else "member_unit"

    def dates(self, sentence: Sentence) -> list[Dated]:
        if sentence.start not in self._dates:
            self._dates[sentence.start] = dates_in(sentence.text, self.years)
        return self._dates[sentence.start]

    def limits(self, sentence: Sentence) -> list[Limited]:
        if sentence.start not in self._limits:
            self._limits[sentence.start] = limits_in(sentence.text)
        return self._limits[sentence.start]

    def groups(self, sentence: Sentence) -> list[list[Body]]:
        """The bodies a sentence names, those strung together in one group."""
        if sentence.start not in self._groups:
            bodies = bodies_in(sentence.text, self.level, self.members)
            self._groups[sentence.start] = joined(bodies, sentence.text)
        return self._groups[sentence.start]

    def span(self, sentence: Sentence) -> Span:
        return self.reading.span(sentence.start, sentence.end)

    def part(self, sentence: Sentence, start: int, end: int) -> Span:
        """The span of a part of a sentence."""
        return self.reading.span(sentence.start + start, sentence.start + end)

    def as_written(self, sentence: Sentence, start: int, end: int) -> str:
        """A part of a sentence with the spaces it has in the document: a theme is to be kept to the letter."""
        span = self.part(sentence, start, end)
        written = " ".join(re.sub(r"\s*\n\s*", "", self.reading.source[span.start : span.end]).split())
        plain = sentence.text[start:end]
        words = written.translate(traditional.TABLE)
        few = 0 < words.count(" ") <= 3
        return words if few and words.replace(" ", "") == plain.replace(" ", "") else plain

    def flags(self, sentence: Sentence, *dates: Dated | None) -> tuple[Flag, ...]:
        """What is wrong with dates as they are written."""
        return tuple(
            Flag(f.code, f.sentence, self.part(sentence, d.start, d.end))
            for d in dates
            if d
            for f in d.faults
        )

    def under(self, sentence: Sentence, pattern: re.Pattern[str]) -> bool:
        return sentence.under(pattern)

    def propose(
        self,
        recogniser: str,
        kind: str,
        params: Mapping[str, Any],
        where: Sentence | Iterable[Sentence],
        confidence: float,
        *,
        who: str = "",
        **more: Any,
    ) -> Proposal:
        """A proposal for a clause found in one or several sentences; its summary is made from its parameters."""
        sentences = [where] if isinstance(where, Sentence) else list(where)
        if sentences:
            more.setdefault("number", sentences[0].number)
        more.setdefault("spans", tuple(dict.fromkeys(self.span(s) for s in sentences)))
        kept = {k: v for k, v in params.items() if v not in (None, "", (), [], {})}
        return Proposal(
            kind=kind, params=kept, summary=said(kind, kept, who, str(more.get("status", "final"))),
            confidence=confidence, recogniser=recogniser, **more,
        )  # fmt: skip
