from datetime import datetime, timedelta

import pytest
import time_machine

from kepu.core import clock
from kepu.core.calendar import CHINA

pytestmark = pytest.mark.django_db
REAL = datetime(2026, 3, 1, 9, 0, tzinfo=CHINA)
SHOWN = datetime(2023, 9, 8, 23, 0, tzinfo=CHINA)


def test_a_real_season_shows_the_real_time():
    with time_machine.travel(REAL, tick=False):
        assert clock.now() == REAL


def test_a_real_season_has_no_clock_to_set():
    with pytest.raises(RuntimeError, match="no clock to set"):
        clock.set_rehearsal_clock(SHOWN)


def test_a_rehearsal_runs_on_from_where_it_was_set(settings):
    settings.KEPU_REHEARSAL = True
    with time_machine.travel(REAL, tick=False) as traveller:
        assert clock.now() == REAL
        clock.set_rehearsal_clock(SHOWN)
        traveller.shift(timedelta(hours=2))
        assert clock.now() == datetime(2023, 9, 9, 1, 0, tzinfo=CHINA)


def test_a_rehearsals_clock_is_set_again_and_again(settings):
    settings.KEPU_REHEARSAL = True
    with time_machine.travel(REAL, tick=False):
        clock.set_rehearsal_clock(SHOWN)
        clock.set_rehearsal_clock(clock.moved(SHOWN, days=-3))
        assert clock.now() == datetime(2023, 9, 5, 23, 0, tzinfo=CHINA)


def test_a_clock_left_over_does_not_move_a_real_season(settings):
    settings.KEPU_REHEARSAL = True
    clock.set_rehearsal_clock(SHOWN)
    settings.KEPU_REHEARSAL = False
    with time_machine.travel(REAL, tick=False):
        assert clock.now() == REAL
