"""Who takes part in a rehearsal: rows of made-up units for real places. Pure, and the same for the same places.

The skeleton gives every chain of the season its links: coordinators from the nation to the towns, bureaus that
coordinate new areas, department lines, member units, societies. Hosts of every kind fill up the rest. No name can be
taken for a real unit's: each begins with 演练 and holds 样例.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from kepu.orgs.models import NATION, Level, Place, PlaceKind

WITHOUT_COORDINATOR = ("710000", "810000", "820000")
NUMERALS = "一二三四五六七八九"

# the word for a department line, by the line's code; lines beyond these have a department at the nation only
DEPARTMENTS = {
    "education": "教育", "science_tech": "科技", "health": "卫生健康", "ecology": "生态环境", "agriculture": "农业农村",
    "emergency": "应急管理", "natural_resources": "自然资源", "water": "水利", "publicity": "宣传", "cyberspace": "网信",
    "state_assets": "国资", "trade_union": "工会", "youth_league": "共青团", "women": "妇联", "literature_art": "文联",
    "commerce": "工商联",
}  # fmt: skip

# kinds of hosts: weight, word in the name, line
HOSTS: dict[str, tuple[int, str, str]] = {
    "school": (30, "小学", "education"), "science_base": (12, "科普教育基地", ""), "hospital": (7, "医院", "health"),
    "science_community": (8, "科普社区", ""), "enterprise": (8, "企业", ""), "library": (5, "图书馆", ""),
    "science_hall": (5, "科技馆", "kx"), "museum": (3, "博物馆", ""), "university": (4, "高等学校", "education"),
    "society": (4, "科技社团", "kx"), "volunteer_team": (4, "科技志愿服务队", ""), "science_school": (3, "科普学校", ""),
    "agri_association": (3, "农村专业技术协会", "agriculture"), "youth_body": (2, "青少年科技中心", "education"),
    "research_institute": (2, "研究所", ""), "media": (1, "融媒体中心", "publicity"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One unit of the cast."""

    code: str
    name: str
    kind: str
    place: str
    line: str = ""
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    coordinates: str = ""  # a place's code, or ``line:`` and a line's code


@dataclass(frozen=True, slots=True)
class Area:
    """A stage of the season: where a notice was issued, or where people only take part."""

    tag: str
    place: str
    share: int  # of the hosts
    coordinator: str = "association"
    member_bodies: tuple[str, ...] = ()
    members: int = 0  # departments that are member units
    societies: int = 0
    more: tuple[tuple[str, int, str], ...] = ()  # kind, how many, word: such as enterprise associations
    below: Level = Level.COUNTY  # the level of the coordinators below
    named: tuple[tuple[str, str], ...] = ()  # kind and place of hosts that are there in every cast


AREAS = (
    Area("LN", "210000", 20, "leading_group_office", ("leading_group_member", "outline_member"), 8, 6, below=Level.CITY),
    Area("CD", "510100", 25, member_bodies=("outline_member",), members=8, societies=5, more=(
        ("enterprise_association", 4, "企业科协"), ("industrial_zone_association", 2, "产业功能区科协"))),
    Area("TS", "130200", 15, member_bodies=("joint_issuer",), members=16, societies=4, more=(
        ("enterprise_association", 3, "企业科协"), ("college_association", 2, "院校科协"))),
    Area("DG", "441900", 30, member_bodies=("joint_conference", "literacy_duty_unit"), members=8, societies=5,
         below=Level.TOWN, named=(("school", "441900103"),)),
)  # fmt: skip
ELSEWHERE = ("330100", "420100", "350200", "610100", "450100", "530100")  # cities whose units only take part
DEMONSTRATION = (
    "510104",
    "510107",
    "510181",
    "210106",
    "210213",
    "130281",
)  # counties that bear the title here
CITY_MEMBERS = ("510104", "510107", "510181")  # counties with a member unit of their own (CD-40)
SKELETON_SHARE = 0.75  # of a cast that is too small for the whole skeleton
VILLAGES_IN = "510100"  # the city whose notice wants every village and community reached


