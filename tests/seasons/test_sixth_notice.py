"""A sixth notice: a county under 唐山 writes its own at the desk, and its towns have it, with the rules, the same moment.

Everything goes through the pages. The city's notice is the real one; the county is real, its units and towns are made up.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from kepu.notices.models import Delivery, Notice, NoticeDraft, Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Place, Role, Unit
from tests.factories.accounts import a_person
from tests.factories.notices import china
from tests.factories.orgs import a_place, a_post
from tests.factories.sending import work
from tests.web.at_the_desk import begin, clause_page, controls, draft_page, fill_in, issue, said, typed

DAY = china(2023, 9, 4, 10)
LATER = DAY + timedelta(minutes=1)
TITLE = "关于举办滦南县2023年全国科普日活动的通知"
TOWNS_ONLY = {
    "h.recipients.0.role": "to", "h.recipients.0.title": "各镇科协", "h.recipients.0.kinds.own": "association",
    "h.recipients.0.levels": "town",
}  # fmt: skip


@dataclass
class Tangshan:
    """滦南县 with two towns, 乐亭县 beside it with one, a school; each with somebody at a browser."""

    season: object
    office: Unit
    towns: list[Unit]
    elsewhere: Unit  # a town of the county beside it
    school: Unit
    county: Client
    town: Client
    neighbour: Client


def somebody(unit, *roles):
    person = a_person(f"{unit.name}的人")
    for role in roles:
        a_post(unit, role, person=person)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def tangshan(season, unit_at, monkeypatch):
    for name in ("default", "throttle"):
        caches[name].clear()
    now = [DAY]
    monkeypatch.setattr("kepu.core.clock.now", lambda: now[0])
    county, beside = (Place.objects.get(code=code) for code in ("130224", "130225"))
    a_place("130224901", "甲镇", parent=county)
    a_place("130224902", "乙镇", parent=county)
    a_place("130225901", "丙镇", parent=beside)
    unit_at("130200", "association", name="唐山市科普联络处", coordinates=True)
    office = unit_at("130224", "association", name="滦南县科普联络站", coordinates=True)
    one, two, far = (
        unit_at(code, "association", name=f"{name}科普站", coordinates=True)
        for code, name in (("130224901", "甲镇"), ("130224902", "乙镇"), ("130225901", "丙镇"))
    )
    school = unit_at("130224901", name="甲镇中学")
    return Tangshan(
        season, office, [one, two], far, school, county=somebody(office, Role.COORDINATOR),
        town=somebody(one, Role.COORDINATOR, Role.FILER), neighbour=somebody(far, Role.COORDINATOR, Role.FILER),
    )  # fmt: skip


def clause(draft, key):
    """The draft's clause that stands on one from above: ``tangshan-2023#TS-47``."""
    return draft.clauses.get(above=f"tangshan-2023#{key}")


def only_its_own_decisions(tangshan):
    """Begun from the city's notice: a quota of two for each town, and who reviews; all else is left to those above."""
    assert begin(tangshan.county, "parent").status_code == 303
    draft = NoticeDraft.objects.get()
    fill_in(tangshan.county, clause(draft, "TS-47"), **{"c.quota.min.min": "2"})
    fill_in(tangshan.county, draft.clauses.get(kind="routing"))
    fill_in(tangshan.county, draft.clauses.get(kind="contact"))
    fill_in(tangshan.county, clause(draft, "TS-54"), act="save", **due("2023-09-22"))
    waiting = draft.clauses.filter(state="proposed").exclude(pk=clause(draft, "TS-54").pk)
    left = {"act": "reject", "code": list(waiting.values_list("code", flat=True))}
    tangshan.county.post(f"{draft_page(draft)}decisions/", left)
    return draft


def due(day):
    return {"c.duty.due.way": "date", "c.duty.due.date": day}


def issued(tangshan):
    draft = only_its_own_decisions(tangshan)
    fill_in(tangshan.county, clause(draft, "TS-54"))
    address = f"{draft_page(draft)}header/"
    head = controls(tangshan.county.get(address), "header-form")
    tangshan.county.post(address, {**head, **TOWNS_ONLY, "act": "save"})
    issue(tangshan.county, draft)
    return Notice.objects.get(season=tangshan.season, place__code="130224")


def delivered(tangshan):
    notice = issued(tangshan)
    work(LATER)
    return notice, Delivery.objects.get(notice=notice, unit=tangshan.towns[0])


def told(rule):
    return rule.sentence(), rule.clause.notice.code, rule.clause.code


def test_it_is_begun_with_only_the_county_s_own_decisions_open(tangshan):
    begin(tangshan.county, "parent")
    draft = NoticeDraft.objects.get()

    assert (draft.title, draft.header["parents"], draft.place.name) == (TITLE, ["tangshan-2023"], "滦南县")
    states = {row.kind: row.state for row in draft.clauses.all()}
    assert states == {
        "theme": "confirmed", "window": "confirmed", "quota": "proposed", "duty": "proposed", "routing": "proposed",
        "contact": "proposed",
    }  # fmt: skip
    shown = said(tangshan.county.get(clause_page(clause(draft, "TS-54"))))
    assert "下级的期限由您定，要早于这一天。" in shown
    assert "报送渠道照抄了上级的：全国科普日网站、市科协科普部邮箱。报到本级的，请改成本级的渠道。" in shown
    assert "2023年9月26日前报送" in shown  # what the city says, beside the form


