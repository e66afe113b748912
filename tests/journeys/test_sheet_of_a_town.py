"""A town brings its own sheet on a phone: one line is faulty, it is mended there, and all of them are filed."""

import re

import pytest

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.intake import HEADERS, a_file, a_row
from tests.factories.notices import china
from tests.factories.orgs import a_post
from tests.journeys.conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FINGER = 44  # pixels a finger needs


@pytest.fixture
def town(transactional_db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 8, 25, 10))
    world = a_world()
    person = a_person("苏镇科", username="su")
    person.set_password(PASSWORD)
    person.save()
    a_post(world.town_office, Role.FILER, person=person)
    return world


@pytest.fixture
def sheet(tmp_path):
    """Three activities below a title, the second without whoever answers for safety; and a column that nobody knows."""
    table = [a_row(1), a_row(2, 安全责任人=""), a_row(3)]
    path = tmp_path / "石龙镇活动表.xlsx"
    path.write_bytes(a_file(table, headers=[*HEADERS, "领队"], above=["2023年石龙镇科普日活动表"]))
    return path


def hand_in(phone, sheet):
    phone.goto("/workspace/imports/")
    phone.get_by_role("link", name="导入一张表").first.click()
    phone.get_by_label("表格文件").set_input_files(sheet)


def test_a_faulty_line_is_mended_and_the_whole_sheet_is_filed(town, sheet, phone, check):
    sign_in(phone, "su")
    hand_in(phone, sheet)
    check()
    phone.get_by_role("button", name="交表").click()

    # one column is nobody's: it is asked for once
    phone.get_by_role("heading", name="核对栏目").wait_for()
    assert phone.get_by_label("领队", exact=True).input_value() == ""
    check()
    phone.get_by_role("button", name="试填").click()

    # nothing is filed yet; the faulty line comes first and says which clause it misses
    phone.get_by_role("button", name="填报 2 行").wait_for()
    line = phone.locator("tbody tr").first
    line.get_by_text("科普讲座第2讲").wait_for()
    assert "东科协〔2023〕17号" in line.inner_text()
    assert Activity.objects.count() == 0
    mend = line.get_by_role("link", name=re.compile("^改"))
    box = mend.bounding_box()
    assert (box["width"] >= FINGER, box["height"] >= FINGER) == (True, True)
    check()
    mend.click()

    phone.get_by_label("安全责任人").wait_for()
    check()
    phone.get_by_label("安全责任人").fill("赵安")
    phone.get_by_role("button", name="保存并检查").click()
    phone.get_by_text(re.compile(r"第\d+行已改好。")).wait_for()
    phone.get_by_role("button", name="填报 3 行").click()
    phone.get_by_text("已填报 3 项。").wait_for()
    check()

    filed = Activity.objects.order_by("title").values_list("title", "state", "safety_person", "unit_id")
    office = town.town_office.pk
    assert list(filed) == [
        ("科普讲座第1讲", State.FILED, "张安", office),
        ("科普讲座第2讲", State.FILED, "赵安", office),
        ("科普讲座第3讲", State.FILED, "张安", office),
    ]

    # and again, the unmended file of the mailbox: what is known is passed over, and nothing is filed twice
    hand_in(phone, sheet)
    phone.get_by_role("button", name="交表").click()
    phone.get_by_role("heading", name="石龙镇活动表").wait_for()
    check()
    assert Activity.objects.count() == len(filed)
