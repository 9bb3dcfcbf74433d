"""The service writes with a mask that keeps everybody else out; the proxy must read pictures all the same."""

import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages


@pytest.fixture(autouse=True)
def _mask_of_the_service():
    before = os.umask(0o077)
    yield
    os.umask(before)


def modes(storage, name):
    path = storages[storage].path(storages[storage].save(name, ContentFile(b"x")))
    return stat.S_IMODE(os.stat(path).st_mode), stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode)


def test_pictures_are_read_by_the_proxy_and_private_files_by_nobody():
    assert modes("default", "images/who/a.png") == (0o644, 0o755)
    assert modes("private", "scans/who/a.png") == (0o600, 0o700)
