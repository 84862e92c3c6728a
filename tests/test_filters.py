"""A filter is one object: a toy that is only registered works wherever filters do."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import FrozenInstanceError, fields, replace
from html import unescape

import pytest
from flask.testing import FlaskClient

from dashboard.layout import controls
from dashboard.selection import Selection, default, filters, narrowed, parse
from dashboard.selection import format as query_of
from dashboard.selection.parameter import Control, Filter, Subtitle, WayOut
from dashboard.selection.registered import registered
from dashboard.settings import Settings
from dashboard.web import create_app
from tests.support import views
from tests.support.html import Outline, outline
from tests.support.views import FIRST_VISIT

VIEW = "theme=effects&country=NO~FI"
TOY = Filter(
    name="wording",
    kind="many",
    choices=lambda v: v.codes["qualifier"],
    default=lambda v: v.codes["qualifier"],
    may_be_empty=True,
    labels="qualifier",
    column="qualifier",
    control=Control(85, "How it is worded", all_or_none=True),
    subtitle=Subtitle(
        99, lambda value, codes: "worded as {these}" if set(codes) - set(value) else ""
    ),
    way_out=WayOut(99, "No figure is worded like this.", "Show every wording"),
)


def register(patch: pytest.MonkeyPatch) -> None:
    views.index()  # What other tests share is made without the toy.
    patch.setattr(filters, "PARAMETERS", registered(*filters.every(), TOY))


@pytest.fixture(scope="module")
def site() -> FlaskClient:
    """A client of the whole site, put together with the toy."""
    with pytest.MonkeyPatch.context() as patch:
        register(patch)
        return create_app(Settings(drawings=0)).test_client()


@pytest.fixture
def web(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The client, and the toy for what it asks."""
    register(monkeypatch)
    return site


def figures(web: FlaskClient, query: str) -> list[dict[str, str]]:
    """The lines of a CSV that hold a figure."""
    answer = web.get(f"/data.csv?{query}")
    assert answer.status_code == 200
    lines = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    return [line for line in lines if line["value"]]


def boxes(page: Outline, name: str) -> dict[str, bool]:
    """Value -> whether it is ticked, of the fields of the form with a name."""
    found = [field for field in page.all("input") if field.get("name") == name]
    return {str(field["value"]): "checked" in field for field in found}


def test_its_choices_keep_their_figures_and_files_refuse_others(web: FlaskClient) -> None:
    every = figures(web, VIEW)
    over = figures(web, f"{VIEW}&wording=over")
    assert {line["qualifier"] for line in every} > {line["qualifier"] for line in over} == {"over"}
    two = figures(web, f"{VIEW}&wording=over~about")
    assert len(over) < len(two) < len(every)
    refused = web.get(f"/data.csv?{VIEW}&wording=sung")
    assert (refused.status_code, "exact, about, over, under" in refused.text) == (400, True)


@pytest.mark.usefixtures("web")
def test_its_address_is_canonical_and_its_default_unwritten() -> None:
    known = views.vocabulary()
    chosen = parse("wording=over~exact&theme=effects", known)
    assert chosen.ignored == ()
    assert query_of(chosen.selection, known) == "theme=effects&wording=exact~over"
    assert query_of(default(known), known) == FIRST_VISIT
    assert query_of(parse("wording=none", known).selection, known) == "wording=none"
    assert narrowed(chosen.selection, known) == ("theme", "wording")


def test_programs_are_told_of_it(web: FlaskClient) -> None:
    described = web.get("/api").json["components"]["parameters"]["wording"]
    assert described["x-one-of"] == ["exact", "about", "over", "under"]


def test_its_control_stands_at_its_place_with_legend_labels_counts_and_links(
    web: FlaskClient,
) -> None:
    page = outline(web, f"/?{VIEW}&wording=over")
    text = " ".join(part.strip() for part in page.texts if part.strip())
    # A chip says it above.
    headings = ("Who answered", "How it is worded", "Split by")
    assert [text.index(f"{each} ") for each in headings] == sorted(
        text.index(f"{each} ") for each in headings
    )
    assert boxes(page, "wording") == {"exact": False, "about": False, "over": True, "under": False}
    count = len(figures(web, f"{VIEW}&wording=over"))
    assert f"over {count}" in text
    assert "More (1) " in text
    assert "How it is worded: over" in text
    links = {link["href"] for link in page.all("a") if "href" in link}
    assert {f"/?{VIEW}", f"/?{VIEW}&wording=none"} <= links


