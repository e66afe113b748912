"""A column that is made of another, whichever way the row is written."""

from __future__ import annotations

from typing import Any

from django.db import models

from kepu.orgs.naming import LONGEST_KEY, name_key


class NameKeyField(models.CharField):
    """The key of a name (:func:`~kepu.orgs.naming.name_key`), written whenever the row is saved or created in bulk.

    ``update`` and ``bulk_update`` write what they are given.
    """

    def __init__(self, *args: Any, of: str = "name", **kwargs: Any) -> None:
        self.of = of
        kwargs.update(max_length=LONGEST_KEY, blank=True, default="", editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for taken in ("max_length", "blank", "default", "editable"):
            kwargs.pop(taken, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        key = name_key(getattr(instance, self.of))
        setattr(instance, self.attname, key)
        return key
