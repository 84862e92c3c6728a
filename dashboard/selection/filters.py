"""Every parameter of the address, once: filters, which decide what figures are shown, and how the view shows them.

Addresses, /api, controls, counts, callbacks, the number of active filters, ways out of an empty view, subtitles of pictures
and the form of the first response are loops over ``every()``, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from dashboard.dataset import Dataset, figure_name
from dashboard.messages import gettext_noop
from dashboard.selection import chart_types, rules
from dashboard.selection.languages import language
from dashboard.selection.model import (
    ALL_EDITIONS,
    ARRANGEMENTS,
    COLOUR_SCHEMES,
    LANGUAGES,
    LATEST,
    SORTS,
    Selection,
)
from dashboard.selection.parameter import Control, Filter, Parameter, Subtitle, WayOut
from dashboard.selection.registered import registered

TRUST = gettext_noop("Trust")
"""Heading of the controls for what a reader may rely on."""


def _unless_all(text: str) -> Callable[[tuple[str, ...], Collection[str]], str]:
    """A subtitle that is left out where everything or nothing is chosen."""
    return lambda value, codes: text if value and set(codes) - set(value) else ""


def _edition_subtitle(value: tuple[str, ...], _: Collection[str]) -> str:
    if value == LATEST:
        return gettext_noop("newest figure of each country")
    return (
        gettext_noop("all editions") if value == ALL_EDITIONS else gettext_noop("chosen editions")
    )


def _national_editions(selection: Selection, dataset: Dataset) -> tuple[str, ...]:
    """Editions of the chosen countries: what a reader who starts to choose is shown ticked."""
    return tuple(
        code
        for code, survey in dataset.surveys.items()
        if survey.kind == "national" and survey.country in selection.countries
    )


THEME: Filter = Filter(
    name="theme",
    field="themes",
    kind="many",
    choices=lambda v: v.themes,
    default=rules.opening_themes,
    may_be_empty=True,
    labels="theme",
    column="theme",
    lifts=lambda s, theme, v: () if theme in rules.themes_of(s.indicators, v) else ("concept",),
    follow=rules.with_indicators_of_themes,
    control=Control(50, gettext_noop("Themes"), all_or_none=True, place="row"),
    way_out=WayOut(
        90,
        gettext_noop("The chosen themes have no figure here."),
        gettext_noop("Show other themes"),
        # Other indicators may be published for any theme, a first visit's themes for most countries.
        lambda s, v: THEME.put(s, v.themes if s.indicators else rules.opening_themes(v)),
        nothing=gettext_noop("Choose at least one theme"),
    ),
)
COUNTRY: Filter = Filter(
    name="country",
    field="countries",
    kind="many",
    choices=lambda v: v.countries,
    default=rules.opening_countries,
    may_be_empty=True,
    labels="country",
    column="country",
    control=Control(30, gettext_noop("Countries"), all_or_none=True, place="row"),
    way_out=WayOut(
        80,
        gettext_noop("The chosen countries have no figure here."),
        gettext_noop("Show all countries"),
        lambda s, v: COUNTRY.put(s, v.countries),
        nothing=gettext_noop("Choose at least one country"),
    ),
)
SECTOR = Filter(
    name="sector",
    field="sectors",
    kind="many",
    choices=lambda v: v.sectors,
    default=lambda v: v.sectors,
    may_be_empty=True,
    labels="sector",
    column="sector",
    control=Control(
        40,
        gettext_noop("Sectors"),
        all_or_none=True,
        place="row",
        everything=gettext_noop("all"),
        # The sector that holds the others is not all that can be chosen.
        short={"all": gettext_noop("All sectors")},
    ),
    subtitle=Subtitle(20, _unless_all("{sectors}")),
    way_out=WayOut(
        70,
        gettext_noop("The chosen sectors have no figure here."),
        gettext_noop("Show all sectors"),
        nothing=gettext_noop("Choose at least one sector"),
    ),
)
INDICATOR = Filter(
    name="concept",
    field="indicators",
    kind="many",
    choices=lambda v: v.indicators,
    labels="concept",
    column="indicator",
    empty_keeps_all=True,
    lifts=lambda *_: ("theme",),
    follow=rules.with_themes_of_added,
    control=Control(
        70,
        gettext_noop("Indicators"),
        reset=gettext_noop("show all indicators"),
        search=gettext_noop("Search, e.g. companies"),
    ),
    subtitle=Subtitle(50, lambda value, _: gettext_noop("chosen indicators only") if value else ""),
    way_out=WayOut(
        20,
        gettext_noop("The chosen indicators have no figure here."),
        gettext_noop("Show all indicators"),
    ),
)
EDITION: Filter = Filter(
    name="edition",
    field="editions",
    kind="many",
    choices=lambda v: (*LATEST, *ALL_EDITIONS, *v.surveys),
    may_be_empty=True,
    alone=(*LATEST, *ALL_EDITIONS),
    opened=_national_editions,
    labels="survey",
    names={
        "latest": gettext_noop("Newest figure of each country"),
        "all": gettext_noop("All editions"),
        "chosen": gettext_noop("Chosen editions"),
    },
    column="survey_id",
    # Which figure is the newest is told by all figures together: see ``query.filtering``.
    keeps={"all": lambda figures: figures.having("kind", "national")},
    control=Control(
        60,
        gettext_noop("Edition"),
        place="row",
        short={"latest": gettext_noop("newest"), "all": gettext_noop("all")},
    ),
    subtitle=Subtitle(10, _edition_subtitle),
    way_out=WayOut(
        50,
        gettext_noop("The chosen editions have no figure here."),
        gettext_noop("Use the newest editions"),
        lambda s, v: EDITION.put(s, rules.usual_editions(s.chart)),
    ),
)
LEVEL = Filter(
    name="level",
    field="levels",
    kind="many",
    choices=lambda v: v.levels,
    default=lambda v: v.levels,
    may_be_empty=True,
    labels="level",
    column="level",
    control=Control(80, gettext_noop("Who answered")),
    subtitle=Subtitle(30, _unless_all(gettext_noop("answered by {who}"))),
    way_out=WayOut(
        60,
        gettext_noop("The chosen respondents have no figure here."),
        gettext_noop("Show all respondents"),
    ),
)
SPLIT = Filter(
    name="split",
    field="split",
    kind="one",
    choices=lambda v: v.dimensions,
    may_be_empty=True,
    labels="dimension",
    names={"": gettext_noop("Nothing (whole groups)")},
    column="dimension",
    control=Control(90, gettext_noop("Split by")),
    subtitle=Subtitle(40, lambda value, _: gettext_noop("split by {split}") if value else ""),
    way_out=WayOut(
        40, gettext_noop("No figure is split this way here."), gettext_noop("Drop the split")
    ),
)
INFERRED = Filter(
    name="inferred",
    field="inferred",
    kind="flag",
    choices=lambda v: ("show", "hide"),
    on="show",
    off="hide",
    names={"show": gettext_noop("Show inferred figures (hatched)")},
    keeps={
        "show": lambda figures: np.ones(len(figures), dtype=bool),
        "hide": lambda figures: ~figures.having("status", "inferred"),
    },
    control=Control(120, TRUST, short={"hide": gettext_noop("Without inferred figures")}),
    subtitle=Subtitle(
        60, lambda value, _: "" if value else gettext_noop("without inferred figures")
    ),
    way_out=WayOut(
        30,
        gettext_noop("Only inferred figures fit, and they are hidden."),
        gettext_noop("Show inferred figures"),
    ),
)
CHART: Filter = Filter(
    name="view",
    field="chart",
    kind="one",
    choices=lambda v: chart_types.chart_names(),
    names=chart_types.LABELS,
    narrows=False,
    follow=lambda before, after, _: rules.switched(CHART.put(after, before.chart), CHART.of(after)),
    control=Control(
        200,
        gettext_noop("Chart"),
        id="chart",
        place="chart",
        short={
            "scale": gettext_noop("Answers"),
            "change": gettext_noop("Change"),
            "heat": gettext_noop("Heat"),
        },
    ),
    way_out=WayOut(
        100,
        gettext_noop("This type of chart has nothing to draw here."),
        gettext_noop("Draw bars instead"),
        lambda s, v: rules.switched(s, "bars"),
    ),
)
ARRANGEMENT = Parameter(
    name="by",
    field="by",
    kind="one",
    choices=lambda v: ARRANGEMENTS,
    names={
        "country": gettext_noop("By country"),
        "sector": gettext_noop("By sector"),
        "indicator": gettext_noop("By indicator"),
    },
    control=Control(100, gettext_noop("Side by side")),
)
SORT = Parameter(
    name="sort",
    field="sort",
    kind="one",
    choices=lambda v: SORTS,
    names={
        "published": gettext_noop("As published"),
        "difference": gettext_noop("By difference"),
        "value": gettext_noop("By value"),
        "name": gettext_noop("A to Z"),
    },
    control=Control(102, gettext_noop("Order of rows")),
)
BASELINE = Parameter(
    name="baseline",
    field="baseline",
    kind="one",
    choices=lambda v: v.countries,
    may_be_empty=True,
    labels="country",
    names={"": gettext_noop("None")},
    control=Control(104, gettext_noop("Compare with")),
)
INTERVALS = Parameter(
    name="interval",
    field="intervals",
    kind="flag",
    choices=lambda v: ("show", "hide"),
    on="show",
    off="hide",
    names={"show": gettext_noop("Show 95% intervals")},
    control=Control(110, TRUST, short={"hide": gettext_noop("Without 95% intervals")}),
)
COMPARABLE = Filter(
    name="only",
    field="comparable",
    kind="flag",
    # Whether two figures may be compared is told by the pair: see ``query.filtering``.
    choices=lambda v: ("everything", "comparable"),
    on="comparable",
    off="everything",
    names={"comparable": gettext_noop("Only figures that may be compared")},
    control=Control(
        65,
        gettext_noop("Comparable"),
        place="toggle",
        short={"comparable": gettext_noop("Only comparable")},
    ),
    way_out=WayOut(
        10, gettext_noop("No two figures here may be compared."), gettext_noop("Show all figures")
    ),
)
EXPANDED = Parameter(name="more", field="expanded", kind="many", choices=lambda v: v.themes)
RELEASE = Parameter(name="release", field="release", kind="one", choices=lambda v: v.releases)
LANGUAGE = Parameter(
    name="lang", field="language", kind="one", choices=lambda v: LANGUAGES, meant=language
)
COLOUR_SCHEME = Parameter(
    name="look",
    field="colour_scheme",
    kind="one",
    choices=lambda v: COLOUR_SCHEMES,
    names={
        "": gettext_noop("Automatic"),
        "light": gettext_noop("Light"),
        "dark": gettext_noop("Dark"),
    },
)
FIGURE = Parameter(
    name="figure",
    field="figures",
    kind="many",
    choices=lambda v: ("dk-2023:all:collab_any",),
    form=figure_name.PATTERN,
    shown_form=figure_name.FORM,
    most=2,
)
"""The figure whose card is open, and the one that it is compared with; it changes nothing of the view."""


PARAMETERS = registered(
    THEME,
    COUNTRY,
    SECTOR,
    INDICATOR,
    EDITION,
    LEVEL,
    SPLIT,
    INFERRED,
    CHART,
    ARRANGEMENT,
    SORT,
    BASELINE,
    INTERVALS,
    COMPARABLE,
    EXPANDED,
    RELEASE,
    LANGUAGE,
    COLOUR_SCHEME,
    FIGURE,
)


def every() -> tuple[Parameter, ...]:
    """All parameters, in the order of addresses."""
    return PARAMETERS.every


def filters() -> tuple[Filter, ...]:
    """Those that decide which figures are shown, in the order of addresses."""
    return PARAMETERS.filters


def on_page() -> tuple[Parameter, ...]:
    """Those with a control, from the top of the page."""
    return PARAMETERS.on_page
