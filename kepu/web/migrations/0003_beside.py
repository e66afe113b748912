import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def look_beside_older(apps, schema_editor):
    """Where activities were published before anything stood beside them, have the worker look at them, piece by piece."""
    alias = schema_editor.connection.alias
    if apps.get_model("activities", "Publication").objects.using(alias).exists():
        now = timezone.now()
        apps.get_model("core", "OutboxRow").objects.using(alias).create(
            kind="portal.beside_older", payload={"after": 0}, state="waiting", written_at=now, due_at=now
        )


class Migration(migrations.Migration):
    """What stands beside each activity on its page."""

    dependencies = [("activities", "0016_cloud"), ("core", "0005_files"), ("web", "0002_drawn")]

    operations = [
        migrations.CreateModel(
            name="Beside",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+",
                        serialize=False, to="activities.publication",
                    ),
                ),
                ("found", models.TextField()),
                ("found_at", models.DateTimeField()),
                ("look_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["look_at", "publication"], name="beside_due", condition=Q(look_at__isnull=False)
                    )
                ]
            },
        ),
        migrations.RunPython(look_beside_older, migrations.RunPython.noop),
    ]  # fmt: skip
