"""What a page shows it says, and what an act changes it tells: whatever page an act has made another bears a name that was told."""

from datetime import timedelta

import pytest
from django.test import Client

from kepu.activities import actions
from kepu.activities.links import Seen
from kepu.activities.models import LinkOutcome, OnlineLink, Publication
from kepu.activities.workflow import State
from kepu.core import public
from kepu.core.models import OutboxRow
from kepu.notices.actions import withdraw_notice
from kepu.notices.models import Notice
from kepu.orgs.actor import SYSTEM
from kepu.web.portal import caching
from tests.factories.activities import an_activity
from tests.factories.notices import china

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 11, 10)
PLACES = ("", "440000", "441900", "441900103", "450000")
OF_A_PLACE = (
    "/",
    "/activities/",
    "/calendar/",
    "/map/",
    "/cloud/",
    "/venues/",
    "/figures/",
    "/compilation/",
    "/activities.json",
)
SHOWN = {
    "/activities/?place=441900": "kepu p-441900",
    "/": "kepu p-CN",
    "/calendar/?place=441900": "kepu p-441900",
    "/map/?place=441900": "kepu p-441900",
    "/figures/?place=440000": "kepu p-440000",
    "/venues/?place=441900": "kepu p-CN p-440000 p-441900",
    "/seasons/": "kepu p-CN",
    "/notices/": "kepu s-2023",
    "/notices/2023/dg/": "kepu s-2023 n-2023-dg",
    "/help/": "kepu",
}  # fmt: skip


@pytest.fixture
def told(settings):
    """Caches that are told; nothing is sent."""
    settings.KEPU_PURGE, settings.KEPU_PURGE_SECRET = ("http://127.0.0.1:1/",), "x" * 16
    settings.KEPU_SHARED_SECONDS = 300


def names_told():
    rows = OutboxRow.objects.filter(kind=public.CHANGED).values_list("payload", flat=True)
    return {name for payload in rows for name in payload["names"]}


@pytest.mark.parametrize("path", SHOWN)
def test_a_page_says_what_it_shows_in_few_letters(client, publish, path):
    publish("走进中医药")
    said = client.get(path)[caching.KEYS]
    assert said == SHOWN[path]
    assert len(said) < 200


def test_an_activity_says_its_own_name_also_where_nothing_has_changed(client, publish, told):
    activity = publish("走进中医药")
    for path in (f"/activities/{activity.pk}/", f"/activities/{activity.pk}.ics"):
        whole = client.get(path)
        unchanged = client.get(path, headers={"If-None-Match": whole["ETag"]})
        assert unchanged.status_code == 304
        for answer in (whole, unchanged):
            assert (answer[caching.KEYS], answer["Cache-Control"][:31]) == (
                f"kepu a-{activity.pk}",
                "public, max-age=0, s-maxage=3, ",
            )
        assert unchanged[caching.LIFE] == whole[caching.LIFE]


@pytest.mark.parametrize(
    ("at", "path", "life"),
    [
        (NOW, "/activities/{pk}/", 300),
        (china(2023, 9, 17, 8, 58), "/activities/{pk}/", 120),  # then it begins
        (china(2023, 9, 17, 17) - timedelta(seconds=30), "/activities/{pk}/", 30),  # then it is over
        (china(2023, 9, 17, 0) - timedelta(seconds=1), "/activities/{pk}/", 1),  # then it is today
        (NOW, "/activities/", 60),
        (NOW + timedelta(seconds=45), "/", 15),
    ],
)
def test_no_page_is_kept_past_the_instant_at_which_it_turns(client, publish, told, clock, at, path, life):
    activity = publish("走进中医药", starts_at=china(2023, 9, 17, 9))
    clock(at)
    assert client.get(path.format(pk=activity.pk))[caching.LIFE] == f"max-age={life}"


@pytest.mark.parametrize("path", ["/help/", "/look/", "/activities/?place=1"])
def test_a_page_that_does_not_say_what_it_shows_has_the_short_life(client, publish, told, path):
    publish("走进中医药")
    answer = client.get(path)
    assert (answer[caching.KEYS], answer.has_header(caching.LIFE)) == ("kepu", False)


def test_what_is_one_persons_bears_no_name_and_no_life(client, publish, told):
    publish("走进中医药")
    for path in ("/map/?place=441900&at=23.100%2C113.800", "/workspace/", "/accounts/login/"):
        answer = client.get(path)
        assert not {caching.KEYS, caching.LIFE} & set(answer.headers)
    client.cookies["messages"] = "x"
    assert caching.LIFE not in client.get("/activities/").headers


