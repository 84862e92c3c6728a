"""Data releases: what an address that names one shows for ever.

The second release is made here: the published one is kept, two figures are corrected and the version is raised. What release
2026.2 corrected in 2026.1 is in ``test_changes``, how a release is kept and read in ``test_archives``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from dashboard import cards, handlers
from dashboard.comparability import SmallBaseThresholds
from dashboard.dataset import archive_release, archives, load
from dashboard.releases import ReleaseStore
from dashboard.selection import format as query_of
from dashboard.selection import migrations, parse
from dashboard.settings import Settings
from dashboard.web import files, meta_tags, oembed
from dashboard.web.request import current_context
from dashboard.web.site import Site
from tests.support import views
from tests.support.folders import Cells, copied, edit, version

OLD, NEW = "2026.2", "2026.3"
VIEW = "theme=effects&country=DK"
CORRECTED = {"effect_quality": ("68", "60"), "effect_employee_satisfaction": ("47", "50")}
"""Indicator -> figure of dk-2020 before and after."""


def corrected(rows: list[Cells]) -> list[Cells]:
    for row in rows:
        if (
            row["survey_id"] == "dk-2020"
            and row["sector"] == "all"
            and not row["segment"]
            and row["concept"] in CORRECTED
        ):
            assert row["value"] == CORRECTED[row["concept"]][0]
            row["value"] = CORRECTED[row["concept"]][1]
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the second release, with the first in its archive."""
    made = copied(tmp_path_factory.mktemp("second"))
    archive_release(made)
    edit(made / "observations.csv", corrected)
    version(made, NEW)
    return made


def shelved(folder: Path) -> ReleaseStore:
    return ReleaseStore.of_dataset(load(folder), archives(folder), SmallBaseThresholds())


@pytest.fixture(scope="module")
def store(folder: Path) -> ReleaseStore:
    return shelved(folder)


@pytest.fixture(scope="module")
def site(store: ReleaseStore) -> Site:
    return Site(Settings(), store)


def served(site: Site) -> Flask:
    """The routes beside the page, in this process."""
    flask = Flask("releases")
    flask.register_blueprint(files.blueprint(site))
    flask.register_blueprint(oembed.blueprint(site))
    return flask


@pytest.fixture(scope="module")
def flask(site: Site) -> Flask:
    return served(site)


def shown(store: ReleaseStore, query: str) -> dict[str, float]:
    """Indicator -> figure of a view."""
    sections = views.context(query, releases=store).view.sections
    return {
        value.observation.indicator: value.observation.value
        for section in sections
        for value in section.values
    }


def update(store: ReleaseStore, query: str, changed: str = "", **values: object) -> dict:
    context = views.context(query, releases=store)
    opened = handlers.update(context, {}, 960)
    return (
        handlers.update(context, opened["values"] | values, 960, "", changed) if changed else opened
    )


def text(tree: object) -> str:
    """Everything a component tree says and where it leads, as JSON."""
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


# --- What an address shows ---


def test_a_pinned_address_shows_the_old_figures_and_a_live_one_the_new(store: ReleaseStore) -> None:
    before = {indicator: float(pair[0]) for indicator, pair in CORRECTED.items()}
    now = {indicator: float(pair[1]) for indicator, pair in CORRECTED.items()}
    assert before.items() <= shown(store, f"{VIEW}&release={OLD}").items()
    for query in (VIEW, f"{VIEW}&release={NEW}"):
        assert now.items() <= shown(store, query).items()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (VIEW, "2 figures of this view differ in the newest."),
        (
            "theme=effects&country=DK&concept=effect_quality",
            "1 figure of this view differs in the newest.",
        ),
        ("theme=drivers&country=DK", "No figure of this view differs in the newest."),
        ("theme=effects&country=NL", "No figure of this view differs in the newest."),
    ],
)
def test_a_pinned_page_says_so_and_how_much_differs_and_leads_to_the_newest(
    store: ReleaseStore, query: str, sentence: str
) -> None:
    messages = text(update(store, f"{query}&release={OLD}")["messages"])
    assert f"This address shows data release {OLD}. The newest is {NEW}." in messages
    assert f'"{sentence}"' in messages
    live = query_of(parse(query, store.vocabulary).selection, store.vocabulary)
    assert f'"href": "/?{live}"' in messages


@pytest.mark.parametrize("query", [VIEW, f"{VIEW}&release={NEW}"])
def test_a_page_of_the_newest_says_nothing_of_releases(store: ReleaseStore, query: str) -> None:
    assert update(store, query)["messages"] == []


@pytest.mark.parametrize("release", [OLD, NEW])
def test_a_pinned_address_stays_pinned_through_every_change(
    store: ReleaseStore, release: str
) -> None:
    state = update(store, f"{VIEW}&release={release}")
    assert state["search"] == f"?{VIEW}&release={release}"
    after = update(store, f"{VIEW}&release={release}", changed="view", view="dots")
    assert after["search"] == f"?{VIEW}&view=dots&release={release}"
    assert f"release={release}" in text(state["content"])


