"""Whom the notices of 2023 are sent to: every line of their recipients finds its units in the system, and only those."""

import pytest

from kepu.core.fields import under
from kepu.notices.models import Notice
from kepu.notices.recipients import preview, recipients_of, within_notice
from kepu.orgs.models import Line, Place
from tests.conftest import NOON
from tests.factories.orgs import a_unit

FIVE = ["national-2023", "liaoning-2023", "chengdu-2023", "tangshan-2023", "dongguan-2023"]


def a_reader(line, notice, number):
    """A unit of the kind, level and line that a line of recipients means."""
    level = line.levels[0] if line.levels else notice.place.level
    there = Place.objects.filter(under("path", notice.place.path), level=level)
    if line.place_kinds:
        there = there.filter(kind__in=line.place_kinds)
    if line.places:
        there = Place.objects.filter(code__in=line.places)
    place = there.order_by("path").first() or notice.place
    name = line.names[0] if line.names else f"第{number}家"
    kind = line.kinds[0] if line.kinds else "other_unit"
    domain = Line.objects.get(code=line.lines[0]) if line.lines else None
    unit = a_unit(place, name, kind=kind, line=domain)
    unit.traits = sorted([*line.members_of, *line.designations])
    unit.save(update_fields=["traits"])
    return unit


def says_whom(line):
    """Whether a line says whom it means at all; “各有关单位” does not, and reaches nobody by accident."""
    return any((line.kinds, line.levels, line.members_of, line.units, line.names))


@pytest.mark.parametrize("code", FIVE)
def test_every_line_of_the_recipients_reaches_its_units(season, code):
    notice = Notice.objects.select_related("place").get(season=season, code=code)
    lines = recipients_of(notice)
    assert lines
    readers = [a_reader(line, notice, number) for number, line in enumerate(lines)]
    far = Place.objects.get(code="650000" if code != "national-2023" else "CN")
    a_unit(far, "不相干的单位", kind="kindergarten")

    found = preview(lines, within_notice(notice.place, None), at=NOON)

    order = sorted(range(len(lines)), key=lambda i: lines[i].role != "to")
    reached = [bool(line.count) for line in found.lines]
    assert reached == [says_whom(lines[i]) for i in order]
    assert found.total == sum(says_whom(line) for line in lines)
    assert {readers[i].name for i in order if says_whom(lines[i])} >= {
        n for line in found.lines for n in line.names
    }