class Roster:
    """Builds the rows; numbers the units of one kind within an area."""

    def __init__(self, places: Sequence[Place], *, lines: Mapping[str, str], seed: int) -> None:
        self.places = {place.code: place for place in places}
        self.lines = lines
        self.rng = Random(f"{seed}/roster")
        self.numbers: Counter[tuple[str, str]] = Counter()
        self.here: Counter[tuple[str, str]] = Counter()

    def members(self, size: int) -> list[Member]:
        """The whole cast: the skeleton, and hosts until there are ``size`` units.

        A cast too small for the skeleton has a part of every group in it, and a quarter of hosts.
        """
        skeleton = [*self._nation(), *self._provinces()]
        for area in AREAS:
            skeleton += self._area(area)
        if size < len(skeleton):
            skeleton = thinned(skeleton, int(size * SKELETON_SHARE))
        return [*skeleton, *islice(self._hosts(), max(0, size - len(skeleton)))]

    def _nation(self) -> Iterator[Member]:
        yield self._unit("CN", "association", NATION, "统筹单位", "kx", coordinates=NATION)
        for code, name in self.lines.items():
            yield self._unit(
                "CN",
                "department",
                NATION,
                f"{name}主管部门",
                code,
                bodies=("joint_issuer",),
                coordinates=f"line:{code}",
            )
        for _i in range(4):
            yield self._unit("CN", "society", NATION, "学会", "kx")
        for _i in range(2):
            yield self._unit("CN", "enterprise", NATION, "特别参与单位", titles=("special_unit",))

    def _provinces(self) -> Iterator[Member]:
        taken = {area.place for area in AREAS}
        for place in self.places.values():
            if place.level == Level.PROVINCE and place.code not in WITHOUT_COORDINATOR:
                coordinates = "" if place.code in taken else place.code
                yield self._unit(
                    _tag(place), "association", place.code, "科协", "kx", coordinates=coordinates
                )
        for code in ELSEWHERE:
            yield self._unit(_tag(self.places[code]), "association", code, "科协", "kx", coordinates=code)

    def _area(self, area: Area) -> Iterator[Member]:
        word = "领导小组办公室" if area.coordinator == "leading_group_office" else "科协"
        yield self._unit(area.tag, area.coordinator, area.place, word, "kx", coordinates=area.place)
        for line, name in islice(DEPARTMENTS.items(), area.members):
            yield self._unit(
                area.tag, "department", area.place, f"{name}部门", line, bodies=area.member_bodies
            )
        for _i in range(area.societies):
            yield self._unit(area.tag, "society", area.place, "学会", "kx")
        for kind, count, name in area.more:
            for _i in range(count):
                yield self._unit(area.tag, kind, area.place, name)
        for kind, code in area.named:
            _weight, word, line = HOSTS[kind]
            yield self._unit(area.tag, kind, code, word, line)
        yield from self._below(area)

    def _below(self, area: Area) -> Iterator[Member]:
        top = self.places[area.place].path
        for place in self.places.values():
            if place.level != area.below or not place.path.startswith(top):
                continue
            if place.kind == PlaceKind.NEW_AREA:  # a coordinator is a role: here a bureau has it
                yield self._unit(area.tag, "bureau", place.code, "主管局", coordinates=place.code)
            else:
                yield self._unit(area.tag, "association", place.code, "科协", "kx", coordinates=place.code)
        for code in CITY_MEMBERS:
            if self.places[code].path.startswith(top):
                yield self._unit(
                    area.tag, "department", code, "教育部门", "education", bodies=("outline_member",)
                )

    def _hosts(self) -> Iterator[Member]:
        """Hosts without end, each area in its share, its places in turn."""
        turns = [cycle(self._stages(area.place)) for area in AREAS] + [
            cycle([self.places[c] for c in ELSEWHERE])
        ]
        tags = [area.tag for area in AREAS] + [""]
        shares = [area.share for area in AREAS] + [10]
        kinds, weights = list(HOSTS), [weight for weight, _word, _line in HOSTS.values()]
        while True:
            i = self.rng.choices(range(len(turns)), shares)[0]
            place, kind = next(turns[i]), self.rng.choices(kinds, weights)[0]
            _weight, word, line = HOSTS[kind]
            if place.level == Level.VILLAGE:
                kind, line = "village_committee", ""
                word = "居委会" if place.kind == PlaceKind.COMMUNITY else "村委会"
            yield self._unit(
                tags[i] or _tag(place), kind, place.code, word, line, titles=self._titles(kind, place)
            )

    def _stages(self, code: str) -> list[Place]:
        """Where hosts of an area are: below the county or town coordinators where there are any."""
        top = self.places[code].path
        levels = (Level.COUNTY, Level.TOWN, Level.VILLAGE)
        found = [p for p in self.places.values() if p.path.startswith(top) and p.level in levels]
        self.rng.shuffle(found)
        return found

    def _titles(self, kind: str, place: Place) -> tuple[str, ...]:
        if kind == "school" and place.path.startswith(self.places["510100"].path) and self.rng.random() < 0.4:
            return (self.rng.choice(("science_model_school", "tech_education_school", "rural_model_school")),)
        if kind == "research_institute" and place.path.startswith(self.places["210000"].path):
            return ("expert_studio",)
        return ()

    def _unit(
        self, tag: str, kind: str, place: str, word: str, line: str = "", *,
        bodies: tuple[str, ...] = (), titles: tuple[str, ...] = (), coordinates: str = "",
    ) -> Member:  # fmt: skip
        self.numbers[tag, kind] += 1
        self.here[place, word] += 1
        number = self.here[place, word]
        which = f"第{numeral(number)}" if number > 1 or kind in HOSTS else ""
        where = self._place_name(place)
        name = f"演练·{where}{'' if '样例' in where else '样例'}{which}{word}"
        code = f"{tag}-{kind.upper().replace('_', '-')}-{self.numbers[tag, kind]}"
        return Member(code, name, kind, place, line, bodies, titles, coordinates)

    def _place_name(self, code: str) -> str:
        """The two lowest names: 东莞市石龙镇, 辽宁省, 全国."""
        chain = [self.places[c] for c in self.places[code].path.split("/") if c]
        return (
            "".join(place.name for place in chain[-2:] if place.level != Level.PROVINCE or len(chain) == 1)
            or "全国"
        )


def thinned(members: Sequence[Member], size: int) -> list[Member]:
    """About ``size`` of the members: of every kind in every area the first ones, one at least."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        tag, _dash, rest = member.code.partition("-")
        groups[("P" if tag[0] == "P" else tag) + rest.rstrip("0123456789")].append(member)
    share = size / len(members)
    kept = {m.code for group in groups.values() for m in group[: max(1, round(len(group) * share))]}
    return [member for member in members if member.code in kept]


def _tag(place: Place) -> str:
    return "P" + place.path.split("/")[1][:2]


def numeral(number: int) -> str:
    """3 → 三, 12 → 十二, 25 → 二十五; larger numbers in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else NUMERALS[tens - 1]) + "十" if tens else ""
    return ten + (NUMERALS[ones - 1] if ones else "")
