"""An address means one selection and a selection has one address; whatever cannot be read is told, never raised."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import selection as addresses
from dashboard.selection import (
    ALL_EDITIONS,
    LATEST,
    MAX_QUERY,
    Ignored,
    Selection,
    default,
    filters,
    normal,
    parse,
    search,
)
from tests.support import views
from tests.support.views import FIRST_VISIT, READY_VIEWS

UNRESERVED = set(string.ascii_letters + string.digits + "-._~")


@pytest.fixture(scope="module")
def known():
    return views.vocabulary()


@given(views.selections)
def test_an_address_restores_its_selection(selection):
    parsed = parse(addresses.format(selection, views.vocabulary()), views.vocabulary())
    assert parsed.selection == selection
    assert parsed.ignored == ()


@given(views.any_selections)
def test_a_careless_selection_has_the_address_of_its_canonical_form(selection):
    known = views.vocabulary()
    assert addresses.format(selection, known) == addresses.format(normal(selection, known), known)


@given(views.selections, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_change_the_address(selection, chance: random.Random):
    known = views.vocabulary()

    def shuffled(values: tuple[str, ...]) -> tuple[str, ...]:
        if values in (LATEST, ALL_EDITIONS):
            return values
        return tuple(chance.sample(values * 2, 2 * len(values)))

    fields = ("themes", "countries", "sectors", "indicators", "editions", "levels", "expanded")
    mixed = replace(selection, **{name: shuffled(getattr(selection, name)) for name in fields})
    assert addresses.format(mixed, known) == addresses.format(selection, known)


@given(views.selections, st.randoms(use_true_random=False))
def test_an_address_may_be_written_in_any_order(selection, chance: random.Random):
    known = views.vocabulary()
    parts = [part.partition("=") for part in addresses.format(selection, known).split("&") if part]
    chance.shuffle(parts)
    written = []
    for name, _, values in parts:
        listed = values.split("~")
        chance.shuffle(listed)
        written.append(f"{name}={'~'.join(listed)}")
    parsed = parse("&".join(written), known)
    assert (parsed.selection, parsed.ignored) == (selection, ())


@given(views.selections)
def test_an_address_is_plain_and_short_enough_to_be_read(selection):
    query = addresses.format(selection, views.vocabulary())
    assert len(query) <= MAX_QUERY
    names = [part.partition("=")[0] for part in query.split("&") if part]
    assert names == [parameter.name for parameter in filters.every() if parameter.name in names]
    for part in query.split("&"):
        name, _, value = part.partition("=")
        # Colons and signs of equality may stand in a query as they are: figures are named with them.
        assert set(value) <= UNRESERVED | (set(":=") if name == "figure" else set())


def test_the_longest_address_can_be_read_back(known):
    most = Selection(
        themes=known.themes[1:],
        countries=known.countries[1:],
        sectors=known.sectors[1:],
        indicators=known.indicators,
        editions=known.surveys,
        levels=known.levels[1:],
        split=max(known.dimensions, key=len),
        inferred=False,
        chart="change",
        by="indicator",
        intervals=False,
        comparable=True,
        expanded=known.themes,
    )
    query = addresses.format(most, known)
    assert len(query) <= MAX_QUERY
    assert parse(query, known).selection == normal(most, known)


def test_a_query_without_a_view_is_that_of_a_first_visit_which_is_written_by_its_themes(known):
    assert addresses.format(default(known), known) == FIRST_VISIT
    assert search(default(known), known) == f"?{FIRST_VISIT}"
    assert parse("", known).selection == parse("?", known).selection == default(known)
    assert default(known).themes == ("drivers", "collaboration", "effects")


@pytest.mark.parametrize(
    ("change", "query"),
    [
        ({"themes": ("effects",)}, "theme=effects"),
        ({"themes": ()}, "theme=none"),
        ({"countries": ("SE", "DK")}, "country=DK~SE"),
        ({"sectors": ("state",)}, "sector=state"),
        ({"levels": ()}, "level=none"),
        ({"editions": ("all",)}, "edition=all"),
        ({"editions": ()}, "edition=none"),
        ({"editions": ("nordic-2019-dk", "dk-2015")}, "edition=dk-2015~nordic-2019-dk"),
        ({"split": "group"}, "split=group"),
        ({"inferred": False}, "inferred=hide"),
        ({"chart": "heat"}, "view=heat"),
        ({"by": "sector"}, "by=sector"),
        ({"intervals": False}, "interval=hide"),
        ({"comparable": True}, "only=comparable"),
        ({"expanded": ("effects", "drivers")}, "more=drivers~effects"),
        ({"expanded": ("strategy",)}, FIRST_VISIT),
        ({"language": "da"}, f"{FIRST_VISIT}&lang=da"),
        ({"release": "2026.2", "language": "da"}, "release=2026.2&lang=da"),
    ],
)
def test_only_what_differs_from_the_first_visit_is_written(known, change, query):
    assert addresses.format(replace(default(known), **change), known) == query
    assert search(replace(default(known), **change), known) == f"?{query}"


def test_a_change_over_editions_takes_all_editions_without_saying_so(known):
    changing = normal(replace(default(known), chart="change"), known)
    assert changing.editions == ALL_EDITIONS
    assert addresses.format(changing, known) == "view=change"
    assert parse("view=change&edition=latest", known).selection == changing
    assert addresses.format(replace(default(known), editions=ALL_EDITIONS), known) == "edition=all"


def test_chosen_indicators_bring_their_themes(known):
    assert parse("concept=collab_companies~innovative_workplaces", known).selection.themes == (
        "collaboration",
        "innovation",
    )
    assert parse("concept=collab_companies&theme=effects", known).selection.themes == ("effects",)


@pytest.mark.parametrize("name", READY_VIEWS)
def test_ready_views_are_canonical_and_show_figures(known, name):
    selection = views.select(READY_VIEWS[name])
    assert addresses.format(selection, known) == READY_VIEWS[name]
    assert views.of(selection).figures > 0


@pytest.mark.parametrize(
    ("query", "written", "parameter", "value", "reason"),
    [
        ("colour=red&country=DK", "country=DK", "colour", "red", "unknown-parameter"),
        ("Contry=DK", "", "Contry", "DK", "unknown-parameter"),
        ("country=DK~XX", "country=DK", "country", "XX", "unknown-value"),
        ("country=dka", "", "country", "dka", "unknown-value"),
        ("country=none~DK", "country=DK", "country", "none", "unknown-value"),
        ("concept=none", "", "concept", "none", "unknown-value"),
        ("view=pie", "", "view", "pie", "unknown-value"),
        ("view=bars~dots", "", "view", "bars~dots", "unknown-value"),
        ("edition=dk-1999", "", "edition", "dk-1999", "unknown-value"),
        ("theme=&country=DK", "country=DK", "theme", "", "blank"),
        ("country=~", "", "country", "~", "blank"),
        ("view=", "", "view", "", "blank"),
        ("sector", "", "sector", "", "blank"),
        ("view=heat&view=dots", "view=heat", "view", "dots", "repeated"),
        ("by=sector&by=sector", "by=sector", "by", "sector", "repeated"),
        ("edition=latest~dk-2015", "edition=dk-2015", "edition", "latest", "mixed"),
        ("edition=dk-2015&edition=all", "edition=dk-2015", "edition", "all", "mixed"),
        ("edition=all~latest", "edition=all", "edition", "latest", "mixed"),
        ("country=%FF", "", "country", "�", "unknown-value"),
        ("%FF%FE=1", "", "��", "1", "unknown-parameter"),
        ("country=DK%00XX", "", "country", "DKXX", "unknown-value"),
        (
            "country=<script>alert(1)</script>",
            "",
            "country",
            "<script>alert(1)</script>",
            "unknown-value",
        ),
        ("<script>=1", "", "<script>", "1", "unknown-parameter"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_holds(
    known, query, written, parameter, value, reason
):
    parsed = parse(query, known)
    assert addresses.format(parsed.selection, known) == (written or FIRST_VISIT)
    assert [(part.parameter, part.value, part.reason) for part in parsed.ignored] == [
        (parameter, value, reason)
    ]


def test_an_unknown_value_is_told_with_the_possible_ones(known):
    (part,) = parse("level=boss", known).ignored
    assert part == Ignored("level", "boss", "unknown-value", known.levels)


def test_each_unusable_part_is_told_once(known):
    parsed = parse("country=XX~DK~XX&country=XX&view=pie&a=1", known)
    assert {(part.parameter, part.value) for part in parsed.ignored} == {
        ("country", "XX"),
        ("view", "pie"),
        ("a", "1"),
    }
    assert len(parsed.ignored) == 3


def test_a_list_may_be_given_in_pieces(known):
    parsed = parse("country=DK&country=SE&country=DK", known)
    assert parsed.selection.countries == ("DK", "SE")
    assert parsed.ignored == ()


def test_nothing_chosen_is_written_as_none(known):
    assert parse(
        "theme=none&country=none&sector=none&level=none&edition=none", known
    ).selection == replace(
        default(known), themes=(), countries=(), sectors=(), levels=(), editions=()
    )


def test_a_query_of_4000_characters_is_read_and_a_longer_one_is_not(known):
    head = "country=DK&x="
    fits = parse(head + "y" * (4_000 - len(head)), known)
    assert fits.selection.countries == ("DK",)
    refused = parse(head + "y" * (4_001 - len(head)), known)
    assert refused.selection == default(known)
    assert [part.reason for part in refused.ignored] == ["too-long"]


@pytest.mark.parametrize("query", READY_VIEWS.values())
def test_an_encoded_tilde_is_a_tilde(known, query):
    for tilde in ("%7E", "%7e"):
        assert parse(query.replace("~", tilde), known) == parse(query, known)


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_is_an_error(query):
    known = views.vocabulary()
    found = parse(query, known).selection
    assert parse(addresses.format(found, known), known).selection == found


@given(
    st.sampled_from([parameter.name for parameter in filters.every()]),
    st.text(st.characters(exclude_characters="&?", codec="utf-8"), min_size=1, max_size=40),
)
def test_no_value_is_an_error_and_every_wrong_one_is_told(name, value):
    known = views.vocabulary()
    parsed = parse(f"{name}={quote(value, safe='')}", known)
    allowed = next(parameter for parameter in filters.every() if parameter.name == name).choices(
        known
    )
    # Upper case is read as what it stands for.
    if not {value for part in value.split("~") for value in (part, part.lower())} & {
        *allowed,
        "none",
    }:
        assert parsed.selection == default(known)
        assert {part.parameter for part in parsed.ignored} == {name}


# --- A figure ---

AGENCIES = "se-2021-workplace:state:collab_any"
DANES = "dk-2023:all:collab_any"


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        (AGENCIES, (AGENCIES,)),
        (f"{AGENCIES}~{DANES}", (AGENCIES, DANES)),
        (f"{DANES}~{AGENCIES}", (DANES, AGENCIES)),
        (f"{DANES}~{DANES}", (DANES,)),
        ("se:all:x:size=500%2B:no", ("se:all:x:size=500+:no",)),
    ],
)
def test_a_figure_is_read_and_written_as_it_stands(known, written, figures):
    parsed = parse(f"theme=effects&figure={written}", known)
    assert (parsed.selection.figures, parsed.ignored) == (figures, ())
    again = addresses.format(parsed.selection, known)
    assert again == f"theme=effects&figure={'~'.join(figures).replace('+', '%2B')}"
    assert replace(parsed.selection, figures=()) == parse("theme=effects", known).selection


@pytest.mark.parametrize(
    "text", ["x", "a:b", "a:b:c:d:e:f", "a:b:<c>", "a: b:c", ":b:c", "a:b:c::d"]
)
def test_what_has_not_the_form_of_a_figure_is_told_with_the_form(known, text):
    parsed = parse(f"figure={quote(text)}", known)
    assert parsed.selection == default(known)
    [part] = parsed.ignored
    assert (part.parameter, part.value, part.reason) == ("figure", text, "unknown-value")
    assert part.allowed == ("survey:sector:concept[:dimension=segment][:response]",)


def test_of_three_figures_the_third_is_left_out(known):
    parsed = parse(f"figure={AGENCIES}~{DANES}~a:b:c", known)
    assert parsed.selection.figures == (AGENCIES, DANES)
    assert [(part.value, part.reason) for part in parsed.ignored] == [("a:b:c", "mixed")]


def test_a_figure_alone_names_no_view(known):
    home = addresses.home(known)
    for query in (f"figure={DANES}", f"lang=da&figure={DANES}", f"utm_source=x&figure={DANES}"):
        parsed = addresses.parse_page(query, known)
        assert replace(parsed.selection, figures=(), language="") == home
        assert f"utm_source=x&{addresses.page_query(parsed.selection, known)}".endswith(query)
    assert addresses.display_query(parsed.selection, known) == ""
