from datetime import datetime

import django.utils.timezone
from django.db import migrations, models, transaction
from django.db.models import Q

from kepu.activities import listing
from kepu.activities.frozen import Day, Site, Where, next_beginning, searchable
from kepu.core import engines
from kepu.core.migrating import EngineSQL
from kepu.core.search import key, tokens

TABLE = "activities_search"
LEVELS = ("province", "city", "county", "town")
AT_ONCE = 200


def file_all(apps, schema_editor):
    """What was published before there were lists of this kind is filed in them, and counted."""
    Publication = apps.get_model("activities", "Publication")
    after = 0
    while True:
        with transaction.atomic(using=schema_editor.connection.alias):
            rows = list(Publication.objects.filter(pk__gt=after).select_related("activity").order_by("pk")[:AT_ONCE])
            for row in rows:
                file_one(apps, schema_editor.connection, row)
        if not rows:
            return
        after = rows[-1].pk


def file_one(apps, connection, row):
    Publication, PublicationDay, Place = (
        apps.get_model(*name)
        for name in (("activities", "Publication"), ("activities", "PublicationDay"), ("orgs", "Place"))
    )
    content, on = row.content, list(PublicationDay.objects.filter(publication_id=row.pk))
    own = Where(row.place_path, {level: getattr(row, level) for level in LEVELS if getattr(row, level)}, "")
    others, days = {}, []
    for day in on:
        codes = {level: getattr(day, level) for level in LEVELS[:3] if getattr(day, level)}
        where = own
        if any(own.codes.get(level) != code for level, code in codes.items()):
            place = Place.objects.filter(code=list(codes.values())[-1]).first()
            if place is not None:
                where = others.setdefault(place.pk, Where(place.path, codes, ""))
        days.append(Day(day.day, where, day.starts_at, day.ends_at or row.ends_at))
    site = Site(own, others)
    sessions = [one for one in content.get("sessions") or [] if one.get("status") != "cancelled" and one.get("starts_at")]
    begins = [datetime.fromisoformat(one["starts_at"]) for one in sessions]
    next_at, turns_at = next_beginning(begins, row.updated_at) or (row.starts_at, None)
    columns = {
        "next_at": next_at, "turns_at": turns_at, "latitude": content.get("latitude"), "longitude": content.get("longitude"),
        "main_venue": bool(content.get("main_venue")),
    }
    seen = {**columns, "labels": row.labels, "mode": row.mode, "key_activity": row.key_activity}
    listed = listing.listed_of(seen, site=site, days=days)
    Publication.objects.filter(pk=row.pk).update(**columns, listed=listed)
    labels = listing.labels_of(seen, unit_id=row.activity.unit_id, site=site, days=days)
    labels = [as_it_was(label, row.season_id) for label in labels]
    with connection.cursor() as cursor:
        engines.of(connection).put_search(
            cursor, TABLE, row=key(next_at, row.pk), news=key(row.published_at, row.pk),
            words=tokens(*searchable(content)), labels=labels,
        )
    apps.get_model("core", "TallyEntry").objects.bulk_create(
        apps.get_model("core", "TallyEntry")(
            season_id=spot.season_id, unit_id=0, place=spot.place, measure=measure, facet=facet, n=n
        )
        for spot, measure, facet, n in listing.counts_of(row.season_id, listed)
        if not (facet and measure.startswith(listing.ON))  # days were not counted by kind
    )


def as_it_was(label, season_id):
    """A place was labelled together with its season."""
    if label == listing.EVERYWHERE:
        return f"in:{season_id}"
    return label.replace("in:", f"in:{season_id}.", 1) if label.startswith("in:") else label


class Migration(migrations.Migration):
    """Published activities lie in the lists of the public in the order in which they begin next, found by words and labels."""

    dependencies = [("activities", "0012_published_sessions"), ("core", "0005_files"), ("orgs", "0004_coming_in")]

    operations = [
        *(
            migrations.RemoveIndex("publication", name)
            for name in (
                "publication_upcoming", "publication_in_province", "publication_in_city", "publication_in_county",
                "publication_in_town", "publication_by_mode", "publication_key",
            )
        ),
        migrations.AddField("publication", "latitude", models.FloatField(null=True)),
        migrations.AddField("publication", "longitude", models.FloatField(null=True)),
        migrations.AddField("publication", "listed", models.JSONField(default=dict)),
        migrations.AddField("publication", "main_venue", models.BooleanField(default=False)),
        migrations.AddField(
            "publication", "next_at", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False
        ),
        migrations.AddField("publication", "turns_at", models.DateTimeField(null=True)),
        EngineSQL(lambda engine: engine.drop_search(TABLE), lambda engine: engine.create_search(TABLE)),
        EngineSQL(lambda engine: engine.create_search(TABLE), lambda engine: engine.drop_search(TABLE)),
        migrations.AddIndex(
            "publication", models.Index(fields=["season", "next_at", "activity"], name="publication_upcoming")
        ),
        *(
            migrations.AddIndex(
                "publication",
                models.Index(fields=["season", level, "next_at", "activity"], name=f"publication_in_{level}"),
            )
            for level in LEVELS[:3]
        ),
        migrations.AddIndex(
            "publication",
            models.Index(
                fields=["season", "town", "next_at", "activity"], name="publication_in_town", condition=~Q(town="")
            ),
        ),
        migrations.AddIndex(
            "publication",
            models.Index(fields=["turns_at"], name="publication_turns", condition=Q(turns_at__isnull=False)),
        ),
        migrations.RunPython(file_all, migrations.RunPython.noop),
    ]
