"""What a poster says: words and seeds, nothing of how it looks. Every word is in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.core.calendar import CHINA, day_of
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Level, Place
from kepu.web.portal import season as seasons
from kepu.web.portal.activities import drawing, showing
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.posters import figures
from kepu.web.portal.posters.figures import Seed
from kepu.web.portal.wording import last_day

OFF, LATER = "cancelled", "postponed"
NOON, DAY, YEAR = 12.0, 24.0, 366.0
QUARTERS, DAYS = 96, 365


@dataclass(frozen=True, slots=True)
class Poster:
    """``standing``: "" for what is to come as announced, else why it is not; ``band`` is that in words."""

    season: str
    theme: str
    subtheme: str
    title: str
    facts: tuple[tuple[str, str], ...]
    figure: str  # what counts, large, before its words; "" where nothing is counted
    counted: str
    standing: str
    band: str
    marks: tuple[str, ...]
    address: str  # whole, of the page it leads to
    invitation: str
    caption: str
    seed: Seed

    @property
    def alt(self) -> str:
        """The poster in a sentence, for whoever does not see it."""
        facts = "".join(
            _("%(label)s：%(words)s。") % {"label": label, "words": words} for label, words in self.facts
        )
        said = _("海报：《%(title)s》。%(facts)s") % {"title": self.title, "facts": facts}
        count = f"{self.figure}{' ' if self.counted.isascii() else ''}{self.counted}" if self.figure else ""
        return " ".join(part for part in (self.band, said, count, self.theme) if part)


def of_activity(publication: Publication, places: list[Place], *, at: datetime) -> Poster:
    """The poster of what is published; ``places`` from the province down. No query while the rule book is warm."""
    told = showing.told(publication, names={})
    rules = rule_book(publication.season).rules_of(drawing.profile_at(places[-1] if places else None), at)
    theme, subtheme = seasons.theme(rules), seasons.subtheme(rules)
    comma = _("、")
    where = " ".join(part for part in (told.where, told.venue, told.address) if part)
    facts = [(_("时间"), f"{told.when} {told.arrangement}".strip())]
    if publication.mode != Mode.ONLINE and where:
        facts.append((_("地点"), where))
    if publication.mode != Mode.OFFLINE:
        facts.append((_("怎么参加"), f"{told.mode} {told.online_host}".strip()))
    facts.append((_("主办"), comma.join((publication.host_name, *told.hosts))))
    if told.undertakers:
        facts.append((_("承办"), comma.join(told.undertakers)))
    standing, band = _standing(publication)
    seed = Seed(
        family=_field(publication) or f"activity {publication.pk}", own=f"activity {publication.pk}",
        place=publication.county or publication.city or publication.place_path, marks=QUARTERS, arc=_hours(publication),
        grey=standing == OFF,
    )  # fmt: skip
    return Poster(
        season=str(publication.season), theme=theme.sentence if theme else told.theme,
        subtheme=told.subtheme or (subtheme.sentence if subtheme else ""), title=publication.title, facts=tuple(facts),
        figure="", counted="", standing=standing, band=band, marks=marks(rules),
        address=whole_address(reverse("portal:activity", args=[publication.pk])), invitation=_("扫码看详情"),
        caption=_caption(seed), seed=seed,
    )  # fmt: skip


def of_place(place: Place, season: Season, published: int, *, at: datetime) -> Poster:
    """The poster of a place: its theme, its days and how much there is. No query while the rule book is warm."""
    rules = rule_book(season).rules_of(drawing.profile_at(place), at)
    phase = seasons.phase(rules, season.first_day, season.last_day, at=at)
    theme, subtheme = seasons.theme(rules), seasons.subtheme(rules)
    whole = place.level == Level.NATION
    seed = Seed(
        f"place {place.code}", f"place {place.code}", place.code, DAYS, _days(phase.first, phase.last)
    )
    query = "" if whole else "?" + urlencode({"place": place.code})
    figure, counted = _counted(published)
    return Poster(
        season=str(season), theme=theme.sentence if theme else "", subtheme=subtheme.sentence if subtheme else "",
        title=_("身边的科普活动，从这里找。").rstrip("。.") if whole else _("%(place)s的科普活动") % {"place": place.name},
        facts=((_("时间"), f"{phase.first.year} · {phase.span}"), (_("地点"), _("全国各地") if whole else place.name)),
        figure=figure, counted=counted, standing="", band="", marks=marks(rules),
        address=whole_address(reverse("portal:activities") + query), invitation=_("扫码找活动"), caption=_caption(seed), seed=seed,
    )  # fmt: skip


def marks(rules: Rules) -> tuple[str, ...]:
    """The marks (标识) and labels that notices in force name, each once."""
    named: dict[str, None] = {}
    for rule in rules.of_kind("mark"):
        value: Any = rule.value
        named.update(dict.fromkeys(str(label) for label in value or ()))
    return tuple(named)


def _standing(publication: Publication) -> tuple[str, str]:
    if publication.status == PublicationStatus.CANCELLED:
        return OFF, _("已取消")
    if publication.time_pending:
        return LATER, _("延期，时间待定")
    if publication.status == PublicationStatus.POSTPONED:
        return LATER, _("延期到此时")
    return "", ""


def _field(publication: Publication) -> str:
    """The code of its first field; "" where it names none."""
    fields = publication.content.get("labels", {}).get("fields") or [{"code": ""}]
    return str(fields[0]["code"])


def _hours(publication: Publication) -> tuple[float, float] | None:
    """From when to when of a day, as turns of a dial with noon above; None while that is not known or is no part of a day."""
    if publication.time_pending:
        return None
    begins, ends = _hour(publication.starts_at), _hour(publication.ends_at)
    if day_of(publication.ends_at) != last_day(publication.ends_at):
        ends = DAY
    return ((begins - NOON) / DAY, (ends - NOON) / DAY) if begins < ends else None


def _hour(instant: datetime) -> float:
    local = instant.astimezone(CHINA)
    return local.hour + local.minute / 60


def _days(first: date, last: date) -> tuple[float, float]:
    """From which day to which of a year, as turns of a dial with New Year above."""
    begins = (first.timetuple().tm_yday - 1) / YEAR
    return begins, begins + ((last - first).days + 1) / YEAR


def _counted(n: int) -> tuple[str, str]:
    """How many, rounded down so that a busy day does not draw it anew each second; nothing while there are none."""
    if not n:
        return "", ""
    step = 10 ** max(0, len(str(n)) - 2)
    rounded = n // step * step
    return f"{rounded:,}", ngettext("项活动", "项活动", n) if rounded == n else _("多项活动")


def _caption(seed: Seed) -> str:
    """What the figure shows and the pigment it is drawn in."""
    return _("图：%(figure)s · 设色：%(pigment)s") % {
        "figure": figures.motif_of(seed).name, "pigment": figures.pigment_of(seed).name,
    }  # fmt: skip
