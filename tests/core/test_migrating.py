from contextlib import nullcontext

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from kepu.core.migrating import EngineSQL
from tests.migration_states import as_django_does


@pytest.mark.django_db(transaction=True)
def test_statements_of_the_engine_run_forwards_and_backwards():
    operation = EngineSQL(
        lambda engine: engine.create_search("core_made"), lambda engine: engine.drop_search("core_made")
    )
    state = ProjectState()
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, state, state)
    assert "core_made" in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, state, state)
    assert "core_made" not in connection.introspection.table_names()


def steps(seen):
    """A school and its classes; then what does not concern a neighbour, and what does."""

    def key():
        return models.BigAutoField(primary_key=True)

    def look(apps, _editor):
        a_class, school = apps.get_model("core", "SchoolClass"), apps.get_model("core", "School")
        seen.append(
            (a_class._meta.get_field("school").related_model is school, [f.name for f in school._meta.fields])
        )

    def school():
        return models.ForeignKey("core.School", models.CASCADE)

    return [
        migrations.CreateModel("School", [("id", key()), ("name", models.CharField(max_length=9))]),
        migrations.CreateModel("SchoolClass", [("id", key()), ("school", school())]),
        migrations.AddField("School", "town", models.CharField(max_length=9, default="石龙")),
        migrations.AddIndex("School", models.Index(fields=["town"], name="school_town")),
        migrations.AddField("SchoolClass", "year", models.IntegerField(default=1)),
        migrations.AddConstraint("SchoolClass", models.UniqueConstraint(fields=["school", "year"], name="class_once")),
        migrations.AlterField("School", "name", models.CharField(max_length=30)),
        migrations.RunPython(look),
        migrations.CreateModel("Pupil", [("id", key()), ("of", models.ForeignKey("core.SchoolClass", models.CASCADE))]),
        migrations.AddField("Pupil", "school", school()),
        migrations.RemoveIndex("School", "school_town"),
        migrations.RemoveField("School", "town"),
        migrations.RenameField("SchoolClass", "year", "grade"),
        migrations.RunPython(look),
    ]  # fmt: skip


def columns_after(steps):
    """What the tables of the steps are like; nothing of them stays."""
    state = ProjectState()
    with connection.schema_editor() as editor:
        _ = state.apps  # drawn from the beginning, as while migrating
        for step in steps:
            before = state.clone()
            step.state_forwards("core", state)
            step.database_forwards("core", editor, before, state)
    try:
        with connection.cursor() as cursor:
            return {
                table: (
                    connection.introspection.get_table_description(cursor, table),
                    connection.introspection.get_constraints(cursor, table),
                )
                for table in ("core_school", "core_schoolclass", "core_pupil")
            }
    finally:
        with connection.schema_editor() as editor:
            for name in ("Pupil", "SchoolClass", "School"):
                editor.delete_model(state.apps.get_model("core", name))


@pytest.mark.django_db(transaction=True)
def test_drawing_only_what_changed_makes_the_same_tables():
    """And what runs in between sees all models whole."""
    made, seen = [], []
    for way in (as_django_does, nullcontext):
        with way():
            made.append(columns_after(steps(seen)))

    assert made[0] == made[1]
    assert seen[:2] == seen[2:] == [(True, ["id", "name", "town"]), (True, ["id", "name"])]
