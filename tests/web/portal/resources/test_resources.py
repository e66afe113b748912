"""The page of resources: what the public may see, and nothing that was only filed."""

import pytest
from django.test import Client

from kepu.activities import actions
from kepu.activities.models import PictureKind
from kepu.activities.workflow import State
from kepu.notices.rulebook import forget
from tests.factories.activities import PUBLISHED, an_activity, loaded
from tests.factories.notices import a_clause, a_notice
from tests.factories.orgs import a_place
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world, folder, clock):
    return standing_world


@pytest.fixture
def resources(page):
    return lambda query="", **extra: page(Client(), f"/resources/{query}", **extra)


def shelf(found):
    return {
        li.one("a").text: li.one("img")["alt"] for ul in found.all(class_="gallery") for li in ul.all("li")
    }


def test_before_any_season_it_says_so(page, db):
    forget()
    assert page(Client(), "/resources/").one(class_="empty").text.startswith("还没有开设届次")


def test_each_activity_shows_its_poster_else_its_first_picture(resources, world):
    with_poster = an_activity(world, State.PUBLISHED, title="走进中医药")
    a_picture(world, with_poster, "one", alt="学生认草药")
    a_picture(world, with_poster, "poster", kind=PictureKind.POSTER, alt="海报：中医药")
    with_picture = an_activity(world, State.PUBLISHED, title="观星夜")
    a_picture(world, with_picture, "two", alt="望远镜")
    an_activity(world, State.PUBLISHED, title="没有图片的")

    assert shelf(resources()) == {"观星夜": "望远镜", "走进中医药": "海报：中医药"}


def test_what_the_public_may_not_see_is_not_there(resources, world):
    kept_back = an_activity(world, State.PUBLISHED, title="不给公众看的")
    a_picture(world, kept_back, "kept back", minors="", alt="孩子们")
    a_picture(world, an_activity(world, State.FILED, title="没有发布的"), "filed", alt="图")
    cancelled = an_activity(world, State.PUBLISHED, title="取消的")
    a_picture(world, cancelled, "three", alt="图")
    actions.cancel_activity(loaded(cancelled), reason="台风", by=world.filer, at=PUBLISHED)

    found = resources()

    assert shelf(found) == {}
    assert "全国最近还没有活动公开海报或者图片。" in found.text


def test_media_links_and_results_were_only_handed_in_and_are_not_shown(resources, world):
    activity = an_activity(world, State.SUMMARISED, title="观星夜")
    a_picture(world, activity, "two", alt="望远镜")

    found = resources()

    assert "news.example.cn" not in found.html
    assert "做得好" not in found.html
    assert "没有选择公开" in found.text


def test_a_place_has_its_own(resources, world):
    a_place("442000", "中山市", kind="city", parent=world.province)
    a_picture(world, an_activity(world, State.PUBLISHED, title="观星夜"), "two", alt="望远镜")

    assert shelf(resources("?place=441900")) == {"观星夜": "望远镜"}
    assert shelf(resources("?place=442000")) == {}


def test_what_is_collected_stands_with_its_clause(resources, world):
    notice = a_notice(world.season, world.province, "gd", number="粤科协〔2023〕8号")
    call = {"code": "videos", "title": "科普短视频", "closes": {"date": "2023-09-30"}}
    a_clause(notice, "GD-07", "call", call, number="四")
    over = {"code": "essays", "title": "征文", "closes": {"date": "2023-08-20"}}
    a_clause(notice, "GD-06", "call", over, number="三")
    a_clause(
        notice,
        "GD-08",
        "call",
        {"code": "pictures", "title": "历年图片"},
        number="五",
        audience={"kinds": ["museum"]},
    )

    calls = resources("?place=441900").one("section", aria_labelledby="calls")

    assert [p.text for p in calls.all("p") if p.parent["class"] == "" and p.text.startswith("征集")] == [
        "征集科普短视频，截止2023年9月30日。", "征集历年图片。", "征集征文，截止2023年8月20日。 已截止"
    ]  # fmt: skip
    assert "没有征集作品" in resources().text


def test_a_place_that_is_not_there_is_not_found(resources, world):
    assert resources("?place=1", status=404).one(class_="empty").one("h2").text == "没有这个地区"


@pytest.mark.parametrize("many", [1, 6])
def test_the_queries_do_not_grow(world, django_assert_num_queries, many):
    for n in range(many):
        a_picture(world, an_activity(world, State.PUBLISHED, title=f"第{n}场"), f"p{n}", alt="图")
    client = Client()
    client.get("/resources/?place=441900")
    with django_assert_num_queries(6):
        client.get("/resources/?place=441900")
