from django.db import migrations, transaction

from kepu.core import contacts, keys
from kepu.core.migrating import CloseColumns

TABLE, AT_ONCE = "activities_activity", 500


def digest_numbers(apps, schema_editor):
    """The digest by which a contact is found, for every number that is there."""
    connection, after = schema_editor.connection, 0
    read = f"SELECT id, contact_phone FROM {TABLE} WHERE id > %s AND contact_phone <> '' ORDER BY id LIMIT {AT_ONCE}"
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(read, [after])
            rows = cursor.fetchall()
            for pk, stored in rows:
                phone = keys.decrypted(stored, column=f"{TABLE}.contact_phone")
                found_by = keys.digest(contacts.first_number(phone), column="accounts_person.phone")
                cursor.execute(f"UPDATE {TABLE} SET contact_digest = %s WHERE id = %s", [found_by, pk])
        if not rows:
            return
        after = rows[-1][0]


class Migration(migrations.Migration):
    """Contacts, answers and proposals, closed where they lie; backwards, opened again."""

    atomic = False
    dependencies = [("activities", "0005_closed")]
    operations = [
        CloseColumns(TABLE, "contact_name", "contact_phone", "answers", "proposed"),
        migrations.RunPython(digest_numbers, migrations.RunPython.noop),
    ]
