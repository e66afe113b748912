"""The list of units, a unit's page, what becomes of it, what belongs to it; and applications that wait."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.core.models import AuditEntry
from kepu.orgs import actions
from kepu.orgs.models import Application, Post, Role, Unit, UnitChange
from tests.factories.accounts import a_person
from tests.factories.coming import CONTACT, a_claim, an_application, kinds_known
from tests.factories.notices import china
from tests.factories.orgs import a_place, a_post, a_unit
from tests.web.workspace.conftest import signed_in

pytestmark = pytest.mark.django_db
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture
def town(people):
    kinds_known()
    return people.world.town


def links(page):
    return {a["href"]: a.text for a in page.all("a")}


def names(page):
    return [row.one("th").text.split()[0] for row in page.one("tbody").all("tr")]


class TestTheList:
    def test_each_sees_the_units_of_their_area_by_place(self, people, page, town):
        far = a_unit(a_place("441900122", "大朗镇", parent=people.world.city), "大朗中学")
        assert names(page(people.reviewer, "/workspace/units/")) == [
            "东莞市科协",
            "石龙镇科协",
            "石龙中学",
            "大朗中学",
        ]
        assert names(page(people.town, "/workspace/units/")) == ["石龙镇科协", "石龙中学"]
        assert names(page(people.filer, "/workspace/units/")) == ["石龙中学"]
        assert far.name not in page(people.outsider, "/workspace/units/").text

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("q=中学", ["石龙中学"]),
            ("q=石龙 中学", ["石龙中学"]),
            ("kind=school", ["石龙中学"]),
            ("place=石龙镇", ["石龙镇科协", "石龙中学"]),
        ],
    )
    def test_narrowed_by_name_kind_and_place(self, people, page, town, asked, expected):
        assert names(page(people.reviewer, f"/workspace/units/?{asked}")) == expected

    def test_a_place_of_no_such_name_is_said(self, people, page, town):
        assert "没有找到“无此镇”" in page(people.reviewer, "/workspace/units/?place=无此镇").text

    def test_closed_and_merged_ones_are_listed_when_asked_for(self, people, page, town):
        a_unit(town, "旧馆", closed_on=date(2023, 1, 1))
        assert "旧馆" not in page(people.reviewer, "/workspace/units/").text
        assert "旧馆" in page(people.reviewer, "/workspace/units/?closed=1").text

    def test_the_same_queries_for_one_and_for_many(self, people, page, town):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page(people.reviewer, "/workspace/units/")
            return len(queries)

        few = cost()
        for n in range(60):
            a_post(a_unit(town, f"第{n}小学"))
        assert (cost(), few <= 12) == (few, True)

    def test_page_by_page_nothing_is_missed_or_twice(self, people, page, town):
        for n in range(90):
            a_unit(town, f"第{n}小学")
        seen, address = [], "/workspace/units/"
        while address:
            found = page(people.town, address)
            seen += names(found)
            address = next((a["href"] for a in found.all("a", rel="next")), "")
            address = address and f"/workspace/units/{address}"
        assert len(seen) == len(set(seen)) == 92


class TestAUnit:
    def test_what_it_is_and_what_became_of_it(self, people, page, town):
        school = people.world.school
        actions.rename_unit(
            school,
            "石龙高级中学",
            ground="石府〔2023〕1号",
            by=people.world.coordinator,
            at=china(2023, 8, 20),
        )
        found = page(people.filer, f"/workspace/units/{school.pk}/")
        assert found.title.startswith("石龙高级中学")
        assert "由“石龙中学”更名为“石龙高级中学”" in found.one("ol", class_="timeline").text
        assert "依据：石府〔2023〕1号" in found.text

    def test_the_acts_are_for_the_coordinator_above(self, people, page, town):
        address = f"/workspace/units/{people.world.school.pk}/"
        assert f"{address}change/merged/" in links(page(people.reviewer, address))
        assert f"{address}change/" not in str(links(page(people.filer, address)))

    def test_an_old_record_leads_to_the_one_that_was_kept(self, people, page, town):
        other = a_unit(town, "东莞石龙中学", kind="school")
        actions.merge_unit(people.world.school, other, by=people.world.coordinator, at=china(2023, 8, 20))
        found = page(people.town, f"/workspace/units/{people.world.school.pk}/")
        assert "已经并入“东莞石龙中学”" in found.text
        assert links(found)[f"/workspace/units/{other.pk}/"]


class TestChanging:
    def send(self, people, kind, **sent):
        return people.reviewer.post(
            f"/workspace/units/{people.world.school.pk}/change/{kind}/", sent, follow=True
        )

    @pytest.mark.parametrize("kind", ["renamed", "corrected", "moved", "merged", "split", "closed"])
    def test_each_has_its_page(self, people, page, town, kind):
        found = page(people.reviewer, f"/workspace/units/{people.world.school.pk}/change/{kind}/")
        assert "石龙中学" in found.text

    def test_there_are_no_others(self, people, town):
        assert (
            people.reviewer.get(f"/workspace/units/{people.world.school.pk}/change/taken_in/").status_code
            == 404
        )

    def test_renamed(self, people, read, town):
        assert "已办理：更名。" in read(self.send(people, "renamed", name="石龙高级中学")).text
        assert Unit.objects.get(pk=people.world.school.pk).name == "石龙高级中学"

    def test_laid_down_for_a_day_and_called_off(self, people, read, town):
        found = read(self.send(people, "renamed", name="石龙高级中学", effective_on="2023-09-01"))
        assert "已安排：更名，2023年9月1日起生效。" in found.text
        address = f"/workspace/units/{people.world.school.pk}/change-calling-off/"
        assert "已取消安排的变更。" in read(people.reviewer.post(address, follow=True)).text
        assert UnitChange.objects.get().state == "called_off"

    def test_moved_by_the_name_of_the_place(self, people, read, town):
        dalang = a_place("441900122", "大朗镇", parent=people.world.city)
        read(self.send(people, "moved", place="东莞市大朗镇", line=""))
        assert Unit.objects.get(pk=people.world.school.pk).place == dalang

    def test_merged_once_both_were_looked_at(self, people, read, town):
        other = a_unit(town, "东莞石龙中学", kind="school")
        found = read(self.send(people, "merged", into=other.code)).text
        assert f"要并入的是“东莞石龙中学”（{other.code}，石龙镇）" in found
        assert "请确认" in found
        read(self.send(people, "merged", into=other.code, sure="on"))
        assert Unit.objects.get(pk=people.world.school.pk).merged_into == other

    def test_split_with_people(self, people, read, town):
        post = Post.objects.get(unit=people.world.school)
        sent = {"goes_on": "yes", "name_1": "石龙初级中学", "kind_1": "school", f"post_{post.pk}": "1"}
        read(self.send(people, "split", **sent))
        born = Unit.objects.get(name="石龙初级中学")
        assert Post.objects.get(unit=born).person == post.person

    def test_what_stands_in_the_way_of_closing_is_said_before_and_after(self, people, read, page, town):
        a_unit(town, "初中部", within=people.world.school)
        address = f"/workspace/units/{people.world.school.pk}/change/closed/"
        assert "它还有下属单位“初中部”" in page(people.reviewer, address).text
        assert "它还有下属单位“初中部”" in read(self.send(people, "closed", sure="on")).text
        assert Unit.objects.get(pk=people.world.school.pk).closed_on is None

    def test_what_was_typed_stays(self, people, read, town):
        found = read(self.send(people, "renamed", name="石" * 121, ground="石府〔2023〕1号"))
        assert found.one("input", name="ground")["value"] == "石府〔2023〕1号"


class TestParts:
    def test_a_filer_adds_one_and_files_for_it(self, people, read, page, town):
        school = people.world.school
        answer = people.filer.post(
            f"/workspace/units/{school.pk}/parts/", {"name": "天文社", "kind": "venue"}, follow=True
        )
        assert "已新增“天文社”" in read(answer).text
        part = Unit.objects.get(within=school)
        people.filer.post("/workspace/unit/", {"unit": part.pk})
        assert "天文社" in page(people.filer, "/workspace/").text

    def test_one_that_is_there_waits_for_the_coordinator(self, people, read, town):
        other = a_unit(town, "石龙天文社", kind="venue")
        address = f"/workspace/units/{people.world.school.pk}/parts/asking/"
        assert "已申请" in read(people.filer.post(address, {"unit": other.code}, follow=True)).text
        application = Application.objects.get()
        read(
            people.town.post(
                f"/workspace/applications/{application.pk}/approval/", {"version": 1}, follow=True
            )
        )
        assert Unit.objects.get(pk=other.pk).within == people.world.school
        read(people.filer.post(f"/workspace/units/{other.pk}/letting-go/", follow=True))
        assert Unit.objects.get(pk=other.pk).within is None

    def test_a_unit_that_looks_the_same_is_named_and_may_be_denied(self, people, read, town):
        a_unit(town, "石龙天文社", kind="venue")
        address = f"/workspace/units/{people.world.school.pk}/parts/"
        found = read(people.filer.post(address, {"name": "天文社", "kind": "venue"}))
        assert "“石龙天文社”（石龙镇）已经登记" in found.text
        people.filer.post(address, {"name": "天文社", "kind": "venue", "is_another": "on"})
        assert Unit.objects.filter(within=people.world.school).count() == 1


class TestApplications:
    def test_what_waits_stands_on_the_first_page_and_in_the_list(self, people, page, town):
        application, _token = an_application(town, at=china(2023, 8, 24))
        assert "登记申请等审核" in page(people.town, "/workspace/").text
        assert names(page(people.town, "/workspace/applications/")) == ["石龙镇科学馆"]
        # the city sees it in its area, but it is not its turn
        assert "登记申请等审核" not in page(people.reviewer, "/workspace/").text
        assert names(page(people.reviewer, "/workspace/applications/?tab=area")) == ["石龙镇科学馆"]
        assert application.receiver == people.world.town_office

    def test_the_contact_is_masked_and_a_look_leaves_its_trace(self, people, page, read, town):
        application, _token = an_application(town)
        address = f"/workspace/applications/{application.pk}/"
        text = page(people.town, address).text
        assert ("林＊" in text, "138****8000" in text, "l***@example.cn" in text) == (True, True, True)
        assert not [one for one in (CONTACT.name, CONTACT.phone, CONTACT.email) if one in text]
        shown = read(people.town.post(f"{address}contact/"))
        assert CONTACT.phone in shown.text
        assert (
            AuditEntry.objects.filter(event="application.contact_seen", thing_id=application.pk).count() == 1
        )

    def test_an_auditor_looks_on_and_sees_no_contact(self, people, page, town):
        application, _token = an_application(town)
        address = f"/workspace/applications/{application.pk}/"
        page(people.auditor, address)
        people.auditor.post(f"{address}contact/")
        assert not AuditEntry.objects.filter(event="application.contact_seen").exists()

    def test_what_looks_the_same_is_beside_it(self, people, page, town):
        there = a_unit(town, "石龙科学馆", kind="venue")
        application, _token = an_application(town, is_another=True)
        found = page(people.town, f"/workspace/applications/{application.pk}/")
        assert f"/workspace/units/{there.pk}/" in links(found)
        assert "申请人看过相近的单位" in found.text

    def test_approved_merged_returned_refused(self, people, read, town):
        there = a_unit(town, "石龙馆", kind="venue")
        sent = {
            "approval": ({"version": 1}, "已通过，“甲馆”可以填报了。"), "merging": ({"version": 1, "unit": "石龙馆"}, "已并入“石龙馆”。"),
            "return": ({"version": 1, "reason": "写全称"}, "已退回"), "refusal": ({"version": 1, "reason": "不是单位"}, "不予登记"),
        }  # fmt: skip
        for (act, (data, said)), name in zip(sent.items(), ("甲馆", "乙馆", "丙馆", "丁馆"), strict=True):
            contact = type(CONTACT)("林晓", "13800138000", f"{act}@example.cn")
            application, _token = an_application(town, name, contact=contact)
            answer = people.town.post(f"/workspace/applications/{application.pk}/{act}/", data, follow=True)
            assert said in read(answer).text
        assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == [
            "approved",
            "merged",
            "returned",
            "refused",
        ]
        assert Post.objects.get(unit=there).role == Role.FILER

    def test_an_older_page_decides_nothing(self, people, read, town):
        application, _token = an_application(town)
        answer = people.town.post(
            f"/workspace/applications/{application.pk}/approval/", {"version": 7}, follow=True
        )
        assert "已经被别人处理过" in read(answer).text
        assert Application.objects.get().state == "filed"

    @pytest.mark.parametrize("tab", ["", "?tab=area"])
    def test_the_same_queries_for_one_and_for_many(self, people, page, town, tab):
        costs = []
        for n in (1, 4):
            for k in range(n):
                an_application(town, f"{n}{k}馆", line=None)
            with CaptureQueriesContext(connection) as queries:
                page(people.town, f"/workspace/applications/{tab}")
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 12

    def test_a_claim_says_how_many_people_are_there(self, people, page, town):
        claim = a_claim(people.world.school)
        assert "现有 1 人" in page(people.town, f"/workspace/applications/{claim.pk}/").text


def test_somebody_of_two_layers_chooses_among_their_own(people, page, town):
    """With one unit of their own and parts of it, a person need not choose first."""
    person = a_person("校办")
    a_post(people.world.school, person=person)
    a_unit(town, "天文社", within=people.world.school)
    client = signed_in(person)
    assert "石龙中学" in page(client, "/workspace/").text
    assert "天文社 填报：由“石龙中学”代办" in page(client, "/workspace/unit/").text
