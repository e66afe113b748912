"""What the portal draws once, when something is published, instead of at each reading."""

from __future__ import annotations

from django.db import models


class Drawn(models.Model):
    """A published activity as HTML in one language: its card for lists, and the parts of its page (JSON, deflated).

    It says of which copy and of which release it was drawn; what is older is drawn anew where it is read, and by the worker.
    """

    publication_id = models.BigIntegerField()
    language = models.CharField(max_length=10)
    of_copy = models.CharField(max_length=100)  # the digest of the copy, and the edition of the season's rules
    release = models.CharField(max_length=64)
    card = models.TextField()
    parts = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication_id", "language"], name="drawn_once"),
        ]
        indexes = [models.Index(fields=["release", "publication_id"], name="drawn_by_release")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.language}"
