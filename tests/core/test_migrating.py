import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from kepu.core.migrating import EngineSQL


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
