"""Sessions and positions in the filing form: rows more and fewer without losing a word, reasons at their row, and what is kept."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.models import Activity
from kepu.activities.sessions import MOST
from kepu.activities.workflow import State
from tests.factories.activities import a_draft, an_activity
from tests.factories.notices import china
from tests.web.reading import Page
from tests.web.workspace.conftest import newest, typed

NEW = "/workspace/activities/new/"


def row(number, **texts):
    """A row as the browser sends it: every control of it."""
    keys = ("code", "title", "starts_at", "ends_at", "place", "venue", "address", "note")
    return {f"sessions.{number}.{key}": texts.get(key, "") for key in keys}


def day(n, hours=("09:00", "11:00")):
    return {"starts_at": f"2023-09-{n}T{hours[0]}", "ends_at": f"2023-09-{n}T{hours[1]}"}


def several(*rows, arrangement="tour", **changes):
    sent = {"token": uuid4(), **typed(starts_at="", ends_at="", **changes), "arrangement": arrangement}
    for number, texts in enumerate(rows):
        sent |= row(number, **texts)
    return sent


def fields(found):
    """What stands in the rows: (title, start, venue)."""
    numbers = range(len(list(found.all("fieldset", class_="session"))))
    names = ("title", "starts_at", "venue")
    return [
        tuple(found.one("input", name=f"sessions.{n}.{name}")["value"] for name in names) for n in numbers
    ]


def test_a_tour_is_one_activity_from_its_first_stop_to_its_last(people):
    stops = [
        {"title": "第一站", **day(17)},
        {"title": "第二站", "venue": "石碣中学", "place": "东莞市", **day(18)},
    ]
    answer = people.filer.post(NEW, several(*stops, act="file"))

    activity = newest()
    assert (answer.status_code, activity.state, Activity.objects.count()) == (303, State.FILED, 1)
    assert (activity.starts_at, activity.ends_at) == (china(2023, 9, 17, 9), china(2023, 9, 18, 11))
    first, second = activity.sessions
    assert (first["title"], first["place_id"], first["code"]) == ("第一站", None, "s1")
    assert (second["venue"], second["place_id"]) == ("石碣中学", people.world.city.pk)


def test_what_was_kept_stands_in_the_form_again_and_saving_it_changes_nothing(people, page):
    stops = [
        {"title": "第一站", **day(17)},
        {"title": "第二站", "place": "四川省", "note": "雨天顺延", **day(18)},
    ]
    people.filer.post(NEW, several(*stops, act="save"))
    activity = newest()
    found = page(people.filer, f"/workspace/activities/{activity.pk}/edit/")
    assert fields(found) == [("第一站", "2023-09-17T09:00", ""), ("第二站", "2023-09-18T09:00", "")]
    assert found.one("input", name="sessions.1.place")["value"] == "四川省"

    sent = {
        box["name"]: box["value"]
        for box in found.all("input")
        if box["name"].startswith("sessions.") and box["type"] != "checkbox"
    }
    people.filer.post(
        f"/workspace/activities/{activity.pk}/edit/",
        {"version": activity.version, **several(), **sent, "act": "save"},
    )
    assert (newest().sessions, newest().version) == (activity.sessions, activity.version)


def test_one_row_more_keeps_all_that_was_typed_and_saves_nothing(people, read):
    answer = people.filer.post(
        NEW, several({"title": "第一站", "starts_at": "明天", "venue": "礼堂"}, title="写了一半", act="row")
    )

    found = read(answer)
    assert answer.status_code == 200
    assert fields(found) == [("第一站", "明天", "礼堂"), ("", "", "")]
    assert found.one("input", name="title")["value"] == "写了一半"
    assert found.one("input", name="sessions.1.starts_at").has("autofocus")
    assert list(found.all(class_="form-errors")) == []
    assert not Activity.objects.exists()


def test_a_row_is_taken_away_by_its_own_button(people, read):
    rows = [{"title": title} for title in ("甲", "乙", "丙")]
    found = read(people.filer.post(NEW, several(*rows, act="remove.1")))
    assert [title for title, _start, _venue in fields(found)] == ["甲", "丙"]
    assert found.one("button", value="remove.1")["formaction"] == f"{NEW}#id_sessions"


def test_the_first_button_of_the_form_is_no_row_s_so_that_enter_does_no_harm(people, page):
    found = page(people.filer, NEW)
    form = next(f for f in found.all("form") if f["data-keep-draft"])
    assert next(form.all("button", name="act"))["value"] == "save"


def test_rows_for_every_weekend_are_drawn_like_the_first(people, read):
    sent = several({"title": "周末课堂", "venue": "礼堂", **day(16)}, arrangement="recurring", act="repeat")
    sent |= {"sessions.repeat.weekdays": ["5", "6"], "sessions.repeat.until": "2023-09-24"}

    found = read(people.filer.post(NEW, sent))

    days = ["2023-09-16T09:00", "2023-09-17T09:00", "2023-09-23T09:00", "2023-09-24T09:00"]
    assert fields(found) == [("周末课堂", start, "礼堂") for start in days]
    assert [
        box["value"] for box in found.all("input", name="sessions.repeat.weekdays") if box.has("checked")
    ] == ["5", "6"]
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("first", "until", "weekdays", "sentence"),
    [
        ({}, "2023-09-24", ["5"], "请先在第1场写好开始和结束时间"),
        (day(16), "", ["5"], "请写到哪一天为止。"),
        (day(16), "昨天", ["5"], "请写到哪一天为止。"),
        (day(16), "2023-09-24", [], "请勾选每周的哪几天。"),
        (day(16), "2023-09-01", ["5"], "截止的那一天在第1场以前。"),
    ],
)
def test_what_cannot_be_repeated_is_told_there(people, read, first, until, weekdays, sentence):
    sent = several({"title": "周末课堂", **first}, arrangement="recurring", act="repeat")
    found = read(
        people.filer.post(NEW, sent | {"sessions.repeat.weekdays": weekdays, "sessions.repeat.until": until})
    )
    assert sentence in found.one(class_="session-repeat").text
    assert [title for title, _start, _venue in fields(found)] == ["周末课堂"]


@pytest.mark.parametrize(
    ("wrong", "key", "sentence"),
    [
        ({"starts_at": "昨天"}, "starts_at", "第2场：这不是日期和时间。请写成 2023-09-17 09:00 这样。"),
        (day(18, ("11:00", "09:00")), "ends_at", "第2场：结束时间要晚于开始时间。"),
        ({"place": "桃花源"}, "place", "第2场：没有找到“桃花源”。"),
        ({"title": "字" * 200}, "title", "第2场：“名称”最多120个字，现在有200个字。"),
    ],
)
def test_a_reason_stands_at_its_row_and_its_field(people, read, wrong, key, sentence):
    answer = people.filer.post(
        NEW, several({"title": "第一站", **day(17)}, {"title": "第二站", **day(18), **wrong}, act="save")
    )

    found = read(answer)
    assert answer.status_code == 422
    link = next(a for a in found.one(class_="form-errors").all("a") if sentence in a.text)
    assert link["href"] == f"#id_sessions_1_{key}"
    control = found.one("input", name=f"sessions.1.{key}")
    assert control["aria-invalid"] == "true"
    assert sentence.removeprefix("第2场：") in control.inside("div").text
    assert control["value"] == {**day(18), **wrong}[key]
    assert found.one("input", name="sessions.0.starts_at")["aria-invalid"] == ""


def test_a_blank_row_between_others_is_left_out_and_moves_no_reason(people, read):
    answer = people.filer.post(
        NEW, several({}, {"title": "第二站", **day(18, ("11:00", "09:00"))}, act="save")
    )
    assert read(answer).one("input", name="sessions.1.ends_at")["aria-invalid"] == "true"

    people.filer.post(NEW, several({}, {"title": "第二站", **day(18)}, act="save"))
    assert [one["title"] for one in newest().sessions] == ["第二站"]


def gates(client, **sent):
    answer = client.post(f"{NEW}gates/", sent, headers={"HX-Request": "true", "HX-Target": "standing"})
    return Page(answer.content.decode())


def test_gates_look_at_the_rows_while_somebody_types(people):
    """The days before the first session, asked for by the city's notice, are told at the sessions."""
    sent = several({"title": "第一站", **day(17)})
    assert gates(people.filer, **sent).one(id="standing")["data-ready"] == "yes"

    early = several({"title": "第一站", "starts_at": "2023-08-28T09:00", "ends_at": "2023-08-28T11:00"})
    said = gates(people.filer, **early)
    assert "不少于7天；现在是3天。" in said.one(id="said-sessions").text
    assert said.one(id="said-starts_at").text == ""

    none = gates(people.filer, **several()).one(id="standing").text
    assert "各场次" in none
    assert "开始时间" not in none

    back = several({"title": "第一站", **day(18, ("11:00", "09:00"))})
    assert "第1场：结束时间要晚于开始时间。" in gates(people.filer, **back).one(id="standing").text


