"""What lay readable is closed by a migration, and opened again by the way back; nothing is lost on either."""

import pytest
from django.core.management import call_command
from django.db import connection

from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.migrating import CloseColumns
from kepu.notices.actions import start_draft
from kepu.notices.models import NoticeDraft
from kepu.returns.models import Return, ReturnVersion
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator
from tests.factories.returns import a_reporting_world, a_return

BACK = (
    ("returns", "0001_initial"),
    ("activities", "0004_activities_by_state"),
    ("notices", "0004_season_copy"),
)
COLUMNS = {
    "activities_activity": ("contact_name", "contact_phone", "answers", "proposed"),
    "returns_return": ("sections", "rows", "parts"), "returns_returnversion": ("content",), "notices_noticedraft": ("source_text",),
}  # fmt: skip


def as_it_lies():
    found = []
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
            found += [str(value) for row in cursor.fetchall() for value in row if value]
    return found


def as_it_reads():
    return [
        list(Activity.objects.order_by("pk").values_list("contact_name", "contact_phone", "contact_digest", "answers", "proposed")),
        list(Return.objects.order_by("pk").values_list("sections", "rows", "parts")),
        list(ReturnVersion.objects.order_by("pk").values_list("content", "digest")),
        list(NoticeDraft.objects.order_by("pk").values_list("source_text", flat=True)),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_there_and_back_again():
    world = a_reporting_world()
    an_activity(world, State.CHANGED, answers={"insurance": "已投保"})
    a_return(world)
    start_draft(
        season=world.season, place=world.city, line=None, origin="document", header={}, clauses=[],
        source=("通知.txt", "联系人：王联"), by=a_coordinator(world.city_office), at=china(2023, 8, 25),
    )  # fmt: skip
    whole = as_it_reads()
    assert all(text.startswith("test:") for text in as_it_lies())

    for app, name in BACK:
        call_command("migrate", app, name, verbosity=0)
    lying = as_it_lies()
    assert not any(text.startswith("test:") for text in lying)
    assert "13800000000" in "".join(lying)
    call_command("migrate", verbosity=0)

    assert all(text.startswith("test:") for text in as_it_lies())
    assert as_it_reads() == whole


@pytest.mark.django_db(transaction=True)
def test_closing_goes_on_after_a_stop_and_takes_no_look_alike_for_closed():
    texts = ["13800000000", "test:13800000000", "", *[f"1390000{n:04}" for n in range(1100)]]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE core_made (id integer PRIMARY KEY, phone text)")
        cursor.executemany("INSERT INTO core_made VALUES (%s, %s)", list(enumerate(texts, start=1)))
    close = CloseColumns("core_made", "phone")
    try:
        with connection.schema_editor(atomic=False) as editor:
            close.code(None, editor)
            once = stored()
            close.code(None, editor)
            assert stored() == once
            assert [text for text in once if text in texts and text] == []
            close.reverse_code(None, editor)
        assert stored() == texts
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE core_made")


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM core_made ORDER BY id")
        return [text for (text,) in cursor.fetchall()]
