"""What search engines read on the page of an activity, read by a reader of other people's making."""

import warnings

import pytest

from kepu.activities.models import Publication
from kepu.activities.workflow import State

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import extruct


@pytest.fixture
def event(client):
    def read(activity):
        html = client.get(f"/activities/{activity.pk}/").content.decode()
        (found,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
        return found

    return read


def test_an_activity_is_an_event(publish, event, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    activity = publish("走进中医药")
    found = event(activity)
    assert (found["@type"], found["name"]) == ("Event", "走进中医药")
    assert found["url"] == f"https://kepu.example.cn/activities/{activity.pk}/"
    assert (found["startDate"], found["endDate"]) == (
        "2023-09-17T09:00:00+08:00",
        "2023-09-17T17:00:00+08:00",
    )
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["location"]["@type"] == "Place"
    assert found["organizer"][0]["name"] == "石龙中学"


def test_a_cancelled_one_says_so(publish, event):
    assert event(publish("走进中医药", State.CANCELLED))["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_title_that_would_end_the_script_does_not(publish, event):
    activity = publish("走进中医药")
    title = '</script><script>alert(1)</script> ]]> "\u2028'
    Publication.objects.filter(pk=activity.pk).update(title=title)
    assert event(activity)["name"] == title
