"""What crosses from the real space into a training space: places, lines, words, units, seasons, notices. No person.

Every column stands here by name. A column that is added to one of these tables stays behind until somebody has judged
that it is nobody's personal data and has written it down; ``tests/rehearsal/training`` asks for that judgement.
"""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connection, models

from kepu.core.db import transaction
from kepu.notices.models import Clause, Notice, Season
from kepu.orgs.models import Coordination, Designation, Line, Membership, Place, Term, Unit

REAL = "real"  # the alias under which the real database is read while a training space is made
AT_ONCE = 500

# in the order in which rows lean on one another
CROSSING: dict[type[models.Model], tuple[str, ...]] = {
    Place: ("code", "name", "kind", "level", "parent", "path", "valid_from", "valid_to"),
    Line: ("code", "name", "parent", "path"),
    Term: ("vocabulary", "code", "name", "name_en", "position"),
    Unit: ("code", "name", "kind", "place", "place_path", "place_kind", "level", "line", "line_path", "traits", "made_up", "closed_on",
        "name_key", "within", "merged_into"),
    Designation: ("unit", "place", "code", "since", "until"),
    Membership: ("unit", "body", "since", "until"),
    Coordination: ("unit", "place", "line"),
    Season: ("code", "campaign", "year", "name", "name_en", "first_day", "last_day", "edition", "is_open", "closed_at", "contacts_kept_days"),
    Notice: (
        "season", "code", "title", "number", "issuer", "issuer_unit", "place", "line", "status", "issued_on", "in_force_at", "withdrawn_at",
        "parents", "replaces", "header", "changed_at",
    ),
    Clause: (
        "notice", "position", "code", "number", "kind", "key", "summary", "summary_en", "wording", "params", "audience", "scope", "caller",
        "strictness", "status", "waits_for", "mode", "relates",
    ),
}  # fmt: skip
# what those tables have besides, and why it stays: the code of a one-person business leads to that person
STAYING: dict[type[models.Model], tuple[str, ...]] = {Unit: ("credit_code",)}


@transaction
def copy_from_real() -> dict[str, int]:
    """Copy what crosses into the empty database at hand; returns how many rows of each table."""
    done = {model._meta.db_table: _copy(model, names) for model, names in CROSSING.items()}
    for statement in connection.ops.sequence_reset_sql(no_style(), list(CROSSING)):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    return done


def _copy(model: type[models.Model], names: tuple[str, ...]) -> int:
    columns = ["pk", *(str(column.attname) for column in model._meta.concrete_fields if column.name in names)]
    source = model._default_manager.using(REAL).order_by("path" if "path" in names else "pk")
    batch: list[models.Model] = []
    n = 0
    for values in source.values_list(*columns).iterator(chunk_size=AT_ONCE):
        batch.append(model(**dict(zip(columns, values, strict=True))))
        n += 1
        if len(batch) == AT_ONCE:
            model._default_manager.bulk_create(batch)
            batch = []
    model._default_manager.bulk_create(batch)
    return n
