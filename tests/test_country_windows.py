"""The page of a country in windows of every width: one drawing of each chart is seen, with what its key says."""

from __future__ import annotations

import pytest

from dashboard.content import country as at_glance
from tests.support import views


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280, 1920])
def test_one_drawing_of_each_chart_is_seen_and_nothing_sticks_out(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/country/dk")
    # On a telephone the charts that come late are folded.
    page.locator("section > details").evaluate_all(
        "(all) => all.forEach((each) => { each.open = true; })"
    )
    charts = page.locator(".chart")
    drawn = charts.evaluate_all(
        "(charts) => charts.map((chart) => [...chart.querySelectorAll('svg[role=img]')].filter((svg) => svg.checkVisibility()).length)"
    )
    told = at_glance.theme_charts(views.loc(), views.store().newest, "DK")
    assert len(told) == 8
    # A chart for each thing that percentages of a theme are shares of.
    assert drawn == [1] * sum(len(each.drawn) for each in told)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate(
        "[...document.querySelectorAll('main *')].filter((each) => each.checkVisibility() && each.textContent.trim())"
        ".map((each) => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 12


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_most_that_an_n_can_be_is_explained_where_it_is_seen(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/country/dk")
    found = page.locator("section.theme").evaluate_all(
        """(all) => all.map((theme) => {
          theme.querySelector("details").open = true;
          const seen = (each) => each.checkVisibility();
          const drawn = [...theme.querySelectorAll(".chart svg")].filter(seen);
          const told = [...theme.querySelectorAll(".key > span")].filter(seen);
          return [
            drawn.some((each) => each.textContent.includes("≤")),
            told.some((each) => each.textContent.includes("n ≤")),
          ];
        })"""
    )
    assert all(drawn == told for drawn, told in found)
    # Where it is narrowest no column of n has room.
    assert any(drawn for drawn, _ in found) == (width > 320)
