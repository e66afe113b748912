"""An import by its number, in the scope of whoever asks; nothing else is found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.rules import visible_to
from kepu.web.request import Request


def the_import(request: Request, pk: int) -> SheetImport:
    found: SheetImport = get_object_or_404(visible_to(request.actor), pk=pk)
    return found


def the_line(sheet: SheetImport, pk: int) -> SheetLine:
    found: SheetLine = get_object_or_404(sheet.lines.all(), pk=pk)
    return found
