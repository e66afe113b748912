"""Routing: who reviews what a unit files, by place and by kind of organiser, in how many steps and how many days."""

from __future__ import annotations

from typing import Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed
from kepu.notices.kinds.cases import Case, case_holds
from kepu.notices.kinds.duty import RECEIVER


class Route(BaseModel):
    """One case: for these organisers the steps are these, the nearest first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host_kinds: tuple[Code, ...] = Field((), description="哪些类别的举办单位；不写就是其余所有")
    host_levels: tuple[Code, ...] = ()
    when: dict[Code, Case] = Field(default_factory=dict)
    label: Text | None = Field(None, description="这种情况叫什么，用在句子里，如 学会主办的活动")
    steps: tuple[str, ...] = Field(
        min_length=1, description="依次由谁审核，如 coordinator@county、line:education@county、unit:编号"
    )
    days: int | None = Field(None, ge=1, description="每一步的审核时限（自然日）")
    working_days: int | None = Field(None, ge=1, description="每一步的审核时限（工作日）")

    @model_validator(mode="after")
    def _known(self) -> Self:
        if bad := [s for s in self.steps if not RECEIVER.match(s)]:
            raise ValueError(str(_("审核步骤写法不对：%(steps)s。")) % {"steps": listed(bad)})
        if self.days is not None and self.working_days is not None:
            raise ValueError(str(_("days 和 working_days 只能写一个。")))
        return self

    def is_for_all(self) -> bool:
        """Whether every organiser fits, so that no route after it is ever taken."""
        return not (self.host_kinds or self.host_levels or self.when)

    def said(self) -> str:
        """ "由县级统筹单位审核", with the time for it."""
        text = str(_("由%(steps)s审核")) % {
            "steps": str(_("，再由")).join(receiver_words(s) for s in self.steps)
        }
        if self.working_days:
            text += str(_("（每步%(n)s个工作日内）")) % {"n": self.working_days}
        elif self.days:
            text += str(_("（每步%(n)s日内）")) % {"n": self.days}
        return text


@kind("routing", _("审核路线"), mode=Mode.REPLACE)
class Routing(Params):
    """Routes for one kind of object; the first that fits is taken."""

    object: Code = Field("activity", description="审核什么：activity、entry、nomination …")
    choice: Literal["fixed", "free"] = Field("fixed", description="归口单位是规定的，还是可以自选")
    routes: tuple[Route, ...] = Field(min_length=1)
    label: Text | None = Field(None, description="通知里的叫法，如“归口单位选市科协”")
    four_eyes: bool | None = Field(
        None, description="填报和审核须由不同的人办理：自己填的一律不能自己审。下级可以加上，不能去掉"
    )

    @model_validator(mode="after")
    def _reached(self) -> Self:
        if any(route.is_for_all() for route in self.routes[:-1]):
            raise ValueError(str(_("没有写条件的路线要放在最后，它后面的永远用不到。")))
        return self

    def key(self) -> str:
        return f"routing.{self.object}"

    def route_for(
        self, *, host_kind: str, host_level: str, facts: dict[str, Any] | None = None
    ) -> Route | None:
        """The first route that fits the organiser and the facts."""
        for route in self.routes:
            if route.host_kinds and host_kind not in route.host_kinds:
                continue
            if route.host_levels and host_level not in route.host_levels:
                continue
            if all(case_holds(case, (facts or {}).get(fact)) for fact, case in route.when.items()):
                return route
        return None

    def combine(self, parent: Self, mode: Mode) -> Self:
        """Four eyes are never taken away from below, whatever else a child replaces."""
        made = super().combine(parent, mode)
        return (
            made.model_copy(update={"four_eyes": True}) if parent.four_eyes and not made.four_eyes else made
        )

    def looser_than(self, parent: Self) -> list[str]:
        if parent.four_eyes and self.four_eyes is False:
            return [str(_("上级要求填报和审核由不同的人办理，这里写的是不要求"))]
        return []

    def sentence(self) -> str:
        text = self._routes_said()
        if self.four_eyes:
            text = f"{text.rstrip('。.')}{_('；')}{_('填报和审核须由不同的人办理')}{_('。')}"
        return text

    def _routes_said(self) -> str:
        if self.label:
            return f"{self.label}{_('。')}"
        *special, last = self.routes
        if not last.is_for_all():
            special, last = list(self.routes), None  # type: ignore[assignment]
        named = [
            str(_("%(name)s%(bound)s")) % {"name": r.label, "bound": r.said()} for r in special if r.label
        ]
        unnamed = len(special) - len(named)
        said = [*named, *([str(_("另有%(n)s种情况另有路线")) % {"n": unnamed}] if unnamed else [])]
        if last is not None:
            said.append(str(_("其余%(how)s") if special else "%(how)s") % {"how": last.said()})
        text = str(_("；")).join(said) + str(_("。"))
        return text[:1].upper() + text[1:]


def receiver_words(receiver: str) -> str:
    """In words: "coordinator@city" → 市级统筹单位."""
    levels = {
        "nation": _("全国"),
        "province": _("省级"),
        "city": _("市级"),
        "county": _("县级"),
        "town": _("镇街"),
    }
    kind, _at, level = receiver.partition("@")
    if level and kind.startswith("line:"):
        return str(_("%(level)s主管单位（%(line)s）")) % {
            "level": str(levels.get(level, level)).lower(),  # English: it stands within a sentence
            "line": kind.removeprefix("line:"),
        }
    if level:
        return str(_("%(level)s统筹单位")) % {"level": str(levels.get(level, level)).lower()}
    if kind.startswith("unit:"):
        return str(_("%(code)s（指定单位）")) % {"code": kind.removeprefix("unit:")}
    return str(
        {"issuer": _("发文单位"), "caller": _("征集单位"), "host_above": _("上级统筹单位")}.get(
            kind, receiver
        )
    )
