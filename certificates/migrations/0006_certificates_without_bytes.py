from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0005_move_certificate_files'),
    ]

    operations = [
        migrations.RemoveField('certificate', 'pdf'),
        migrations.RemoveField('certificate', 'sha256'),
    ]
