"""Tables and CSV of any view against the published data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings

from dashboard import charts, statistics
from dashboard.charts import to_show
from dashboard.dataset import Asked
from dashboard.formats.records import COLUMNS
from dashboard.layout.table import table_frame
from dashboard.layout.to_html import fragment
from dashboard.query import Section, View, build_index, view
from dashboard.selection import Selection
from dashboard.tables import Blank, Table, section_table
from dashboard.text import missing
from tests.support import rich, views
from tests.support.tables import CODES, KINDS, PICKED, blanks, records
from tests.support.views import only_section, show


def label(list_name: str, code: str) -> str:
    return views.index().dataset.codes[list_name][code].label


def shown_of(selection: Selection) -> View:
    return views.of(selection)


def assert_table(section: Section) -> None:
    """Every drawn value is one line with its facts, also where it stands in several rows; every reason for a blank is told."""
    table = section_table(section, views.loc())
    drawn = {value.observation.position: value for value in section.values}
    assert sorted(line.position for line in table.lines) == sorted(drawn)
    names = [line.indicator for line in table.lines]
    assert len([*groupby(names)]) == len(set(names)), "the figures of an indicator stand together"
    notes = {note.letter: note for note in table.notes}
    columns = {column.field for column in table.columns}
    for line in table.lines:
        row, known = views.published()[line.position], views.index().evidence[line.position]
        source = views.index().dataset.sources[row["source_id"]]
        qualifier = f"{row['qualifier']} " if row["qualifier"] != "exact" else ""
        sign = " ?" if row["status"] == "inferred" else ""
        assert line.figure.text == f"{qualifier}{float(row['value']):g}%{sign}", (
            "as the chart prints it"
        )
        assert line.figure.key == float(row["value"])
        base = views.index().dataset.label("base", row["base"])
        yes = drawn[line.position].measure.response or row["response"] == "yes"
        answer = label("response", row["response"])
        assert line.of == (base if yes else f"{base}; “{answer[0].lower()}{answer[1:]}”")
        assert (line.n.text.split(" ")[0], line.n.absent) == (
            (f"{int(row['n']):,}", "")
            if row["n"]
            else ("≤", "")
            if known.interval and known.interval.kind == "approximate"
            else ("", "not published")
        )
        assert ("†" in line.n.text) == bool(known.few)
        said = {(note.text, note.url) for note in table.notes if not note.letter}
        said |= {(notes[letter].text, notes[letter].url) for letter in line.notes}
        doubt = f"; in doubt: {label('doubt', row['doubt'])}" if row["doubt"] else ""
        printed = row["status"] == "printed"
        assert said == {
            *([] if "n" in columns else [("n: not published", "")]),
            *([] if "interval" in columns else [(f"95% interval: {reasons_of(table)}", "")]),
            *([] if "of" in columns else [(f"% of {label('base', row['base'])}", "")]),
            (f"{source.publisher}: {source.title}", source.url),
            *([] if printed else [(label("status", row["status"]) + doubt, "")]),
        }
        assert line.period.text == views.loc().years(drawn[line.position].survey)
        assert label("sector", row["sector"]).lower() in line.place.lower()
        if known.interval:
            low, high = f"{round(known.interval.low)}%", f"{round(known.interval.high)}%"
            assert f"{low} to {high}" in line.interval.text
            around = line.interval.text.split(f"{low} to {high}")
            assert (
                around
                == {
                    "wilson": ["", ""],
                    "approximate": ["", ", probably wider"],
                    "possible": ["possible range ", ""],
                }[known.interval.kind]
            )
        else:
            exact = row["qualifier"] == "exact"
            assert line.interval.absent == ("n unknown" if exact else "figure not exact")
    # What lacks an answer lacks further ones too: it is listed once.
    cells = [
        cell
        for row in section.rows
        for panel, cell in zip(section.panels, row.cells, strict=True)
        if not section.is_further_answer(row.header, panel.header)
    ]
    reasons = {missing.blank(views.loc(), blank) for cell in cells for _, blank in cell.missing}
    reasons |= {missing.blank(views.loc(), cell.blank) for cell in cells if cell.blank}
    assert {blank.reason for blank in table.blanks} == reasons
    for blank in table.blanks:
        assert blank.indicator
        assert blank.respondents
        assert blank.population


def reasons_of(table: Table) -> str:
    """Why none of the figures of a table has an interval."""
    return views.loc().either(dict.fromkeys(line.interval.absent for line in table.lines))


def assert_csv(shown: View) -> None:
    """One record for each figure and each blank; what stands in it is what the data folder holds."""
    found = records(shown)
    full, empty = [row for row in found if not row["blank"]], [row for row in found if row["blank"]]
    drawn = [value for section in shown.sections for value in section.values]
    assert len(full) == len(drawn)
    by_key = {
        key(views.published()[value.observation.position]): value.observation.position
        for value in drawn
    }
    assert {key(row) for row in full} == set(by_key)
    for row in full:
        position = by_key[key(row)]
        assert_record(row, views.published()[position], position)
    assert Counter(row["blank"] for row in empty) == Counter(
        {CODES[kind]: count for kind, count in sum(map(blanks, shown.sections), Counter()).items()}
    )
    for row in empty:
        known = {
            "theme",
            "concept",
            "indicator",
            "country",
            "level",
            "sector",
            "segment",
            "survey_id",
            "response",
            "blank",
        }
        assert not any(row[name] for name in set(COLUMNS) - known)
        assert row["theme"]
        assert row["indicator"] == views.index().dataset.indicators[row["concept"]].label


def key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("survey_id", "sector", "segment", "concept", "response"))


def assert_record(row: dict[str, str], source: dict[str, str], position: int) -> None:
    survey = views.surveys()[source["survey_id"]]
    assert float(row["value"]) == float(source["value"])
    for name in ("theme", "qualifier", "base", "n", "count", "status", "doubt", "source_id"):
        assert row[name] == source[name], name
    for name in ("locator", "note"):
        assert row[name].removeprefix("'") == source[name].removeprefix("'")
    assert (row["country"], row["level"], row["reference_period"]) == (
        survey["country"],
        survey["level"],
        survey["reference_period"],
    )
    known = views.index().evidence[position]
    if known.interval:
        low, high, n, kind = interval_of(source)
        assert (row["interval_low"], row["interval_high"]) == (str(round(low)), str(round(high))), (
            "no decimal that the figure has not"
        )
        assert (row["interval_n"], row["interval_kind"]) == (n, kind)
    else:
        assert (row["interval_low"], row["interval_high"], row["interval_n"]) == ("", "", "")
        assert row["interval_kind"] == ("worded" if source["qualifier"] != "exact" else "n_unknown")


def interval_of(source: dict[str, str]) -> tuple[float, float, str, str]:
    """(low, high, n, kind) of a published figure that has an interval, from the tables themselves."""
    survey = views.surveys()[source["survey_id"]]
    n = source["n"] or survey["innovations_n" if source["base"] == "innovations" else "respondents"]
    if (source["survey_id"], source["sector"]) == ("se-2021-central", "regional"):
        count, silent = round(float(source["value"]) * int(n) / 100), 20 - 14
        everyone = int(n) + silent
        return 100 * count / everyone, 100 * (count + silent) / everyone, n, "possible"
    share = 100 * int(source["count"]) / int(n) if source["count"] else float(source["value"])
    low, high = statistics.wilson(share, int(n))
    return float(low), float(high), n, "wilson" if source["n"] else "approximate"


@pytest.mark.parametrize("query", PICKED)
def test_picked_views(query: str) -> None:
    shown = show(query)
    assert shown.sections
    for section in shown.sections:
        assert_table(section)
    assert_csv(shown)


@settings(max_examples=25)
@given(rich.selections)
def test_tables_of_random_views(selection: Selection) -> None:
    for section in shown_of(selection).sections:
        assert_table(section)


@settings(max_examples=25)
@given(rich.selections)
def test_csv_of_random_views(selection: Selection) -> None:
    assert_csv(shown_of(selection))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_blank_is_reached_and_told_in_table_and_csv(kind: str) -> None:
    assert_blank_shown(show(KINDS[kind]), kind)


def assert_blank_shown(shown: View, kind: str) -> None:
    """A kind of blank is reached in the first section and told by table and CSV; under the chart it is counted."""
    said = {
        "not_asked": "not asked",
        "not_published": "not published",
        "not_collected": "not collected",
        "drawn": "drawn without values",
        "compiled": "only in the Nordic comparison of 2019",
        "filtered": "hidden by filters",
    }
    assert blanks(shown.sections[0])[kind]
    assert said[kind] in {
        blank.reason for blank in section_table(shown.sections[0], views.loc()).blanks
    }
    assert CODES[kind] in {row["blank"] for row in records(shown)}
    assert f" {said[kind]}" in missing.counted(views.loc(), shown.sections[0])
    heat = replace(shown, selection=replace(shown.selection, chart="heat"))
    for selection in (shown.selection, heat.selection):
        drawn = replace(shown, selection=selection)
        drawing = charts.drawing(drawn, shown.sections[0], views.loc(), 920)
        assert not any(
            word in text.content for text in drawing.texts for word in (CODES[kind], said[kind])
        )


def test_a_figure_that_is_drawn_without_its_value_is_told_as_such() -> None:
    """If the Danish publication drew technology by sector: today the sectors are not published at all."""
    dataset, query = (
        views.index().dataset,
        "concept=driver_technology~driver_legislation&country=DK",
    )
    assert blanks(only_section(query)) == Counter({"not_published": 3})
    drawn = Asked("dk-2015", "driver_technology", True, True, "The pages draw it without numbers.")
    changed = build_index(
        replace(dataset, asked={**dataset.asked, ("dk-2015", "driver_technology"): drawn})
    )
    shown = view(changed, views.select(query))
    assert blanks(shown.sections[0]) == Counter({"drawn": 3})
    assert_blank_shown(shown, "drawn")


def test_what_stands_only_in_a_compilation_is_told_with_the_survey_that_has_it() -> None:
    section = only_section(KINDS["compiled"])
    found = [
        blank
        for row in section.rows
        for cell in row.cells
        for _, blank in cell.missing
        if blank.kind == "compiled"
    ]
    assert {blank.evidence for blank in found} == {"nordic-2019-no"}
    assert [(row.country, row.value) for row in section.together] == [
        ("DK", 80),
        ("FI", 95),
        ("IS", 78),
        ("NO", 77),
        ("SE", 81),
    ]


def test_a_figure_that_only_comparable_leaves_out_is_hidden_by_filters() -> None:
    """Swedish companies 25, 28 and 60 exist; what may not be compared is filtered out, not unpublished."""
    section = only_section("theme=collaboration&country=DK~SE&only=comparable")
    dropped = {
        value.observation
        for value in only_section("theme=collaboration&country=DK~SE&more=collaboration").values
    }
    dropped -= {
        value.observation
        for value in only_section(
            "theme=collaboration&country=DK~SE&only=comparable&more=collaboration"
        ).values
    }
    for row in section.rows:
        for panel, cell in zip(section.panels, row.cells, strict=True):
            hidden = [
                each
                for each in dropped
                if each.indicator == row.header.indicator and each.country == panel.header.country
            ]
            if cell.blank and hidden:
                assert cell.blank.kind == "filtered", (row.header, panel.header)


def test_a_table_says_what_its_blanks_are_about() -> None:
    table = section_table(only_section("theme=drivers&country=DK~SE"), views.loc())
    assert (
        Blank(
            "Driven by technology and knowledge",
            "Denmark, workplaces",
            "Municipal, Regional, State",
            "not published",
        )
        in table.blanks
    )


def test_a_figure_on_two_lines_of_a_comparison_is_one_line_of_the_table() -> None:
    section = only_section("theme=effects&view=compare&edition=all")
    drawn = [value.observation.position for row in section.rows for value in row.values]
    assert len(drawn) > len(set(drawn))
    table = section_table(section, views.loc())
    assert sorted(line.position for line in table.lines) == sorted(set(drawn))


def test_columns_that_say_nothing_are_left_out() -> None:
    def columns(query: str, rates: bool = False) -> list[str]:
        table = section_table(only_section(query), views.loc(), rates=rates)
        return [column.heading for column in table.columns]

    usual = ["Indicator", "Where", "Figure", "Period", "n", "Approximate 95% interval"]
    assert columns("concept=innovative_workplaces&country=SE&sector=state") == usual
    # A possible range says in its cell that it is one.
    graded = [*usual[:3], "% of", *usual[3:], "Notes"]
    assert columns("theme=drivers&country=DK~SE") == graded
    # No n is published, nor an interval known: both are said once below.
    assert columns("theme=effects&country=NO~IS") == [*usual[:4], "Source"]
    below = section_table(only_section("theme=effects&country=NO~IS"), views.loc()).notes
    assert [note.text for note in below][:2] == [
        "n: not published",
        "95% interval: n unknown or figure not exact",
    ]
    change = "concept=innovative_workplaces&country=DK&view=change"
    assert columns(change, rates=True) == [*usual, "Response rate", "Notes"]


def test_the_signs_of_a_table_are_explained_below_it() -> None:
    def key(query: str) -> list[str]:
        return [note.text for note in section_table(only_section(query), views.loc()).key]

    possible = "possible range (everybody was asked): the share lies in it, whatever those who did not answer would say"
    most = "n ≤: not published, at most this; interval probably wider"
    signs = ["† fewer than 100, †† fewer than 30 answers", most, possible]
    found = key("theme=drivers")
    assert found[:3] == signs
    # Of several bases each says whom it counts.
    of = {note.partition(":")[0] for note in found[3:-2]}
    assert of == {
        views.loc().share(value.observation.base) for value in only_section("theme=drivers").values
    }
    assert (
        "% of respondents: People who answered are counted; one organisation may have given several answers"
        in found
    )
    assert key("theme=effects&country=NO~IS") == []
    table = section_table(only_section("theme=drivers"), views.loc())
    assert {line.interval.text.startswith("possible") for line in table.lines} == {True, False}
    for line in table.lines:
        possible_range = line.interval.text.startswith("possible")
        assert line.interval.absent or line.interval.name == ("" if possible_range else "95%:")
    assert table.legend == "95%: approximate 95% interval"


def test_a_change_names_the_response_rate_of_each_edition() -> None:
    section = only_section("concept=innovative_workplaces&country=DK&view=change")
    table = section_table(section, views.loc(), rates=True)
    dataset = views.index().dataset
    of_line = {line.position: line.rate for line in table.lines}
    for value in section.values:
        row = value.observation
        sector = dataset.response_rates.get((row.survey_id, row.sector))
        rate = sector.response_rate if sector else None
        rate = value.survey.response_rate if rate is None else rate
        shown = of_line[row.position]
        assert (shown.key, shown.absent) == (rate, "" if rate is not None else "not published")


def test_what_percentages_are_of_is_seen_once_an_indicator_and_spoken_on_each_line() -> None:
    shown = views.show("theme=drivers&view=table")
    (section,) = shown.sections
    html = fragment(table_frame(shown, section, views.loc()))
    leading = to_show.leading(views.loc(), shown, section)
    lines = section_table(section, views.loc(), leading=leading).lines
    cells = re.findall(r'<td[^>]*class="(of(?: again)?)"[^>]*><span>(.*?)</span>', html)
    assert [text for _, text in cells] == [line.of for line in lines]
    seen = [look == "of" for look, _ in cells]
    before = [("", ""), *((line.indicator, line.of) for line in lines)]
    changed = [
        (line.indicator, line.of) != above for line, above in zip(lines, before, strict=False)
    ]
    assert seen == changed
    assert 10 < sum(seen) < len(lines) / 2
