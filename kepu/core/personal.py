"""The inventory of personal data: what each column holds of whom, why, who sees it and until when it is kept.

A module declares its columns in its ``personal.py``. A guard walks all models and fails for a column of text or JSON that
is declared neither personal nor free of it; the page for the public, ``docs/personal-data.md`` and the erasure of a season
are drawn from the same declarations, so that none of them can say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.core.contacts import without
from kepu.core.secrets import ClosedField


class Ground(StrEnum):
    """On what ground it is processed (个人信息保护法 art. 13)."""

    DUTY = "duty"
    CONSENT = "consent"
    PUBLISHED = "published"

    @property
    def label(self) -> Any:
        return _GROUNDS[self]


class Kept(StrEnum):
    """Until when it is kept."""

    ACCOUNT = "account"
    SEASON = "season"
    SESSION = "session"
    DELIVERED = "delivered"
    PUBLISHED = "published"
    RECORD = "record"

    @property
    def label(self) -> Any:
        return _KEPT[self]


_GROUNDS = {
    Ground.DUTY: _("履行通知规定的职责所必需（第十三条第一款第三项）"),
    Ground.CONSENT: _("本人同意（第十三条第一款第一项）"),
    Ground.PUBLISHED: _("已经依法公开（第十三条第一款第六项）"),
}
_KEPT = {
    Kept.ACCOUNT: _("注销账号时删除"),
    Kept.SEASON: _("届次结束、保存期满后删除"),
    Kept.SESSION: _("退出登录或半天后失效"),
    Kept.DELIVERED: _("办完三十天后删除，没办成的到届次删除时删除"),
    Kept.PUBLISHED: _("随公开的文件保存"),
    Kept.RECORD: _("作为办理记录保存，注销账号后只剩化名"),
}

Erase = Callable[[models.Model, Any], Any]


def emptied(_row: models.Model, value: Any) -> Any:
    """What is left of a column that is emptied."""
    return type(value)() if isinstance(value, str | list | dict) else None


def scrubbed(_row: models.Model, value: Any) -> Any:
    """What is left of a text in which nothing may lead to a person any more."""
    return without(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One personal column. ``erase`` and one of ``season`` (a path to it) and ``dated`` are there for what goes with a season."""

    model: str
    name: str
    what: Any  # in words, as the public reads it
    whose: Any
    purpose: Any
    seen_by: Any
    ground: Ground
    kept: Kept
    season: str = ""
    dated: str = ""
    erase: Erase | None = None
    handed_out: bool = True  # in a person's copy of their own data; what lets somebody in never is

    @property
    def field(self) -> models.Field[Any, Any]:
        found = apps.get_model(self.model)._meta.get_field(self.name)
        assert isinstance(found, models.Field)
        return found

    @property
    def closed(self) -> bool:
        """Whether it lies encrypted in the database."""
        return isinstance(self.field, ClosedField)

    def __str__(self) -> str:
        return f"{self.model}.{self.name}"


_columns: dict[str, Column] = {}
_free: set[str] = set()


def declare(model: str, *names: str, **about: Any) -> None:
    """Declare personal columns of a model that share everything but their name. See :class:`Column`."""
    for name in names:
        column = Column(model=model, name=name, **about)
        if str(column) in _columns or str(column) in _free:
            raise ValueError(f"{column} is declared twice.")
        if (column.kept is Kept.SEASON) != bool(column.erase and (column.season or column.dated)):
            raise ValueError(
                f"{column}: what goes with a season says how (erase) and with which (season, dated)."
            )
        _columns[str(column)] = column


def free(model: str, *names: str) -> None:
    """Declare columns of a model that hold nothing of a person: codes, titles, rules, digests."""
    for name in names:
        column = f"{model}.{name}"
        if column in _columns or column in _free:
            raise ValueError(f"{column} is declared twice.")
        _free.add(column)


def inventory() -> list[Column]:
    """Every personal column, app by app, and of each in the order of declaration: whichever was imported first."""
    _load()
    apps_in_turn = {config.label: n for n, config in enumerate(apps.get_app_configs())}
    return sorted(_columns.values(), key=lambda column: apps_in_turn[column.model.partition(".")[0]])


def undeclared() -> Iterator[str]:
    """Columns of text or JSON that nobody has spoken for; those with fixed choices hold only codes and need no word."""
    _load()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            column = f"{model._meta.label_lower}.{field.name}"
            holds_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if holds_text and not field.choices and column not in _columns and column not in _free:
                yield column


def stale() -> Iterator[str]:
    """Declarations of columns that are not there any more."""
    _load()
    there = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }
    yield from sorted((set(_columns) | _free) - there)


def _load() -> None:
    """Hear what every installed module of ours has to declare."""
    for config in apps.get_app_configs():
        name = f"{config.name}.personal"
        if config.name.startswith("kepu.") and config.name != "kepu.core" and find_spec(name):
            import_module(name)
