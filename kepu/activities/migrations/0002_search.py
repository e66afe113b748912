from django.db import migrations

from kepu.core.migrating import EngineSQL

TABLE = "activities_search"


class Migration(migrations.Migration):
    """The search table of published activities: one row each, by the activity's id."""

    dependencies = [("activities", "0001_initial")]

    operations = [
        EngineSQL(lambda engine: engine.create_search(TABLE), lambda engine: engine.drop_search(TABLE)),
    ]
