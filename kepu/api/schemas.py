"""The shapes of what is read. Instants are ISO 8601 with China's offset; "" and null say that nothing is known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema


class Session(Schema):
    code: str = Field(description=gettext_noop("场次的代码，一直不变"))
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    venue: str = ""
    address: str = ""
    note: str = ""
    status: str = Field("", description=gettext_noop("cancelled 是这一场取消了"))
    words: str = Field("", description=gettext_noop("为什么取消，或改了什么"))


class Label(Schema):
    code: str
    label: str


class Where(Schema):
    name: str = Field(description=gettext_noop("全称，例如 广东省东莞市石龙镇"))
    province: str = Field("", description=gettext_noop("省级的代码；没有就是空的，下同"))
    city: str = ""
    county: str = ""
    town: str = ""


class Picture(Schema):
    url: str
    width: int
    height: int
    alt: str
    credit: str = ""


class Material(Schema):
    kind: str = Field(description=gettext_noop("photo 照片，video 录像，document 和 other 资料"))
    url: str
    note: str = ""


class Results(Schema):
    on_site: int | None = Field(None, description=gettext_noop("现场参加的人次；与线上的不相加"))
    online: int | None = None
    counted: str = Field("", description=gettext_noop("人数怎么统计的"))
    as_of: datetime | None = Field(None, description=gettext_noop("人数截至什么时候"))
    words: str = ""
    media_links: list[str] = []
    materials: list[Material] = []


class Activity(Schema):
    id: int
    url: str = Field(description=gettext_noop("活动的网页"))
    title: str
    summary: str = ""
    host: str = Field(description=gettext_noop("举办单位"))
    co_hosts: list[str] = []
    undertakers: list[str] = []
    supporters: list[str] = []
    status: str = Field(
        description=gettext_noop(
            "on 如期举办，changed 信息有变更，postponed 延期，cancelled 取消，over 已举办"
        )
    )
    status_words: str = Field("", description=gettext_noop("取消或延期的说明"))
    mode: str
    starts_at: datetime
    ends_at: datetime
    time_pending: bool = Field(description=gettext_noop("延期，新的时间还没有定：这时上面的时间是原来的"))
    sessions: list[Session] = Field([], description=gettext_noop("分几场的，每一场；只有一场的是空的"))
    place: Where
    venue: str = ""
    address: str = ""
    latitude: float | None = Field(None, description="WGS 84")
    longitude: float | None = Field(None, description="WGS 84")
    online_link: str = ""
    labels: dict[str, list[Label]] = Field(
        {}, description=gettext_noop("领域、主题、形式等，代码和当时的叫法")
    )
    key_activity: bool = Field(description=gettext_noop("重点活动"))
    participants_expected: int | None = None
    taking_part: str = Field(
        "",
        description=gettext_noop(
            "怎么参加：walk_in 直接来，booking 需要预约，groups 只对内部或组织好的团体；空的是没有说"
        ),
    )
    booking_link: str = ""
    booking_note: str = Field("", description=gettext_noop("怎么预约，举办单位写的话"))
    capacity: int | None = Field(None, description=gettext_noop("名额；null 是不限，或者没有说"))
    full: bool = Field(False, description=gettext_noop("举办单位说名额已满"))
    accessibility: list[str] = Field(
        [], description=gettext_noop("无障碍的代码，叫法在“通知里用的词”里的 access")
    )
    accessibility_note: str = ""
    pictures: list[Picture] = []
    results: Results | None = Field(None, description=gettext_noop("办过以后的成果，举办单位选择公开的才有"))
    version: int
    published_at: datetime
    updated_at: datetime


class ListedActivity(Activity):
    listed_starts_at: datetime = Field(description=gettext_noop("按日子找时，是那一天那一场的时间"))
    listed_ends_at: datetime


class Activities(Schema):
    season: str = Field(description=gettext_noop("哪一届；一届也没有时是空的"))
    items: list[ListedActivity]
    next: str | None = Field(description=gettext_noop("下一页的地址；没有下一页是 null"))


class Place(Schema):
    code: str
    name: str
    full_name: str
    kind: str
    level: str
    parent: str | None = Field(description=gettext_noop("上一级的代码"))


class Places(Schema):
    items: list[Place]
    next: str | None


class PlaceDetail(Place):
    above: list[Place] = Field(description=gettext_noop("从全国到上一级"))


class Season(Schema):
    code: str
    name: str
    name_en: str = ""
    year: int
    first_day: date
    last_day: date
    is_open: bool = Field(description=gettext_noop("正在进行"))


class Seasons(Schema):
    items: list[Season]


class Notice(Schema):
    season: str
    code: str
    url: str
    title: str
    number: str = Field("", description=gettext_noop("发文字号"))
    issuer: str
    place: str = Field(description=gettext_noop("管到的地区的代码"))
    line: str | None = Field(None, description=gettext_noop("管到的系统的代码；按地区发的是 null"))
    status: str
    issued_on: date | None = None
    in_force_at: datetime | None = None
    withdrawn_at: datetime | None = None
    parents: list[str] = Field([], description=gettext_noop("依据的通知的代码"))
    replaces: list[str] = Field([], description=gettext_noop("代替的通知的代码"))


class Notices(Schema):
    season: str
    items: list[Notice]
    next: str | None


class Clause(Schema):
    id: str
    url: str
    number: str = Field("", description=gettext_noop("在通知里的位置"))
    kind: str
    kind_name: str
    key: str = Field(description=gettext_noop("定的是哪一条规则"))
    sentence: str
    summary: str = ""
    audience: str = Field("", description=gettext_noop("对象；空的是所有单位"))
    strictness: str
    status: str
    mode: str
    params: dict[str, Any] | None = Field(
        description=gettext_noop("参数，与通知文件里的一样；联系方式的不在这里")
    )


class NoticeDetail(Notice):
    clauses: list[Clause]
    file: str = Field(description=gettext_noop("通知文件（TOML）的地址"))


class Item(Schema):
    code: str
    label: str
    label_en: str | None = None
    parent: str | None = None


class CodeList(Schema):
    key: str
    code: str
    kind: str = Field(description=gettext_noop("list 清单，track 活动板块"))
    title: str
    cite: str = Field(description=gettext_noop("依据哪份通知的哪一条"))
    open_ended: bool = Field(description=gettext_noop("清单后面有“等”字，可以另写"))
    items: list[Item]


class Lists(Schema):
    season: str
    place: str = Field(description=gettext_noop("对哪个地区；空的是全国"))
    items: list[CodeList]


class Term(Schema):
    code: str
    name: str
    name_en: str = ""


class Vocabulary(Schema):
    code: str
    name: str
    terms: list[Term]


class Vocabularies(Schema):
    items: list[Vocabulary]


class Problem(Schema):
    type: str
    title: str
    status: int
    detail: str = Field(description=gettext_noop("怎么回事、怎么办"))
