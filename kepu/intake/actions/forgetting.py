"""Letting go of what a sheet holds of people, once it is old."""

from __future__ import annotations

from datetime import datetime

from kepu.core.db import transaction
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.workflow import AT_WORK


@transaction
def forget_cells(*, before: datetime, at: datetime, size: int = 20) -> int:
    """Empty the cells of up to ``size`` imports that were started before an instant; returns how many. What became of
    each line stays. Run until it says 0."""
    old = SheetImport.objects.filter(started_at__lt=before, forgotten_at__isnull=True).exclude(state__in=sorted(AT_WORK))  # fmt: skip
    pks = list(old.order_by("started_at", "id").values_list("pk", flat=True)[:size])
    SheetLine.objects.filter(sheet_id__in=pks).update(cells=[], content={}, findings=[])
    return SheetImport.objects.filter(pk__in=pks).update(heading={}, notes=[], common={}, forgotten_at=at)