def test_two_hundred_rows_are_a_page_and_two_hundred_and_one_are_told(
    people, read, django_assert_max_num_queries
):
    rows = [
        {"title": f"第{n}站", "place": "东莞市" if n % 2 else "四川省", **day(10 + n % 20)}
        for n in range(MOST)
    ]
    with django_assert_max_num_queries(60):
        people.filer.post(NEW, several(*rows, act="save"))
    activity = newest()
    assert len(activity.sessions) == MOST

    answer = people.filer.get(f"/workspace/activities/{activity.pk}/edit/")
    found = read(answer)
    assert len(list(found.all("fieldset", class_="session"))) == MOST
    assert list(found.all("button", value="row")) == []
    assert len(answer.content) < 1_500_000

    refused = read(people.filer.post(NEW, several(*rows, {"title": "多一站"}, act="save")))
    assert "一项活动最多200场。" in refused.one(class_="form-errors").text
    assert len(list(refused.all("fieldset", class_="session"))) == MOST + 1


def test_the_queries_of_the_form_do_not_grow_with_the_rows(people):
    counts = []
    for n in (1, 1, 30, 1):  # from the second on there are some that may be the same
        rows = [{"title": f"第{i}站", "place": "四川省", **day(10 + i % 20)} for i in range(n)]
        people.filer.post(NEW, several(*rows, act="save"))
        with CaptureQueriesContext(connection) as asked:
            people.filer.get(f"/workspace/activities/{newest().pk}/edit/")
        counts.append(len(asked))
    assert counts[1:] == [counts[1]] * 3


