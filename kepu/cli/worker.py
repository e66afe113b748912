"""``kepu worker``: what is done after the commit: messages delivered, counts folded; once a day what a new day asks for."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event, Thread
from types import FrameType

import click
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils.translation import gettext as _

from kepu.accounts import jobs as accounts
from kepu.activities.jobs import (
    Pass,
    archive_season,
    escalate_late_reviews,
    gather_links,
    look_at_links,
    publish_due,
    turn_to_next_sessions,
)
from kepu.core import clock, files, outbox, public, purging, space, tallies
from kepu.core.calendar import day_of
from kepu.intake import jobs as intake
from kepu.notices import jobs as notices
from kepu.notices.models import Season
from kepu.orgs import jobs as orgs
from kepu.oversight import jobs as oversight
from kepu.privacy.jobs import erase_due
from kepu.rehearsal.models import RehearsalState
from kepu.rehearsal.season import play_until
from kepu.web.portal.activities.beside.storing import look_again
from kepu.web.portal.activities.storing import draw_anew

IDLE = 1.0  # seconds between two looks when there is nothing to do
PROMPT = 0.25  # seconds between two looks for what a cache must let go
UNWELL = 5.0  # seconds before another try when the database does not answer
GATHERING = timedelta(minutes=1)  # between two looks for links that are new
KEPT = timedelta(days=30)  # how long a row that was carried out stays to be looked up
log = logging.getLogger(__name__)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--once", is_flag=True, help="Do what is waiting, then stop. / 做完手头的就停")
@click.option("--quiet", is_flag=True, help="Say nothing at the start. / 不作提示")
def command(once: bool, quiet: bool) -> None:
    """Deliver messages, fold counts and keep titles true, until stopped. Several workers may run side by side."""
    worker = Worker()
    if once:
        done = 0
        while n := worker.turn():
            done += n
        click.echo(_("处理了%(n)s件。") % {"n": done})
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    if not quiet:
        click.echo(_("正在处理后台工作，按 Ctrl-C 停止。"))
    worker.run()


class Worker:
    """One worker. A signal to stop is heeded after the row in hand."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.day: date | None = None
        self.gathered: datetime | None = None
        self.entered = False
        self.publishing = Pass()

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        self.stopping.set()

    def run(self) -> None:
        beside = Thread(target=self._go_on, args=(self._purge, PROMPT)) if settings.KEPU_PURGE else None
        if beside is not None:
            beside.start()
        try:
            self._go_on(self.turn, IDLE)
        finally:
            self.stopping.set()
            if beside is not None:
                beside.join()

    def _go_on(self, piece: Callable[[], int], idle: float) -> None:
        """One piece of work after the other, until stopped."""
        while not self.stopping.is_set():
            try:
                pause = 0.0 if piece() else idle
            except (DatabaseError, InterfaceError):
                log.exception("The worker could not use the database; it tries again")
                connections.close_all()
                pause = UNWELL
            close_old_connections()
            self.stopping.wait(pause)
        connections.close_all()

    def _purge(self) -> int:
        """Beside all else: what is public is not to wait behind mails and other people's servers."""
        return outbox.deliver_together(public.CHANGED, at=clock.now())

    def turn(self) -> int:
        """One piece of everything that waits; returns how many things were done. Refuses the other space's database."""
        if not self.entered:
            space.enter()
            self.entered = True
            draw_anew(clock.now())
            purging.forget_everything(at=clock.now())
        at = clock.now()
        self._daily(at)
        done = (
            self._rehearse(at)
            + self._purge()
            + publish_due(at, stop=self.stopping.is_set, since=self.publishing)
        )
        done += turn_to_next_sessions(at, stop=self.stopping.is_set)
        # one row at a time: none is claimed that a stop would leave half done
        while not self.stopping.is_set() and outbox.deliver(at=at, size=1):
            done += 1
            if done >= 100:
                break
        done += 0 if self.stopping.is_set() else look_again(at)
        # last: what waits for other people's servers keeps nothing else waiting
        return done if self.stopping.is_set() else done + tallies.fold() + self._links(at)

    def _links(self, at: datetime) -> int:
        if self.gathered is None or not timedelta() <= at - self.gathered < GATHERING:
            gather_links(at, stop=self.stopping.is_set)
            self.gathered = at
        return look_at_links(at)

    def _daily(self, at: datetime) -> None:
        if self.day != day_of(at):
            orgs.carry_out_changes(at)
            orgs.forget_contacts(at)
            orgs.keep_traits_true(at)
            intake.forget_old(at)
            notices.remind_before_deadlines(at, stop=self.stopping.is_set)
            escalate_late_reviews(at, stop=self.stopping.is_set)
            accounts.forget_ended_sign_ins()
            while outbox.forget_sent(before=at - KEPT):
                pass
            for season in Season.objects.filter(is_open=False).order_by("pk"):
                while not self.stopping.is_set() and archive_season(season, at):
                    pass
            oversight.watch_trace(at)
            erase_due(at)
            files.sweep(at)
            self.day = day_of(at)

    def _rehearse(self, at: datetime) -> int:
        """In a rehearsal the world goes on: days that the clock has passed are played."""
        if not (settings.KEPU_REHEARSAL and RehearsalState.objects.exists()):
            return 0
        return play_until(at, stop=self.stopping.is_set)
