"""What records already say is drawn: figures that equal the tallies, rows from activities, an "as of" on everything."""

import pytest
from django.utils.translation import override

from kepu.activities.workflow import State as ActivityState
from kepu.core import tallies
from kepu.notices.kinds.form import Form
from kepu.notices.models import Notice
from kepu.returns import actions, drawing
from kepu.returns.drawing import draft_return, figures_of
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, china
from tests.factories.orgs import a_place, a_unit
from tests.factories.returns import (
    HEADING,
    LATE,
    PLAN,
    ROW,
    SEALED,
    TABLE,
    TOWNS,
    a_reporting_world,
    loaded,
)

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 22, 12)


@pytest.fixture
def world():
    world = a_reporting_world()
    for state in (ActivityState.DRAFT, ActivityState.FILED, ActivityState.PUBLISHED, ActivityState.HELD):
        an_activity(world, state, title=f"{state.label}的活动")
    return world


def test_a_coordinator_reports_its_whole_place_and_another_unit_itself(world):
    assert figures_of(world.school, world.season, at=AT) == {
        "as_of": "2023-09-22T12:00:00+08:00", "of": "unit", "places": [],
        "counts": {
            "filed": 3, "approved": 2, "published": 2, "key": 0, "online": 0, "held": 1, "completed": 0,
            "summarised": 0, "cancelled": 0, "participants": 130,
        },
    }  # fmt: skip
    town = figures_of(world.town_office, world.season, at=AT)
    assert (town["of"], town["places"], town["counts"]["filed"]) == ("area", [world.town.path], 3)
    other = a_unit(world.town, "另一所学校", kind="school")
    assert set(figures_of(other, world.season, at=AT)["counts"].values()) == {0}


def test_places_within_each_other_are_counted_once(world):
    world.city_office.coordinations.create(place=a_place("4419x", parent=world.city))
    city = figures_of(world.city_office, world.season, at=AT)
    assert (city["places"], city["counts"]["filed"]) == ([world.city.path], 3)


def test_figures_are_two_queries_for_a_coordinator_and_one_for_another(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        figures_of(world.town_office, world.season, at=AT)
    with django_assert_num_queries(1):
        figures_of(world.school, world.season, at=AT)


def test_figures_frozen_at_hand_in_equal_the_tallies_and_stay_when_the_season_goes_on(world):
    row = actions.hand_in_return(
        world.town_office, world.season, PLAN, sections=HEADING, rows=[ROW], parts=SEALED, by=world.town_coordinator, at=LATE
    )  # fmt: skip
    counts = tallies.in_place(world.season.pk, world.town.path)
    frozen = loaded(row).figures
    assert frozen["as_of"] == LATE.isoformat()
    assert frozen["counts"] == {
        name: counts.get((measure, ""), 0) for name, measure in drawing.FIGURES.items()
    }
    an_activity(world, ActivityState.FILED)
    assert loaded(row).figures == row.versions.get().content["figures"] == frozen
    assert (
        figures_of(world.town_office, world.season, at=AT)["counts"]["filed"] == frozen["counts"]["filed"] + 1
    )


def test_a_summary_begins_with_its_figures_in_words(world):
    draft = draft_return(world.town_office, world.season, "duty.of_no_notice", at=AT)
    assert draft.as_of == AT
    assert draft.sections["text"] == (
        "截至9月22日12:00，共填报活动3项，发布2项，其中重点活动0项、线上活动0项；已举办1项，参与130人次，取消0项。"
    )


def test_a_table_of_a_series_is_one_row_that_sums_up_every_activity(world):
    draft = draft_return(world.town_office, world.season, PLAN, at=AT)
    assert draft.sections == {"unit_name": "石龙镇科协"}
    assert draft.rows == [
        {
            "project_name": "待审核的活动；已发布的活动；已举办的活动", "host_unit": "石龙中学", "outline": "讲座和体验",
            "time_place": "9月17日09:00—17:00，石龙镇，石龙中学礼堂", "contact": "王联 13800000000",
        }
    ]  # fmt: skip
    assert draft.drawn == {"unit_name", "project_name", "host_unit", "outline", "time_place", "contact"}
    assert not draft.truncated


def test_what_was_drawn_can_be_handed_in_as_it_is(world):
    draft = draft_return(world.town_office, world.season, PLAN, at=LATE)
    row = actions.hand_in_return(
        world.town_office, world.season, PLAN, sections=draft.sections, rows=draft.rows, parts=SEALED,
        by=world.town_coordinator, at=LATE,
    )  # fmt: skip
    assert loaded(row).rows == draft.rows


def test_a_list_of_key_activities_is_a_row_for_each_and_only_those(world):
    an_activity(world, ActivityState.FILED, title="重点活动甲", key_activity=True, formats=["lecture"])
    form = {
        "code": "key_list", "title": "重点活动清单", "object": "activity",
        "columns": [
            {"code": "no", "title": "序号", "type": "serial"}, {"code": "title", "title": "名称", "source": "activity.title"},
            {"code": "formats", "title": "形式", "source": "activity.formats"},
            {"code": "fields", "title": "领域", "source": "activity.fields"},
            {"code": "note", "title": "备注", "required": False},
        ],
    }  # fmt: skip
    notice = Notice.objects.get()
    a_clause(notice, "L1", "form", form)
    params = {"what": "key_activity_list", "title": "清单", "form": "key_list"}
    a_clause(notice, "L2", "duty", params, audience=TOWNS)
    draft = draft_return(world.town_office, world.season, "duty.key_activity_list", at=AT)
    assert draft.rows == [{"no": "1", "title": "重点活动甲", "formats": "lecture", "fields": "健康"}]
    assert draft.drawn == {"no", "title", "formats", "fields"}


def test_a_text_has_its_figures_in_its_first_part(world):
    notice = Notice.objects.get()
    columns = [
        {"code": "basics", "title": "基本情况", "type": "long_text"},
        {"code": "more", "title": "体会"},
    ]
    a_clause(
        notice, "L1", "form", {"code": "text", "title": "总结", "object": "document", "columns": columns}
    )
    a_clause(notice, "L2", "duty", {"what": "report", "title": "总结", "form": "text"}, audience=TOWNS)
    draft = draft_return(world.town_office, world.season, "duty.report", at=AT)
    assert list(draft.sections) == ["basics"]
    assert draft.sections["basics"].startswith("截至9月22日12:00，共填报活动3项")


@pytest.mark.parametrize("more", [0, 3])
def test_a_draft_is_a_fixed_number_of_queries(world, more, django_assert_num_queries):
    for _number in range(more):
        an_activity(world, ActivityState.FILED)
    draft_return(world.town_office, world.season, PLAN, at=AT)
    with django_assert_num_queries(3):
        draft_return(world.town_office, world.season, PLAN, at=AT)


def test_a_draft_is_in_the_language_of_the_document_whoever_draws_it(world):
    with override("en"):
        drafts = [
            draft_return(world.town_office, world.season, PLAN, at=AT),
            draft_return(world.school, world.season, "duty.of_no_notice", at=AT),
        ]
    assert drafts == [
        draft_return(world.town_office, world.season, PLAN, at=AT),
        draft_return(world.school, world.season, "duty.of_no_notice", at=AT),
    ]


def test_a_long_list_says_that_it_was_cut(world, monkeypatch):
    monkeypatch.setattr(drawing, "MOST_DRAWN", 2)
    assert draft_return(world.town_office, world.season, PLAN, at=AT).truncated


def test_the_form_of_these_tests_is_a_form():
    assert Form.model_validate(TABLE).column("outline").max_chars == 300
