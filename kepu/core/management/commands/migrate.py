"""Django's ``migrate``, which draws anew of its picture of the models only what a step has changed."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from kepu.core.migration_states import step_by_step


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with step_by_step():
            super().handle(*args, **options)
