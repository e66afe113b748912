"""A field whose text is closed in the database: a phone number, an identity. See :mod:`kepu.core.keys`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from kepu.core.keys import decrypted, encrypted


class EncryptedTextField(models.TextField):
    """Text that is readable in Python and closed in the database. It can be compared with "" only."""

    @property
    def column_name(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return value if value is None else decrypted(value, column=self.column_name)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return encrypted(prepared, column=self.column_name) if isinstance(prepared, str) else prepared

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return _OnlyEmpty
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched by {lookup_name}.")
        return super().get_lookup(lookup_name)


class _OnlyEmpty(Exact):
    """A fresh nonce makes equal texts different rows: to find one, keep a digest beside it."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError(
                "An encrypted field can be compared with the empty text only; look for its digest."
            )
        return self.rhs
