from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_files'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='outboxrow',
            index=models.Index(fields=['kind', 'state', 'due_at', 'id'], name='outbox_of_a_kind'),
        ),
    ]
