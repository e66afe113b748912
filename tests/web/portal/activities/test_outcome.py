"""What came of an activity: before the public as far as its host has chosen, and nothing that leads to a person."""

import pytest
from django.core.cache import cache

from kepu.activities import actions
from kepu.activities.models import Publication, Result
from kepu.activities.personal import without_pictures
from kepu.activities.workflow import State
from kepu.core.refusals import Incomplete, NotAllowed
from tests.factories.activities import a_world, an_activity, loaded
from tests.factories.notices import china
from tests.factories.orgs import a_unit, an_actor
from tests.factories.pictures import a_picture

HELD, LATER = china(2023, 9, 18, 12), china(2023, 9, 20, 12)
DONE = {
    "media_links": ["https://news.example.cn/1"], "minors": "none", "participants_actual": 130, "online_actual": 30,
    "results": "孩子们认识了十种草药。联系电话13812345678。",
    "materials": [
        {"kind": "video", "place": "https://video.example.cn/a", "note": "开幕式录像"}, {"kind": "photo", "place": "办公室三楼文件柜", "note": ""},
        {"kind": "document", "place": "https://disk.example.cn/b", "note": ""},
    ],
}  # fmt: skip


@pytest.fixture
def world(folder, clock):
    clock(china(2023, 9, 25))
    return a_world()


@pytest.fixture
def activity(world):
    it = an_activity(world, State.HELD, title="走进中医药", participants_note="按签到表")
    actions.complete_activity(it, **DONE, by=world.filer, at=HELD)
    return it


@pytest.fixture
def shown(client, page):
    def read(activity):
        cache.clear()
        return page(client, f"/activities/{activity.pk}/")

    return read


def show(activity, world, *codes, by=None, at=HELD, **more):
    return actions.show_results(
        loaded(activity), shown=codes or Result.values, by=by or world.filer, at=at, **more
    )


def test_what_was_only_handed_in_is_not_shown(shown, activity):
    found = shown(activity)
    assert list(found.all(id="outcome")) == []
    assert [said for said in ("news.example.cn", "草药", "按签到表", "开幕式") if said in found.html] == []


def test_what_the_host_chose_is_told_with_how_it_was_counted_and_as_of_when(shown, activity, world):
    show(activity, world)
    outcome = shown(activity).one("section", aria_labelledby="outcome")
    numbers = {
        row.one("dt").text: row.one("dd").text for row in outcome.one(class_="outcome-numbers").children
    }
    assert numbers == {"现场参加（人次）": "100", "线上参加（人次）": "30"}
    assert "统计办法：按签到表 · 举办单位填报，截至2023年9月18日 周一" in outcome.text
    assert "孩子们认识了十种草药。" in outcome.text
    assert [(a.text, a["href"]) for a in outcome.all("a")] == [
        ("开幕式录像", "https://video.example.cn/a"), ("资料", "https://disk.example.cn/b"),
        ("news.example.cn", "https://news.example.cn/1"),
    ]  # fmt: skip
    assert "13812345678" not in outcome.text
    assert "文件柜" not in outcome.text


def test_programs_read_the_same(client, activity, world):
    assert client.get(f"/api/v1/activities/{activity.pk}").json()["results"] is None
    show(activity, world)
    said = client.get(f"/api/v1/activities/{activity.pk}").json()["results"]
    assert (said["on_site"], said["online"], said["counted"]) == (100, 30, "按签到表")
    assert [one["url"] for one in said["materials"]] == [
        "https://video.example.cn/a",
        "https://disk.example.cn/b",
    ]


def test_what_is_mended_later_is_told_and_a_number_that_stays_keeps_its_day(shown, activity, world):
    show(activity, world, Result.PARTICIPANTS, Result.RESULTS)
    actions.complete_activity(loaded(activity), results="又补充了。", by=world.filer, at=LATER)
    assert "又补充了。" in shown(activity).text
    assert "截至2023年9月18日" in shown(activity).text
    actions.complete_activity(loaded(activity), participants_actual=150, by=world.filer, at=LATER)
    assert "截至2023年9月20日" in shown(activity).text
    assert Publication.objects.get(pk=activity.pk).status == "over"


