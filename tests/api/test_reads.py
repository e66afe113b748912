"""What the interface gives: the same as the pages, with its pages, its faults and its cost."""

import json

import pytest

from kepu.accounts.models import Person
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from tests.factories.notices import china
from tests.factories.orgs import a_term
from tests.web.workspace.conftest import signed_in

SITE = "http://localhost:8000"


def at(day):
    return {"starts_at": china(2023, 9, day, 9), "ends_at": china(2023, 9, day, 11)}


def titles(said):
    return [item["title"] for item in said["items"]]


def test_before_any_season(get, db, clock):
    assert get("activities") == {"season": "", "items": [], "next": None}
    assert get("notices") == {"season": "", "items": [], "next": None}
    assert get("lists") == {"season": "", "place": "", "items": []}
    assert get("seasons") == {"items": []}


def test_activities_are_those_of_the_list(get, publish):
    publish("第二天", **at(18))
    publish("第一天", **at(17))
    publish("取消了的", State.CANCELLED, **at(19))
    publish("没有公布的", State.APPROVED, **at(17))
    assert titles(get("activities")) == ["第一天", "第二天", "取消了的"]
    assert titles(get("activities?when=weekend&place=441900")) == ["第一天"]
    assert titles(get("activities?q=第二")) == ["第二天"]


def test_an_activity_is_whole(get, publish):
    sessions = [
        {"title": f"第{n}站", "starts_at": china(2023, 9, day, 9).isoformat(), "ends_at": china(2023, 9, day, 11).isoformat()}
        for n, day in ((1, 16), (2, 17))
    ]  # fmt: skip
    activity = publish(
        "巡展",
        arrangement="tour",
        sessions=sessions,
        latitude=23.1,
        longitude=113.8,
        co_hosts=["东莞市教育局"],
        **at(16),
    )

    said = get(f"activities/{activity.pk}")

    assert said["url"] == f"{SITE}/activities/{activity.pk}/"
    assert said["place"] == {
        "name": "广东省东莞市石龙镇", "province": "440000", "city": "441900", "county": "", "town": "441900103",
    }  # fmt: skip
    assert (said["host"], said["co_hosts"], said["status"], said["mode"]) == (
        "石龙中学",
        ["东莞市教育局"],
        "on",
        "offline",
    )
    assert (said["starts_at"], said["updated_at"]) == (
        "2023-09-16T09:00:00+08:00",
        "2023-08-28T09:00:00+08:00",
    )
    assert [(one["title"], one["starts_at"]) for one in said["sessions"]] == [
        ("第1站", "2023-09-16T09:00:00+08:00"), ("第2站", "2023-09-17T09:00:00+08:00"),
    ]  # fmt: skip
    assert said["labels"] == {"fields": [{"code": "health", "label": "健康"}]}
    (listed,) = get("activities?day=2023-09-17")["items"]
    assert listed == {
        **said, "listed_starts_at": "2023-09-17T09:00:00+08:00", "listed_ends_at": "2023-09-17T11:00:00+08:00",
    }  # fmt: skip


def test_nothing_personal_is_in_it(client, publish):
    activity = publish("走进中医药")
    for path in ("activities", f"activities/{activity.pk}"):
        text = client.get(f"/api/v1/{path}").content.decode()
        for word in ("13800000000", "张安", "李场", "王联"):
            assert word not in text


def test_what_is_not_public_is_not_there(get, publish):
    draft = publish("没有公布的", State.APPROVED)
    assert get(f"activities/{draft.pk}", 404)["detail"] == f"没有编号是 {draft.pk} 的活动，或者它还没有公布。"
    assert get(f"activities/{10**30}", 404)["title"] == "没有找到"


def test_a_list_goes_on_from_page_to_page(client, get, publish):
    for day in range(12, 17):
        publish(f"{day}日的", **at(day))
    seen, address = [], "/api/v1/activities?size=2&place=441900"
    while address:
        said = json.loads(client.get(address).content)
        seen += titles(said)
        address = (said["next"] or "").removeprefix(SITE)
    assert seen == [f"{day}日的" for day in range(12, 17)]


def test_places(get, world):
    assert [place["code"] for place in get("places")["items"]] == ["440000"]
    assert get("places?parent=441900")["items"] == [
        {
            "code": "441900103", "name": "石龙镇", "full_name": "广东省东莞市石龙镇", "kind": "town", "level": "town", "parent": "441900",
        }
    ]  # fmt: skip
    assert [place["code"] for place in get("places?name=东莞市")["items"]] == ["441900"]
    assert get("places?name=没有")["items"] == []
    said = get("places/441900103")
    assert (said["full_name"], [place["name"] for place in said["above"]]) == (
        "广东省东莞市石龙镇",
        ["中国", "广东省", "东莞市"],
    )
    assert get("places/999", 404)["detail"] == "没有代码是“999”的地区。"
    assert get("places?parent=999", 404)["detail"] == "没有代码是“999”的地区。"


def test_seasons_and_notices(get, world):
    (season,) = get("seasons")["items"]
    assert (season["code"], season["year"], season["is_open"]) == ("2023", 2023, True)
    said = get("notices")
    assert (said["season"], [one["code"] for one in said["items"]]) == ("2023", ["dg"])
    whole = get("notices/2023/dg")
    assert {name: whole[name] for name in said["items"][0]} == said["items"][0]
    assert whole["clauses"]
    clause = whole["clauses"][0]
    assert clause["url"].startswith(f"{SITE}/notices/2023/dg/#")
    assert clause["sentence"]
    assert whole["file"] == f"{SITE}/notices/2023/dg.toml"
    assert get("notices/2023/none", 404)["detail"] == "届次“2023”里没有代码是“none”的通知。"
    assert get("notices?season=1999", 404)["detail"] == "没有代码是“1999”的届次。"


