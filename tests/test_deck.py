"""The slides of a view, read back with python-pptx and, for the data sheets of the charts, openpyxl."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Iterator

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts.palette import LIGHT
from dashboard.formats.pptx import deck
from dashboard.query import Value, View, view
from dashboard.selection import ARRANGEMENTS, Selection
from dashboard.text import differences, pictures, summary, texts
from tests.support.reports import VIEWS, hostile
from tests.support.views import index, loc, selections, show, vocabulary

ADDRESS = "https://barometer.example/?theme=drivers&country=DK~SE"


def made(shown: View) -> Show:
    return Presentation(io.BytesIO(deck(shown, loc(), ADDRESS)))


def charts(slide: Slide) -> list[Chart]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def bars(chart: Chart) -> list[float]:
    """Every number a chart draws."""
    return [
        value for series in chart.plots[0].series for value in series.values if value is not None
    ]


def lines(shapes) -> Iterator[str]:
    """Every text of a slide outside its charts."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from lines(shape.shapes)
        elif shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)


def heading(chart: Chart) -> str:
    return " ".join(paragraph.text for paragraph in chart.chart_title.text_frame.paragraphs)


def formats(chart: Chart) -> dict[tuple[str, int], str]:
    """(series, slot) -> number format of its label."""
    return {
        (series.name, int(label.find(qn("c:idx")).get("val"))): label.find(qn("c:numFmt")).get(
            "formatCode"
        )
        for series in chart.plots[0].series
        for label in series._element.iter(qn("c:dLbl"))
    }


def themes(shown: View, slides: Show) -> list[str]:
    """The theme of each slide, by its title."""
    titles = {texts.theme_title(loc(), section): section.theme for section in shown.sections}
    return [titles[slide.shapes.title.text_frame.text.split(":")[0]] for slide in slides.slides]


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_native_charts_hold_the_figures_of_the_view(query: str) -> None:
    shown = show(query)
    slides = made(shown)
    assert (slides.slide_width, slides.slide_height) == (Pt(960), Pt(540))
    drawn: dict[str, Counter[float]] = {section.theme: Counter() for section in shown.sections}
    for theme, slide in zip(themes(shown, slides), slides.slides, strict=True):
        drawn[theme].update(number for chart in charts(slide) for number in bars(chart))
    for section in shown.sections:
        assert drawn[section.theme] == Counter(
            value.observation.value for row in section.rows for value in row.values
        )


def test_a_theme_that_fits_has_one_slide_and_one_that_does_not_counts_its_slides() -> None:
    shown = show("country=SE&split=group")
    assert themes(shown, made(shown)) == [section.theme for section in shown.sections]
    titles = [slide.shapes.title.text_frame.text for slide in made(show("theme=drivers")).slides]
    assert titles[0].endswith(f"(1 of {len(titles)})")
    assert titles[-1].endswith(f"({len(titles)} of {len(titles)})")


def named(shown: View) -> dict[str, float]:
    """Name of a bar -> its figure, for a view of one country and respondent."""
    (section,) = shown.sections
    return {
        f"{loc().header(row.header)}: {loc().inline_name(value.population)}": value.observation.value
        for row in section.rows
        for cell in row.cells
        for value in cell.values
    }


def test_each_bar_stands_at_its_name_and_in_its_colour() -> None:
    shown = show("theme=collaboration&country=DK")
    found: dict[str, float] = {}
    colours: dict[str, str] = {}
    for slide in made(shown).slides:
        for chart in charts(slide):
            names = list(chart.plots[0].categories)
            for series in chart.plots[0].series:
                colours[series.name] = str(series.format.fill.fore_color.rgb)
                found |= {
                    name: value
                    for name, value in zip(names, series.values, strict=True)
                    if value is not None
                }
    assert found == named(shown)
    assert colours == {
        loc().label("sector", code): LIGHT.sectors[code].removeprefix("#").upper()
        for code in ("all", "municipal", "regional", "state")
    }


def test_the_data_sheet_of_a_chart_is_what_it_draws_and_tells_where_it_comes_from() -> None:
    (slide, *_) = made(show("theme=effects")).slides
    for chart in charts(slide):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        columns = list(sheet.iter_cols(values_only=True))
        names = {
            category.idx: str(category)
            for category in chart.plots[0].categories
            if category != "None"
        }
        assert {at: name for at, name in enumerate(columns[0][1:]) if name} == names
        for at, series in enumerate(chart.plots[0].series, start=1):
            assert columns[at][0] == series.name
            assert columns[at][1:] == series.values
        heads = [column[0] for column in columns]
        assert {"as worded", "share of", "n", "source"} <= set(heads)


