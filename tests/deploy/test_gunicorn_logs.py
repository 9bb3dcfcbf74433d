"""gunicorn as it is delivered writes down no request, nor the address of one that fails."""

import io
import runpy
from pathlib import Path

import pytest
from gunicorn.config import Config

NAME = "Quetzalina"
DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def settings_of_gunicorn():
    return runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))


@pytest.fixture
def logger(settings_of_gunicorn):
    """gunicorn's, made from its settings; `.written()` is what it wrote."""
    config = Config()
    config.set("logger_class", settings_of_gunicorn["logger_class"])
    logger = config.logger_class(config)
    (handler,) = [one for one in logger.error_log.handlers if getattr(one, "_gunicorn", False)]
    handler.setStream(io.StringIO())
    logger.written = handler.stream.getvalue
    yield logger
    logger.error_log.removeHandler(handler)


def test_nobodys_request_is_written_down(settings_of_gunicorn):
    assert settings_of_gunicorn["accesslog"] is None
    units = [path.read_text() for path in (DEPLOY / "systemd").glob("*.service")]
    units += [path.read_text() for path in (DEPLOY.parent / "compose.yaml", DEPLOY.parent / "Dockerfile")]
    assert sum("gunicorn" in unit for unit in units) == 2
    assert not any(word in unit for unit in units for word in ("access-log", "capture-output", "log-config"))


def test_the_address_of_a_request_that_fails_is_told_without_what_is_asked(logger):
    try:
        raise ValueError(NAME)
    except ValueError:
        logger.exception("Error handling request %s", f"/admin/people/?q={NAME}")
    logger.warning(f"Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /v/{NAME}?q={NAME} x'")

    written = logger.written()
    assert "/admin/people/?…" in written
    assert "ValueError: …" in written
    assert NAME not in written