def test_a_later_deadline_than_the_city_s_is_refused_in_words(tangshan):
    draft = only_its_own_decisions(tangshan)
    found = clause(draft, "TS-54")
    sent = {**typed(tangshan.county, found), **due("2023-09-30"), "act": "keep"}

    pane = said(
        tangshan.county.post(clause_page(found), sent, headers={"HX-Request": "true", "HX-Target": "pane"})
    )
    fill_in(tangshan.county, found, **due("2023-09-30"))
    answer = tangshan.county.post(f"{draft_page(draft)}issue/", {"seen": "0" * 64})

    refusal = (
        "比上级放宽了（《关于举办唐山市2023年全国科普日活动的通知》 五（三），TS-54）："
        "“科普日活动总结材料”的期限（2023年9月30日）晚于上级的期限（2023年9月26日）。下级只能收紧"
    )
    assert refusal in pane
    assert answer.status_code == 422
    code = clause(draft, "TS-54").code
    assert f"{code}：{refusal}" in said(answer)
    assert not Notice.objects.filter(place__code="130224").exists()


def test_what_it_touches_is_said_before(tangshan):
    draft = only_its_own_decisions(tangshan)
    fill_in(tangshan.county, clause(draft, "TS-54"))

    shown = said(tangshan.county.get(f"{draft_page(draft)}issue/"))

    for sentence in (
        "县级科协1家：滦南县科普联络站，有2条规定变化。", "镇街级科协2家，如甲镇科普站，有4条规定变化。",
        "期限加上：2023年9月22日 管到2家。2家还没有报，最迟2023年9月22日 23:59。", "要求加上：每个乡镇（街道）重点活动不少于2项。 管到2家。",
    ):  # fmt: skip
        assert sentence in shown
    assert "丙镇" not in shown


def test_the_moment_after_its_towns_are_bound_and_no_other_town_is(tangshan):
    notice = issued(tangshan)
    drafted = {row.above.partition("#")[2]: row.code for row in NoticeDraft.objects.get().clauses.all()}

    season = Season.objects.get(pk=tangshan.season.pk)  # in the edition that the notice made
    now = rules_in_force(tangshan.towns[1], season, at=DAY)
    there = rules_in_force(tangshan.elsewhere, season, at=DAY)

    assert told(now["quota.key_activities"]) == (
        "每个乡镇（街道）重点活动不少于2项。", notice.code, drafted["TS-47"],
    )  # fmt: skip
    summary = now["duty.organisation_summary"]
    assert summary.params.due.words() == "2023年9月22日"
    assert told(summary)[1:] == (notice.code, drafted["TS-54"])
    assert notice.code not in {c.notice.code for rule in there.values() for c in rule.chain}
    assert not {"quota.key_activities", "duty.organisation_summary"} & set(there)


def test_a_town_opens_it_receives_it_and_has_a_receipt_that_proves_itself(tangshan):
    notice, delivery = delivered(tangshan)
    assert set(Delivery.objects.filter(notice=notice).values_list("unit__name", flat=True)) == {
        "甲镇科普站", "乙镇科普站",
    }  # fmt: skip
    assert TITLE in said(tangshan.town.get("/workspace/received/"))
    assert TITLE not in said(tangshan.neighbour.get("/workspace/received/"))

    tangshan.town.post(f"/workspace/received/{delivery.pk}/receiving/")
    receipt = said(tangshan.town.get(f"/workspace/deliveries/{delivery.pk}/receipt/"))
    file = tangshan.town.get(f"/workspace/deliveries/{delivery.pk}/file/").content

    assert hashlib.sha256(file).hexdigest() == delivery.digest
    for proof in (
        delivery.digest, "第 1 版（共 1 版），摘要相符。", "现在的通知和送达时一字不差。", "签收的留痕完好，记的是同一个人、同一时间、同一份文件。",
    ):  # fmt: skip
        assert proof in receipt
    assert tangshan.neighbour.get(f"/workspace/deliveries/{delivery.pk}/receipt/").status_code == 404
    assert "2023年9月22日前报送科普日活动总结材料" in said(
        tangshan.town.get(f"/workspace/received/{delivery.pk}/")
    )


def test_the_county_sees_who_has_not_opened_it_and_asks_again(tangshan):
    notice, delivery = delivered(tangshan)
    tangshan.town.post(f"/workspace/received/{delivery.pk}/opening/")

    address = f"/workspace/sent/{notice.pk}/"
    shown = said(tangshan.county.get(address))
    tangshan.county.post(f"{address}reminder/", {"which": "unopened"})
    work(LATER)

    assert "没打开 1" in shown
    assert "乙镇科普站" in shown
    assert list(Delivery.objects.filter(notice=notice, reminders=1).values_list("unit__name", flat=True)) == [
        "乙镇科普站"
    ]


def test_a_town_forwards_it_to_a_school_and_the_county_sees_that(tangshan):
    notice, delivery = delivered(tangshan)
    address = f"/workspace/received/{delivery.pk}/forwarding/"

    preview = tangshan.town.post(address, {"names": "甲镇中学", "act": "preview"})
    tangshan.town.post(address, {**controls(preview, "id_names"), "act": "forward"})
    work(LATER)

    came = Delivery.objects.get(notice=notice, unit=tangshan.school)
    assert came.forwarded_from == delivery
    assert "甲镇科普站" in said(tangshan.county.get(f"/workspace/sent/{notice.pk}/?tab=forwarded"))
