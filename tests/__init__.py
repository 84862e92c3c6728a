"""Tests, and what they share in ``support``: what fails there says what it saw, as in a test."""

import pytest

pytest.register_assert_rewrite("tests.support")
