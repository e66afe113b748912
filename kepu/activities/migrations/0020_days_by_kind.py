from collections import Counter

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from kepu.activities.listing import ON, counts_of

OF_LISTS, OF_DAYS = 0, -1
LIST, DAY = "list:", "day:"


def by_kind(apps, schema_editor):
    """What is on on a day gets scopes of its own, and is counted by kind too, for what was published before."""
    alias = schema_editor.connection.alias
    totals, entries = (apps.get_model("core", name).objects.using(alias) for name in ("TallyTotal", "TallyEntry"))
    move(totals, entries, (LIST, OF_LISTS), (DAY, OF_DAYS))
    counts = Counter()
    published = apps.get_model("activities", "Publication").objects.using(alias).order_by("pk")
    for season_id, listed in published.values_list("season_id", "listed").iterator(chunk_size=2000):
        for spot, measure, facet, n in counts_of(season_id, listed):
            if facet and measure.startswith(ON):
                counts[spot, measure, facet] += n
    rows = (
        entries.model(season_id=spot.season_id, unit_id=OF_DAYS, place=spot.place, measure=measure, facet=facet, n=n)
        for (spot, measure, facet), n in counts.items()
        if n
    )
    entries.bulk_create(rows, batch_size=500)


def together(apps, schema_editor):
    alias = schema_editor.connection.alias
    totals, entries = (apps.get_model("core", name).objects.using(alias) for name in ("TallyTotal", "TallyEntry"))
    totals.filter(scope__startswith=DAY).exclude(facet="").delete()
    entries.filter(unit_id=OF_DAYS).exclude(facet="").delete()
    move(totals, entries, (DAY, OF_DAYS), (LIST, OF_LISTS))


def move(totals, entries, here, there):
    name, unit = here
    on = totals.filter(scope__startswith=name, measure__startswith=ON)
    on.update(scope=Concat(Value(there[0]), Substr("scope", len(name) + 1)))
    entries.filter(unit_id=unit, measure__startswith=ON).update(unit_id=there[1])


class Migration(migrations.Migration):
    """A list of a day says how many it has of each kind, however many there are."""

    dependencies = [("activities", "0019_search_by_season"), ("core", "0008_codes_by_bytes")]

    operations = [migrations.RunPython(by_kind, together)]
