"""The activities of an area, read by whoever oversees it."""

from kepu.activities.workflow import State
from tests.factories.activities import a_draft, an_activity

TOWN, CITY = "/workspace/area/441900103/activities/", "/workspace/area/441900/activities/"


def titles(found):
    return [cell.text for cell in found.one("tbody").all("th")]


def test_a_town_reads_what_the_city_reviews_and_no_draft(people, page):
    a_draft(people.world, title="还没填完")
    an_activity(people.world, State.FILED, title="走进气象台")

    assert titles(page(people.town, TOWN)) == ["走进气象台"]
    assert titles(page(people.reviewer, CITY)) == ["走进气象台"]


def test_an_area_in_which_nothing_was_filed_says_so(people, page):
    assert "还没有活动" in page(people.town, TOWN).text


def test_the_page_costs_the_same_with_one_row_and_with_thirty(people, page, django_assert_num_queries):
    an_activity(people.world, State.FILED)
    page(people.reviewer, CITY)
    with django_assert_num_queries(8):
        page(people.reviewer, CITY)
    for n in range(29):
        an_activity(people.world, State.FILED, title=f"第{n}场")
    with django_assert_num_queries(8):
        page(people.reviewer, CITY)
