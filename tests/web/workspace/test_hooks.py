"""The page of a unit's push addresses."""

from kepu.core.models import OutboxRow
from kepu.orgs.models import Hook
from tests.factories.orgs import a_hook


def test_an_address_is_added_tried_and_removed(people, page, read):
    assert "还没有推送地址" in page(people.filer, "/workspace/hooks/").text
    people.filer.post(
        "/workspace/hooks/", {"name": "办公系统", "address": "https://oa.example.cn/kepu?token=t0p"}
    )
    hook = Hook.objects.get()
    found = page(people.filer, "/workspace/hooks/")
    assert "还没有推送过" in found.text
    assert "oa.example.cn" in found.text

    people.filer.post(f"/workspace/hooks/{hook.pk}/trying/")
    assert OutboxRow.objects.filter(kind="unit.push").count() == 1
    people.filer.post(f"/workspace/hooks/{hook.pk}/removal/")
    assert not Hook.objects.exists()


def test_the_token_in_an_address_is_shown_to_nobody(people, page):
    a_hook(people.world.school)
    assert "t0p" not in page(people.filer, "/workspace/hooks/").html


def test_what_was_typed_stays_with_its_faults(people, read):
    answer = people.filer.post("/workspace/hooks/", {"name": "办公系统", "address": "http://oa.example.cn"})
    assert answer.status_code == 422
    found = read(answer)
    assert found.one("input", name="name")["value"] == "办公系统"
    assert "要以 https:// 开头" in found.text


def test_one_who_only_looks_on_is_told_why_there_is_nothing(people, page):
    assert "由本单位的统筹、运维或填报岗位管理" in page(people.auditor, "/workspace/hooks/").text
    assert (
        people.auditor.post("/workspace/hooks/", {"name": "x", "address": "https://a.cn"}).status_code == 422
    )


def test_another_unit_s_address_is_not_found(people):
    hook = a_hook(people.world.school)
    for noun in ("trying", "resuming", "removal"):
        assert people.outsider.post(f"/workspace/hooks/{hook.pk}/{noun}/").status_code == 404
    assert Hook.objects.exists()


def test_the_page_costs_the_same_with_one_address_and_with_three(people, django_assert_num_queries):
    a_hook(people.world.school)
    people.filer.get("/workspace/hooks/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        people.filer.get("/workspace/hooks/")
    a_hook(people.world.school, "二")
    a_hook(people.world.school, "三")
    with django_assert_num_queries(len(one)):
        people.filer.get("/workspace/hooks/")