def test_the_form_without_scripts_keeps_and_sets_it(web: FlaskClient) -> None:
    page = outline(web, f"/?{VIEW}&wording=over&more=effects&release=2026.1")
    hidden = [field["name"] for field in page.all("input") if field["type"] == "hidden"]
    # What its own boxes say is not said again.
    assert hidden == ["more", "release"]
    assert set(boxes(page, "wording")) == {"exact", "about", "over", "under"}


def changed(web: FlaskClient, **values: object) -> dict:
    """What the page's script is answered after a change of one control of the opening view of a theme."""
    known = json.loads(web.get("/_dash-dependencies").text)
    callback = next(each for each in known if "content.children" in each["output"])
    given = {
        "location": "?theme=innovation",
        "theme": ["innovation"],
        "country": ["DK", "SE"],
        "sector": ["all"],
        "level": ["workplace"],
        "edition-mode": "latest",
        "split": "",
        "chart": "bars",
        "by": "country",
        "inferred": ["show"],
        "interval": ["show"],
    } | values
    (touched,) = values
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in callback["output"].strip(".").split("...")
    ]
    sent = {
        "output": callback["output"],
        "outputs": outputs,
        "inputs": [part | {"value": given.get(part["id"])} for part in callback["inputs"]],
        "state": [part | {"value": given.get(part["id"])} for part in callback["state"]],
        "changedPropIds": [f"{touched}.value"],
    }
    answer = web.post("/_dash-update-component", json=sent)
    assert answer.status_code == 200
    return answer.json["response"]


def test_a_change_of_its_control_changes_the_address(web: FlaskClient) -> None:
    response = changed(web, wording=["over"])
    assert response["location"]["search"].endswith("&wording=over")
    assert "value" not in response["wording"]  # The page has it already.
    assert changed(web, country=["DK"])["location"]["search"].endswith("&wording=none")


def test_a_view_that_it_empties_names_it_and_how_to_lift_it(web: FlaskClient) -> None:
    query = "theme=effects&country=DK"
    page = web.get(f"/?{query}&wording=none").text
    assert "No figure is worded like this." in page
    assert f"Show every wording ({len(figures(web, query))} figures)" in page
    assert f'href="/?{query}"' in unescape(page)


def test_the_subtitle_of_a_picture_says_it(web: FlaskClient) -> None:
    assert "worded as over and under</h1>" in web.get(f"/paper?{VIEW}&wording=over~under").text
    assert "worded as" not in web.get(f"/paper?{VIEW}").text


def test_one_that_is_not_registered_is_unknown() -> None:
    (part,) = parse("wording=over", views.vocabulary()).ignored
    assert part.reason == "unknown-parameter"
    assert "wording" not in {each.name for each in controls.inputs()}


def test_every_field_of_a_selection_has_a_parameter_and_a_default() -> None:
    known = {each.field for each in filters.every() if each.field}
    assert known == {each.name for each in fields(Selection)} - {"further", "_hash"}
    assert all(
        each.normal(each.usual(views.vocabulary()), views.vocabulary())
        == each.usual(views.vocabulary())
        for each in filters.every()
    )


def test_what_the_page_does_not_set_has_no_control() -> None:
    assert {each.name: each.control_on_page for each in filters.on_page()} == {
        each.name: each.control for each in filters.every() if each.control
    }
    with pytest.raises(LookupError, match="no control for release"):
        assert filters.RELEASE.control_on_page


def test_every_filter_can_be_set_lifted_and_named() -> None:
    for each in filters.filters():
        assert each.control, each.name
        assert each.way_out, each.name
        offered = (*each.alone, *each.offered(views.vocabulary()))
        assert all(
            code in each.names or each.labels for code in offered if code in each.names or code
        )
        if each.alone:
            assert {*each.alone, controls.CHOSEN} <= set(each.names)
        if each.kind == "flag":
            assert set(each.choices(views.vocabulary())) == {each.on, each.off}


@pytest.mark.parametrize(
    "ordered_in", [lambda each: each.control, lambda each: each.way_out, lambda each: each.subtitle]
)
def test_no_two_stand_at_the_same_place(ordered_in) -> None:
    positions = [
        ordered_in(each).order
        for each in filters.every()
        if isinstance(each, Filter) and ordered_in(each)
    ]
    assert len(positions) == len(set(positions))


@pytest.mark.parametrize("other", [replace(TOY, field="themes"), replace(TOY, name="theme")])
def test_two_parameters_do_not_share_a_name_or_a_field(other: Filter) -> None:
    with pytest.raises(ValueError, match="two parameters"):
        registered(*filters.every(), other)


def test_filters_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TOY.name = "other"
    with pytest.raises(TypeError):
        filters.PARAMETERS["toy"] = TOY
