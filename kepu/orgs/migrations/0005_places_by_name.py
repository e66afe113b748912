from django.db import migrations, models


class Migration(migrations.Migration):
    """Places are looked up by their name and by how it begins, level by level."""

    dependencies = [
        ("orgs", "0004_coming_in"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["name"], name="place_named"),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(
                fields=["level", "name"],
                name="place_named_so",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        ),
    ]