def test_where_no_cache_is_told_every_life_is_short(client, publish):
    publish("走进中医药")
    assert caching.LIFE not in client.get("/activities/").headers


def test_what_a_process_remembers_gets_no_long_life_again(client, publish, told, settings):
    settings.KEPU_REMEMBER = 2.0
    activity = publish("走进中医药")
    path = f"/activities/{activity.pk}/"
    assert [client.get(path)[caching.LIFE] for _n in range(2)] == ["max-age=300", "max-age=1"]
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag})[caching.LIFE] == "max-age=1"


def test_nobody_empties_a_cache_through_the_site_itself(client, publish):
    publish("走进中医药")
    for path in ("/", "/activities/", "/workspace/"):
        assert client.generic("PURGE", path, headers={"Surrogate-Key": "kepu"}).status_code in (302, 403, 405)


# Acts


def _every_page(activity):
    of_places = [f"{path}?place={code}".removesuffix("?place=") for path in OF_A_PLACE for code in PLACES]
    own = [
        f"/activities/{activity.pk}/",
        f"/activities/{activity.pk}.ics",
        "/seasons/",
        "/seasons/2023/",
        "/calendar/?day=2023-09-17",
    ]
    return [
        *of_places,
        *own,
        "/activities/?when=past",
        "/notices/",
        "/notices/2023/dg/",
        "/notices/in-force/?place=441900",
    ]


def _seen(activity, pages):
    """What each page says, with its names; what the instant alone makes different is the same, for the clock stands."""
    client, found = Client(), {}
    for path in pages:
        answer = client.get(path)
        found[path] = (answer.status_code, answer.content, answer.get(caching.KEYS, "kepu"))
    return found


def _postponed(activity, world):
    later = {"starts_at": china(2023, 9, 19, 9), "ends_at": china(2023, 9, 19, 11)}
    actions.postpone_activity(activity, reason="台风", **later, by=world.filer, at=NOW)


def _failing(activity, world):
    Publication.objects.filter(pk=activity.pk).update(updated_at=NOW - timedelta(days=1))
    actions.gather_links(world.season, at=NOW)
    OnlineLink.objects.update(failures=5, failing_since=NOW - timedelta(days=1))
    actions.note_look(activity.pk, Seen(LinkOutcome.GONE, 404), at=NOW)
    assert OnlineLink.objects.get().told_at


def _turned(activity, world):
    Publication.objects.filter(pk=activity.pk).update(turns_at=NOW)
    assert actions.turn_to_next(activity.pk, at=NOW)


ACTS = {
    "cancelled": lambda one, w: actions.cancel_activity(one, reason="台风", by=w.filer, at=NOW),
    "postponed": _postponed,
    "changed": lambda one, w: actions.change_activity(one, changes={"summary": "新的内容"}, reason="更好", by=w.filer, at=NOW),
    "key": lambda one, w: actions.confirm_key(one, by=w.coordinator, at=NOW),
    "held": lambda one, w: actions.hold_activity(one, participants_actual=9, ended_at=NOW, by=w.filer, at=NOW),
    "published": lambda one, w: an_activity(w, State.PUBLISHED, title="又一项"),
    "link fails": _failing,
    "next session": _turned,
    "notice withdrawn": lambda one, w: withdraw_notice(Notice.objects.get(code="dg"), by=SYSTEM, at=NOW, reason="有误"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_whatever_page_an_act_changes_bears_a_name_that_it_tells(world, told, clock, act):
    starts = china(2023, 9, 11, 9) if act == "held" else china(2023, 9, 17, 9)
    activity = an_activity(
        world, State.PUBLISHED, mode="mixed", online_link="https://live.example.cn/1", online_expected=50,
        starts_at=starts, ends_at=starts + timedelta(hours=8),
    )  # fmt: skip
    pages = _every_page(activity)
    OutboxRow.objects.all().delete()
    before = _seen(activity, pages)

    ACTS[act](activity, world)

    told_names, after = names_told(), _seen(activity, pages)
    changed = {path for path in pages if before[path][:2] != after[path][:2]}
    assert changed or act == "next session"
    kept_too_long = {
        path: before[path][2] for path in changed if not told_names & set(before[path][2].split())
    }
    assert kept_too_long == {}
    if act != "notice withdrawn":
        assert public.EVERYTHING not in told_names
        assert "p-450000" not in told_names
