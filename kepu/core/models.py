"""Rows that every act may leave behind: its trace, what is still to be sent, what is counted."""

from __future__ import annotations

from django.db import models

from kepu.core.fields import CodeField, PathField


class AuditEntry(models.Model):
    """One act's trace. Append-only (the database refuses UPDATE and DELETE), chained by hash within its strand.

    No foreign keys: the trace outlives what it speaks of. ``version`` says what the hash covers; rows of version 1 know
    neither whose the thing was nor where it lay.
    """

    strand = models.PositiveSmallIntegerField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    thing = models.CharField(max_length=40)  # the kind of thing, such as "activity"
    thing_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)  # the unit acted for
    detail = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=1)
    day = models.DateField(null=True)  # of ``at``, in China
    owner_id = models.BigIntegerField(null=True)  # the unit whose thing it was
    place_path = PathField(
        default=""
    )  # where that unit lay then; of what belongs to no unit, the unit acted for
    line_path = PathField(default="")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strand", "seq"], name="audit_one_place_in_strand")]
        indexes = [
            models.Index(fields=["thing", "thing_id", "id"], name="audit_of_thing"),
            models.Index(fields=["unit_id", "id"], name="audit_of_unit"),
            models.Index(fields=["person_id", "id"], name="audit_of_person"),
            models.Index(fields=["owner_id", "id"], name="audit_of_owner"),
            models.Index(fields=["day", "place_path", "id"], name="audit_of_day"),
            models.Index(fields=["event", "id"], name="audit_of_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.thing} {self.thing_id}"


class AuditStrand(models.Model):
    """The head of one strand: how long it is and the hash it ends with."""

    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"strand {self.pk}"


class AuditCheck(models.Model):
    """One verification of the trace: how far it came in each strand, and what it found."""

    at = models.DateTimeField()
    whole = models.BooleanField()  # from the beginning, or from where the check before had come
    rows = models.PositiveBigIntegerField()
    heads = models.JSONField(default=dict)  # strand: [length, hash]
    breaks = models.JSONField(default=list)  # the first of them: [strand, seq, why]
    found = models.PositiveBigIntegerField(default=0)  # how many there were

    def __str__(self) -> str:
        return f"{self.at} {self.found}"


class OutboxState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class OutboxRow(models.Model):
    """Something to be done after the commit: written with the change, carried out by the worker, retried if it dies."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.WAITING)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="outbox_due"),
            # what is looked for several times a second must not wait behind a hundred thousand mails
            models.Index(fields=["kind", "state", "due_at", "id"], name="outbox_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class TallyEntry(models.Model):
    """A delta written by an act in its own transaction. Folded into totals by a job; never updated."""

    season_id = models.BigIntegerField()
    measure = CodeField(max_length=40)
    facet = CodeField(max_length=130, default="", blank=True)
    place = PathField()
    line = PathField(blank=True, default="")
    unit_id = models.BigIntegerField()
    n = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["season_id", "measure", "facet", "place"], name="tally_of_place"),
            models.Index(fields=["season_id", "unit_id", "measure"], name="tally_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.n:+d}"


class TallyTotal(models.Model):
    """What the folded deltas of one measure come to in one scope: ``place:/44/``, ``line:/edu/`` or ``unit:7``."""

    season_id = models.BigIntegerField()
    measure = CodeField(max_length=40)
    facet = CodeField(max_length=130, default="", blank=True)
    scope = CodeField(max_length=130)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["season_id", "scope", "facet", "measure"], name="tally_one_total")
        ]
        # lists sum a facet of many places over many days: all that they read lies in it, side by side
        indexes = [
            models.Index(fields=["season_id", "scope", "facet", "measure", "n"], name="tally_sums"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.scope} {self.n}"


class RehearsalClock(models.Model):
    """The clock of a rehearsal space: what it showed at a real instant. One row."""

    shown = models.DateTimeField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.shown)


class SpaceMark(models.Model):
    """Which space this database is: where a season counts, or where one practises. One row, written once."""

    kind = models.CharField(max_length=10)  # a word of kepu.core.space.Space
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_space"),
            models.CheckConstraint(condition=models.Q(kind__in=["real", "rehearsal"]), name="space_is_known"),
        ]

    def __str__(self) -> str:
        return self.kind


class StoredFile(models.Model):
    """A file that was handed in, known before it is written. The key is the SHA-256 of its content.

    ``sweep_from`` is empty while a row of some module names it; from that instant on it may be deleted.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    endings = models.JSONField(default=list)  # "" for itself, "-320.webp" for what is kept beside it
    size = models.PositiveBigIntegerField()  # bytes, with what is beside it
    kept_at = models.DateTimeField()
    sweep_from = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["sweep_from", "digest"],
                name="file_to_sweep",
                condition=models.Q(sweep_from__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.digest
