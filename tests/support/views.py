"""Views of the published data by their address, and random selections, for the tests of the pure core."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache, reduce
from pathlib import Path

from hypothesis import strategies as st

from dashboard import charts  # noqa: F401 -- registers the types of charts
from dashboard.comparability import SmallBaseThresholds
from dashboard.context import RequestContext
from dashboard.dataset import archives, load
from dashboard.query import Cell, DatasetIndex, Difference, Section, View, build_index, view
from dashboard.query.families import Differences
from dashboard.releases import ReleaseStore
from dashboard.selection import Selection, Vocabulary, default, filters, normal, parse
from dashboard.selection.parameter import Parameter, Value
from dashboard.text import Localizer

DATA = Path(__file__).resolve().parents[2] / "data"


@cache
def index() -> DatasetIndex:
    """The published data, ready for requests."""
    return build_index(load(DATA))


@cache
def loc() -> Localizer:
    """The site's words in English."""
    return Localizer(index().dataset)


@cache
def store() -> ReleaseStore:
    """The published release and those before it, as the callbacks take them."""
    return ReleaseStore.of_dataset(index().dataset, archives(DATA), SmallBaseThresholds())


def every_difference(found: Differences) -> tuple[Difference, ...]:
    """All that are tested or published, by the positions of their two figures."""
    every = dict.fromkeys(each for of_figure in found.values() for each in of_figure)
    return tuple(sorted(every, key=lambda each: (each.first.position, each.second.position)))


def context(
    query: str,
    language: str = "en",
    releases: ReleaseStore | None = None,
    public_url: str = "https://barometer.example",
) -> RequestContext:
    """The context of a request for an address, by a reader of a language."""
    releases = releases or store()
    parsed = parse(query, releases.vocabulary)
    return RequestContext(
        parsed.selection,
        parsed.ignored,
        parsed.selection.language or language,
        public_url,
        releases,
    )


def vocabulary() -> Vocabulary:
    """Codes of the published data."""
    return index().vocabulary


@cache
def published() -> tuple[dict[str, str], ...]:
    """``observations.csv`` as it stands, read without any code under test; a figure's position is its index."""
    with (DATA / "observations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def questions() -> list[dict[str, str]]:
    """``questions.csv`` as it stands."""
    with (DATA / "questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def surveys() -> dict[str, dict[str, str]]:
    """``surveys.csv`` as it stands, by survey id."""
    with (DATA / "surveys.csv").open(encoding="utf-8", newline="") as file:
        return {row["survey_id"]: row for row in csv.DictReader(file)}


QUESTIONS = {row["question_id"]: row["query"] for row in questions() if row["kind"] == "question"}
"""Name -> canonical query of every question, in the order of the page."""
FINDINGS = {row["question_id"]: row["query"] for row in questions() if row["kind"] == "finding"}
"""Likewise of every finding."""
FIRST_VISIT = "theme=drivers~collaboration~effects"
"""Canonical query of the view that an address without any view stands for where it is a file."""
HOME = next(iter(QUESTIONS.values()))
"""Canonical query of the view on which the site opens."""
READY_VIEWS = {
    "who": "concept=innovative_workplaces~works_with_innovation&view=dots&by=indicator",
    "drivers": "theme=drivers&country=DK~SE",
    "companies": "concept=collab_companies~role_companies&by=indicator",
    "effects": "theme=effects",
    "broad": "theme=effects~conditions~activities&country=SE&split=group&view=dots",
    "denmark": "theme=collaboration~innovation&country=DK&sector=all&view=change",
    **{f"question-{name}": query for name, query in QUESTIONS.items()},
}
"""Name -> query of views of every kind, among them those of the questions."""


def select(query: str) -> Selection:
    """The selection of an address of which nothing is ignored."""
    parsed = parse(query, vocabulary())
    assert parsed.ignored == ()
    return parsed.selection


@lru_cache(maxsize=1024)
def of(selection: Selection) -> View:
    """The view of a selection: frozen, and asked for by many tests."""
    return view(index(), selection)


def show(query: str) -> View:
    """The view of an address."""
    return of(select(query))


def only_section(query: str) -> Section:
    """The one section of an address that shows one theme."""
    (section,) = show(query).sections
    return section


def panels(section: Section) -> list[str]:
    """Names of a section's panels."""
    return [loc().header(panel.header) for panel in section.panels]


def cell(section: Section, panel: str, row: str) -> Cell:
    """The cell where a panel and a row meet, both by their names; of several panels and rows of a name all that stands there."""
    held = [at for at, name in enumerate(panels(section)) if name == panel]
    rows = [each for each in section.rows if loc().header(each.header) == row]
    found = [each.cells[at] for at in held for each in rows]
    blanks = [each.blank for each in found if each.blank]
    return Cell(
        tuple(value for each in found for value in each.values),
        blanks[0] if blanks else None,
        tuple(said for each in found for said in each.missing),
    )


def figures(found: Cell) -> dict[str, float]:
    """Sector -> percent of a cell with one figure a sector."""
    assert len({value.observation.sector for value in found.values}) == len(found.values)
    return {value.observation.sector: value.observation.value for value in found.values}


def missing(found: Cell) -> dict[str, str]:
    """Series without a figure in a cell -> kind of blank."""
    return {loc().header(header): blank.kind for header, blank in found.missing}


def _some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Everything, or any part of it in any order."""
    return st.just(codes) | st.lists(st.sampled_from(codes), unique=True).map(tuple)


def _values(parameter: Parameter) -> st.SearchStrategy[Value]:
    """Values of a parameter as a careless caller may give them."""
    offered = parameter.offered(vocabulary())
    usual = st.just(parameter.usual(vocabulary()))
    if parameter.kind == "flag":
        return st.booleans()
    if parameter.kind == "one":
        return usual | st.sampled_from(offered)
    alone = st.sampled_from([(each,) for each in parameter.alone] or [()])
    few = st.lists(st.sampled_from(offered), unique=True, max_size=6).map(tuple)
    return usual | alone | (few if len(offered) > 20 else _some(offered))


def _random_selections() -> st.SearchStrategy[Selection]:
    parameters = filters.every()
    return st.tuples(*(_values(each) for each in parameters)).map(
        lambda values: reduce(
            lambda selection, each: each[0].put(selection, each[1]),
            zip(parameters, values, strict=True),
            default(vocabulary()),
        )
    )


any_selections: st.SearchStrategy[Selection] = st.deferred(_random_selections)
"""Selections as a careless caller may build them: in any order, with things that do not go together."""

selections: st.SearchStrategy[Selection] = any_selections.map(
    lambda selection: normal(selection, vocabulary())
)
"""Canonical selections, as an address gives them."""


everything: st.SearchStrategy[Selection] = selections.map(
    lambda selection: replace(selection, comparable=False)
)
"""Canonical selections that do not ask for comparable figures only."""


def selections_of(change: Callable[[Selection], Selection]) -> st.SearchStrategy[Selection]:
    """Canonical selections after ``change``."""
    return any_selections.map(lambda selection: normal(change(selection), vocabulary()))
