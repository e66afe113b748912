"""One duty handed to another unit: the page that hands it over, and the page of those it went to."""

import pytest

from kepu.orgs.models import Role
from kepu.returns.models import Delegation, Return
from tests.factories.accounts import a_person
from tests.factories.orgs import a_post
from tests.factories.returns import PLAN
from tests.web.workspace.conftest import DAY

HAND = f"/workspace/duties/{PLAN}/delegation/"


@pytest.fixture
def delegation(people):
    people.town.post(HAND, {"unit": "石龙中学"})
    return Delegation.objects.get()


def written(**more):
    return {
        "version": "0", "sections.unit_name": "石龙镇科协", "parts.sealed_pdf": "石科协〔2023〕3号", "rows.0.project_name": "科普日系列活动",
        "rows.0.host_unit": "石龙镇科协", "rows.0.outline": "讲座", "rows.0.time_place": "9月17日，石龙中学", "rows.0.contact": "王联 13800000000",
        **more,
    }  # fmt: skip


def test_a_duty_is_handed_to_a_unit_by_its_name(people, delegation, page):
    assert (delegation.to_unit, delegation.to_person, delegation.since) == (people.world.school, None, DAY)
    found = page(people.town, f"/workspace/duties/{PLAN}/")
    assert found.notices == ["已委托石龙中学办理，随时可以收回。"]
    assert "已委托石龙中学办理" in found.one("main").text


def test_to_one_person_and_for_a_time(people, page):
    person = a_person("周馆员", username="zhou")
    a_post(people.world.school, Role.REVIEWER, person=person)
    people.town.post(HAND, {"unit": "石龙中学", "username": "zhou", "until": "2023-08-31"})
    assert "已委托石龙中学的周馆员办理" in page(people.town, f"/workspace/duties/{PLAN}/").text
    assert people.filer.get(f"/workspace/delegated/{Delegation.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "请写明委托给哪个单位，或哪一位。"),
        ({"unit": "没有的单位"}, "没有找到这个单位，或不止一个。"),
        ({"unit": "石龙中学", "username": "nobody"}, "没有这个登录名。"),
        ({"unit": "石龙镇科协"}, "委托给本单位的，要写明哪一位。"),
    ],
)
def test_what_is_not_clear_is_asked_again(people, read, sent, sentence):
    found = read(people.town.post(HAND, sent))
    assert sentence in found.one(class_="form-errors").text
    assert Delegation.objects.count() == 0


def test_the_other_finds_it_in_their_list_and_hands_it_in_for_the_unit(people, delegation, page):
    listed = page(people.filer, "/workspace/duties/")
    assert "受别的单位委托办的" in listed.text
    address = f"/workspace/delegated/{delegation.pk}/"
    found = page(people.filer, address)
    assert "受“石龙镇科协”委托办理" in found.text

    people.filer.post(address, written(act="save"))
    row = Return.objects.get()
    assert (row.unit, row.state) == (people.world.town_office, "drafting")
    people.filer.post(address, written(version=str(row.version), act="hand_in"))
    row.refresh_from_db()
    assert (row.state, row.receiver) == ("handed_in", people.world.city_office)
    again = page(people.filer, address)
    assert "第 1 版" in again.text
    assert [a["href"] for a in again.one("main").all("a") if "/returns/" in a["href"]] == []
    assert people.filer.get(f"/workspace/returns/{row.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["town", "filer"])
def test_either_side_ends_it(people, delegation, page, who):
    getattr(people, who).post(f"/workspace/delegated/{delegation.pk}/ending/")
    delegation.refresh_from_db()
    assert delegation.until == DAY
    assert people.filer.get(f"/workspace/delegated/{delegation.pk}/").status_code == 404


def test_nobody_else_comes_near_it(people, delegation):
    for who in (people.town, people.reviewer, people.auditor, people.outsider):
        assert who.get(f"/workspace/delegated/{delegation.pk}/").status_code == 404
    people.outsider.post(f"/workspace/delegated/{delegation.pk}/ending/")
    delegation.refresh_from_db()
    assert delegation.until is None


def test_the_filer_of_another_unit_hands_over_no_duty_of_theirs(people, page):
    assert people.filer.post(HAND, {"unit": "石龙镇科协"}).status_code in (303, 404)
    assert Delegation.objects.count() == 0
