"""Moves the bytes of every certificate into CertificateFile, and back. One at a time: they may be many."""

from django.db import migrations


def move(apps, schema_editor):
    certificates = apps.get_model("certificates", "Certificate")
    files = apps.get_model("certificates", "CertificateFile")
    for pk in list(certificates.objects.filter(file=None).order_by("pk").values_list("pk", flat=True)):
        row = certificates.objects.get(pk=pk)
        files.objects.create(certificate=row, pdf=row.pdf, sha256=row.sha256, drawn_at=row.issued_at)


def move_back(apps, schema_editor):
    certificates = apps.get_model("certificates", "Certificate")
    files = apps.get_model("certificates", "CertificateFile")
    for pk in list(files.objects.order_by("pk").values_list("pk", flat=True)):
        file = files.objects.get(pk=pk)
        certificates.objects.filter(pk=file.certificate_id).update(pdf=bytes(file.pdf), sha256=file.sha256)


class Migration(migrations.Migration):

    dependencies = [
        ("certificates", "0004_certificate_files"),
    ]

    operations = [migrations.RunPython(move, move_back)]
