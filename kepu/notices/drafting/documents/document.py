"""What reading a file gives: its text, and what is worth knowing about how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kepu.core.refusals import Refused

Format = Literal["docx", "pdf", "html", "txt"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its origin. ``embedded`` is the notice file that an unchanged document of ours carries, else ""."""

    name: str
    format: Format
    text: str
    pages: int = 1
    remarks: tuple[str, ...] = ()
    embedded: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What one format gives: its lines as they stand, before sentences are joined."""

    lines: list[str]
    pages: int = 1
    remarks: tuple[str, ...] = ()


class DocumentRefused(Refused):
    """A file that cannot be read as a notice: the sentence says why, and what to do instead."""
