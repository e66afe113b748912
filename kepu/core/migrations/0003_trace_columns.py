from django.db import migrations, models

from kepu.core.fields import PathField
from kepu.core.migrating import EngineSQL

TABLE = "core_auditentry"


class Migration(migrations.Migration):
    """Whose the thing was and where it lay, on every row from now on; rows that are there stay as they were hashed.

    The triggers stand aside meanwhile: SQLite rebuilds the table.
    """

    dependencies = [("core", "0002_append_only")]

    operations = [
        EngineSQL(lambda engine: engine.not_append_only(TABLE), lambda engine: engine.append_only(TABLE)),
        migrations.AddField("auditentry", "version", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("auditentry", "day", models.DateField(null=True)),
        migrations.AddField("auditentry", "owner_id", models.BigIntegerField(null=True)),
        migrations.AddField("auditentry", "place_path", PathField(default="")),
        migrations.AddField("auditentry", "line_path", PathField(default="")),
        migrations.AddIndex("auditentry", models.Index(fields=["owner_id", "id"], name="audit_of_owner")),
        migrations.AddIndex(
            "auditentry", models.Index(fields=["day", "place_path", "id"], name="audit_of_day")
        ),
        migrations.AddIndex("auditentry", models.Index(fields=["event", "id"], name="audit_of_event")),
        EngineSQL(lambda engine: engine.append_only(TABLE), lambda engine: engine.not_append_only(TABLE)),
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("whole", models.BooleanField()),
                ("rows", models.PositiveBigIntegerField()),
                ("heads", models.JSONField(default=dict)),
                ("breaks", models.JSONField(default=list)),
                ("found", models.PositiveBigIntegerField(default=0)),
            ],
        ),
    ]