def test_photos_and_videos_wait_until_somebody_spoke_for_the_children(shown, world):
    it = an_activity(world, State.HELD)
    it.materials, it.shown_results = DONE["materials"], [Result.MATERIALS]
    it.save()
    actions.complete_activity(
        loaded(it), media_links=DONE["media_links"], materials=[DONE["materials"][2]], by=world.filer, at=HELD
    )
    assert [a["href"] for a in shown(it).one("section", aria_labelledby="outcome").all("a")] == [
        "https://disk.example.cn/b"
    ]


def test_pictures_that_came_once_it_began_are_those_of_the_day(shown, world):
    it = an_activity(world, State.PUBLISHED)
    a_picture(world, it, "before", alt="场地", at=china(2023, 9, 1))
    a_picture(world, loaded(it), "day", alt="学生认草药", at=china(2023, 9, 17, 15))
    found = shown(it)
    assert [img["alt"] for img in found.one("section", aria_labelledby="outcome").all("img")] == [
        "学生认草药"
    ]
    assert [img["alt"] for img in found.one("section", aria_labelledby="pictures").all("img")] == ["场地"]


def test_the_host_chooses_and_who_reviews_takes_away_with_a_reason(shown, activity, world):
    with pytest.raises(NotAllowed):
        show(activity, world, Result.RESULTS, by=world.reviewer)
    with pytest.raises(NotAllowed):
        show(activity, world, by=an_actor(a_unit(world.town, "石龙二中", kind="school")))
    show(activity, world, Result.RESULTS, Result.MEDIA_LINKS)
    with pytest.raises(Incomplete):
        actions.show_results(loaded(activity), shown=[], by=world.reviewer, at=LATER)
    actions.show_results(
        loaded(activity), shown=[Result.RESULTS], reason="链接是广告", by=world.reviewer, at=LATER
    )
    assert "news.example.cn" not in shown(activity).html
    assert "草药" in shown(activity).html
    actions.show_results(loaded(activity), shown=[], reason="不实", by=world.coordinator, at=LATER)
    assert "草药" not in shown(activity).html
    assert "results:1" not in Publication.objects.get(pk=activity.pk).labels


def test_before_it_was_held_there_is_nothing_to_show(world):
    with pytest.raises(NotAllowed):
        show(an_activity(world, State.PUBLISHED), world)


def test_choosing_the_same_again_does_nothing(activity, world):
    show(activity, world)
    version = loaded(activity).version
    show(activity, world, at=LATER)
    assert loaded(activity).version == version


def test_after_the_season_ways_to_pictures_and_videos_go(activity, world):
    show(activity, world)
    left = without_pictures(None, Publication.objects.get(pk=activity.pk).content)["results"]
    assert [one["kind"] for one in left["materials"]] == ["document"]
    assert set(left) == {"participants", "results", "media_links", "materials"}


def test_the_pages_of_resources_and_seasons_list_what_came_of_it(client, page, activity, world):
    for address in ("/resources/", "/resources/?place=441900", "/seasons/2023/"):
        assert list(page(client, address).all(class_="outcomes")) == []
    show(activity, world)
    a_picture(world, loaded(activity), "day", alt="学生认草药", at=HELD)
    for address in ("/resources/", "/resources/?place=441900", "/seasons/2023/"):
        cache.clear()
        (line,) = page(client, address).one(class_="outcomes").all("li")
        assert line.text.startswith("走进中医药 石龙中学 · 9月17日 孩子们认识了十种草药。")
        assert line.one("img")["alt"] == "学生认草药"
        assert "现场参加（人次） 100 · 线上参加（人次） 30" in line.text
        assert [a["href"] for a in line.all("a")] == [
            f"/activities/{activity.pk}/", "https://video.example.cn/a", "https://news.example.cn/1",
        ]  # fmt: skip
