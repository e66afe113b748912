"""What stands beside an activity on its page: found by the worker, read as it now is, with the reason in words."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities import actions
from kepu.activities.workflow import State
from kepu.core import outbox
from kepu.web.models import Beside
from kepu.web.portal.activities.beside.finding import Found, Other
from kepu.web.portal.activities.beside.storing import (
    LATEST,
    SHOWN_ALIKE,
    SHOWN_OF_HOST,
    SOON,
    look_again,
    when_again,
)
from tests.factories.activities import PUBLISHED, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_unit, an_actor
from tests.web.portal.conftest import NOW


def at(day, hour=9):
    return {"starts_at": china(2023, 9, day, hour), "ends_at": china(2023, 9, day, hour + 2)}


@pytest.fixture
def others(world):
    """``others("天文课", …)``: an activity of another school of the town."""
    school = a_unit(world.town, "石龙二中", kind="school")
    filer, own = an_actor(school), world.filer

    def published(title, state=State.PUBLISHED, **changes):
        world.filer = filer
        try:
            return an_activity(world, state, title=title, **changes)
        finally:
            world.filer = own

    return published


def worked(at=PUBLISHED):
    while outbox.deliver(at=at, size=100):
        pass


@pytest.fixture
def beside(client, page):
    """``beside(activity)``: the lines of the two lists, as (title, all that is said), after the worker came."""

    def read(activity):
        cache.clear()
        found = page(client, f"/activities/{activity.pk}/")
        sections = [found.one("section", aria_labelledby=name) for name in ("of-host", "alike")]
        return [[li.text for ul in s.all(class_="neighbours") for li in ul.all("li")] for s in sections]

    return read


def test_the_hosts_next_ones_and_those_like_it_with_the_reason(beside, publish, others):
    activity = publish("观星夜", fields=["space"], formats=["讲座"], **at(17))
    publish("后一场", fields=["health"], **at(19))
    publish("前一场", fields=["health"], **at(16, 14))
    others("同一天的天文讲座", fields=["space"], formats=["讲座"], **at(17, 14))
    others("隔天的天文课", fields=["space"], **at(18))
    others("早就讲过的", fields=["space"], **at(10))
    worked(NOW)

    assert beside(activity) == [
        [
            "前一场 9月16日 周六 14:00 广东省东莞市石龙镇",
            "后一场 9月19日 周二 9:00 广东省东莞市石龙镇",
        ],
        [
            "同一天的天文讲座 9月17日 周日 14:00 石龙二中 同一天在同一个镇街，也是讲座，也讲航天",
            "隔天的天文课 9月18日 周一 9:00 石龙二中 在同一个镇街，也讲航天",
        ],
    ]


def test_who_is_alone_reads_that_there_is_nothing_else_and_where_to_go_on(client, page, publish, world):
    activity = publish("观星夜")
    worked()
    found = page(client, f"/activities/{activity.pk}/")
    host, alike = (found.one("section", aria_labelledby=name) for name in ("of-host", "alike"))
    assert "这个单位接下来没有别的活动。" in host.text
    assert "接下来没有相近的活动。" in alike.text
    assert [a["href"] for section in (host, alike) for a in section.all("a")] == [
        f"/activities/?unit={world.school.pk}",
        f"/activities/?when=past&unit={world.school.pk}",
        "/activities/?place=441900103",
    ]


def test_before_the_worker_came_the_page_stands_without(client, page, publish, beside):
    activity = publish("观星夜")
    publish("另一场")
    assert beside(activity) == [[], []]
    assert "接下来没有" not in page(client, f"/activities/{activity.pk}/").one("main").text


def test_what_is_off_is_gone_at_once_though_the_worker_has_not_been(client, beside, publish, others, world):
    activity = publish("观星夜", **at(17))
    ours = [publish(f"本校第{n}场", **at(18 + n)) for n in range(2)]
    theirs = [others(f"外校第{n}场", **at(17, 12 + 2 * n)) for n in range(2)]
    worked()
    assert [len(some) for some in beside(activity)] == [2, 2]
    before = client.get(f"/activities/{activity.pk}/")

    actions.cancel_activity(ours[0], reason="台风", by=world.filer, at=NOW)
    actions.postpone_activity(theirs[0], reason="台风", by=an_actor(theirs[0].unit), at=NOW)

    cache.clear()
    assert [[line.split()[0] for line in some] for some in beside(activity)] == [["本校第1场"], ["外校第1场"]]
    again = client.get(f"/activities/{activity.pk}/", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 200
    since = {"If-Modified-Since": before["Last-Modified"]}
    assert client.get(f"/activities/{activity.pk}/", headers=since).status_code == 200


def test_what_is_over_is_not_offered_and_what_is_on_says_so(clock, beside, publish):
    activity = publish("观星夜", **at(20))
    publish("早上的", **at(17, 9))
    publish("下午的", **at(17, 14))
    worked()
    clock(china(2023, 9, 17, 15))
    assert beside(activity)[0] == ["下午的 正在进行 广东省东莞市石龙镇"]


def test_a_likeness_that_no_longer_holds_is_not_told(beside, publish, others):
    activity = publish("观星夜", fields=["space"], **at(17))
    other = others("天文课", fields=["space"], **at(17, 14))
    worked()
    actions.change_activity(
        other, changes={"fields": ["health"]}, by=an_actor(other.unit), at=china(2023, 9, 2)
    )
    assert beside(activity)[1] == ["天文课 9月17日 周日 14:00 石龙二中 同一天在同一个镇街"]


def test_one_published_later_is_there_within_the_hour(beside, publish, others):
    activity = publish("观星夜", **at(17))
    worked()
    others("后来的", **at(17, 14))
    worked()
    assert beside(activity)[1] == []
    assert look_again(PUBLISHED + SOON) == 1
    assert [line.split()[0] for line in beside(activity)[1]] == ["后来的"]


def test_older_ones_are_looked_at_a_few_at_a_time(publish, monkeypatch):
    activities = [publish(f"第{n}场", **at(17)) for n in range(5)]
    worked()
    Beside.objects.all().delete()
    monkeypatch.setattr("kepu.web.portal.activities.beside.storing.AT_ONCE", 2)
    outbox._handlers["portal.beside_older"]({"after": 0}, PUBLISHED)
    worked()
    assert sorted(Beside.objects.values_list("pk", flat=True)) == [activity.pk for activity in activities]


@pytest.mark.parametrize("many", [1, 9])
def test_the_queries_do_not_grow(client, publish, others, django_assert_num_queries, many):
    activity = publish("观星夜", fields=["space"], formats=["讲座"], **at(17))
    for n in range(many):
        publish(f"本校第{n}场", **at(18))
        others(f"外校第{n}场", fields=["space"], **at(17))
    worked()
    with django_assert_num_queries(2):
        client.get(f"/activities/{activity.pk}/")
    Beside.objects.filter(pk=activity.pk).update(look_at=PUBLISHED)
    with django_assert_num_queries(12):
        assert look_again(PUBLISHED) == 1


ENDS = st.lists(st.integers(1, 40), max_size=9).map(sorted)


@given(ENDS, ENDS, st.integers(-5, 5))
def test_it_is_looked_for_again_before_a_list_could_run_short(of_host, alike, own):
    """At any instant before the next look, each list has as many as are shown, or all that there were."""
    now = PUBLISHED

    def found(hours):
        return [
            Other({"activity_id": n, "ends_at": now + timedelta(hours=hour)}, {})
            for n, hour in enumerate(hours)
        ]

    again = when_again(Found(found(of_host), found(alike)), now + timedelta(hours=own), at=now)
    if again is None:
        assert (of_host, alike) == ([], [])
        assert own <= 0
        return
    assert now < again
    assert again <= now + LATEST or own <= 0
    for hours, shown in ((of_host, SHOWN_OF_HOST), (alike, SHOWN_ALIKE)):
        left = sum(now + timedelta(hours=hour) >= again for hour in hours)
        assert left >= min(shown, len(hours))
