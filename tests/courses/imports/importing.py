"""Importing a table as the desk does, step by step."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from courses.choices import ImportState
from courses.imports import confirming, handing_in
from courses.imports.models import ImportJob


def sample(name):
    """The bytes of a sample file; the test is skipped where the samples are not."""
    path = next(
        (
            folder / "shared" / "samples" / "csv" / name
            for folder in Path(settings.BASE_DIR).parents
            if (folder / "shared" / "samples" / "csv" / name).exists()
        ),
        None,
    )
    if path is None:
        pytest.skip("the samples are not here")
    return path.read_bytes()


def check(text, actor, *, kind="people", columns=None, agency=None, at=None, name="list.csv"):
    """The job of a table, checked."""
    at = at or timezone.now()
    data = text if isinstance(text, bytes) else text.encode()
    job = handing_in.upload(kind, io.BytesIO(data), name, actor=actor, at=at)
    handing_in.choose_columns(job, columns or job.columns, agency, actor=actor, at=at)
    job = ImportJob.objects.get(pk=job.pk)
    assert job.state == ImportState.CHECKED, (job.state, job.problem)
    return job


def run(job, actor, *, at=None):
    confirming.confirm(job, actor=actor, at=at or timezone.now())
    return ImportJob.objects.get(pk=job.pk)


def outcomes(job):
    """[(row, outcome, codes of its notes), ...]"""
    return [(row.n, row.outcome, [code for code, _facts in row.notes]) for row in job.rows.order_by("n")]


def results(job):
    return [row.result for row in job.rows.order_by("n")]
