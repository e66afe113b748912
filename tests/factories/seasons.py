"""A season that is ready to be copied: notices of a nation, a city and a line, one withdrawn, one nobody can read."""

from dataclasses import dataclass

from kepu.core import outbox
from kepu.notices.copying import season_after
from kepu.notices.models import DraftClause, Notice, NoticeDraft, Season, SeasonCopy
from kepu.notices.queries import header_of
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Unit
from tests.factories.notices import a_clause, a_gate, a_notice, a_season, china
from tests.factories.orgs import a_chain, a_coordinator, a_line, a_unit

AT = china(2024, 3, 1)
WEEK = {
    "code": "concentrated", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}
}  # fmt: skip


@dataclass
class Year:
    """``by`` coordinates the nation, ``city_by`` the city. Two notices are the city's, one of them issued by a society."""

    season: Season
    nation: Place
    city: Place
    nation_office: Unit
    city_office: Unit
    society: Unit
    by: Actor
    city_by: Actor
    notices: dict[str, Notice]


def headed(notice, **more):
    """The notice with the header that its file would have."""
    notice.header = {
        "code": notice.code, "season": notice.season.code, "title": notice.title, "issuer": notice.issuer,
        "place": notice.place.code, "status": notice.status, **({"number": notice.number} if notice.number else {}), **more,
    }  # fmt: skip
    notice.save()
    return notice


def a_year():
    season = a_season("kepuri-2023")
    nation, _province, city, _town = a_chain()
    nation_office = a_unit(nation, "全国科普日办公室", code="NATION", coordinates=[nation])
    city_office = a_unit(city, "东莞市科协", code="DG", coordinates=[city])
    society = a_unit(city, "东莞市科普协会", code="SOC", kind="society")
    line = a_line("education", "教育")
    by_code = {
        "national-2023": a_notice(season, nation, "national-2023", number=""),
        "dongguan-2023": a_notice(season, city, "dongguan-2023"),
        "society": a_notice(season, city, "society", number="", issuer_unit=society),
        "education-2023": a_notice(season, nation, "education-2023", number="", line=line),
        "gone-2023": a_notice(season, city, "gone-2023", number=""),
        "broken-2023": a_notice(season, city, "broken-2023", number=""),
        "unseen-2023": a_notice(season, city, "unseen-2023", number=""),
    }
    by_code["unseen-2023"].status = "placeholder"
    by_code["gone-2023"].withdrawn_at = china(2023, 9, 1)
    for code, notice in by_code.items():
        notice.title = f"2023年通知：{code.removesuffix('-2023')}"
        parents = {"parents": ["national-2023"]} if code == "dongguan-2023" else {}
        headed(notice, **parents)
    week = {**WEEK, "start": {"date": "2023-09-17"}}
    a_clause(by_code["national-2023"], "NA-1", "window", week, number="一")
    a_clause(by_code["national-2023"], "NA-2", "theme", {"text": "人人爱科学"}, number="一", mode="fixed")
    a_gate(by_code["dongguan-2023"], "DG-48", fact="lead_days", min=7, number="六（二）1")
    a_clause(
        by_code["dongguan-2023"], "DG-59", "duty",
        {"what": "organisation_summary", "title": "2023年总结", "due": {"date": "2023-09-26"}, "to": "issuer"}, number="六",
    )  # fmt: skip
    a_gate(by_code["society"], "SO-1", fact="lead_days", min=9)
    broken = a_gate(by_code["broken-2023"], "BR-1", fact="lead_days", min=9)
    broken.params = {"fact": "lead_days", "unheard_of": 1}
    broken.save()
    return Year(
        season, nation, city, nation_office, city_office, society, a_coordinator(nation_office), a_coordinator(city_office), by_code
    )  # fmt: skip


def next_header(season, days=364, code="kepuri-2024", year=2024, **more):
    return season_after(header_of(season), code=code, year=year, days=days, **more)


def a_copied_season(world, *, drafts=1):
    """A season copied from the world's, with so many drafts of the city's office, all of them to be looked at."""
    world.season.refresh_from_db()
    season = a_season("next", year=2024, name="2024年全国科普日")
    at = china(2023, 8, 1)
    SeasonCopy.objects.create(
        season=season, source=world.season, days=364, heir=world.nation_office, copied=drafts, started_at=at, finished_at=at
    )  # fmt: skip
    for n in range(drafts):
        draft = NoticeDraft.objects.create(
            season=season, unit=world.city_office, place=world.city, title=f"2024年第{n}份通知", origin="season", made_at=at, changed_at=at
        )  # fmt: skip
        DraftClause.objects.create(draft=draft, position=10, code="A-1", kind="text", state="proposed")
    return season


def carried_out(at=AT):
    """Everything that waits in the outbox."""
    while outbox.deliver(at=at):
        pass
