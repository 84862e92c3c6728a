"""What slides look like: one scale on each, type of fixed sizes, a foot with every publisher, and the reader's language on every text."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest
from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts import palette
from dashboard.charts.roles import CARE
from dashboard.charts.text import width, wrap
from dashboard.formats import pptx_language, slide_grid, slide_layout
from dashboard.formats.pptx_notes import FOOT_SIZE
from dashboard.query.since import changed_since
from dashboard.text import Localizer, missing, texts
from tests.support.slides import charts, foot, lines, made, roots
from tests.support.views import index, loc, show

QUESTIONS = tuple(question.query for question in index().dataset.questions)
VIEWS = (
    "theme=drivers",
    "theme=effects",
    "theme=collaboration&by=sector",
    "theme=drivers&by=indicator",
    "theme=effects&view=dots",
    "theme=innovation&view=scale&country=DK~SE",
    "theme=drivers&view=heat",
    "theme=collaboration&view=table",
    "theme=collaboration&country=DK&view=change",
    "theme=innovation&view=change",
    "country=SE&split=group",
    "theme=conditions&country=SE&split=group",
)
LANGUAGES = {"en": "en-GB", "da": "da-DK", "nb": "nb-NO", "sv": "sv-SE", "fi": "fi-FI"}


@cache
def deck(query: str, language: str = "en") -> Show:
    return made(show(query), Localizer(index().dataset, language))


def plots(slide: Slide) -> list[tuple[float, float]]:
    """Of each chart the points that 0 to 100 percent take, across or upright, and where its axis begins."""
    found = []
    for shape in slide.shapes:
        if not shape.has_chart:
            continue
        area = shape.chart._chartSpace.chart.plotArea
        layout = area.find(f"{qn('c:layout')}/{qn('c:manualLayout')}")
        share = {side: float(layout.find(qn(f"c:{side}")).get("val")) for side in "wh"}
        for axis in area.findall(qn("c:valAx")):
            ends = [float(axis.find(f".//{qn(f'c:{end}')}").get("val")) for end in ("min", "max")]
            upright = axis.find(qn("c:axPos")).get("val") == "l"
            if shape.chart.value_axis.maximum_scale == 100 or not upright:
                whole = shape.height * share["h"] if upright else shape.width * share["w"]
                # Rounded answers of a stack may add up to a little more than 100.
                if ends[0] == 0 and 100 <= ends[1] < 105:
                    found.append((round(whole / Pt(1) * 100 / ends[1], 1), ends[0]))
    return found


@pytest.mark.parametrize("query", [*QUESTIONS, *VIEWS])
def test_equal_percentages_are_equally_long_on_a_slide(query: str) -> None:
    drawn = 0
    for slide in deck(query).slides:
        found = plots(slide)
        assert len(found) == len(charts(slide))
        assert len(set(found)) <= 1
        drawn += len(found)
    assert drawn or "view=heat" in query or "view=table" in query


@pytest.mark.parametrize("query", ["theme=drivers", "country=SE&split=group", "by=sector"])
def test_slides_of_equally_many_panels_have_one_scale_in_all_of_a_deck(query: str) -> None:
    found: dict[int, set[float]] = {}
    for slide in deck(query).slides:
        (first, _), *_ = plots(slide)
        tops = [shape.top for shape in slide.shapes if shape.has_chart]
        found.setdefault(tops.count(tops[0]), set()).add(first)
    assert len(found) > 1
    assert all(len(each) == 1 for each in found.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", [*QUESTIONS, *VIEWS])
def test_type_has_twelve_points_at_least_and_every_text_its_language(
    query: str, language: str
) -> None:
    for slide in deck(query, language).slides:
        for root in [*roots(slide), slide.notes_slide._element]:
            for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
                for properties in root.iter(qn(name)):
                    assert properties.get("lang") == LANGUAGES[language]
            for run in root.iter(qn("a:r")):
                assert run.find(qn("a:rPr")).get("lang") == LANGUAGES[language]
        for root in roots(slide):
            sizes = [
                int(properties.get("sz"))
                for name in ("a:rPr", "a:defRPr")
                for properties in root.iter(qn(name))
                if properties.get("sz")
            ]
            assert sizes
            assert min(sizes) >= 1200
            # What takes no size of its own would take the template's 18 points.
            assert all(run.find(qn("a:rPr")).get("sz") for run in root.iter(qn("a:r")))


def test_a_text_that_somebody_adds_begins_in_the_language_of_the_deck() -> None:
    saved = io.BytesIO()
    deck("theme=effects&country=DK", "da").save(saved)
    with zipfile.ZipFile(saved) as package:
        parts = [package.read(name) for name in package.namelist() if name.endswith(".xml")]
    assert {found for part in parts for found in re.findall(rb' lang="([^"]*)"', part)} == {
        b"da-DK"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", [*QUESTIONS, *VIEWS, "theme=effects&view=compare"])
def test_a_foot_has_at_most_two_lines_of_care_and_names_every_publisher_uncut(
    query: str, language: str
) -> None:
    words = Localizer(index().dataset, language)
    publishers = dict.fromkeys(
        name
        for section in show(query).sections
        for name in texts.publishers(words, texts.sources(section, words))
    )
    named = ""
    for slide in deck(query, language).slides:
        care, origin = foot(slide)
        told = max(1, len(wrap(care, FOOT_SIZE, slide_layout.WIDE)))
        assert told <= 2
        where = origin.split(slide_layout.LINE_BREAK)
        assert told + len(where) <= 4
        assert "…" not in care
        assert "…" not in origin.split("barometer.example")[0]
        assert all(width(line, FOOT_SIZE) <= slide_layout.WIDE for line in where)
        assert "barometer.example" in where[-1]
        named += f" {origin.replace(slide_layout.LINE_BREAK, ' ')}"
    assert all(name in named for name in publishers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", [*QUESTIONS, *VIEWS])
def test_titles_of_every_deck_have_one_size_and_two_lines(query: str, language: str) -> None:
    for slide in deck(query, language).slides:
        (paragraph,) = slide.shapes.title.text_frame.paragraphs
        told = paragraph.text.split(slide_layout.LINE_BREAK)
        (size,) = {run.font.size.pt for run in paragraph.runs}
        assert len(told) <= 2
        assert all(width(line, size, bold=True) <= slide_layout.WIDE for line in told)
        assert size == 24


@pytest.mark.parametrize("query", ["theme=effects&view=compare", "theme=drivers&view=compare"])
def test_a_foot_says_nothing_that_the_key_says(query: str) -> None:
    for slide in deck(query).slides:
        assert "Outlined: the source says" not in foot(slide)[0]


@pytest.mark.parametrize("query", VIEWS)
def test_no_slide_says_in_words_that_a_figure_is_missing(query: str) -> None:
    reasons = {words for _, words in missing.blank_legend(Localizer(index().dataset))} | {
        "not asked",
        "not published",
        "not collected",
    }
    for slide in deck(query).slides:
        written = list(lines(slide.shapes))
        assert not any(reason in line for line in written for reason in reasons)


@pytest.mark.parametrize("query", VIEWS)
def test_texts_begin_at_the_left_and_charts_have_a_text_alternative(query: str) -> None:
    for slide in deck(query).slides:
        title = slide.shapes.title.text_frame.paragraphs[0]
        assert title._p.pPr.get("algn") == "l"
        assert all(not chart.has_title for chart in charts(slide))
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert any(character.isdigit() for character in described)


def test_rows_are_shared_out_evenly() -> None:
    def counts(heights: list[float], most: float) -> list[int]:
        return [len(part) for part in slide_layout.evenly(heights, most)]

    assert counts([20.0] * 13, 240.0) == [7, 6]
    assert counts([20.0] * 12, 240.0) == [12]
    assert counts([300.0, 20.0], 240.0) == [1, 1]
    assert counts([], 240.0) == []


@pytest.mark.parametrize(("language", "tag"), LANGUAGES.items())
def test_a_language_has_the_tag_that_office_knows(language: str, tag: str) -> None:
    assert pptx_language.tag(Localizer(index().dataset, language).locale) == tag


@pytest.mark.parametrize("view", ["table", "heat"])
def test_a_slide_says_what_forbids_comparing_the_figures_that_stand_on_it(view: str) -> None:
    """Denmark's all sectors beside Norway's municipal and regional ones share no sector, which "With care" would make little of."""
    _, beside, *_ = deck(f"theme=drivers&view={view}").slides
    told = foot(beside)[0]
    assert told.startswith(
        (
            "For none of these indicators can all figures be compared",
            "≠: not all figures can be compared",
            "Not all figures can be compared",
        )
    )
    assert "different sectors" in told
    assert "With care" not in told


@pytest.mark.parametrize("view", ["bars", "dots"])
def test_a_slide_whose_lines_are_each_of_one_sector_asks_for_care_alone(view: str) -> None:
    first, *_ = deck(f"theme=drivers&view={view}").slides
    assert foot(first)[0].startswith("With care: each country has its own survey")
    assert "different sectors" not in foot(first)[0]


def test_a_slide_without_what_is_apart_on_others_does_not_say_it() -> None:
    """The same indicators stand elsewhere with figures of countries that share no sector; its own figures differ in base alone."""
    slides = deck("theme=effects&view=heat").slides
    assert any("different sectors" in foot(slide)[0] for slide in slides)
    own = [foot(slide)[0] for slide in slides if "shares of the same thing: read" in foot(slide)[0]]
    assert own
    assert not any("different sectors" in told for told in own)


def test_a_slide_names_workplaces_and_management_where_both_answered_on_an_indicator() -> None:
    first, second = deck("theme=effects&view=heat").slides
    assert (
        "different sectors; shares of different things; workplaces / management" in foot(first)[0]
    )
    assert "management" not in foot(second)[0]


def test_a_slide_says_that_figures_of_its_title_can_be_compared_where_not_all_can() -> None:
    first, second = deck("theme=effects&view=heat").slides
    assert "management. The two of the title can be compared, with care." in foot(first)[0]
    assert "The two of the title" not in foot(second)[0]
    told = [foot(slide)[0] for slide in deck("theme=drivers&view=table").slides]
    assert ["The two of the title can" in each for each in told].count(True) == 1


@pytest.mark.parametrize("query", ["theme=drivers", "theme=drivers&view=dots&by=sector"])
def test_a_foot_says_once_that_not_all_are_shares_of_the_same_thing(query: str) -> None:
    times = [foot(slide)[0].count("Not all are shares of") for slide in deck(query).slides]
    assert max(times) == 1


def test_a_slide_of_dots_says_how_wide_intervals_are_that_its_dots_cover() -> None:
    told = "95% interval is narrower than the dot."
    shown = [told in foot(slide)[0] for slide in deck("theme=drivers&view=dots&by=sector").slides]
    assert any(shown)
    hidden = deck("theme=drivers&view=dots&by=sector&interval=hide").slides
    assert not any(told in foot(slide)[0] for slide in hidden)


def edges(slide: Slide) -> list[float]:
    """Points from the top of a slide to each amber edge that stands left of its texts."""
    amber = palette.LIGHT.colour(CARE).removeprefix("#").upper()
    boxes = (shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE)
    return [
        shape.top / Pt(1)
        for shape in boxes
        if shape.fill.type == MSO_FILL.SOLID and str(shape.fill.fore_color.rgb) == amber
    ]


@pytest.mark.parametrize("query", VIEWS)
def test_an_amber_edge_stands_beside_what_must_be_taken_care_of_and_nowhere_else(
    query: str,
) -> None:
    for slide in deck(query).slides:
        (notes,) = (shape for shape in slide.shapes if shape.name == "Notes and sources")
        begun = foot(slide)[0].startswith(
            ("With care", "For none", "Not ", "≠", "Part of every gap", "Broad innovators")
        )
        assert any(top >= notes.top / Pt(1) for top in edges(slide)) == begun


def test_the_reasons_of_breaks_have_an_amber_edge() -> None:
    for slide in deck("theme=collaboration&view=change").slides:
        reasons = [shape for shape in slide.shapes if shape.name == "Break"]
        assert len(reasons) == len(edges(slide)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_no_line_under_a_title_is_much_shorter_than_the_one_over_it(
    query: str, language: str
) -> None:
    for slide in deck(query, language).slides:
        title = slide.shapes.title
        under = min(
            (
                shape
                for shape in slide.shapes
                if shape.has_text_frame and shape.top >= title.top + title.height
            ),
            key=lambda shape: shape.top,
        )
        (paragraph,) = under.text_frame.paragraphs
        wide = [width(line, 14) for line in paragraph.text.split(slide_layout.LINE_BREAK)]
        assert min(wide) >= 0.5 * max(wide)


def test_a_slide_of_lines_that_are_all_interrupted_is_headed_by_its_newest_figure() -> None:
    *_, last = deck("theme=collaboration&view=change").slides
    told = last.shapes.title.text_frame.text.replace(slide_layout.LINE_BREAK, " ")
    assert told.startswith("16% of innovations in Denmark had voluntary organisations")


def test_a_slide_says_what_changed_between_editions_as_the_page_does() -> None:
    (section,) = (shown := show("theme=collaboration")).sections
    changed = changed_since(index().dataset, section)
    found = 0
    for page in slide_grid.pages(shown, section, loc(), lambda _: 300):
        for line in (line for block in page.blocks for line in block.lines):
            positions = [value.observation.position for value in line.row.values]
            kinds = {each.changed for at in positions for each in changed.get(at, ())}
            for kind in ("question", "coverage"):
                assert (f"{kind}\u00a0changed" in line.quiet) == (kind in kinds)
            found += bool(kinds)
    assert found