def test_labels_follow_the_number_and_keep_its_wording() -> None:
    shown = show("theme=effects&country=NO")
    (slide,) = made(shown).slides
    (chart,) = charts(slide)
    found = formats(chart)
    numbers = {
        (series.name, at): value
        for series in chart.plots[0].series
        for at, value in enumerate(series.values)
        if value is not None
    }
    assert set(found) == set(numbers)
    labels = {
        code.replace('"', "").replace("0", str(round(numbers[key])), 1)
        for key, code in found.items()
    }
    assert labels == {loc().value(value) for section in shown.sections for value in section.values}
    assert any(text.startswith("about ") for text in labels)
    assert any(text.startswith("over ") for text in labels)


def fills(chart: Chart) -> dict[int, str]:
    """Slot -> fill of the bars that do not look like their series."""
    return {
        int(point.find(qn("c:idx")).get("val")): point.find(qn("c:spPr"))[0].tag.split("}")[1]
        for series in chart.plots[0].series
        for point in series._element.iter(qn("c:dPt"))
    }


def test_worded_figures_are_lighter_and_inferred_ones_hatched_with_a_question_mark() -> None:
    (slide,) = made(show("theme=effects&country=NO")).slides
    (chart,) = charts(slide)
    assert set(fills(chart).values()) == {"solidFill"}
    light = {
        point.find(qn("c:spPr"))[0][0].get("val") for point in chart._chartSpace.iter(qn("c:dPt"))
    }
    assert light == {LIGHT.light(LIGHT.sectors["municipal_regional"]).removeprefix("#").upper()}
    doubtful = [
        (chart, slot)
        for slide in made(show("theme=drivers&country=DK&more=drivers")).slides
        for chart in charts(slide)
        for slot, fill in fills(chart).items()
        if fill == "pattFill"
    ]
    assert doubtful
    for chart, slot in doubtful:
        (code,) = [code for (_, at), code in formats(chart).items() if at == slot]
        assert '% ?"' in code or "% ? " in code


def test_a_blank_is_a_remark_and_never_a_bar() -> None:
    shown = show("theme=drivers&country=DK~SE")
    for slide in made(shown).slides:
        assert not any(number == 0 for chart in charts(slide) for number in bars(chart))
    texts_of_slides = [line for slide in made(shown).slides for line in lines(slide.shapes)]
    assert "not collected" in texts_of_slides
    assert any(line.endswith("not published") for line in texts_of_slides)


@pytest.mark.parametrize(
    "query", ["", "by=sector", "by=indicator", "country=SE&split=group", "view=change"]
)
def test_every_chart_names_each_base_of_its_bars(query: str) -> None:
    shown = show(query)
    short = {code: loc().short("base", code) for code in index().dataset.codes["base"]}
    for slide in made(shown).slides:
        for chart in charts(slide):
            sheet = openpyxl.load_workbook(
                io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)
            ).active
            column = next(
                column for column in sheet.iter_cols(values_only=True) if column[0] == "share of"
            )
            bases = {base for base in column[1:] if base}
            labels = {loc().label("base", code): name for code, name in short.items()}
            assert bases
            assert all(base in heading(chart) or labels[base] in heading(chart) for base in bases)


def test_selection_sources_notes_and_release_stand_on_the_slide() -> None:
    shown = show("country=SE&split=group")
    for section, slide in zip(shown.sections, made(shown).slides, strict=True):
        text = "\n".join(lines(slide.shapes))
        assert pictures.selection_line(loc(), shown.selection) in text
        assert texts.bases(loc(), section) in text
        assert texts.numbers_of_answers(loc(), section) in text
        assert texts.source_line(loc(), section) in text
        assert texts.imprint(loc(), shown, ADDRESS) in text
        for note in texts.notes(loc(), section):
            assert note in text + slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("query", VIEWS[:-1])
