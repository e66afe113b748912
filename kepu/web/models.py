"""What the portal draws once, when something is published, instead of at each reading."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kepu.activities.models import Publication


class Drawn(models.Model):
    """A published activity as HTML in one language: its card for lists, and the parts of its page (JSON, deflated).

    It says of which copy and of which release it was drawn; what is older is drawn anew where it is read, and by the worker.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=10)
    of_copy = models.CharField(
        max_length=100
    )  # the digest of the copy, and the edition of the season's rules
    release = models.CharField(max_length=64)
    card = models.TextField()
    parts = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "language"], name="drawn_once"),
        ]
        indexes = [models.Index(fields=["release", "publication"], name="drawn_by_release")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.language}"


class Beside(models.Model):
    """Which activities stand beside one on its page: their numbers, the copies they were found as and what they share (JSON).

    ``look_at`` is when the worker looks again; null where nothing more will come.
    """

    publication = models.OneToOneField(Publication, models.CASCADE, primary_key=True, related_name="+")
    found = models.TextField()
    found_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["look_at", "publication"], name="beside_due", condition=Q(look_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}"
