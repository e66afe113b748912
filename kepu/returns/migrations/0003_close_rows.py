from django.db import migrations

from kepu.core.migrating import CloseColumns


class Migration(migrations.Migration):
    """What returns hold of people, closed where it lies; backwards, opened again."""

    atomic = False
    dependencies = [("returns", "0002_closed")]
    operations = [
        CloseColumns("returns_return", "sections", "rows", "parts"),
        CloseColumns("returns_returnversion", "content"),
    ]
