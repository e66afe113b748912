"""Fields whose content is closed in the database: a phone number, an identity, a table of contacts. See :mod:`kepu.core.keys`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact

from kepu.core.contacts import first_number
from kepu.core.keys import decrypted, digest, encrypted


class ClosedField(models.TextField):
    """A column of ciphertext. It can be compared with "" only.

    ``found_by`` names the column beside it that holds the digest by which an equal phone number is found; keys are
    changed in both. ``digest_of`` is what that digest is bound to, where it is not this column.
    """

    def __init__(self, *args: Any, found_by: str = "", digest_of: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_by, self.digest_of = found_by, digest_of

    @property
    def column_name(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def digest(self, text: str) -> str:
        """The digest by which a phone number of this column is found, under the key that closes today."""
        return digest(first_number(text), column=self.digest_of or self.column_name)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return _OnlyEmpty
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be searched by {lookup_name}.")
        return super().get_lookup(lookup_name)


class EncryptedTextField(ClosedField):
    """Text that is readable in Python and closed in the database."""

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return value if value is None else decrypted(value, column=self.column_name)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return encrypted(prepared, column=self.column_name) if isinstance(prepared, str) else prepared


class EncryptedJSONField(ClosedField):
    """Plain data that is readable in Python and closed in the database. None is NULL; nothing can be asked inside it."""

    _pyi_private_set_type: Any  # for those who check types: any plain data goes in and comes out
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        return None if value is None else json.loads(decrypted(value, column=self.column_name))

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        text = json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
        return encrypted(text, column=self.column_name)

    def value_to_string(self, obj: Any) -> Any:
        return self.value_from_object(obj)


class _OnlyEmpty(Exact):
    """A fresh nonce makes equal texts different rows: to find one, keep a digest beside it."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError(
                "An encrypted field can be compared with the empty text only; look for its digest."
            )
        return self.rhs


def closed_fields() -> Iterator[ClosedField]:
    """Every closed column of the installation, in the order of tables and columns."""
    for model in sorted(apps.get_models(), key=lambda m: m._meta.db_table):
        for field in model._meta.concrete_fields:
            if isinstance(field, ClosedField):
                yield field
