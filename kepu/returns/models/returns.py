"""A return and its frozen versions. A duty that nobody has touched has no row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField, under
from kepu.core.secrets import EncryptedJSONField
from kepu.returns.sealing import digest_of
from kepu.returns.workflow import ANSWERED, HANDED, STORED, TURN, State, Turn


def _dated(field: str, *states: State) -> models.CheckConstraint:
    """A date that is set in these states and in no other."""
    names = sorted(states)
    condition = Q(state__in=names, **{f"{field}__isnull": False}) | (
        ~Q(state__in=names) & Q(**{f"{field}__isnull": True})
    )
    return models.CheckConstraint(condition=condition, name=f"return_{field}")


class ReturnQuerySet(models.QuerySet["Return"]):
    def whole(self) -> ReturnQuerySet:
        """With what acts and pages ask of it: the unit, the season, the receiver."""
        return self.select_related("unit", "season", "receiver")

    def under(self, path: str) -> ReturnQuerySet:
        return self.filter(under("place_path", path))

    def in_line(self, path: str) -> ReturnQuerySet:
        return self.filter(under("line_path", path))

    def answered(self) -> ReturnQuerySet:
        """Those in which the unit has nothing more to do."""
        return self.filter(state__in=sorted(ANSWERED))

    def handed(self) -> ReturnQuerySet:
        """Those handed in at least once: the only ones that others than the unit see."""
        return self.filter(state__in=sorted(HANDED))


class Return(models.Model):
    """What one unit hands in for one duty of one season: the newest content, and where it stands."""

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="returns", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="returns", db_index=False)
    duty = models.CharField(max_length=120)  # the rule's key, such as duty.organisation_summary
    place_path = PathField()  # the unit's when it first touched the duty: what it is counted at
    line_path = PathField(blank=True, default="")
    title = models.CharField(_("任务名称"), max_length=200)
    receiver = models.ForeignKey(
        "orgs.Unit", models.PROTECT, verbose_name=_("报送对象"), related_name="returns_received",
        null=True, blank=True, db_index=False,
    )  # fmt: skip
    receiver_name = models.CharField(max_length=200, blank=True)  # as the notice names it, desk included

    state = models.CharField(_("状态"), max_length=10, choices=[(s.value, s.label) for s in STORED])
    version = models.PositiveIntegerField(
        default=1
    )  # grows with every write: whoever saw an older one is told so
    handed = models.PositiveSmallIntegerField(default=0)  # how often it was handed in: its frozen versions
    turn_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)  # as the rules in force at the first hand-in said
    due_words = models.CharField(max_length=120, blank=True)
    late = models.BooleanField(_("逾期"), default=False)
    handed_in_at = models.DateTimeField(null=True, blank=True)  # the first time: what lateness is judged by
    amended_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("说明"), max_length=2000, blank=True)  # why it was sent back or released

    notice_code = models.CharField(max_length=60, blank=True)
    clause_code = models.CharField(max_length=40, blank=True)
    cite = models.CharField(max_length=200, blank=True)
    rules = models.ForeignKey(
        "notices.RulesSnapshot", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    figures: Any = models.JSONField(default=dict, blank=True)  # frozen, with "as_of"
    # closed, since tables that go up name people: heading and parts of a text, rows of a table, where a part is kept
    sections: Any = EncryptedJSONField(default=dict, blank=True)
    rows: Any = EncryptedJSONField(default=list, blank=True)
    parts: Any = EncryptedJSONField(default=dict, blank=True)
    channels: Any = models.JSONField(default=list, blank=True)  # ways it also went, such as oa_mailbox

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("报送")
        verbose_name_plural = _("报送")
        constraints = [
            models.UniqueConstraint(fields=["season", "unit", "duty"], name="return_once"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in STORED]), name="return_state"),
            _dated("handed_in_at", *HANDED),
            _dated("accepted_at", State.ACCEPTED),
            _dated("released_at", State.RELEASED),
            models.CheckConstraint(
                condition=Q(late=True, handed_in_at__gt=F("due_at"))
                | (
                    Q(late=False)
                    & (
                        Q(due_at__isnull=True)
                        | Q(handed_in_at__isnull=True)
                        | Q(handed_in_at__lte=F("due_at"))
                    )
                ),
                name="return_late_is_after_due",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(HANDED), handed__gt=0, rules__isnull=False)
                | (~Q(state__in=sorted(HANDED)) & Q(handed=0)),
                name="return_handed_in_has_copy",
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "state", "turn_since", "id"], name="return_inbox"),
            models.Index(fields=["season", "duty", "place_path", "id"], name="return_in_place"),
            models.Index(fields=["unit", "id"], name="return_of_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        return TURN[State(self.state)]


class ReturnVersion(models.Model):
    """What was handed in, once and for all. Rows are added and never changed; the audit keeps their digests.

    The one thing that touches a row again is the erasure of a season: it leaves the digest of what was handed in, takes
    the people out of the content, and notes when, and the digest of what remains.
    """

    handed_in = models.ForeignKey(Return, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    content: Any = EncryptedJSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content as it was handed in
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_digest = models.CharField(max_length=64, blank=True, default="")  # of what the erasure left
    note = models.TextField(max_length=2000, blank=True)  # what an amendment changes, and why
    at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("报送版本")
        verbose_name_plural = _("报送版本")
        constraints = [
            models.UniqueConstraint(fields=["handed_in", "number"], name="return_version_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_digest="")
                | (Q(erased_at__isnull=False) & ~Q(erased_digest="")),
                name="return_version_erasure_is_noted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handed_in_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A version is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version is never deleted.")

    @property
    def is_whole(self) -> bool:
        """Whether it is what was handed in or, after the erasure of its season, what that erasure left."""
        return digest_of(self.content) == (self.erased_digest or self.digest)

    def upon_erasure(self, values: dict[str, Any], at: datetime) -> dict[str, Any]:
        """What the erasure of a season notes beside the new content: when, and the digest of what remains."""
        return {"erased_at": at, "erased_digest": digest_of(values["content"])} if "content" in values else {}
