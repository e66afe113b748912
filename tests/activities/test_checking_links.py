"""The links of what is online are looked at for life, a few at a time; the host hears of it, and only when it changes."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kepu.activities import actions, jobs
from kepu.activities.actions import checking_links
from kepu.activities.links import AGAIN, PACE, Seen, told_of
from kepu.activities.models import LinkHost, LinkMark, LinkOutcome, OnlineLink
from kepu.activities.workflow import State
from tests.factories.activities import PUBLISHED, an_activity, events_of, told
from tests.factories.notices import china

pytestmark = pytest.mark.django_db
GATHERED = PUBLISHED + timedelta(hours=1)
FINE, GONE, UNREACHED = Seen(LinkOutcome.FINE, 200), Seen(LinkOutcome.GONE, 404), Seen(LinkOutcome.UNREACHED)
TOLD, WELL = "线上网址打不开，请看一看：", "线上网址又能打开了："


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def publish(world):
    def published(link="https://live.example.cn/1", state=State.PUBLISHED, mode="online", **changes):
        return an_activity(world, state, mode=mode, online_link=link, **changes)

    return published


@pytest.fixture
def gathered(world):
    """Everything published so far has been gone through."""

    def gather(at=GATHERED):
        return actions.gather_links(world.season, at=at)

    return gather


@pytest.fixture
def seeing(monkeypatch, settings):
    """``seeing[url] = Seen``: what a look finds; each look is noted in ``seeing.looks``."""

    class Found(dict):
        looks = []

    found = Found()
    settings.KEPU_CHECK_LINKS = True

    def look(url, _patience):
        found.looks.append(url)
        return found.get(url, FINE)

    found.looks = []
    monkeypatch.setattr(checking_links, "_look", look)
    return found


def link_of(activity):
    return OnlineLink.objects.get(pk=activity.pk)


def messages(*kinds):
    return [subject for _unit, kind, subject in told() if kind in (kinds or ("link_failing", "link_well"))]


def run(at, times=1, every=AGAIN):
    for n in range(times):
        jobs.look_at_links(at + n * every)


# What is gathered


def test_what_is_online_and_takes_place_is_gathered_once(world, publish, gathered, django_assert_num_queries):
    online, mixed = publish(), publish("https://live.example.cn/2", mode="mixed", online_expected=20)
    publish("", mode="offline")
    publish(state=State.CANCELLED)
    publish(state=State.APPROVED)

    assert gathered() == 4
    rows = OnlineLink.objects.order_by("pk").values_list(
        "pk", "url", "host__name", "next_look_at", "looked_at"
    )
    assert list(rows) == [
        (online.pk, "https://live.example.cn/1", "live.example.cn", GATHERED, None),
        (mixed.pk, "https://live.example.cn/2", "live.example.cn", GATHERED, None),
    ]
    assert gathered(GATHERED + timedelta(days=1)) == 0
    with django_assert_num_queries(
        2 + 2
    ):  # and the savepoint that stands for the act's transaction in a test
        gathered(GATHERED + timedelta(days=1))


def test_what_was_written_just_now_is_left_for_the_next_time(publish, gathered):
    """An act that began before another may commit after it; nothing may be passed over."""
    publish()
    assert gathered(PUBLISHED + timedelta(minutes=4)) == 0
    assert gathered(PUBLISHED + timedelta(minutes=5)) == 1


def test_a_long_list_is_gone_through_in_pieces(world, publish):
    for n in range(3):
        publish(f"https://live.example.cn/{n}")
    assert [actions.gather_links(world.season, at=GATHERED, size=2) for _ in range(3)] == [2, 1, 0]
    assert OnlineLink.objects.count() == 3
    assert LinkMark.objects.get().activity_id == OnlineLink.objects.order_by("-pk")[0].pk


def test_a_link_that_was_changed_begins_anew_and_one_that_is_gone_is_looked_at_no_more(
    world, publish, gathered, seeing
):
    activity, other = publish(), publish("https://other.example.cn/")
    gathered()
    seeing["https://live.example.cn/1"] = GONE
    run(GATHERED)
    assert link_of(activity).failures == 1

    later = PUBLISHED + timedelta(days=1)
    change = {"online_link": "https://new.example.cn/1"}
    actions.change_activity(activity, changes=change, reason="换了平台", by=world.filer, at=later)
    actions.approve_change(activity, by=world.reviewer, at=later)
    actions.cancel_activity(other, reason="台风", by=world.filer, at=later)
    gathered(later + timedelta(hours=1))

    link = link_of(activity)
    assert (link.url, link.host.name, link.failures, link.next_look_at) == (
        "https://new.example.cn/1", "new.example.cn", 0, later + timedelta(hours=1)
    )  # fmt: skip
    assert (link_of(other).url, link_of(other).next_look_at) == ("", None)


# What is looked at, and how often


def test_nothing_is_looked_at_where_the_installation_says_so_or_in_a_rehearsal(
    world, publish, settings, monkeypatch
):
    publish()
    monkeypatch.setattr(checking_links, "_look", lambda *_: pytest.fail("it looked outside"))
    settings.KEPU_CHECK_LINKS = False
    assert (jobs.gather_links(GATHERED), jobs.look_at_links(GATHERED)) == (0, 0)
    assert OnlineLink.objects.count() == 0


def test_a_server_is_asked_for_one_link_and_not_again_for_a_while(publish, gathered, seeing):
    urls = [f"https://live.example.cn/{n}" for n in range(3)]
    for url in urls:
        publish(url)
    publish("https://other.example.cn/")
    gathered()

    run(GATHERED)
    assert sorted(seeing.looks) == [urls[0], "https://other.example.cn/"]
    run(GATHERED + PACE / 2)
    assert len(seeing.looks) == 2
    run(GATHERED + PACE)
    run(GATHERED + 2 * PACE)
    assert seeing.looks[2:] == urls[1:]


def test_a_run_looks_at_a_few_and_the_rest_waits(publish, gathered, seeing):
    for n in range(5):
        publish(f"https://live{n}.example.cn/")
    gathered()
    assert [jobs.look_at_links(GATHERED, size=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len(set(seeing.looks)) == 5


def test_a_run_with_nothing_due_is_one_query(publish, gathered, seeing, django_assert_num_queries):
    publish()
    gathered()
    run(GATHERED)
    run(GATHERED + PACE)  # the server learns when its next link is due
    with django_assert_num_queries(1 + 2):
        assert jobs.look_at_links(GATHERED + 2 * PACE) == 0
    assert LinkHost.objects.get().next_at == link_of_first().next_look_at


def link_of_first():
    return OnlineLink.objects.order_by("pk")[0]


def test_a_worker_that_dies_in_the_middle_loses_nothing(publish, gathered, seeing):
    activity = publish()
    gathered()
    assert [link.pk for link in actions.claim_links(at=GATHERED)] == [activity.pk]  # and it dies
    run(GATHERED + AGAIN / 2)
    assert seeing.looks == []
    run(GATHERED + AGAIN)
    assert seeing.looks == ["https://live.example.cn/1"]


def test_two_workers_never_claim_the_same(publish, gathered):
    publish()
    gathered()
    assert len(actions.claim_links(at=GATHERED)) == 1
    assert actions.claim_links(at=GATHERED) == []


def test_a_look_that_found_another_link_in_the_meantime_counts_for_nothing(world, publish, gathered):
    activity = publish()
    gathered()
    actions.claim_links(at=GATHERED)
    change = {"online_link": "https://new.example.cn/1"}
    actions.change_activity(activity, changes=change, reason="换了平台", by=world.filer, at=GATHERED)
    actions.approve_change(activity, by=world.reviewer, at=GATHERED)

    actions.note_look(activity.pk, GONE, at=GATHERED)

    link = link_of(activity)
    assert (link.url, link.failures, link.outcome) == ("https://new.example.cn/1", 0, "")


# What comes of it


def test_one_that_opens_says_so_and_nobody_is_told(publish, gathered, seeing):
    activity = publish()
    gathered()
    run(GATHERED)
    link = link_of(activity)
    assert (link.outcome, link.status, link.looked_at, link.well_at) == ("fine", 200, GATHERED, GATHERED)
    assert link.next_look_at == GATHERED + timedelta(days=7)
    assert (messages(), events_of(activity)[-1]) == ([], "published")


def test_the_host_is_told_after_three_failures_and_an_hour_and_only_once(world, publish, gathered, seeing):
    activity = publish()
    gathered()
    seeing["https://live.example.cn/1"] = GONE
    minutes = [0, 10, 30, 70, 150]
    seen = []
    for minute in minutes:
        run(GATHERED + timedelta(minutes=minute))
        seen.append((link_of(activity).failures, len(messages())))

    assert seen == [(1, 0), (2, 0), (3, 0), (4, 1), (5, 1)]
    assert [one for one in told() if one[1] == "link_failing"] == [
        (world.school.pk, "link_failing", f"{TOLD}走进中医药")
    ]
    assert events_of(activity)[-1:] == ["link_failing"]
    assert told_of([activity.pk]) == {activity.pk: GATHERED}


def test_the_message_says_which_address_since_when_and_what_to_do(publish, gathered, seeing):
    from kepu.core.models import OutboxRow

    activity = publish()
    gathered()
    seeing["https://live.example.cn/1"] = GONE
    for minute in (0, 10, 30, 70):
        run(GATHERED + timedelta(minutes=minute))
    payload = OutboxRow.objects.filter(kind="unit.message").order_by("-id")[0].payload
    assert payload["body"].splitlines()[:2] == [
        "网址：https://live.example.cn/1", "从8月28日10:00起看了4次，都打不开：网页不存在。"
    ]  # fmt: skip
    assert (payload["link"], payload["unit_id"]) == (
        f"/workspace/activities/{activity.pk}/",
        activity.unit_id,
    )


def test_when_it_opens_again_the_host_is_told_that_too(publish, gathered, seeing):
    activity = publish()
    gathered()
    seeing["https://live.example.cn/1"] = GONE
    for minute in (0, 10, 30, 70):
        run(GATHERED + timedelta(minutes=minute))
    seeing.clear()
    run(GATHERED + timedelta(minutes=150))

    assert messages() == [f"{TOLD}走进中医药", f"{WELL}走进中医药"]
    assert events_of(activity)[-2:] == ["link_failing", "link_well"]
    link = link_of(activity)
    assert (link.failures, link.failing_since, link.told_at) == (0, None, None)
    assert told_of([activity.pk]) == {}


def test_what_cannot_be_told_from_a_wall_against_programs_counts_neither_way(publish, gathered, seeing):
    activity = publish()
    gathered()
    seeing["https://live.example.cn/1"] = GONE
    run(GATHERED)
    seeing["https://live.example.cn/1"] = Seen(LinkOutcome.UNSURE, 403)
    run(GATHERED + AGAIN)
    link = link_of(activity)
    assert (link.failures, link.outcome, link.failing_since) == (1, "unsure", GATHERED)


def test_our_own_line_being_down_is_not_held_against_anybody(publish, gathered, seeing):
    """With nothing else opening since then it may well be us; once another link opens it is theirs."""
    theirs, others = publish(), publish("https://other.example.cn/")
    gathered()
    run(GATHERED)
    seeing["https://live.example.cn/1"] = seeing["https://other.example.cn/"] = UNREACHED
    down = GATHERED + timedelta(days=7)
    for minute in (0, 10, 30, 70, 150):
        run(down + timedelta(minutes=minute))
    assert (link_of(theirs).failures, link_of(others).failures, messages()) == (5, 5, [])

    del seeing["https://other.example.cn/"]
    for minute in (310, 800, 1600):  # whichever of the two is looked at first, the other comes after it
        run(down + timedelta(minutes=minute), times=2)
    assert messages() == [f"{TOLD}走进中医药"]
    assert (link_of(theirs).told_at is None, link_of(others).failures) == (False, 0)


def test_a_month_after_the_end_nobody_looks_any_more(publish, gathered, seeing):
    activity = publish()
    gathered()
    run(china(2023, 10, 18))
    assert (seeing.looks, link_of(activity).next_look_at) == (["https://live.example.cn/1"], None)
    run(china(2023, 10, 19))
    assert (len(seeing.looks), LinkHost.objects.get().next_at) == (1, None)


# With a real server


def test_a_real_server_is_looked_at(publish, gathered, settings, socket_enabled):
    settings.KEPU_CHECK_LINKS, settings.KEPU_OUTGOING_NETWORKS = True, ["127.0.0.0/8"]
    asked = []

    class Neighbour(BaseHTTPRequestHandler):
        def do_HEAD(self):
            asked.append(self.path)
            self.send_response(int(self.path.strip("/")))
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Neighbour) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        well, gone = publish(f"{url}/200"), publish(f"{url}/404")
        gathered()
        run(GATHERED, times=2, every=PACE)
        server.shutdown()

    assert asked == ["/200", "/404", "/404"]
    assert [(link_of(one).outcome, link_of(one).status) for one in (well, gone)] == [
        ("fine", 200),
        ("gone", 404),
    ]