def test_speaker_notes_hold_the_summary_the_caveat_and_every_note_without_room(query: str) -> None:
    shown = show(query)
    slides = made(shown)
    sections = {section.theme: section for section in shown.sections}
    everything: dict[str, str] = dict.fromkeys(sections, "")
    for theme, slide in zip(themes(shown, slides), slides.slides, strict=True):
        spoken = slide.notes_slide.notes_text_frame.text
        assert differences.caveat(loc()) in spoken
        assert ADDRESS in spoken
        for sentence in summary.summary(loc(), shown, sections[theme]):
            assert sentence in spoken
        everything[theme] += spoken + "\n".join(lines(slide.shapes))
    for theme, section in sections.items():
        for value in section.values:
            assert value.observation.note in everything[theme]
            assert index().dataset.sources[value.observation.source_id].title in everything[theme]


def test_the_answer_scale_is_stacked_by_answer_and_nothing_fills_the_rest() -> None:
    (first, *_) = made(show("theme=innovation&view=scale&country=DK~SE")).slides
    chart = charts(first)[0]
    assert chart._chartSpace.find(f".//{qn('c:grouping')}").get("val") == "stacked"
    assert {series.name for series in chart.plots[0].series} <= {
        loc().label("response", answer) for answer in LIGHT.answers
    }
    text = "\n".join(lines(first.shapes))
    assert "Don't know 1%" in text
    totals = [
        sum(value or 0 for value in stack)
        for stack in zip(*(series.values for series in chart.plots[0].series), strict=True)
    ]
    assert max(totals) <= 101


def test_a_break_stands_between_the_editions_it_parts() -> None:
    shown = show("theme=collaboration&country=DK&view=change")
    texts_of_slides = [line for slide in made(shown).slides for line in lines(slide.shapes)]
    assert "– – break – –" in texts_of_slides
    assert any(line.startswith("Break between") for line in texts_of_slides)


def test_the_deck_names_itself() -> None:
    facts = made(show("theme=drivers&country=DK~SE")).core_properties
    assert facts.title == "What drives innovation: Denmark and Sweden"
    assert facts.comments == ADDRESS
    assert facts.created.date().isoformat() == loc().dataset.released[:10]


def test_a_view_without_figures_says_so() -> None:
    (slide,) = made(show("theme=barriers&country=NL")).slides
    assert slide.shapes.title.text_frame.text == "No figure in this view"
    assert charts(slide) == []


def test_a_long_address_and_odd_characters_do_no_harm() -> None:
    shown, spoilt = hostile("theme=drivers&country=DK", '=1+1 \x01 <b>&amp; "æ"')
    long = ADDRESS + "&concept=" + "~".join(vocabulary().indicators * 2)
    slides = Presentation(io.BytesIO(deck(shown, spoilt, long))).slides
    assert all(long in slide.notes_slide.notes_text_frame.text for slide in slides)
    assert all(within(slide) for slide in slides)


def within(slide: Slide) -> bool:
    """Whether everything on a slide lies on it."""
    return all(
        shape.left >= 0
        and shape.top >= 0
        and shape.left + shape.width <= Pt(960)
        and shape.top + shape.height <= Pt(540)
        for shape in slide.shapes
    )


def apart(slide: Slide) -> bool:
    """Whether the charts end above the notes and leave their slots room enough to be read."""
    foot = next((shape for shape in slide.shapes if shape.name == "Notes and sources"), None)
    graphs = [shape for shape in slide.shapes if shape.has_chart]
    return all(shape.top + shape.height <= foot.top for shape in graphs)


@pytest.mark.parametrize("query", VIEWS)
def test_the_same_view_gives_the_same_bytes(query: str) -> None:
    assert deck(show(query), loc(), ADDRESS) == deck(show(query), loc(), ADDRESS)


@pytest.mark.parametrize(
    ("chart", "by"), [*itertools.product(("bars", "scale", "change"), ARRANGEMENTS)]
)
def test_every_chart_type_and_arrangement_fits_its_slides(chart: str, by: str) -> None:
    every = "~".join(vocabulary().themes)
    for rest in ("&split=size", f"&more={every}"):
        for slide in made(show(f"theme={every}&view={chart}&by={by}{rest}")).slides:
            assert within(slide)
            assert apart(slide)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(selections)
def test_every_selection_has_its_slides(selection: Selection) -> None:
    shown = view(index(), selection)
    slides = made(shown).slides
    assert len(slides) >= max(1, len(shown.sections))
    # A figure that belongs to two sets of comparable figures stands in two rows, as on the page.
    values: list[Value] = [
        value for section in shown.sections for row in section.rows for value in row.values
    ]
    assert Counter(
        number for slide in slides for chart in charts(slide) for number in bars(chart)
    ) == Counter(value.observation.value for value in values)
    assert all(within(slide) and apart(slide) for slide in slides)
