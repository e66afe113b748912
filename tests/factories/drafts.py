"""A county under a city, both with a coordinator, and drafts of the county's notice, for tests."""

from dataclasses import dataclass

from kepu.notices import actions, starting
from kepu.notices.models import DraftOrigin, Notice
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, PlaceKind, Unit
from tests.factories.notices import a_clause, a_gate, a_notice, a_season, china
from tests.factories.orgs import a_coordinator, a_place, a_unit

AT = china(2023, 9, 4, 10)


@dataclass
class County:
    """Two towns in a county of a city that has issued its notice; ``by`` coordinates the county."""

    season: object
    city: Place
    county: Place
    towns: tuple[Unit, Unit]
    office: Unit
    city_office: Unit
    by: Actor
    above: Actor
    city_notice: Notice


def a_county():
    season = a_season()
    nation = a_place("CN", "中国", kind=PlaceKind.NATION)
    province = a_place("130000", "河北省", kind=PlaceKind.PROVINCE, parent=nation)
    city = a_place("130200", "唐山市", kind=PlaceKind.CITY, parent=province)
    county = a_place("130224", "滦南县", kind=PlaceKind.COUNTY, parent=city)
    places = [a_place(f"13022400{n}", f"第{n}镇", parent=county) for n in (1, 2)]
    city_office = a_unit(city, "唐山市科协", code="TS", coordinates=[city])
    office = a_unit(county, "滦南县科协", code="LN", coordinates=[county])
    towns = tuple(a_unit(p, f"{p.name}科协", code=f"T{n}") for n, p in enumerate(places, start=1))
    notice = a_notice(season, city, "city-2023", number="唐科协〔2023〕9号", issuer_unit=city_office)
    notice.header = {
        "code": "city-2023", "season": season.code, "title": notice.title, "issuer": "唐山市科协", "place": "130200",
        "number": notice.number,
    }  # fmt: skip
    notice.save(update_fields=["header"])
    a_clause(notice, "TS-01", "theme", {"text": "人人爱科学"}, number="一", mode="fixed")
    a_clause(
        notice, "TS-02", "window",
        {"code": "concentrated", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}}, number="一",
        strictness="in_principle",
    )  # fmt: skip
    a_gate(notice, "TS-03", fact="lead_days", min=3, number="三")
    a_clause(
        notice, "TS-04", "quota", {"of": "key_activities", "per": "place", "place_level": "county", "min": 7, "max": 10, "unit": "项"},
        number="三", strictness="in_principle", audience={"levels": ["county"], "kinds": ["association"]},
    )  # fmt: skip
    a_clause(
        notice, "TS-05", "duty",
        {"what": "organisation_summary", "title": "工作总结", "due": {"date": "2023-09-26"}, "to": "coordinator@city"},
        number="四", strictness="in_principle", audience={"levels": ["county"], "kinds": ["association"]},
    )  # fmt: skip
    a_clause(
        notice, "TS-06", "list", {"code": "fields", "title": "行业领域", "items": [{"code": "health", "label": "健康"}]}, number="二",
        strictness="none",
    )  # fmt: skip
    return County(
        season,
        city,
        county,
        towns,
        office,
        city_office,
        a_coordinator(office),
        a_coordinator(city_office),
        notice,
    )


def a_draft(world, *, origin="parent", at=AT, by=None):
    """A draft of the county's notice, begun as the desk begins it."""
    by = by or world.by
    known = set(Notice.objects.values_list("code", flat=True))
    start = starting.blank(world.season.code, 2023, world.county, None, by.unit, known=known)
    if origin == "parent":
        rules = rules_in_force(by.unit, world.season, at=at)
        start = starting.of_parent(start, rules, world.county, by.unit, season_name=world.season.name)
    return actions.start_draft(
        season=world.season, place=world.county, line=None, origin=DraftOrigin(origin), header=start.header,
        clauses=start.clauses, by=by, at=at,
    )  # fmt: skip


def row(draft, kind):
    """The draft's clause of a kind."""
    return draft.clauses.get(kind=kind)


def fill(draft, kind, *, by, at=AT, **params):
    """Fill in what is open in the clause of a kind, and confirm it."""
    found = row(draft, kind)
    data = {**found.data, kind: {**found.data[kind], **params}}
    return actions.save_clause(found, data, version=found.version, by=by, at=at, state="confirmed")


def ready(world, *, due="2023-09-20", least=2):
    """A draft with everything decided: an earlier deadline for the towns, their share of the quota."""
    draft = a_draft(world)
    fill(draft, "duty", by=world.by, due={"date": due})
    fill(draft, "quota", by=world.by, min=least)
    for kind in ("routing", "contact"):
        actions.decide_clauses(draft, [row(draft, kind).code], "confirmed", by=world.by, at=AT)
    return draft
