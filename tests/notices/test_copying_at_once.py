"""Two workers, two coordinators: what holds when a season is copied by several at the same instant."""

import pytest
from django.db import connection

from kepu.core import audit, outbox
from kepu.notices import actions
from kepu.notices.actions import copying
from kepu.notices.models import NoticeDraft, Season, SeasonCopy
from kepu.orgs.actor import SYSTEM
from tests.core.test_at_once import at_once
from tests.factories.seasons import AT, a_year, next_header

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def begin(year):
    return actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)


def test_two_coordinators_open_one_season_and_begin_one_copy():
    year = a_year()
    faults = at_once(lambda: begin(year), lambda: begin(year))
    assert (faults, Season.objects.count(), SeasonCopy.objects.count()) == ([], 2, 1)


def test_a_batch_carried_out_by_two_workers_is_there_once(monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    year = a_year()
    season = begin(year)
    faults = at_once(*[lambda: actions.copy_next_notices(season.pk, 0, by=SYSTEM, at=AT)] * 3)
    assert (faults, NoticeDraft.objects.count()) == ([], 2)


def test_workers_side_by_side_copy_every_notice_once(monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 1)
    year = a_year()
    season = begin(year)

    def work():
        while outbox.deliver(at=AT, size=1):
            pass
        connection.close()

    faults = at_once(work, work)
    work()
    copy = SeasonCopy.objects.get(season=season)
    assert (faults, list(audit.verify()), copy.copied, copy.finished_at) == ([], [], 5, AT)
    assert NoticeDraft.objects.values("about").distinct().count() == NoticeDraft.objects.count() == 5