def test_lists_are_those_in_force_there(get, world, client):
    from kepu.notices import rulebook
    from kepu.notices.models import Notice, Season
    from tests.factories.notices import a_clause

    items = [{"code": "health", "label": "健康", "label_en": "Health"}, {"code": "space", "label": "航天"}]
    a_clause(
        Notice.objects.get(code="dg"),
        "DG-L1",
        "list",
        {"code": "fields", "title": "行业领域", "items": items},
    )
    Season.objects.update(edition=99)
    rulebook.forget()
    (fields,) = (one for one in get("lists?place=441900")["items"] if one["code"] == "fields")
    assert (fields["key"], fields["kind"], fields["title"]) == ("list.fields", "list", "行业领域")
    assert fields["items"] == [
        {"code": "health", "label": "健康", "label_en": "Health", "parent": None},
        {"code": "space", "label": "航天", "label_en": None, "parent": None},
    ]
    assert [one["code"] for one in get("lists")["items"]] == []
    assert get("lists?place=999", 404)["detail"] == "没有代码是“999”的地区。"


def test_vocabularies(get, world):
    a_term("unit_kind", "museum", "科技馆")
    kinds = {one["code"]: one for one in get("vocabularies")["items"]}
    assert (kinds["unit_kind"]["name"], list(kinds)) == (
        "单位类别",
        ["unit_kind", "designation", "body", "taking_part", "access"],
    )
    assert "科技馆" in [term["name"] for term in kinds["unit_kind"]["terms"]]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("activities?plcae=1", "“plcae=1”看不懂"),
        ("activities?cursor=x", "“cursor”看不懂"),
        ("activities?size=201", "“size=201”不行：请写 1 到 200 之间的整数。"),
        ("places?q=1", "没有“q”这个条件；这里能用的是：parent、name、cursor、size、lang。"),
        ("places?cursor=x", "“cursor”看不懂"),
        ("notices?cursor=x", "“cursor”看不懂"),
        ("seasons?season=2023", "没有“season”这个条件"),
        ("vocabularies?x=", "没有“x”这个条件"),
        ("lists?field=health", "没有“field”这个条件"),
        ("lists?lang=fr", "“lang=fr”看不懂"),
        (f"places?name={'长' * 61}", "“name”太长了，最多 60 个字。"),
    ],
)
def test_a_fault_is_a_sentence(get, publish, path, sentence):
    publish("走进中医药")
    said = get(path, 400)
    assert said["detail"].startswith(sentence)
    assert (said["status"], said["title"]) == (400, "这个地址里有看不懂的地方")


def test_an_address_that_is_none(get, db):
    assert get("nothing/at/all", 404)["detail"] == f"没有这个地址。所有的地址在 {SITE}/api/v1/。"


def test_in_english(client, publish):
    publish("走进中医药")
    response = client.get("/api/v1/activities?plcae=1&lang=en")
    assert (response.status_code, response["Content-Language"]) == (400, "en")
    assert json.loads(response.content)["title"] == "Something in this address cannot be understood"


def test_the_way_on_is_in_the_same_language(client, publish):
    for day in range(12, 15):
        publish(f"{day}日的", **at(day))
    following = json.loads(client.get("/api/v1/activities?size=2&lang=en").content)["next"]
    later = client.get(following.removeprefix(SITE))
    assert (later["Content-Language"], titles(json.loads(later.content))) == ("en", ["14日的"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client, publish, method):
    activity = publish("走进中医药")
    for path in ("activities", f"activities/{activity.pk}", ""):
        response = getattr(client, method)(f"/api/v1/{path}")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response["Content-Type"] == "application/problem+json; charset=utf-8"


def test_it_may_be_kept_and_is_not_sent_twice(client, publish):
    activity = publish("走进中医药")
    for path in (
        "activities",
        f"activities/{activity.pk}",
        "places",
        "seasons",
        "notices",
        "notices/2023/dg",
        "lists",
        "",
        "openapi.json",
    ):
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
        assert first["Cache-Control"].startswith("public, max-age=")
        assert (again.status_code, again.content, first.cookies) == (304, b"", {})
        assert client.head(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_what_it_costs(world, publish, count, django_assert_num_queries):
    """Whoever is signed in, and however many there are."""
    staff = signed_in(Person.objects.get(pk=world.filer.person_id))
    found = [publish(f"{day}日的", **at(day)) for day in range(12, 12 + count)]
    for path, queries in (
        ("activities", 3), ("activities?place=441900&field=health", 5), (f"activities/{found[0].pk}", 1), ("places?parent=441900", 4),
        ("places/441900103", 4), ("seasons", 1), ("notices", 2), ("notices/2023/dg", 1), ("lists?place=441900", 2), ("vocabularies", 1),
        ("", 0), ("openapi.json", 0),
    ):  # fmt: skip
        staff.get(f"/api/v1/{path}")  # the rule book is warm
        with django_assert_num_queries(queries):
            assert staff.get(f"/api/v1/{path}").status_code == 200


def test_an_older_copy_without_what_came_later_is_read(get, publish):
    """A copy of a former season may lack what is asked today."""
    activity = publish("走进中医药")
    Publication.objects.filter(pk=activity.pk).update(content={"labels": {}})
    said = get(f"activities/{activity.pk}")
    assert (said["summary"], said["sessions"], said["pictures"], said["latitude"]) == ("", [], [], None)
