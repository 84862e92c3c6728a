"""The page's own colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.charts import palette
from dashboard.charts.palette import DARK, LIGHT

STYLES = (Path(__file__).parents[1] / "assets" / "barometer.css").read_text(encoding="utf-8")


def tokens(opening: str) -> dict[str, str]:
    """The colours of the block that begins with a selector."""
    block = STYLES.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


PAGES = {
    "light": (tokens(":root {"), LIGHT),
    "dark by the system": (tokens(':root:not([data-colour-scheme="light"]) {'), DARK),
    "dark by the address": (tokens(':root[data-colour-scheme="dark"] {'), DARK),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_stands_on_the_ground_of_its_charts(name):
    page, charts = PAGES[name]
    assert (page["ground"], page["ink"], page["quiet"], page["rule"]) == (
        charts.ground,
        charts.ink,
        charts.quiet,
        charts.rule,
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_text_of_the_page_is_read_on_every_ground_it_stands_on(name):
    page, _ = PAGES[name]
    for ground in ("ground", "wash"):
        for text in ("ink", "quiet", "accent", "yes", "care", "no"):
            assert palette.contrast(page[text], page[ground]) >= 4.5, (text, ground)
        assert palette.contrast(page["edge"], page[ground]) >= 3
        assert palette.contrast(page["tick"], page[ground]) >= 3
    for fill in ("accent", "accent-strong"):
        assert palette.contrast(page["on-accent"], page[fill]) >= 4.5


def test_both_ways_to_a_dark_page_are_one():
    assert PAGES["dark by the system"][0] == PAGES["dark by the address"][0]
