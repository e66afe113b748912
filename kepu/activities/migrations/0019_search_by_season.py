from django.db import migrations

from kepu.core import engines
from kepu.core.search import key_at

TABLE = "activities_search"
KEPT = f"{TABLE}_before"
PK = key_at(1, 0) - 1  # the bits of a key that are an id


def part(schema_editor, tokens_of):
    """File all rows again under other tokens; nothing else of them changes."""
    engine, of_sqlite = engines.of(schema_editor.connection), schema_editor.connection.vendor == "sqlite"
    news = "0 AS news" if of_sqlite else "news"
    run(schema_editor, f"CREATE TABLE {KEPT} AS SELECT rowid AS row, {news}, tokens FROM {TABLE}")
    run(schema_editor, *engine.drop_search(TABLE), *engine.create_search(TABLE))
    filed = f"FROM {KEPT} s JOIN activities_publication p ON p.activity_id = (s.row & {PK}) ORDER BY"
    if of_sqlite:
        tokens = tokens_of("s.tokens", " ", " ")
        since_2000 = "(CAST(strftime('%s', p.published_at) AS integer) - 946684800) / 60"
        by_news = f"({since_2000}) * {PK + 1} + p.activity_id"  # the table of news keeps no rows to be copied
        run(
            schema_editor,
            f"INSERT INTO {TABLE}(rowid, tokens) SELECT s.row, {tokens} {filed} s.row",
            f"INSERT INTO {TABLE}_news(rowid, tokens) SELECT {by_news}, {tokens} {filed} 1",
        )
    else:
        tokens = tokens_of("s.tokens::text", " '", "' ")
        run(
            schema_editor,
            f"INSERT INTO {TABLE}(rowid, news, tokens) SELECT s.row, s.news, ({tokens})::tsvector {filed} s.row",
        )
    run(schema_editor, f"DROP TABLE {KEPT}")


def run(schema_editor, *statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


def by_season(apps, schema_editor):
    def tokens_of(column, before, after):
        mark = f"{literal(before)} || p.season_id || '.'"
        told = f"REPLACE(' ' || {column}, {literal(before)}, {mark}) || ' '"
        told = f"REPLACE({told}, {mark} || 'in:' || p.season_id || {literal(after)}, {mark} || 'in:all' || {literal(after)})"
        return f"TRIM(REPLACE({told}, {mark} || 'in:' || p.season_id || '.', {mark} || 'in:'))"

    part(schema_editor, tokens_of)


def together(apps, schema_editor):
    def tokens_of(column, before, after):
        mark = f"{literal(before)} || p.season_id || '.'"
        told = f"REPLACE(' ' || {column} || ' ', {mark}, {literal(before)})"
        told = f"REPLACE({told}, {literal(before + 'in:')}, {literal(before + 'in:')} || p.season_id || '.')"
        within = f"{literal(before + 'in:')} || p.season_id"
        return f"TRIM(REPLACE({told}, {within} || {literal('.all' + after)}, {within} || {literal(after)}))"

    part(schema_editor, tokens_of)


def literal(text):
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


class Migration(migrations.Migration):
    """Each season is a part of the search table by itself: it is found as quickly as if there were no other."""

    dependencies = [("activities", "0018_shown_results")]

    operations = [migrations.RunPython(by_season, together)]
