"""Main venues are found by an index of their own. Copies that say they are one are marked, as publishing now does."""

from django.db import migrations, models
from django.db.models import Q

LEVELS = ("nation", "province", "city", "county", "town", "village")


def mark(apps, schema_editor):
    publications = apps.get_model("activities", "Publication").objects.using(schema_editor.connection.alias)
    for rank, level in enumerate(LEVELS):
        found = publications.filter(content__main_venue=True, content__activity_level=level)
        found.update(venue_rank=rank)


class Migration(migrations.Migration):

    dependencies = [
        ("activities", "0014_mend"),
        ("notices", "0006_close_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="venue_rank",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["season", "place_path", "venue_rank", "activity"],
                name="publication_main_venue",
                condition=Q(venue_rank__isnull=False),
            ),
        ),
    ]
