"""A change over editions: what stands in a panel and on a line, and how breaks and gaps are drawn."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from dashboard import charts
from dashboard.charts.drawing import Drawing, PanelArea
from dashboard.charts.roles import QUIET, RULE, Country, Role, Toned
from dashboard.charts.years import year_of
from dashboard.formats.records import entries
from dashboard.query import EditionStep, Respondents, Section, View
from dashboard.selection import ARRANGEMENTS
from dashboard.text import texts
from tests.support import views
from tests.support.drawings import drawings, first, variant
from tests.support.editions import LOOKED_AT, SCREENS, WIDTHS
from tests.support.views import QUESTIONS, only_section, show

SLASH = 1.5
"""Width of a line that is half of the sign of a break."""


def hue(colour: Role) -> Role:
    """The colour of a line, whatever its tone."""
    return colour.role if isinstance(colour, Toned) else colour


def sizes_of(areas: list[PanelArea]) -> set[tuple[float, float, float]]:
    """Width and height of each plot, and the pixels of 100 percent."""
    return {
        (
            area.right - area.left,
            area.bottom - area.top,
            area.zero - area.hundred,
        )
        for area in areas
    }


def spots_of_years(
    section: Section, drawing: Drawing
) -> dict[tuple[float | None, int], set[float]]:
    """(year, panel) -> how far right of the edge of its plot marks of that year stand."""
    values = {value.observation.position: value for value in section.values}
    found: dict[tuple[float | None, int], set[float]] = {}
    for mark in drawing.marks:
        left = drawing.panels[mark.panel].left
        year = year_of(values[mark.position])
        found.setdefault((year, mark.panel), set()).add(round(mark.x - left, 1))
    return found


def whose(section: Section, drawing: Drawing) -> dict[int, frozenset[Respondents]]:
    """Panel -> those whom its figures are about."""
    values = {value.observation.position: value for value in section.values}
    found: dict[int, set[Respondents]] = {}
    for mark in drawing.marks:
        found.setdefault(mark.panel, set()).add(values[mark.position].respondents)
    return {panel: frozenset(held) for panel, held in found.items()}


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("by", ARRANGEMENTS)
def test_panels_are_alike_in_size_and_percent_and_those_of_the_same_respondents_in_years(by, wide):
    for query in LOOKED_AT:
        for section, drawing in drawings(variant(query, by=by), wide):
            sizes = sizes_of(list(drawing.panels))
            assert all(max(each) - min(each) < 0.1 for each in zip(*sizes, strict=True))
            beside, about = spots_of_years(section, drawing), whose(section, drawing)
            alone = {key: xs for key, xs in beside.items() if len(xs) == 1}
            assert len(alone) >= len(beside) / 2
            at_year: dict[tuple[float | None, frozenset[Respondents]], set[float]] = {}
            for (year, panel), (x,) in alone.items():
                at_year.setdefault((year, about[panel]), set()).add(x)
            assert all(max(xs) - min(xs) < 0.15 for xs in at_year.values())
            # Marks that would hide each other stand beside their year, no further than a mark of it is wide.
            for (year, panel), xs in beside.items():
                there = at_year.get((year, about[panel]), ())
                assert all(abs(x - at) <= 14 for x in xs for at in there)


@pytest.mark.parametrize("wide", [336, 1232, None])
@pytest.mark.parametrize(
    "query", ["theme=collaboration&view=change", "theme=innovation&view=change"]
)
def test_a_year_stands_at_one_place_in_every_panel_of_a_chart(query, wide):
    ((section, drawing),) = drawings(show(query), wide)
    at_year: dict[float | None, list[float]] = {}
    for (year, _), xs in spots_of_years(section, drawing).items():
        if len(xs) == 1:
            at_year.setdefault(year, []).extend(xs)
    assert max(len(xs) for xs in at_year.values()) > 1
    assert all(max(xs) - min(xs) < 0.15 for xs in at_year.values())


@cache
def every_view() -> tuple[View, ...]:
    """The questions and the themes in this chart."""
    return (
        *(variant(query, chart="change") for query in QUESTIONS.values()),
        *(
            variant(f"theme={theme}&more={theme}", chart="change", by=by)
            for theme in views.vocabulary().themes
            for by in ARRANGEMENTS
        ),
    )


@pytest.mark.parametrize("wide", WIDTHS)
def test_a_plot_takes_seven_tenths_of_its_panel(wide):
    for shown in every_view():
        for section, drawing in drawings(shown, wide):
            edges = {
                (rule.x0, rule.y0): rule.x1 - rule.x0
                for rule in drawing.rules
                if rule.colour == RULE
            }
            for area in drawing.panels:
                above = max(y for x, y in edges if x == area.left and y < area.top)
                share = (area.right - area.left) / edges[area.left, above]
                assert share >= 0.699, (shown.selection, section.theme)


def test_a_panel_is_what_the_arrangement_says_and_has_one_base():
    for by, expected in (
        ("country", {"Denmark, workplaces", "Norway, workplaces"}),
        ("sector", {"All sectors", "Municipal and regional"}),
    ):
        section = only_section(f"theme=drivers&view=change&by={by}")
        assert {views.loc().header(panel.header) for panel in section.panels} == expected
    by_indicator = only_section("theme=drivers&view=change&by=indicator")
    assert len(by_indicator.panels) == 5
    both = only_section("theme=innovation&country=DK&sector=all&view=change")
    assert [views.loc().header(panel.header) for panel in both.panels] == [
        "Denmark, workplaces"
    ] * 2


@pytest.mark.parametrize("wide", [336, 1232])
def test_the_years_of_a_chart_end_with_its_last_figure(wide):
    for query in LOOKED_AT:
        for _, drawing in drawings(show(query), wide):
            ends = [drawing.panels[mark.panel].right - mark.x for mark in drawing.marks]
            assert not ends or min(ends) < 8, query


def broken_steps(section: Section) -> list[EditionStep]:
    return [step for step in section.edition_steps if step.broken]


@pytest.mark.parametrize("by", ARRANGEMENTS)
@pytest.mark.parametrize("wide", [336, 1232])
def test_a_break_interrupts_the_line_it_belongs_to_and_no_other(by, wide):
    for query in LOOKED_AT:
        for section, drawing in drawings(variant(query, by=by), wide):
            spots = {mark.position: mark for mark in drawing.marks}
            slashes = [line for line in drawing.lines if line.width == SLASH]
            assert len(slashes) == 2 * len(broken_steps(section))
            for step in broken_steps(section):
                start, end = (
                    spots[value.observation.position] for value in (step.earlier, step.later)
                )
                own = [line for line in slashes if lies_between(line.points, start, end)]
                assert len(own) >= 2
                assert {line.colour for line in own} >= {start.colour}
                # No stretch of a line leads from one side of the break to the other.
                for line in drawing.lines:
                    for (x0, y0), (x1, y1) in pairwise(line.points):
                        whole = abs(x0 - start.x) < 6 and abs(x1 - end.x) < 6
                        assert not (
                            whole and abs(y0 - start.y) < 0.2 and abs(y1 - end.y) < 0.2
                        ) or is_twin(section, step, spots)


@pytest.mark.parametrize("wide", [336, 1232])
def test_nothing_but_level_stubs_stands_beside_a_break(wide):
    """No line slopes towards the figure behind it."""
    for section, drawing in drawings(show("theme=collaboration&country=DK&view=change"), wide):
        spots = {mark.position: mark for mark in drawing.marks}
        found = 0
        for step in broken_steps(section):
            start, end = (spots[each.observation.position] for each in (step.earlier, step.later))
            for line in drawing.lines:
                (x0, y0), *_, (x1, y1) = line.points
                if line.width != SLASH and start.x - 1 < x0 < x1 < end.x + 1:
                    same = start.panel == end.panel and min(start.y, end.y) - 1 < y0
                    if same and y0 < max(start.y, end.y) + 1:
                        assert y0 == y1
                        found += 1
        assert found


def is_twin(section: Section, step: EditionStep, spots) -> bool:
    """Whether another line, unbroken, has the same two figures."""
    return any(
        not other.broken
        and (spots[other.earlier.observation.position].y, spots[other.later.observation.position].y)
        == (spots[step.earlier.observation.position].y, spots[step.later.observation.position].y)
        for other in section.edition_steps
    )


def lies_between(points, start, end) -> bool:
    """Whether the middle of a slash lies on the straight way between two marks."""
    x, y = (sum(each) / len(points) for each in zip(*points, strict=True))
    share = (x - start.x) / (end.x - start.x)
    return 0 < share < 1 and abs(start.y + share * (end.y - start.y) - y) < 3


def test_a_break_has_one_letter_the_same_wherever_its_reasons_are_the_same():
    drawing = first("theme=collaboration&country=DK&sector=all&view=change", 1232)
    texts = [text.content for text in drawing.texts]
    assert {"a", "b", "c", "d"} <= {*texts}
    assert not any("," in text for text in texts if len(text) < 5)
    notes = [text for text in drawing.texts if text.content.startswith("The question on collab")]
    assert [_letter_of(drawing, note) for note in notes] == ["a", "b, c, d"]


@pytest.mark.parametrize("wide", [358, 1232])
def test_what_letters_stand_for_is_told_once_under_their_block_of_panels(wide):
    ((section, drawing),) = drawings(show("theme=collaboration&country=DK&view=change"), wide)
    lowest = max(area.bottom for area in drawing.panels)
    signs = [
        text.content
        for text in drawing.texts
        if text.y < lowest and len(text.content) == 1 and text.content.isalpha()
    ]
    below = [text for text in drawing.texts if text.y > lowest + 20]
    told = [text.content for text in below if text.runs[0].bold]
    assert signs.count("b") > 1
    assert told == ["a", "b, c, d", "c", "d"]
    assert {*signs} == {letter for each in told for letter in each.split(", ")}
    said = " ".join(text.content for text in below)
    reasons = {
        reason
        for step in broken_steps(section)
        for reason in texts.reasons_of_break(views.loc(), step)
    }
    assert len(reasons) == len(told)
    for reason in reasons:
        assert said.count(f"{reason[:1].upper()}{reason[1:]}") == 1


def test_one_letter_stands_for_breaks_of_several_lines_that_stand_together():
    drawing = first("theme=innovation&view=change", 1232)
    (iceland,) = {drawing.panels[mark.panel] for mark in drawing.marks if mark.percent == 82}
    inside = [
        text.content
        for text in drawing.texts
        if iceland.left < text.x < iceland.right and iceland.top - 20 < text.y < iceland.bottom
    ]
    assert inside.count("b") == 1


@pytest.mark.parametrize("wide", [336, 1232])
def test_a_reason_in_a_block_of_several_countries_names_the_one_it_is_about(wide):
    drawing = first("concept=innovative_workplaces&view=change", wide)
    lowest = max(area.bottom for area in drawing.panels)
    for country, begin in (("Norway", "The survey on"), ("Iceland", "The bodies asked")):
        (note,) = (text for text in drawing.texts if begin in text.content)
        assert note.content.startswith(f"{country}: {begin}")
        assert note.y > lowest
        panels = _panels_with_letter(drawing, _letter_of(drawing, note))
        heads = {
            text.content
            for text in drawing.texts
            for area in panels
            if text.content.startswith(f"{country}, ")
            and area.top - 60 < text.y < area.top
            and area.left <= text.x < area.right
        }
        assert heads == {f"{country}, workplaces"}


def test_a_reason_names_its_country_also_where_its_panel_has_lines_of_another():
    drawing = first("concept=innovative_workplaces&view=change&by=sector", 1232)
    said = [text.content for text in drawing.texts if "The bodies asked" in text.content]
    assert [each.partition(":")[0] for each in said] == ["Iceland"]


def _letter_of(drawing, note):
    (letter,) = {
        text.content
        for text in drawing.texts
        if text.y == note.y and text.x < note.x and note.x - text.x < 60
    }
    return letter


def _panels_with_letter(drawing, letter):
    return [
        area
        for area in drawing.panels
        for text in drawing.texts
        if text.content == letter
        and area.left <= text.x <= area.right
        and area.top - 20 <= text.y <= area.bottom
    ]


@pytest.mark.parametrize("wide", [336, 1232])
def test_every_letter_of_a_break_has_its_note_within_its_group_of_panels(wide):
    """Norway has breaks among the first panels and in those of its own, a page below: the note stands in both places."""
    drawing = first("theme=innovation&view=change", wide)
    notes = [text for text in drawing.texts if "The survey on 2016–17" in text.content]
    (headed,) = (
        text for text in drawing.texts if text.content == "Denmark, workplaces" and text.y > 300
    )
    assert [text.y < headed.y for text in notes] == [True, False]
    # Where all panels above are those of Norway, it is not named.
    assert [text.content.startswith("Norway: ") for text in notes] == [True, False]
    assert len({_letter_of(drawing, note) for note in notes}) == 1


def test_a_line_that_passes_over_an_edition_is_dashed_and_no_thinner():
    drawing = first("concept=driver_employees&country=DK&view=change", 1232)
    looks = [(line.dash, line.width) for line in drawing.lines]
    assert looks == [("dash", 2.5), ("solid", 2.5)]
    section = only_section("concept=driver_employees&country=DK&view=change")
    shown = show("concept=driver_employees&country=DK&view=change")
    (said,) = {
        part for part in _reading(shown, section).split(". ") if part.startswith("A dashed line")
    }
    assert "edition" in said
    whole = only_section("concept=innovative_workplaces&country=DK&sector=all&view=change")
    assert "dashed" not in _reading(shown, whole)


def _reading(shown, section) -> str:
    chart = charts.chart("change")
    return chart.reading(views.loc(), section, shown.selection, shown.thresholds)


def test_a_hue_is_a_country_wherever_several_are_chosen_and_none_where_one_is():
    for by in ARRANGEMENTS:
        for _, drawing in drawings(variant("view=change", by=by), 720):
            assert all(isinstance(hue(mark.colour), Country) for mark in drawing.marks)
        for _, drawing in drawings(variant("country=DK&view=change", by=by), 720):
            assert {hue(mark.colour) for mark in drawing.marks} == {QUIET}


@pytest.mark.parametrize("wide", [336, 1232])
def test_each_indicator_has_a_panel(wide):
    section = only_section("theme=collaboration&view=change")
    drawing = first("theme=collaboration&view=change", wide)
    measures = {views.loc().measure(value.measure) for value in section.values}
    assert len(section.panels) == 1 < len(measures) <= len(drawing.panels)
    by_panel: dict[int, set[str]] = {}
    measure_of = {
        value.observation.position: views.loc().measure(value.measure) for value in section.values
    }
    for mark in drawing.marks:
        by_panel.setdefault(mark.panel, set()).add(measure_of[mark.position])
    assert all(len(held) == 1 for held in by_panel.values())
    assert sum(text.content == "Denmark, workplaces" for text in drawing.texts) == 1


def test_nothing_is_called_missing_that_has_one_edition():
    for theme in views.vocabulary().themes:
        for by in ARRANGEMENTS:
            query = f"theme={theme}&more={theme}&by={by}"
            published = {
                (
                    value.measure,
                    value.respondents.country,
                    value.respondents.level,
                    value.population,
                )
                for section in show(f"{query}&edition=all").sections
                for value in section.values
            }
            for section in show(f"{query}&view=change").sections:
                for entry in entries(section):
                    if entry.blank and entry.respondents and entry.population:
                        who = entry.respondents
                        assert (
                            entry.measure,
                            who.country,
                            who.level,
                            entry.population,
                        ) not in published
