"""The sign of figures that must not be compared stands behind the name of each row or panel that has such, and behind no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest
from pptx.slide import Slide

from dashboard import charts
from dashboard.charts import care
from dashboard.charts.drawing import Drawing, Text
from dashboard.charts.roles import CARE
from dashboard.charts.to_show import on_page
from dashboard.content.country import theme_charts
from dashboard.formats.slide_layout import cut
from dashboard.layout import table
from dashboard.layout.to_html import fragment
from dashboard.query import Measure, Section, View
from dashboard.text import Localizer, unlike, verdicts
from tests.support import views
from tests.support.slides import foot, made

SIGN = unlike.SIGN
SOME = "theme=drivers&country=DK~NO"
"""Some of its indicators have figures of all sectors beside such of municipal and regional ones, others have none beside them."""
HIDDEN = "theme=innovation"
"""Figures of some of its indicators are kept apart by what no heading of a column says: innovation is defined differently."""
IN_HEADINGS = {"base", "respondent", "scale", "unit", "sector"}
"""What the headings of the columns of a heat table and a table say."""
EVERY = "theme=drivers&view=heat"
"""No indicator of it has figures that may all be compared."""
NONE = "theme=drivers&country=DK"
CHARTS = ("heat", "table", "bars&by=indicator", "dots&by=indicator")
"""Those whose names carry the sign; of bars and dots by country rows of sectors do (``test_sector_rows``)."""
WIDTHS = (328, 640, 1240)


def names(section: Section, chart: str) -> tuple[set[str], set[str]]:
    """(indicators whose rows or panels carry the sign, those of others)."""
    lines = [*section.rows, *section.panels]
    found = [line for line in lines if isinstance(line.header, Measure)]
    said = IN_HEADINGS if chart in ("heat", "table") else set()
    barred = {views.loc().header(line.header) for line in found if set(line.obstacles) - said}
    return barred, {views.loc().header(line.header) for line in found} - barred


def written(texts: Iterable[Text]) -> str:
    """All texts of a drawing in the order of its lines, those of a column together."""
    ordered = sorted(texts, key=lambda text: (round(text.x), text.y))
    return " ".join(text.content for text in ordered).replace("\u00a0", " ")


def signs(drawing: Drawing) -> list[Text]:
    """Texts that end in the sign."""
    return [text for text in drawing.texts if text.content.endswith(unlike.SIGNED)]


def query_of(chart: str) -> str:
    """A view in which some rows or panels carry the sign."""
    return f"{HIDDEN if chart in ('heat', 'table') else SOME}&view={chart}"


def assert_signed(section: Section, text: str, chart: str) -> None:
    """Each name that should carry the sign does wherever it stands, and no other; a name may be longer than another."""
    barred, others = names(section, chart)
    assert barred
    every = sorted(barred | others, key=len, reverse=True)
    for name in every:
        text = text.replace(f"{name} {SIGN}", f"<{every.index(name)}{SIGN}>")
    for name in every:
        text = text.replace(name, f"<{every.index(name)}>")
    for at, name in enumerate(every):
        assert (f"<{at}{SIGN}>" in text) == (name in barred), name
        assert not (f"<{at}>" in text and name in barred), name


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("wide", WIDTHS)
def test_each_barred_row_of_a_chart_carries_the_sign_and_no_other(chart: str, wide: int) -> None:
    shown = views.show(query_of(chart))
    (section,) = shown.sections
    drawing = charts.drawing(shown, section, views.loc(), wide)
    assert_signed(on_page(views.loc(), shown, section), written(drawing.texts), chart)
    for text in signs(drawing):
        *_, run = text.runs
        assert (run.text, run.colour) == (unlike.SIGNED, CARE)
    assert SIGN in verdicts.apart(views.loc(), section)


@pytest.mark.parametrize("size", ["slide", "report", "square", "og"])
@pytest.mark.parametrize("chart", ["bars", "dots", "heat", "table"])
def test_a_picture_with_the_sign_says_what_it_is(chart: str, size: str) -> None:
    shown = views.show(query_of(chart))
    made_of = charts.picture(shown, shown.sections[0], views.loc(), "https://b.example/", size)
    told = written(made_of.drawing.texts)
    assert bool(signs(made_of.drawing)) == (f"{SIGN}: " in told)
    assert bool(signs(made_of.drawing)) == bool(unlike.signed(made_of.section))


@pytest.mark.parametrize("query", [EVERY, NONE])
def test_what_holds_for_all_rows_is_not_said_at_each(query: str) -> None:
    shown = views.show(query)
    drawing = charts.drawing(shown, shown.sections[0], views.loc(), 960)
    assert not signs(drawing)
    assert SIGN not in verdicts.apart(views.loc(), shown.sections[0])


def test_the_table_has_the_sign_to_be_seen_and_words_to_be_heard() -> None:
    shown = views.show(f"{HIDDEN}&view=table")
    (section,) = shown.sections
    html = fragment(table.table_frame(shown, section, views.loc()))
    barred, others = names(section, "table")
    assert barred
    assert others
    heads = re.findall("<th [^>]*scope=.row.*?</th>", html)
    for name in barred | others:
        (head,) = {re.sub(' class="again"', "", each) for each in heads if f"<span>{name}<" in each}
        assert (f">{unlike.SIGNED}</span>" in head) == (name in barred), name
        assert ("(not all figures can be compared)" in head) == (name in barred), name
    seen = re.findall(f"<span([^>]*)>{unlike.SIGNED}</span>", html)
    assert seen
    assert all('aria-hidden="true"' in each for each in seen)


@cache
def slides(query: str, language: str = "en") -> tuple[Slide, ...]:
    return tuple(made(views.show(query), Localizer(views.index().dataset, language)).slides)


def texts(slide: Slide) -> str:
    """All texts of a slide but those of its foot."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text != "\n".join(foot(slide)):
            found.append(shape.text_frame.text)
        if shape.shape_type is not None and hasattr(shape, "shapes"):
            found += [each.text_frame.text for each in shape.shapes if each.has_text_frame]
        if shape.has_table:
            found += [cell.text_frame.text for cell in shape.table.iter_cells()]
    return "\n".join(found)


