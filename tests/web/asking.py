"""A season in which three levels speak, and reading the chain that opens beside a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kepu.notices import rulebook
from kepu.notices.models import Clause, Notice, NoticeStatus
from kepu.orgs.models import Place
from tests.factories.notices import a_clause, a_gate, a_notice
from tests.web.workspace.conftest import rules_of_dongguan

THEME = "提升全民科学素质，助力科技自立自强"
NOTICES = {"NA": "na", "DG": "dg", "CD": "dg", "SL": "sl"}
ENDS_HERE = ("section", "form", "main", "table", "body", "aside")


def three_levels(season, city, *, issuer_unit=None):
    """The nation asks for 3 days, the city for 7, the town's advance notice for 9; the nation asks provinces for 10.

    The town's sub-theme is still to come; what it says of the theme is the city's, and the city's is the nation's.
    """
    notice = rules_of_dongguan(season, city, issuer_unit=issuer_unit)
    nation = a_notice(season, Place.objects.get(path="/"), "na", number="科协发普字〔2023〕15号")
    days = {"fact": "lead_days", "stages": ["filing", "publication"]}
    a_clause(nation, "NA-05", "theme", {"text": THEME}, number="一")
    a_gate(nation, "NA-48", **days, min=3, number="三")
    a_clause(nation, "NA-49", "gate", {**days, "min": 10}, number="三", audience={"levels": ["province"]})
    town = a_notice(season, Place.objects.get(parent=city), "sl", number="石科协〔2023〕1号")
    Notice.objects.filter(pk=town.pk).update(status=NoticeStatus.ADVANCE, parents=["dg"])
    a_gate(town, "SL-02", **days, min=9, number="二")
    a_clause(town, "SL-03", "theme", {"role": "subtheme"}, number="三")
    Clause.objects.filter(code="SL-03").update(status="pending", mode="pending", waits_for="镇里的会议")
    rulebook.forget()
    return notice


@dataclass
class Chain:
    """What opens behind “为什么？”: codes of the clauses nearest first, their addresses, and the rest of it."""

    codes: list[str]
    links: list[str]
    others: list[str]  # codes of clauses that ask the same of others
    waits: str
    text: str
    whole: str  # the address of the whole explanation


def chains_beside(found, sentence):
    """The chains that open beside a sentence: in the same line, cell, or field."""
    return [
        _chain(details) for details in found.all("details", class_="clause") if _stands_by(details, sentence)
    ]


def chain_of_page(found):
    """The chain of the page that explains one rule."""
    return _chain(found.one("main"))


def expected_links(codes):
    return [f"/notices/2023/{NOTICES[code.split('-')[0]]}/#{code}" for code in codes]


def _stands_by(details, sentence):
    assert details.one("summary").text.endswith("为什么？")
    around = details.parent
    for _level in range(4):
        if sentence in _said(around):
            return True
        if around.tag in ENDS_HERE:
            return False
        around = around.parent
    return False


def _said(element):
    """What an element says without its chains: a chain repeats the sentence it explains."""
    pieces = []
    for piece in element.pieces:
        if isinstance(piece, str):
            pieces.append(piece)
        elif not (piece.tag == "details" and "clause" in piece["class"].split()):
            pieces.append(_said(piece))
    return " ".join("".join(pieces).split())


def _chain(element):
    lists = list(element.all("ol", class_="clause-links"))
    items = [li for one in lists for li in one.all("li")]
    others = [li for one in element.all("ul", class_="clause-links") for li in one.all("li")]
    waits = [p.text for p in element.all("p", class_="clause-waits")]
    whole = [a["href"] for a in element.all("a") if a["href"].startswith("/notices/why/")]
    return Chain(
        [li.one("code").text for li in items], [li.one("a")["href"] for li in items], [li.one("code").text for li in others],
        "".join(waits), element.text, "".join(whole[:1]),
    )  # fmt: skip
