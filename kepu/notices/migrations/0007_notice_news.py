from django.db import migrations, models
from django.db.models import Max

ACTS = (
    "notice.issued", "notice.taken_over", "notice.withdrawn", "notice.replaced", "notice.amended",
)  # fmt: skip


def fill(apps, schema_editor):
    """When each notice was last changed, by its trace; by its own days where it has none."""
    alias = schema_editor.connection.alias
    notice, entry = apps.get_model("notices", "Notice"), apps.get_model("core", "AuditEntry")
    last = dict(
        entry.objects.using(alias).filter(thing="notice", event__in=ACTS).order_by("thing_id")
        .values_list("thing_id").annotate(last=Max("at"))
    )  # fmt: skip
    for row in notice.objects.using(alias).select_related("season").order_by("pk").iterator():
        at = last.get(row.pk) or row.withdrawn_at or row.in_force_at
        if at is not None:
            notice.objects.using(alias).filter(pk=row.pk).update(changed_at=at)


class Migration(migrations.Migration):
    """Notices are read again when they change."""

    dependencies = [("core", "0005_files"), ("notices", "0006_close_sources")]

    operations = [
        migrations.AddField("notice", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "notice", models.Index(fields=["season", "-changed_at", "-id"], name="notice_news")
        ),
    ]
