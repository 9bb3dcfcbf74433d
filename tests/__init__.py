import pytest

# What these find wrong is told as in a test.
pytest.register_assert_rewrite("tests.browser")
