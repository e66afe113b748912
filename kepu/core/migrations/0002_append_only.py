from django.db import migrations

from kepu.core.migrating import EngineSQL

TABLE = "core_auditentry"


class Migration(migrations.Migration):
    """The database itself refuses to change or delete an audit row.

    On SQLite a later migration that alters this table rebuilds it and loses the triggers: such a migration must run
    this operation again (``tests/core/test_audit.py`` fails until it does).
    """

    dependencies = [("core", "0001_initial")]

    operations = [
        EngineSQL(lambda engine: engine.append_only(TABLE), lambda engine: engine.not_append_only(TABLE)),
    ]
