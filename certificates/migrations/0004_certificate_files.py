import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The bytes get a table of their own: first it is made, then filled (0005), then the old columns go (0006)."""

    dependencies = [
        ('certificates', '0003_second_person'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateArt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('png', models.BinaryField()),
            ],
            options={
                'verbose_name': 'picture on certificates',
                'verbose_name_plural': 'pictures on certificates',
            },
        ),
        migrations.CreateModel(
            name='CertificateFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField(verbose_name='drawn')),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='file', to='certificates.certificate')),
            ],
            options={
                'verbose_name': 'file of a certificate',
                'verbose_name_plural': 'files of certificates',
            },
        ),
        # So that the way back has something to put into the columns until the bytes are moved.
        migrations.AlterField('certificate', 'pdf', models.BinaryField(default=b'')),
        migrations.AlterField('certificate', 'sha256', models.CharField(max_length=64, default='')),
    ]