@pytest.mark.parametrize("chart", ["heat", "table", "dots&by=indicator"])
def test_a_slide_with_the_sign_says_what_it_is_and_which_rows_have_it_in_words(chart: str) -> None:
    found = set()
    for slide in slides(query_of(chart) + "&country=DK~SE~NO" * (chart == "table")):
        seen = unlike.SIGNED in texts(slide)
        assert seen == (f"{SIGN}: " in foot(slide)[0])
        told = [each.get("descr") or "" for each in slide.element.iter() if each.get("descr")]
        assert seen == any("Not all figures can be compared: " in each for each in told)
        assert not any(SIGN in each for each in told)
        found.add(seen)
    assert True in found


def test_no_sign_tells_what_the_headings_of_columns_say() -> None:
    """Sectors, bases and who answered are named over the figures; one sentence says that they cannot all be compared."""
    for slide in slides(f"{SOME}&view=heat"):
        assert SIGN not in texts(slide)
    (section,) = views.show(f"{SOME}&view=heat").sections
    assert unlike.some(section)
    assert not unlike.signed(section)
    said = verdicts.apart(views.loc(), section)
    assert said == "Not all figures can be compared (different sectors)."


def test_a_slide_has_the_sign_at_its_rows_that_are_defined_differently_alone() -> None:
    told = "\n".join(map(texts, slides(f"{HIDDEN}&view=heat")))
    assert f"Product innovation{unlike.SIGNED}" in told
    assert "Communication innovation" in told
    assert f"Communication innovation{unlike.SIGNED}" not in told


def test_a_part_of_a_view_carries_the_sign_only_where_its_own_figures_are_barred() -> None:
    shown: View = views.show(f"{SOME}&view=heat")
    (section,) = shown.sections
    assert unlike.barred(section)
    alone = care.left_by(views.index().dataset, shown.thresholds, cut(section, [0]))
    assert not unlike.barred(alone)


def test_the_sentence_is_in_every_language() -> None:
    said = set()
    for language in ("en", "da", "nb", "sv", "fi"):
        loc = Localizer(views.index().dataset, language)
        (section,) = views.show(f"{HIDDEN}&view=heat").sections
        said.add(verdicts.apart(loc, section))
    assert len(said) == 5
    assert all(f" {SIGN}: " in each for each in said)


def test_a_page_of_a_country_explains_no_sign_that_its_charts_do_not_have() -> None:
    """Norway's workplaces and management are in charts of their own, since their shares are of different things: no row holds both."""
    found = theme_charts(views.loc(), views.store().newest, "NO")
    (told,) = (each.caution for each in found if each.theme == "innovation")
    assert told == ""
    assert not any(SIGN in str(markup) for each in found for markup in each.drawn)
