"""What a notice file and a season file may contain. The JSON Schema is made from these classes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
    field_validator,
    model_validator,
)

from kepu.notices.kinds import Mode, Params, Status, Strictness, kinds
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Code, Text, listed

FORMAT = 1
ClauseCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=40)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+(\.[A-Za-z0-9_-]+)*$", max_length=120)]
_RELATES = re.compile(r"^(same|near|extends|narrows|overrides|pending):[A-Za-z0-9_.-]+$")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)


class Recipient(Strict):
    """Who a notice is sent to: 主送 (``to``) or 抄送 (``cc``), by kind, line, level, place or name."""

    role: Literal["to", "cc"] = "to"
    title: Text = Field(description="通知里怎么写的，概括即可")
    kinds: tuple[Code, ...] = ()
    lines: tuple[Code, ...] = ()
    levels: tuple[Code, ...] = ()
    members_of: tuple[Code, ...] = ()
    designations: tuple[Code, ...] = ()
    place_kinds: tuple[Code, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    names: tuple[Text, ...] = Field((), description="点名的单位名称")
    count: int | None = Field(None, ge=0)


class Attachment(Strict):
    """An attachment that is named; ``known = false`` when its text is not in hand."""

    number: int = Field(1, ge=1)
    title: Text
    known: bool = True
    note: Text | None = None


class Section(Strict):
    """A heading of the text, such as 一、时间和主题 or （二）平台填报: what the official document prints above its clauses."""

    number: str = Field(max_length=40, description="标题的位置，如 一、六（二）")
    title: Text


class Header(Strict):
    """The head of a notice: what it is, whose, when, on what basis, to whom."""

    code: Code = Field(description="本通知的代码，全届唯一，如 dongguan-2023")
    season: Code = Field(description="届次代码，如 kepuri-2023")
    title: Text
    number: Text | None = Field(None, description="发文字号；没有就不写")
    issuer: Text = Field(description="发文单位名称")
    issuer_unit: str | None = Field(None, description="发文单位在系统里的编号")
    place: str = Field("CN", description="发到哪个地区的代码；全国写 CN")
    line: str | None = Field(None, description="按系统发的，写系统代码")
    status: Literal[
        "advance", "formal", "supplement", "correction", "results", "placeholder", "withdrawn"
    ] = "formal"
    parents: tuple[Code, ...] = Field((), description="依据的上级通知代码")
    replaces: tuple[Code, ...] = Field((), description="代替哪些通知（如正式通知代替预备通知）")
    amends: tuple[Code, ...] = Field((), description="补充或更正哪些通知")
    based_on: tuple[Text, ...] = Field((), description="依据的文件字号或名称，没有录入系统的")
    issued: date | None = Field(None, description="印发日期；正文没有日期就不写")
    printed: date | None = None
    in_force: date | datetime | None = Field(
        None, description="从何时起适用；不写则从印发之日，印发日期也没有则从本届开始"
    )
    names: tuple[Text, ...] = Field((), description="本届活动在这里的名称")
    edition: int | None = Field(None, ge=1, description="第几届")
    edition_local: int | None = Field(None, ge=1, description="当地的第几届")
    level: Code | None = Field(None, description="发文层级：nation province city county town")
    joint_issuers: tuple[Text, ...] = Field((), description="联合主办单位，按次序")
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    opening: Text | None = Field(None, description="正文开头的一段，印在公文里")
    sections: tuple[Section, ...] = Field((), description="正文的各级标题，印在公文里")
    note: Text | None = None


class ClauseBase(Strict):
    """What every clause has beside the table of its kind."""

    id: ClauseCode = Field(description="条款代码，本通知内唯一，如 DG-48")
    number: str = Field("", max_length=40, description="在正文里的位置，如 六（二）1")
    kind: str = Field(description="条款种类")
    key: Key | None = Field(None, description="规则名；不写时由种类决定")
    summary: Text = Field(description="概述，用自己的话")
    summary_en: Text | None = None
    wording: Text | None = Field(None, description="公文里印的文字；不写就印规则的句子")
    mode: Mode | None = Field(None, description="与上级的关系")
    strictness: Strictness | None = Field(
        None, description="hard 必须；in_principle 原则上；strive 争取；none 供参考"
    )
    status: Status = Status.FINAL
    waits_for: Text | None = Field(None, description="待定的等什么")
    audience: Audience = Field(default_factory=Audience)
    scope: str | None = Field(None, description="适用范围的地区代码，超出本通知地区时才写")
    caller: Text | None = Field(None, description="任务的发起单位，不是发文单位时才写")
    relates: tuple[str, ...] = Field((), description="与上级条款的关系，如 same:NA-05")

    @field_validator("audience")
    @classmethod
    def _every_sort_is_named(cls, audience: Audience) -> Audience:
        for part in audience.parts():
            if any(inner.is_everybody() for inner in part.any_of):
                raise ValueError(str(_("any_of 里有一类没有写是哪些单位。")))
            if any(inner.is_everybody() for inner in part.exceptions):
                raise ValueError(str(_("exceptions 里有一类没有写是哪些单位。")))
        return audience

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind not in kinds():
            raise ValueError(str(_("不认识的条款种类“%(kind)s”。")) % {"kind": self.kind})
        if bad := [r for r in self.relates if not _RELATES.match(r)]:
            raise ValueError(str(_("relates 要写成 same:条款代码 这样：%(bad)s。")) % {"bad": bad[0]})
        given = [k for k in kinds() if getattr(self, k, None) is not None]
        if given != [self.kind]:
            extra = [k for k in given if k != self.kind]
            if extra:
                raise ValueError(
                    str(_("种类是 %(kind)s，却写了 [clause.%(extra)s]。"))
                    % {"kind": self.kind, "extra": extra[0]}
                )
            raise ValueError(str(_("缺少参数表 [clause.%(kind)s]。")) % {"kind": self.kind})
        if (self.status is Status.PENDING or self.mode is Mode.PENDING) and not self.waits_for:
            raise ValueError(str(_("待定的条款要用 waits_for 写明等什么。")))
        return self

    @property
    def params(self) -> Params:
        return getattr(self, self.kind)

    def rule_key(self) -> str:
        return self.key or self.params.key()

    def effective_mode(self) -> Mode:
        return self.mode or (Mode.PENDING if self.status is Status.PENDING else self.params.MODE)

    def effective_strictness(self) -> Strictness:
        return self.strictness or DEFAULT_STRICTNESS.get(self.kind, Strictness.NONE)


DEFAULT_STRICTNESS = {
    "gate": Strictness.HARD, "routing": Strictness.HARD, "theme": Strictness.HARD, "form": Strictness.HARD,
    "file_rule": Strictness.HARD, "duty": Strictness.IN_PRINCIPLE, "quota": Strictness.IN_PRINCIPLE,
    "coverage": Strictness.STRIVE, "mark": Strictness.IN_PRINCIPLE,
}  # fmt: skip

_TABLES: dict[str, Any] = {
    code: (cls | None, Field(None, description=str(cls.LABEL))) for code, cls in kinds().items()
}
FileClause: Any = create_model("FileClause", __base__=ClauseBase, **_TABLES)


class NoticeFile(Strict):
    """A whole notice file."""

    format: Literal[1] = 1
    notice: Header
    clause: tuple[FileClause, ...] = ()

    @model_validator(mode="after")
    def _unique(self) -> Self:
        seen: set[str] = set()
        for c in self.clause:
            if c.id in seen:
                raise ValueError(str(_("条款代码“%(code)s”出现了两次。")) % {"code": c.id})
            seen.add(c.id)
        return self


class SeasonTerm(Strict):
    code: Code
    name: Text
    name_en: Text | None = None


class SeasonLine(SeasonTerm):
    parent: Code | None = None


class SeasonPlace(Strict):
    """A place that is no official division, or lies below the county."""

    code: str
    name: Text
    kind: Code
    parent: str
    level: Code | None = None


class SeasonHeader(Strict):
    code: Code = Field(description="如 kepuri-2023")
    campaign: Code
    year: int = Field(ge=1900, le=2200)
    name: Text
    name_en: Text | None = None
    first_day: date
    last_day: date
    contacts_kept_days: int = Field(180, ge=0, le=3650, description="届次结束后，联系人等个人信息再保存几天")


class SeasonFile(Strict):
    """A season and the words its notices use."""

    format: Literal[1] = 1
    season: SeasonHeader
    unit_kind: tuple[SeasonTerm, ...] = ()
    designation: tuple[SeasonTerm, ...] = ()
    body: tuple[SeasonTerm, ...] = ()
    line: tuple[SeasonLine, ...] = ()
    place: tuple[SeasonPlace, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.season.first_day > self.season.last_day:
            raise ValueError(str(_("本届的最后一天（last_day）早于第一天（first_day）。")))
        for name in ("unit_kind", "designation", "body", "line", "place"):
            codes = [term.code for term in getattr(self, name)]
            if twice := sorted({c for c in codes if codes.count(c) > 1}):
                raise ValueError(
                    str(_("%(name)s 里代码重复：%(codes)s。")) % {"name": name, "codes": listed(twice)}
                )
        known = {term.code for term in self.line}
        if lost := sorted({t.parent for t in self.line if t.parent and t.parent not in known}):
            raise ValueError(str(_("上级系统没有登记：%(codes)s。")) % {"codes": listed(lost)})
        return self


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a notice file (draft 2020-12)."""
    schema = NoticeFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Kepu notice file"}
