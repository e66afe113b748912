from django.db import migrations
from django.utils import timezone


def mark(apps, _schema_editor):
    """A database that was in use before databases had a mark is what its rows say: made up, or somebody's."""
    known = {name: apps.get_model(*name.split(".")) for name in (
        "core.SpaceMark", "core.RehearsalClock", "rehearsal.RehearsalState", "orgs.Unit", "accounts.Person"
    )}
    marks = known["core.SpaceMark"].objects
    if marks.exists():
        return
    played = known["core.RehearsalClock"].objects.exists() or known["rehearsal.RehearsalState"].objects.exists()
    if played:
        marks.create(pk=1, kind="rehearsal", marked_at=timezone.now())
    elif known["orgs.Unit"].objects.exists() or known["accounts.Person"].objects.exists():
        marks.create(pk=1, kind="real", marked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("rehearsal", "0001_initial"),
        ("core", "0004_space"),
        ("orgs", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
