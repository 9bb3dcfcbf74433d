from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0011_marking_indexes")]

    operations = [
        migrations.AddField("attempt", "answers_erased_at", models.DateTimeField(editable=False, null=True)),
    ]