def test_once_again_the_rows_stay_and_count_for_nothing(people):
    people.filer.post(NEW, several({"title": "第一站", **day(17)}, act="save"))
    activity = newest()
    sent = {
        "version": activity.version,
        **typed(starts_at="2023-09-20T09:00", ends_at="2023-09-20T11:00"),
        "arrangement": "once",
    }
    people.filer.post(
        f"/workspace/activities/{activity.pk}/edit/",
        {**sent, **row(0, title="第一站", **day(17)), "act": "save"},
    )
    assert (newest().arrangement, newest().starts_at, len(newest().sessions)) == (
        "once",
        china(2023, 9, 20, 9),
        1,
    )


def test_a_change_of_the_rows_is_shown_line_by_line(people, page):
    rows = [{"title": "第一站", "starts_at": china(2023, 9, 17, 9), "ends_at": china(2023, 9, 17, 11)}]
    activity = an_activity(people.world, State.PUBLISHED, arrangement="tour", sessions=rows)
    change = f"/workspace/activities/{activity.pk}/change/"
    assert fields(page(people.filer, change)) == [("第一站", "2023-09-17T09:00", "")]

    drawn = people.filer.post(
        change, {"version": activity.version, **several({"title": "第一站", **day(17)}), "act": "row"}
    )
    assert (drawn.status_code, newest().state) == (200, State.PUBLISHED)

    sent = several(
        {"code": "s1", "title": "第一站", **day(17)}, {"title": "第二站", "venue": "石碣中学", **day(18)}
    )
    people.filer.post(change, {"version": activity.version, **sent, "reason": "加一站"})

    found = page(people.filer, f"/workspace/activities/{activity.pk}/")
    line = next(r for r in found.all("tr") if "各场次" in r.text)
    assert (
        list(line.all("td"))[1].text
        == "2023年9月17日 09:00—11:00 · 第一站 2023年9月18日 09:00—11:00 · 第二站 · 石碣中学"
    )
    assert "第一站" in next(li.text for li in found.all("li") if "2023年9月17日 09:00—11:00" in li.text)