def test_a_live_page_has_no_release_in_any_link(store: ReleaseStore) -> None:
    assert "release=" not in text(update(store, VIEW)["content"])


def test_an_unknown_release_is_dropped_with_a_message_and_refused_by_files(
    store: ReleaseStore, flask: Flask
) -> None:
    state = update(store, f"{VIEW}&release=1999.1")
    assert "“1999.1” is not a value of “release”" in text(state["messages"])
    assert f"{OLD}, {NEW}" in text(state["messages"])
    assert parse(f"{VIEW}&release=1999.1", store.vocabulary).selection.release == ""
    for path in ("/data.csv", "/chart.png", "/view.zip", "/bundle"):
        answer = flask.test_client().get(f"{path}?{VIEW}&release=1999.1")
        assert answer.status_code == 400
        assert "“release”" in answer.text
        assert f"{OLD}, {NEW}" in answer.text


def test_files_of_a_pinned_address_hold_its_figures_under_its_name(flask: Flask) -> None:
    client = flask.test_client()
    pinned, live = (
        client.get(f"/data.csv?{VIEW}{more}&lang=en") for more in (f"&release={OLD}", "")
    )
    for answer, at, release in ((pinned, 0, OLD), (live, 1, NEW)):
        lines = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
        held = {line["value"] for line in lines}
        assert {pair[at] for pair in CORRECTED.values()} <= held
        assert not {pair[1 - at] for pair in CORRECTED.values()} & held
        assert f"_{release}.csv" in answer.headers["Content-Disposition"]
    # Its figures stay, its labels and verdicts follow today's rules: kept for a day, the live one for an hour.
    assert "max-age=86400" in pinned.headers["Cache-Control"]
    assert "max-age=3600" in live.headers["Cache-Control"]
    assert client.get("/healthz").text == f"ok {NEW}\n"
    tags = {
        client.head(f"/data.json?{VIEW}{more}").headers["ETag"] for more in ("", f"&release={OLD}")
    }
    assert len(tags) == 2


def test_the_preview_of_a_pinned_address_is_of_its_release(site: Site, flask: Flask) -> None:
    path = f"/?{VIEW}&release={OLD}"
    with flask.test_request_context(path):
        head = meta_tags.meta_tags(current_context(site))
    data = json.loads(head.partition('ld+json">')[2].partition("</script>")[0])
    assert (
        f'<link rel="canonical" href="http://localhost/?theme=effects&amp;country=DK&amp;release={OLD}">'
        in head
    )
    assert f"release={OLD}&amp;lang=en&amp;size=og" in head
    assert "68%" in data["description"]
    assert all(f"release={OLD}" in each["contentUrl"] for each in data["distribution"])
    assert (data["version"], data["dateModified"]) == (OLD, "2026-11-26")


def test_a_frame_of_a_pinned_address_stays_pinned(flask: Flask) -> None:
    for more in (f"&release={OLD}", ""):
        embedding = (
            flask.test_client()
            .get("/oembed", query_string={"url": f"http://localhost/?{VIEW}{more}"})
            .json
        )
        assert (
            ("release=" in embedding["html"])
            == ("release=" in embedding["thumbnail_url"])
            == bool(more)
        )


@pytest.mark.parametrize(
    ("column", "code", "figures"),
    [("survey_id", "fi-municipal-2018", 2), ("concept", "effect_quality", 5)],
)
def test_what_only_an_earlier_release_knows_stays_addressable(
    tmp_path: Path, column: str, code: str, figures: int
) -> None:
    folder = copied(tmp_path)
    archive_release(folder)
    for table in (
        ("observations", "asked", "published_tests", "concepts")
        if column == "concept"
        else ("observations",)
    ):
        edit(folder / f"{table}.csv", lambda rows: [row for row in rows if row[column] != code])
    if column == "concept":
        edit(
            folder / "translations.csv",
            lambda rows: [row for row in rows if code not in row["code"].split("~")],
        )
        edit(folder / "synonyms.csv", lambda rows: [row for row in rows if row["code"] != code])
        told = {code, f"{code}-innovations"}
        edit(folder / "codes.csv", lambda rows: [row for row in rows if row["code"] not in told])
        edit(
            folder / "translations.csv",
            lambda rows: [row for row in rows if row["code"] not in told],
        )
    edit(
        folder / "surveys.csv",
        lambda rows: [
            row | ({"has_figures": "no"} if row["survey_id"] == code else {}) for row in rows
        ],
    )
    version(folder, NEW)
    store = shelved(folder)
    name = {"survey_id": "theme=innovation&edition", "concept": "edition=all&concept"}[column]
    parsed = parse(f"{name}={code}&release={OLD}", store.vocabulary)
    assert parsed.ignored == ()
    assert store.of(parsed.selection).view(parsed.selection).figures == figures
    assert str(figures) in text(update(store, f"{name}={code}&release={OLD}")["messages"])
    if column == "concept":
        labels = {
            store.localizer(parsed.selection, language).dataset.indicators[code].label
            for language in ("en", "da", "sv", "fi")
        }
        assert len(labels) == 4, "it keeps its translations"
    # Without a release the newest is asked for something that it does not have: a page and files that say so.
    update(store, f"{name}={code}")
    client = served(Site(Settings(), store)).test_client()
    for path in ("/data.csv", "/data.xlsx", "/data.json", "/slides.pptx", "/oembed"):
        for more in ("", f"&release={OLD}"):
            asked = f"{name}={code}{more}"
            url = (
                f"url=http%3A%2F%2Flocalhost%2F%3F{asked.replace('&', '%26')}"
                if path == "/oembed"
                else asked
            )
            assert client.get(f"{path}?{url}").status_code in {200, 400, 404}, f"{path}?{url}"


