"""One activity for a reader's own calendar."""

from icalendar import Calendar

from kepu.activities.workflow import State


def lines(client, activity):
    response = client.get(f"/activities/{activity.pk}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="activity-{activity.pk}.ics"'
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def test_the_event_is_whole(client, publish, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    activity = publish("讲座；一，二,三;四\\五", summary="第一行\r\n第二行\x07")

    assert lines(client, activity) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kepu//Science Day//ZH", "CALSCALE:GREGORIAN", "BEGIN:VEVENT",
        f"UID:activity-{activity.pk}@kepu.example.cn", "DTSTAMP:20230828T010000Z", "LAST-MODIFIED:20230828T010000Z",
        "SEQUENCE:1", "STATUS:CONFIRMED", "DTSTART:20230917T010000Z", "DTEND:20230917T090000Z",
        "SUMMARY:讲座；一，二\\,三\\;四\\\\五", "LOCATION:广东省东莞市石龙镇 石龙中学礼堂",
        "DESCRIPTION:石龙中学\\n第一行\\n第二行", f"URL:https://kepu.example.cn/activities/{activity.pk}/",
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_a_cancelled_event_is_taken_off_the_calendar(client, publish):
    said = lines(client, publish("走进中医药", State.CANCELLED))
    assert ("STATUS:CANCELLED" in said, "SEQUENCE:2" in said) == (True, True)
    assert (
        next(line for line in said if line.startswith("DESCRIPTION"))
        == "DESCRIPTION:台风\\n石龙中学\\n讲座和体验"
    )


def test_long_lines_are_folded_between_characters(client, publish):
    title = "科普" * 40 + "a" * 40
    activity = publish(title)

    pieces = client.get(f"/activities/{activity.pk}.ics").content.split(b"\r\n")

    assert max(map(len, pieces)) <= 75
    assert [piece.decode() for piece in pieces][-1] == ""  # each is whole characters
    assert f"SUMMARY:{title}" in lines(client, activity)


def test_another_program_reads_it_back(client, publish):
    activity = publish("讲座；一，二,三;四\\五", summary="第一行\n第二行")
    event = Calendar.from_ical(client.get(f"/activities/{activity.pk}.ics").content).events[0]
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("讲座；一，二,三;四\\五", "石龙中学\n第一行\n第二行")
    assert (event.start, event.end) == (activity.starts_at, activity.ends_at)
