"""Words that reviewers are to look at: a hint, never a block."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField


class WatchWord(models.Model):
    """A word that whoever coordinates a place wants looked at, in reviews of the units at the place and below.

    Rows are added and removed, never changed: so the number of rows and the newest id tell whether a kept list is true.
    """

    place_path = PathField()
    word = models.CharField(_("词语"), max_length=40)
    folded = models.CharField(max_length=80)  # as it is compared: see kepu.activities.watching
    note = models.CharField(_("看什么"), max_length=200, blank=True)
    unit_id = models.BigIntegerField()  # whose coordinator added it
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("留意的词语")
        verbose_name_plural = _("留意的词语")
        constraints = [models.UniqueConstraint(fields=["place_path", "folded"], name="watch_word_once")]

    def __str__(self) -> str:
        return self.word

    def traced_under(self) -> tuple[int | None, str, str]:
        return self.unit_id, self.place_path, ""