POSITION = {
    "position.latitude": "",
    "position.longitude": "",
    "position.system": "wgs84",
    "position.paste": "",
}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"latitude": "23.0205", "longitude": "113.7518"}, (23.0205, 113.7518)),
        ({"paste": "113.7518, 23.0205"}, (23.0205, 113.7518)),
        ({"paste": "23.0205，113.7518", "latitude": "1", "longitude": "2"}, (23.0205, 113.7518)),
        ({"paste": "116.41024449916938,39.91640428150164", "system": "gcj02"}, (39.915, 116.404)),
        ({}, (None, None)),
    ],
)
def test_a_position_is_kept_as_satellites_give_it(people, sent, kept):
    sent = {f"position.{part}": text for part, text in sent.items()}
    people.filer.post(NEW, {"token": uuid4(), **typed(), **POSITION, **sent, "act": "save"})
    assert (newest().latitude, newest().longitude) == kept


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"latitude": "23.0205"}, "位置要同时写纬度和经度，或者都不写。"),
        ({"latitude": "二十三", "longitude": "113"}, "纬度和经度要写度数"),
        ({"latitude": "113.7518", "longitude": "23.0205"}, "是不是写反了？"),
        ({"latitude": "nan", "longitude": "23.0205"}, "是不是写反了？"),
        ({"paste": "石龙中学"}, "看不出“石龙中学”是哪里。"),
    ],
)
def test_a_position_that_is_none_is_told_and_kept(people, read, sent, sentence):
    named = {f"position.{part}": text for part, text in sent.items()}
    found = read(people.filer.post(NEW, {"token": uuid4(), **typed(), **POSITION, **named, "act": "save"}))
    assert sentence in found.one(class_="form-errors").text
    assert {name: found.one("input", name=name)["value"] for name in named} == named
    assert not Activity.objects.exists()


def test_a_position_is_shown_in_words_and_again_in_the_form(people, page):
    draft = a_draft(people.world, latitude=23.0205, longitude=113.7518)
    assert (
        "北纬23.0205°，东经113.7518°（WGS-84）"
        in page(people.filer, f"/workspace/activities/{draft.pk}/").text
    )
    found = page(people.filer, f"/workspace/activities/{draft.pk}/edit/")
    assert found.one("input", name="position.latitude")["value"] == "23.0205"
    assert found.one(class_="position-here").has("hidden")  # shown by the script that can do it


def test_the_reasons_and_resources_are_asked_and_shown(people, page):
    said = {
        "key_activity": "on",
        "key_reason": "全市规模最大",
        "main_venue": "on",
        "resources_planned": "两个视频",
    }
    people.filer.post(NEW, {"token": uuid4(), **typed(), **said, "act": "save"})
    text = page(people.filer, f"/workspace/activities/{newest().pk}/").text
    assert "申报重点活动的理由 全市规模最大" in text
    assert "预期形成的资源 两个视频" in text
    assert "主会场活动 是" in text
