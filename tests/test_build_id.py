"""A page can tell whether the site that answers it is the one that sent it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dashboard.page_change import last_touched
from dashboard.web.build_id import HEADER, build_id

if TYPE_CHECKING:
    from tests.support.server import Site

ASKED = {"content.children": {"inputs": [{"id": "country", "property": "value"}], "state": []}}


@pytest.mark.parametrize(
    ("callbacks", "release"),
    [
        (ASKED, "2026.3"),
        ({"content.data": ASKED["content.children"]}, "2026.2"),
        ({"content.children": {**ASKED["content.children"], "inputs": []}}, "2026.2"),
    ],
)
def test_other_data_outputs_or_inputs_are_another_build(callbacks: dict, release: str) -> None:
    assert build_id(ASKED, "2026.2") == build_id(dict(ASKED), "2026.2")
    assert build_id(callbacks, release) != build_id(ASKED, "2026.2")


def test_what_answers_a_callback_names_the_build_that_the_page_has(web: Site) -> None:
    page = web.ask("/")
    named = re.search(r'<body class="prerendered" data-build="(\w{20})"[ >]', page.text)
    assert named
    assert web.update({"output": "of another release"}).headers[HEADER] == named[1]
    assert HEADER not in page.headers


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ([], ""),
        (["width.data"], ""),
        (["country.value"], "country"),
        (["country.value", "width.data"], "country"),
        (["country.value", "chart.value"], "view"),
        (["country.value", "location.search"], ""),
    ],
)
def test_the_control_touched_last_counts_unless_the_address_has_changed(
    changed: list[str], touched: str
) -> None:
    assert last_touched(changed) == touched
