from django.db import migrations

from kepu.core.migrating import CloseColumns


class Migration(migrations.Migration):
    """Papers that drafts were read from, closed where they lie; backwards, opened again."""

    atomic = False
    dependencies = [("notices", "0005_kept_and_closed")]
    operations = [CloseColumns("notices_noticedraft", "source_text")]
