"""Files just made, kept a while by the process that made them: a class in which everybody opens the same one has it made
once."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches

LARGEST = 4_000_000  # bytes of one that is kept; the cache holds a dozen
SECONDS = 600


@dataclass(frozen=True, slots=True)
class File:
    """A compilation as it goes out."""

    name: str
    content: bytes


def kept(tag: str) -> File | None:
    """The file of this version, in this language, where it was just made."""
    found: File | None = caches["compilations"].get(tag)
    return found


def keep(tag: str, file: File) -> None:
    if len(file.content) <= LARGEST:
        caches["compilations"].set(tag, file, timeout=SECONDS)
