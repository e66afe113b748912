"""How far a rehearsal has been played, and with which cast: enough to go on after any pause."""

from __future__ import annotations

from django.db import models


class RehearsalState(models.Model):
    """The one rehearsal of a database (``pk`` is 1). Cast and script come again from seed and sizes."""

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    activities = models.PositiveIntegerField()  # how many the script has
    first_day = models.DateField()
    last_day = models.DateField()
    played_through = models.DateField()  # the last day of which everything was played
    spared = models.JSONField(default=list)  # codes of units that a visitor plays

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_rehearsal")]

    def __str__(self) -> str:
        return f"{self.season_id} {self.played_through}"