@pytest.mark.parametrize("release", [OLD, NEW, ""])
def test_links_of_a_view_name_also_what_only_another_release_knows(
    tmp_path: Path, release: str
) -> None:
    folder, code = copied(tmp_path), "fi-municipal-2018"
    whole = {name: (folder / name).read_bytes() for name in ("observations.csv", "surveys.csv")}
    edit(
        folder / "observations.csv",
        lambda rows: [row for row in rows if row["survey_id"] != code],
    )
    edit(
        folder / "surveys.csv",
        lambda rows: [
            row | ({"has_figures": "no"} if row["survey_id"] == code else {}) for row in rows
        ],
    )
    version(folder, OLD)
    archive_release(folder)
    for name, content in whole.items():
        (folder / name).write_bytes(content)
    version(folder, NEW)
    query = f"theme=innovation&edition=dk-2015~{code}" + (f"&release={release}" if release else "")
    state = update(shelved(folder), query)
    assert state["search"] == f"?{query}"
    shown = text([state["filters"].chips, state["filters"].display, state["content"]])
    written = r'(?:href|data-address)(?:": "|=\\")/[^"?\\]*[?]([^"\\]*)'
    links = [unescape(link) for link in re.findall(written, shown)]
    pinned = [link for link in links if "edition=" in link and "edition=nordic" not in link]
    assert len(pinned) > 10
    assert all(f"edition=dk-2015~{code}" in link for link in pinned)
    assert all(f"release={release}" in link for link in pinned if release)


# --- Citations and code ---


def codes(store: ReleaseStore, query: str) -> dict[str, str]:
    """Heading -> code of the dialog."""
    _, body = handlers.embedding(views.context(query, releases=store), "effects")
    return {
        heading.children: unquote(code.children).replace("&amp;", "&")
        for heading, code, _ in zip(*[iter(body)] * 3, strict=True)
    }


@pytest.mark.parametrize(("query", "release"), [(VIEW, NEW), (f"{VIEW}&release={OLD}", OLD)])
def test_pinned_code_names_its_release_and_live_code_none(
    store: ReleaseStore, query: str, release: str
) -> None:
    given = codes(store, query)
    live = given.pop("Frame that follows new figures")
    assert f'src="https://barometer.example/embed?{VIEW}&lang=en"' in live
    assert len(given) == 4
    assert all(f"release={release}" in code for code in given.values())
    assert f"Data release {release}" in given["Citation"]


@pytest.mark.parametrize(("query", "release"), [(VIEW, NEW), (f"{VIEW}&release={OLD}", OLD)])
def test_the_citation_of_a_figure_names_its_release(
    store: ReleaseStore, query: str, release: str
) -> None:
    (value, *_) = views.context(query, releases=store).view.sections[0].values
    _, body, _ = cards.card(views.context(query, releases=store), value.observation.position)
    assert f"release={release}" in text(body)
    assert text(body).count("release=") == text(body).count(f"release={release}")


# --- Old shapes of addresses ---


def renamed(pairs: migrations.Pairs) -> migrations.Pairs:
    """An old shape that never was: ``land`` for country."""
    return [("country" if name == "land" else name, value) for name, value in pairs]


def test_a_migration_rewrites_an_old_address(
    monkeypatch: pytest.MonkeyPatch, store: ReleaseStore
) -> None:
    known = store.vocabulary
    assert migrations.migrated([("land", "DK"), ("theme", "effects")], (renamed,)) == [
        ("country", "DK"),
        ("theme", "effects"),
    ]
    assert [part.parameter for part in parse("land=NO", known).ignored] == ["land"]
    monkeypatch.setattr(
        sys.modules["dashboard.selection.address"],
        "migrated",
        partial(migrations.migrated, migrations=(renamed,)),
    )
    old, new = parse("land=DK&theme=effects", known), parse(VIEW, known)
    assert old == new
    assert old.ignored == ()
    assert query_of(old.selection, known) == VIEW
    assert parse(query_of(old.selection, known), known) == old
