"""Comparisons: what stands on a line may be compared, nothing that could stand there is missing, and every label can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, groupby
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts
from dashboard.charts.canvas import INSET
from dashboard.charts.dot_labels import Room, Wanted, placed
from dashboard.charts.drawing import Drawing, Mark, Text
from dashboard.charts.roles import CARE, GRID, QUIET
from dashboard.charts.text import width
from dashboard.comparability import NO, verdict
from dashboard.query import Comparison, Row, Section, View, view
from dashboard.query.filtering import filter_mask
from dashboard.query.row_sets import MOST_SETS, comparable_sets, compared_at_all
from dashboard.query.row_sets import comparisons as lines_of
from dashboard.selection import LANGUAGES, Selection, normal, parse
from dashboard.text import Localizer, comparisons, lead
from dashboard.text.comparisons import dot_name
from dashboard.text.order import in_order
from tests.support.drawings import drawings, text_edges
from tests.support.drawings import first as first_drawing
from tests.support.views import any_selections, index, only_section, show, vocabulary

INDEX, VOCABULARY = index(), vocabulary()

_LOCS = {language: Localizer(INDEX.dataset, language) for language in LANGUAGES}
WHO = "concept=innovative_workplaces&view=compare"
EVERY = "theme=" + "~".join(VOCABULARY.themes) + "&view=compare"
HELPS = "theme=conditions&country=SE&split=group&view=compare"
QUERIES = (
    WHO,
    EVERY,
    f"{EVERY}&edition=all",
    f"{EVERY}&by=sector",
    f"{EVERY}&by=sector&edition=all",
    f"{EVERY}&split=group",
    f"{EVERY}&split=size",
    f"{WHO}&baseline=IS&edition=all",
)


def _view(query: str) -> View:
    parsed = parse(query, VOCABULARY)
    assert not parsed.ignored
    return view(INDEX, parsed.selection)


def _sections(query: str) -> tuple[Section, ...]:
    return _view(query).sections


def _positions(query: str) -> list[tuple[Comparison, frozenset[int]]]:
    """(what a line is about, positions of its figures)."""
    return [
        (row.header, frozenset(value.observation.position for value in row.values))
        for section in _sections(query)
        for row in section.rows
        if isinstance(row.header, Comparison)
    ]


def _may(first: int, second: int) -> bool:
    rows = INDEX.dataset.observations
    return verdict(INDEX.dataset, rows[first], rows[second], INDEX.thresholds).kind != NO


@pytest.mark.parametrize("query", QUERIES)
def test_every_pair_of_a_line_may_be_compared(query):
    lines = _positions(query)
    assert lines
    for _, members in lines:
        assert len(members) > 1
        assert all(_may(first, second) for first, second in combinations(members, 2))


@pytest.mark.parametrize("query", [query for query in QUERIES if "baseline" not in query])
def test_no_line_could_hold_one_figure_more_and_no_line_is_missing(query):
    selection = parse(query, VOCABULARY).selection
    kept = [at for at, yes in enumerate(filter_mask(INDEX, selection)) if yes]
    rows = INDEX.dataset.observations
    lines = _positions(query)
    by_country = selection.by != "sector" and not selection.split

    def apart(first: int, second: int) -> bool:
        one, other = rows[first], rows[second]
        if by_country:
            alike = (one.indicator, one.response) == (other.indicator, other.response)
            whole = one.kind == "compilation" or (one.sector, one.segment) == (
                other.sector,
                other.segment,
            )
            return alike and whole and one.country != other.country
        return (
            one.survey_id == other.survey_id
            and (one.sector, one.segment) != (other.sector, other.segment)
            and (not selection.split or one.sector == other.sector)
        )

    for _, members in lines:
        for further in kept:
            if further not in members:
                assert not all(apart(further, each) and _may(further, each) for each in members)
    together = {frozenset(pair) for _, members in lines for pair in combinations(members, 2)}
    for first, second in combinations(kept, 2):
        if apart(first, second) and _may(first, second):
            assert frozenset((first, second)) in together


@pytest.mark.parametrize("query", [WHO, EVERY, f"{EVERY}&edition=all"])
def test_a_country_stands_once_on_a_line_and_a_line_is_of_one_indicator(query):
    for section in _sections(query):
        for row in section.rows:
            countries = [value.respondents.country for value in row.values]
            assert len(countries) == len(set(countries))
            assert len({value.observation.indicator for value in row.values}) == 1


def test_the_comparison_that_the_institutions_published_together_leads():
    first = _sections(WHO)[0].rows[0]
    found = {value.respondents.country: value.observation.value for value in first.values}
    assert found == {"DK": 80, "NO": 77, "SE": 81, "IS": 78, "FI": 95}
    assert first.header.source_id
    assert first.header.among is None
    assert {"unit", "sector"} <= set(first.cautions)


def test_what_stands_on_no_line_is_counted():
    shown = _view(WHO)
    section = shown.sections[0]
    drawn = {value.observation.position for value in section.values}
    kept = set(filter_mask(INDEX, shown.selection).nonzero()[0].tolist())
    assert section.off_lines == len(kept - drawn) > 0
    assert shown.figures == len(drawn)


def test_a_baseline_stands_on_every_line_that_is_left():
    lines = _sections(f"{WHO}&baseline=IS&edition=all")[0].rows
    assert lines
    assert all("IS" in {value.respondents.country for value in row.values} for row in lines)
    assert len(lines) <= len(_sections(f"{WHO}&edition=all")[0].rows)


@pytest.mark.parametrize(
    ("query", "field"),
    [("view=bars&baseline=DK", "baseline"), ("view=compare&by=sector&baseline=DK", "baseline")],
)
def test_a_baseline_without_countries_beside_it_falls_away(query, field):
    assert getattr(parse(query, VOCABULARY).selection, field) == ""


def _runs(section: Section) -> list[list[list[Row]]]:
    """Panel by panel the lines, those of one measure that follow each other in one list."""
    return [
        [
            list(lines)
            for _, lines in groupby(
                (row for row in section.rows if row.cells[at].values),
                key=lambda row: row.header.measure,
            )
        ]
        for at in range(len(section.panels))
    ]


def _spread(row: Row) -> float:
    figures = [value.observation.value for value in row.values]
    return max(figures) - min(figures)


def _most(row: Row) -> float:
    return max(value.observation.value for value in row.values)


@pytest.mark.parametrize(("sort", "size"), [("difference", _spread), ("value", _most)])
def test_lines_of_one_indicator_stand_together_and_come_by_what_is_asked_for(sort, size):
    for query in (EVERY, HELPS):
        for section in _sections(f"{query}&sort={sort}"):
            among = list(dict.fromkeys(row.header.among for row in section.rows))
            for runs in _runs(section):
                measures = [run[0].header.measure for run in runs]
                assert len(measures) == len(set(measures))
                most = [max(map(size, run)) for run in runs]
                assert most == sorted(most, reverse=True)
                for run in runs:
                    if query == HELPS:
                        # Sectors follow each other alike all down the chart.
                        assert [row.header.among for row in run] == among[: len(run)]
                    else:
                        # What institutions published together leads.
                        order = [(not row.header.source_id, -size(row)) for row in run]
                        assert order == sorted(order)


def test_what_was_published_together_leads_whatever_countries_are_chosen():
    for countries in ("DK~SE", "DK~NO~SE"):
        query = f"country={countries}&concept=innovative_workplaces&view=compare"
        (section,) = _sections(query)
        assert [bool(row.header.source_id) for row in section.rows] == [True, False]


def test_lines_come_by_name():
    loc = Localizer(INDEX.dataset, "da")
    for section in in_order(loc, _view(f"{EVERY}&sort=name")).sections:
        for at in range(len(section.panels)):
            names = [
                loc.header(row.header).casefold() for row in section.rows if row.cells[at].values
            ]
            assert names == sorted(names)


def test_percentages_of_different_things_stand_in_different_panels():
    for section in _sections(EVERY):
        for row in section.rows:
            assert sum(bool(cell.values) for cell in row.cells) == 1


@pytest.mark.parametrize(
    ("query", "shared"),
    [
        (HELPS, ("Sweden", "answered by workplaces", "2019–2020")),
        (f"{HELPS}&sector=state", ("Sweden", "answered by agencies", "state", "2019–2020")),
        ("theme=effects&view=compare", ("All sectors",)),
    ],
)
def test_what_all_lines_share_is_said_once_above_them(query, shared):
    (section,) = _sections(query)
    loc = _LOCS["en"]
    unit = lead.unit(loc, _view(query), section)
    names = [comparisons.line_name(loc, row, named=False, beside=section) for row in section.rows]
    for words in shared:
        assert unit.casefold().count(words.casefold()) == 1
        assert not any(words in " ".join(name) for name in names)
    # No two lines are called alike.
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("query", QUERIES)
def test_no_two_lines_of_a_theme_are_called_alike(query):
    loc = _LOCS["en"]
    for section in _sections(query):
        for at in range(len(section.panels)):
            named = bool(comparisons.one_indicator(section, at))
            rows = [row for row in section.rows if row.cells[at].values]
            names = [comparisons.line_name(loc, row, named=named, beside=section) for row in rows]
            assert all(name for name, _ in names)
            # Lines of one header hold other figures; nothing else tells them apart.
            assert len(set(names)) >= len({row.header for row in rows})


@pytest.mark.parametrize(
    ("query", "times"), [("concept=collab_companies&view=compare", 0), (WHO, 1)]
)
def test_an_indicator_is_not_printed_again_below_a_title_that_names_it(query, times):
    shown = _view(query)
    (section,) = shown.sections
    label = INDEX.dataset.indicators[shown.selection.indicators[0]].label
    drawn = charts.drawing(shown, section, _LOCS["en"], 1232)
    assert sum(run.text == label for text in drawn.texts for run in text.runs) == times


def _box(text: Text) -> tuple[float, float, float, float]:
    wide = sum(width(run.text, run.size or text.size, run.bold) for run in text.runs)
    left = text.x - {"left": 0.0, "center": wide / 2, "right": wide}[text.anchor]
    return left, text.y - text.size / 2, left + wide, text.y + text.size / 2


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("wide", [288, 336, 600, 720, 1232])
def test_every_text_can_be_read(query, wide):
    shown = _view(query)
    for language in LANGUAGES:
        for section in shown.sections:
            drawing = charts.drawing(shown, section, _LOCS[language], wide)
            boxes = [_box(text) for text in drawing.texts]
            assert all(text.size >= 12 for text in drawing.texts)
            assert all(box[0] >= -0.5 and box[2] <= wide + 0.5 for box in boxes)
            for one, other in combinations(boxes, 2):
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across <= 0.5 or down <= 0.5, (language, section.theme)
            for mark in drawing.marks:
                for box in boxes:
                    assert not (box[0] < mark.x < box[2] and box[1] < mark.y < box[3])


def _names(drawing: Drawing, section: Section, loc: Localizer) -> Iterator[tuple[Text, Mark]]:
    """Each label with the mark it names."""
    marks = {mark.position: mark for mark in drawing.marks}
    for row in section.rows:
        for value in row.values:
            mark = marks[value.observation.position]
            name, figure = dot_name(loc, row.values, value), loc.value(value)
            yield (
                min(
                    (
                        text
                        for text in drawing.texts
                        if name in text.content
                        and any(run.bold and figure in run.text for run in text.runs)
                    ),
                    key=lambda text, y=mark.y: abs(text.y - y),
                ),
                mark,
            )


def _is_led(text: Text, mark: Mark, drawing: Drawing) -> bool:
    """Whether a leader joins a mark to its label."""
    left, top, right, bottom = _box(text)
    edge = mark.y + (6 if text.y > mark.y else -6)
    near = bottom if text.y < mark.y else top
    return any(
        rule.x0 == rule.x1 == mark.x
        and abs(rule.y0 - edge) < 1
        and left - 0.5 <= rule.x1 <= right + 0.5
        and abs(rule.y1 - near) <= 2
        for rule in drawing.rules
        if rule.colour == QUIET
    )


def _is_keyed(text: Text, mark: Mark, drawing: Drawing) -> bool:
    """Whether a label stands behind a key in the colour of its mark."""
    return any(
        box.fill == mark.colour and box.top < text.y < box.bottom and 0 < text.x - box.right < 6
        for box in drawing.boxes
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("wide", [288, 336, 600, 720, 1232])
def test_a_label_stands_nearest_to_its_own_dot_or_has_a_leader(query, wide):
    shown = _view(query)
    for language in LANGUAGES:
        loc = _LOCS[language]
        for section in shown.sections:
            drawing = charts.drawing(shown, section, loc, wide)
            boxes = [_box(text) for text in drawing.texts]
            for text, mark in _names(drawing, section, loc):
                if _is_led(text, mark, drawing) or _is_keyed(text, mark, drawing):
                    continue
                left, _, right, _ = _box(text)
                beside = text.y == mark.y
                x = min(max(mark.x, left), right) if beside else (left + right) / 2
                far = {
                    other.position: hypot(other.x - x, other.y - text.y)
                    for other in drawing.marks
                    if other.row == mark.row
                }
                assert min(far, key=far.__getitem__) == mark.position, (language, text.content)
            for rule in drawing.rules:
                if rule.colour == QUIET:
                    crossed = [box for box in boxes if box[0] < rule.x0 < box[2]]
                    top, bottom = sorted((rule.y0, rule.y1))
                    assert not any(box[1] < bottom and box[3] > top for box in crossed)


@given(
    st.lists(st.tuples(st.floats(0, 600), st.floats(40, 160)), min_size=2, max_size=5).map(sorted),
)
@settings(max_examples=200, deadline=None)
def test_labels_on_one_line_keep_clear_of_each_other(dots):
    wanted = [Wanted(x, x - 6, x + 6, wide) for x, wide in dots]
    places = placed(wanted, Room(-20, 640, 6, 19))
    ends = [place.ends(each.width) for place, each in zip(places, wanted, strict=True)]
    for one, other in combinations(range(len(places)), 2):
        if places[one].lane == places[other].lane:
            assert ends[one][1] <= ends[other][0] or ends[other][1] <= ends[one][0]
    for place, (start, end) in zip(places, ends, strict=True):
        if place.lane == 0:
            assert all(end < each.low or start > each.high for each in wanted)


def test_no_label_lies_on_the_amber_edge_of_a_row_on_a_phone():
    drawing = first_drawing("theme=collaboration&view=compare", 328)
    edge = max(box.right for box in drawing.boxes if box.fill == CARE)
    for content, left, _, middle in text_edges(drawing):
        if middle > drawing.panels[0].top:
            assert left + INSET >= edge + 8, content


def test_a_selection_keeps_its_order_and_baseline_in_its_address():
    selection: Selection = parse(f"{WHO}&baseline=DK&sort=name", VOCABULARY).selection
    assert (selection.baseline, selection.sort) == ("DK", "name")


def test_a_heap_of_dots_on_a_phone_stands_one_below_the_other_and_the_other_population_apart():
    (section,) = _sections(WHO)
    drawing = charts.drawing(_view(WHO), section, _LOCS["en"], 328)
    found = sorted(
        (mark for mark in drawing.marks if mark.row == 0), key=lambda mark: -mark.percent
    )
    assert [mark.percent for mark in found] == [95, 81, 80, 78, 77]
    downs = [mark.y for mark in found]
    assert downs == sorted(set(downs))
    beside = {text.y for text in drawing.texts if text.anchor == "right"}
    assert beside.issuperset(downs)
    # Nothing joins dots one below the other: it would look like a course over the years.
    at = {(mark.x, mark.y) for mark in found}
    assert not [line for line in drawing.lines if set(line.points) <= at]


def test_two_dots_at_one_place_on_a_phone_have_their_labels_on_one_side():
    view = _view("theme=collaboration&view=compare")
    (section,) = view.sections
    drawing = charts.drawing(view, section, _LOCS["en"], 328)
    pairs = [
        {mark.y for mark in drawing.marks if mark.row == row} for row in range(len(section.rows))
    ]
    heaps = [levels for levels in pairs if len(levels) == 2]
    assert heaps
    for levels in heaps:
        anchors = [
            text.anchor for text in drawing.texts if text.y in levels and "%" in text.content
        ]
        assert len(anchors) == 2
        assert len(set(anchors)) == 1


def test_a_line_joins_only_figures_of_one_population():
    (section,) = _sections(WHO)
    drawing = charts.drawing(_view(WHO), section, _LOCS["en"], 1232)
    at = {mark.percent: mark.x for mark in drawing.marks if mark.row == 0}
    ends = {(round(box.left), round(box.right)) for box in drawing.boxes}
    assert (round(at[77]), round(at[81])) in ends
    assert not any(right == round(at[95]) for _, right in ends)


def test_the_key_explains_an_interval_where_a_dot_does_not_cover_it():
    (section,) = _sections(WHO)
    spans = [each.evidence.interval for each in section.values if each.evidence.interval]
    # The longest is drawn on a wide page, not on a phone, where the key says why.
    assert 3 < max(each.high - each.low for each in spans) < 6
    for wide, drawn in ((328, False), (1200, True)):
        drawing = charts.drawing(_view(WHO), section, _LOCS["en"], wide)
        assert any(line.points[0][1] == line.points[-1][1] for line in drawing.lines) == drawn
    shown = _view(WHO)
    entries = charts.chart("compare").key(_LOCS["en"], section, shown.selection, shown.thresholds)
    assert [(each.sign, each.words) for each in entries] == [
        ("interval", "95% interval (probably wider), where known and wider than the dot"),
        ("worded", "not exact (about)"),
    ]


@pytest.mark.parametrize(
    ("query", "some"),
    [("theme=collaboration&view=compare", True), ("theme=innovation&view=compare", False)],
)
def test_amber_edges_tell_lines_apart_and_where_all_have_reasons_the_strip_says_them_once(
    query, some
):
    (section,), shown = _sections(query), _view(query)
    cautious = [bool(row.cautions) for row in section.rows]
    assert any(cautious)
    assert all(cautious) != some
    loc, compare = _LOCS["en"], charts.chart("compare")
    page = charts.drawing(shown, section, loc, 1232)
    edges = [box for box in page.boxes if box.fill == CARE]
    assert len(edges) == (sum(cautious) if some else 0)
    entries = compare.key(loc, section, shown.selection, shown.thresholds)
    assert ("care" in [each.sign for each in entries]) == some
    assert ("More reasons for care: " in comparisons.of_all_lines(loc, section)) != some
    for size in ("slide", "report", "og", "square"):
        made = charts.picture(shown, section, loc, "https://barometer.example/", size)
        drawn = [bool(row.cautions) for row in made.section.rows]
        # One more stands beside the foot.
        edges = [box for box in made.drawing.boxes if box.fill == CARE]
        assert len(edges) - 1 == (0 if all(drawn) else sum(drawn)), size
        foot = " ".join(text.content for text in made.drawing.texts)
        assert ("ore reasons for care" in foot and "Amber" not in foot) == all(drawn), size


def test_both_halves_of_an_interval_are_clear_of_other_dots():
    """Denmark's 83 % has one, and Sweden's dot lies at its lower end."""
    (section,) = _sections(WHO)
    drawing = charts.drawing(_view(WHO), section, _LOCS["en"], 1200)
    (line,) = (each for each in drawing.lines if each.points[0][1] == each.points[-1][1])
    (low, y), (high, _) = line.points
    dots = [mark for mark in drawing.marks if mark.row == 1]
    (own,) = (mark for mark in dots if mark.y == y)
    assert low < own.x - 6 < own.x + 6 < high
    for mark in dots:
        assert mark == own or not low - 6 < mark.x < high + 6 or abs(mark.y - y) >= 6


def test_a_line_of_two_bases_says_which_country_has_which_and_the_strip_that_they_differ():
    (section,) = _sections("theme=effects&view=compare")
    notes = [
        comparisons.line_name(_LOCS["en"], row, named=False, beside=section)[1]
        for row in section.rows
    ]
    told = [note.replace("\u00a0", " ").split(" · ") for note in notes]
    assert told[0] == ["Denmark 2013–14, Iceland 2016–18: % of innovations"]
    for note in told[1:]:
        assert note == [
            "Denmark 2018–19: % of innovative workplaces",
            "Iceland 2016–18: % of innovations",
        ]
    assert "not quite the same thing" in comparisons.of_all_lines(_LOCS["en"], section)
    assert "names two bases" in comparisons.bases_beside(_LOCS["en"], section)
    (section,) = _sections("theme=collaboration&view=compare")
    assert comparisons.bases_beside(_LOCS["en"], section) == ""


def test_an_indicator_stands_once_above_its_sectors():
    for wide in (328, 1200):
        drawing = first_drawing("theme=collaboration&view=compare", wide)
        written = [text.content for text in drawing.texts]
        assert written.count("Private companies") == 1


def _kept(selection: Selection) -> tuple:
    kept = np.flatnonzero(filter_mask(INDEX, selection)).tolist()
    return INDEX.dataset, selection, [INDEX.dataset.observations[at] for at in kept], INDEX.may_compare  # fmt: skip


def _on_lines(selection: Selection) -> list[int]:
    return np.flatnonzero(INDEX.lines.among(selection, filter_mask(INDEX, selection))).tolist()


@pytest.mark.parametrize("query", [*QUERIES, f"{EVERY}&baseline=DK&edition=all", f"{EVERY}&baseline=NL"])  # fmt: skip
def test_what_stands_on_a_line_is_known_without_the_lines(query: str) -> None:
    asked = _kept(parse(query, VOCABULARY).selection)
    assert sorted(compared_at_all(*asked)) == sorted(lines_of(*asked)) == _on_lines(asked[1])


@settings(max_examples=60, deadline=None)
@given(any_selections, st.sampled_from(("", *VOCABULARY.countries)))
def test_of_any_selection_too(selection: Selection, baseline: str) -> None:
    changed = normal(replace(selection, chart="compare", baseline=baseline), VOCABULARY)
    asked = _kept(changed)
    assert sorted(compared_at_all(*asked)) == sorted(lines_of(*asked)) == _on_lines(changed)


def test_of_more_sets_than_can_be_listed_every_figure_has_one() -> None:
    """Forty countries with two editions each make more than 1,000,000,000,000 sets."""
    positions = range(80)
    found = comparable_sets(positions, lambda one, other: one // 2 != other // 2)
    assert len(found) <= MOST_SETS + len(positions)
    assert {position for each in found for position in each} == set(positions)
    assert {len({position // 2 for position in each}) for each in found} == {40}
    assert {len(each) for each in found} == {40}


def test_what_most_countries_are_compared_by_leads():
    section = only_section("theme=innovation&view=compare")
    most = [
        max(
            len({value.respondents.country for value in row.cells[at].values})
            for row in section.rows
        )
        for at, _ in enumerate(section.panels)
    ]
    assert len(set(most)) > 1
    assert most == sorted(most, reverse=True)


def test_dots_that_cover_or_touch_each_other_stand_one_below_the_other_on_a_slide() -> None:
    ((_, drawing),) = drawings(show(WHO), None)
    for row in ({77, 78, 80, 81, 95}, {73, 81, 83}, {82, 84}):
        rows = {mark.row for mark in drawing.marks if mark.percent == min(row)}
        of_row = [mark for mark in drawing.marks if mark.row in rows]
        assert row == {round(mark.percent) for mark in of_row}
        assert len({round(mark.y) for mark in of_row}) == len(of_row)
        labels = [text for text in drawing.texts if any(text.y == mark.y for mark in of_row)]
        assert {text.anchor for text in labels if text.runs[-1].bold} == {"right"}


@pytest.mark.parametrize("size", ["slide", "report", "square"])
def test_two_dots_that_touch_stand_side_by_side_where_others_do(size: str) -> None:
    shown = show("theme=effects&view=compare")
    drawing = charts.picture(
        shown, shown.sections[0], _LOCS["en"], "https://barometer.example/", size
    ).drawing
    for row in {mark.row for mark in drawing.marks}:
        assert len({round(mark.y) for mark in drawing.marks if mark.row == row}) == 1


def test_a_preview_says_its_indicator_once() -> None:
    shown = show("theme=effects&view=compare")
    drawing = charts.picture(
        shown, shown.sections[0], _LOCS["en"], "https://barometer.example/", "og"
    ).drawing
    texts = [text.content.replace("\u00a0", " ") for text in drawing.texts]
    assert len([text for text in texts if "Higher efficiency" in text]) == 1


def test_the_lines_of_percentages_of_a_picture_pass_through_no_text() -> None:
    for query in (WHO, "theme=effects&view=compare"):
        ((_, drawing),) = drawings(show(query), None)
        grid = [rule for rule in drawing.rules if rule.colour == GRID]
        assert grid
        for _, left, right, middle in text_edges(drawing):
            assert not any(left < rule.x0 < right and rule.y0 < middle < rule.y1 for rule in grid)
