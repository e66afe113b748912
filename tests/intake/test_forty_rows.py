"""The layouts of the notices, filled by hand: forty messy rows handed in by a town, each fault reported in its own row."""

from uuid import uuid4

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State as ActivityState
from kepu.core import tallies
from kepu.core.refusals import Incomplete
from kepu.core.sheets import sheets_of
from kepu.intake import actions
from kepu.intake.models import SheetLine
from kepu.intake.queries import LINE_ORDER, lines_of
from kepu.intake.workflow import LineState
from kepu.intake.writing import bad_lines
from kepu.orgs.models import Role
from kepu.orgs.queries import actor_for
from tests.factories.activities import FILED, a_world
from tests.factories.intake import work
from tests.factories.messy_rows import MADE, NAMES, files
from tests.factories.orgs import a_post

pytestmark = pytest.mark.django_db
# what is no fault here: a town has usual hours, and this city's notice neither limits the outline nor lists the forms
OF_OTHERS = {"no_hours", "over_limit", "not_listed"}
# what the town's tables never say and the city's notice asks for: the same for all their rows
SAME = {"safety_person": "张安", "host_place_person": "李场", "content_person": "赵审", "fields": "健康"}


@pytest.fixture(scope="module")
def tables():
    return files()


@pytest.fixture
def clerk():
    """The town's clerk, with a post that a worker finds."""
    world = a_world()
    post = a_post(world.town_office, Role.FILER)
    return world, actor_for(post.person, world.town_office.pk, at=FILED)


def handed_in(world, by, name, data):
    ending = "csv" if name == "F8" else "xlsx"
    sheet = actions.start_import(
        uuid4(), data=data, file_name=f"{name}.{ending}", season=world.season, by=by, at=FILED
    )
    actions.choose_columns(sheet, {}, common=SAME, by=by, at=FILED)
    work(actions.check_some, sheet)
    return sheet


def codes(line, tone):
    return {finding["code"] for finding in line.findings if finding["tone"] == tone}


@pytest.mark.parametrize("layout", NAMES)
def test_every_fault_is_reported_in_its_row_and_goes_home_with_it(clerk, tables, layout):
    world, by = clerk
    wanted = MADE[NAMES.index(layout)]
    sheet = handed_in(world, by, layout, tables[layout])
    lines = list(sheet.lines.order_by("number"))

    assert len(lines) == len(wanted)
    for line, (cells, _content, errors, _hints) in zip(lines, wanted, strict=True):
        expected = set(errors.split()) - OF_OTHERS
        assert line.cells[1] == str(cells[0])
        assert expected - codes(line, "error") == set(), line.cells[1]
        assert line.state == (LineState.FAULTY if codes(line, "error") else LineState.READY)
    bad = list(lines_of(sheet, "bad").order_by(*LINE_ORDER))
    assert {line.pk for line in bad} == {line.pk for line in lines if line.state == LineState.FAULTY}
    *_above, last = [row for row in sheets_of(bad_lines(sheet, bad))[0].lines() if any(row)]
    assert bad[-1].findings[0]["sentence"][:12] in last[-1]


def test_the_good_ones_are_filed_and_counted_and_the_whole_handed_in_again_files_nothing(clerk, tables):
    world, by = clerk
    for layout, data in tables.items():
        sheet = handed_in(world, by, layout, data)
        actions.file_lines(sheet, with_doubles=True, by=by, at=FILED)
        work(actions.file_some, sheet)
    for layout, data in tables.items():
        sheet = handed_in(world, by, layout, data)
        with pytest.raises(Incomplete, match="没有可以填报的行"):
            actions.file_lines(sheet, with_doubles=True, by=by, at=FILED)

    filed = Activity.objects.filter(unit=world.town_office, state=ActivityState.FILED).count()
    good = SheetLine.objects.filter(state=LineState.FILED).values("token").distinct().count()
    assert (filed, tallies.verify()) == (good, [])
    assert 5 <= filed < 40
    assert tallies.in_place(world.season.pk, world.nation.path)["activity.filed", ""] == filed
