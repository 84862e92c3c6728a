"""Data releases: what an address that names one shows for ever, and how an earlier one is kept and read.

The second release is made here: the published one is kept, two figures are corrected and the version is raised.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from flask import Flask
from plotly.utils import PlotlyJSONEncoder

from dashboard import answers
from dashboard.__main__ import main
from dashboard.comparability import Limits
from dashboard.dataset import DataError, archives, keep, load, load_release, releases
from dashboard.releases import Shelf
from dashboard.selection import format as query_of
from dashboard.selection import migrations, parse
from dashboard.server import files, index, oembed
from dashboard.server.site import Site
from dashboard.settings import Settings
from tests.views import DATA

OLD, NEW = "2026.1", "2026.2"
VIEW = "theme=effects&country=DK"
CORRECTED = {"effect_quality": ("68", "60"), "effect_employee_satisfaction": ("47", "50")}
"""Indicator -> figure of dk-2020 before and after."""


def edit(table: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    """Rewrite a table of a data folder."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(change(rows))
    table.write_text(out.getvalue(), encoding="utf-8", newline="")


def corrected(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    for row in rows:
        if row["survey_id"] == "dk-2020" and row["sector"] == "all" and not row["segment"] and row["concept"] in CORRECTED:
            assert row["value"] == CORRECTED[row["concept"]][0]
            row["value"] = CORRECTED[row["concept"]][1]
    return rows


def version(folder: Path, name: str) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor |= {"version": name, "created": "2026-12-01T00:00:00Z"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), encoding="utf-8")


def published(folder: Path) -> Path:
    """A copy of the published data, without earlier releases."""
    return shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("releases"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the second release, with the first in its archive."""
    made = published(tmp_path_factory.mktemp("second"))
    keep(made)
    edit(made / "observations.csv", corrected)
    version(made, NEW)
    return made


def shelved(folder: Path) -> Shelf:
    return Shelf.of_dataset(load(folder), archives(folder), Limits())


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Shelf:
    return shelved(folder)


@pytest.fixture(scope="module")
def site(shelf: Shelf) -> Site:
    return Site(Settings(), shelf)


def served(site: Site) -> Flask:
    """The routes beside the page, in this process."""
    flask = Flask("releases")
    flask.register_blueprint(files.blueprint(site))
    flask.register_blueprint(oembed.blueprint(site))
    return flask


@pytest.fixture(scope="module")
def flask(site: Site) -> Flask:
    return served(site)


def shown(shelf: Shelf, query: str) -> dict[str, float]:
    """Indicator -> figure of a view."""
    sections = shelf.view(parse(query, shelf.vocabulary).selection).sections
    return {value.observation.concept: value.observation.value for section in sections for value in section.values}


def update(shelf: Shelf, query: str, changed: str = "", **values: object) -> dict:
    opened = answers.update(shelf, f"?{query}", {}, 960, "", "")
    return answers.update(shelf, f"?{query}", opened["values"] | values, 960, "", changed) if changed else opened


def text(tree: object) -> str:
    """Everything a component tree says and where it leads, as JSON."""
    return json.dumps(tree, cls=PlotlyJSONEncoder, ensure_ascii=False)


# --- What an address shows ---


def test_a_pinned_address_shows_the_old_figures_and_a_live_one_the_new(shelf: Shelf) -> None:
    before = {concept: float(pair[0]) for concept, pair in CORRECTED.items()}
    now = {concept: float(pair[1]) for concept, pair in CORRECTED.items()}
    assert before.items() <= shown(shelf, f"{VIEW}&release={OLD}").items()
    for query in (VIEW, f"{VIEW}&release={NEW}"):
        assert now.items() <= shown(shelf, query).items()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (VIEW, "2 figures of this view differ in the newest."),
        ("theme=effects&country=DK&concept=effect_quality", "1 figure of this view differs in the newest."),
        ("theme=drivers&country=DK", "No figure of this view differs in the newest."),
        ("theme=effects&country=NL", "No figure of this view differs in the newest."),
    ],
)
def test_a_pinned_page_says_so_and_how_much_differs_and_leads_to_the_newest(shelf: Shelf, query: str, told: str) -> None:
    messages = text(update(shelf, f"{query}&release={OLD}")["messages"])
    assert f"This address shows data release {OLD}. The newest is {NEW}." in messages
    assert f'"{told}"' in messages
    live = query_of(parse(query, shelf.vocabulary).selection, shelf.vocabulary)
    assert f'"href": "/?{live}"' in messages


@pytest.mark.parametrize("query", [VIEW, f"{VIEW}&release={NEW}"])
def test_a_page_of_the_newest_says_nothing_of_releases(shelf: Shelf, query: str) -> None:
    assert update(shelf, query)["messages"] == []


@pytest.mark.parametrize("release", [OLD, NEW])
def test_a_pinned_address_stays_pinned_through_every_change(shelf: Shelf, release: str) -> None:
    state = update(shelf, f"{VIEW}&release={release}")
    assert state["search"] == f"?{VIEW}&release={release}"
    after = update(shelf, f"{VIEW}&release={release}", changed="view", view="dots")
    assert after["search"] == f"?{VIEW}&view=dots&release={release}"
    assert f"release={release}" in text(state["content"])


def test_a_live_page_has_no_release_in_any_link(shelf: Shelf) -> None:
    assert "release=" not in text(update(shelf, VIEW)["content"])


def test_an_unknown_release_is_dropped_with_a_message_and_refused_by_files(shelf: Shelf, flask: Flask) -> None:
    state = update(shelf, f"{VIEW}&release=1999.1")
    assert "“1999.1” is not a value of “release”" in text(state["messages"])
    assert f"{OLD}, {NEW}" in text(state["messages"])
    assert parse(f"{VIEW}&release=1999.1", shelf.vocabulary).selection.release == ""
    for path in ("/data.csv", "/chart.png", "/view.zip", "/bundle"):
        answer = flask.test_client().get(f"{path}?{VIEW}&release=1999.1")
        assert answer.status_code == 400
        assert "“release”" in answer.text
        assert f"{OLD}, {NEW}" in answer.text


def test_files_of_a_pinned_address_hold_its_figures_under_its_name(flask: Flask) -> None:
    client = flask.test_client()
    pinned, live = (client.get(f"/data.csv?{VIEW}{more}&lang=en") for more in (f"&release={OLD}", ""))
    for answer, at, release in ((pinned, 0, OLD), (live, 1, NEW)):
        lines = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
        held = {line["value"] for line in lines}
        assert {pair[at] for pair in CORRECTED.values()} <= held
        assert not {pair[1 - at] for pair in CORRECTED.values()} & held
        assert f"_{release}.csv" in answer.headers["Content-Disposition"]
    assert "immutable" in pinned.headers["Cache-Control"]
    assert "immutable" not in live.headers["Cache-Control"]
    assert client.get("/healthz").text == f"ok {NEW}\n"
    tags = {client.head(f"/data.json?{VIEW}{more}").headers["ETag"] for more in ("", f"&release={OLD}")}
    assert len(tags) == 2


def test_the_preview_of_a_pinned_address_is_of_its_release(site: Site, flask: Flask) -> None:
    path = f"/?{VIEW}&release={OLD}"
    with flask.test_request_context(path):
        head = index.preview(site, site.parsed())
    data = json.loads(head.partition('ld+json">')[2].partition("</script>")[0])
    assert f'<link rel="canonical" href="http://localhost/?theme=effects&amp;country=DK&amp;release={OLD}">' in head
    assert f"release={OLD}&amp;lang=en&amp;size=og" in head
    assert "68%" in data["description"]
    assert all(f"release={OLD}" in each["contentUrl"] for each in data["distribution"])
    assert (data["version"], data["dateModified"]) == (OLD, "2026-11-21")


def test_a_frame_of_a_pinned_address_stays_pinned(flask: Flask) -> None:
    for more in (f"&release={OLD}", ""):
        told = flask.test_client().get("/oembed", query_string={"url": f"http://localhost/?{VIEW}{more}"}).json
        assert ("release=" in told["html"]) == ("release=" in told["thumbnail_url"]) == bool(more)


@pytest.mark.parametrize(("column", "code", "figures"), [("survey_id", "fi-municipal-2018", 1), ("concept", "effect_quality", 4)])
def test_what_only_an_earlier_release_knows_stays_addressable(tmp_path: Path, column: str, code: str, figures: int) -> None:
    folder = published(tmp_path)
    keep(folder)
    for table in ("observations", "asked", "published_tests", "concepts") if column == "concept" else ("observations",):
        edit(folder / f"{table}.csv", lambda rows: [row for row in rows if row[column] != code])
    if column == "concept":
        edit(folder / "translations.csv", lambda rows: [row for row in rows if code not in row["code"].split("~")])
    edit(folder / "surveys.csv", lambda rows: [row | ({"has_figures": "no"} if row["survey_id"] == code else {}) for row in rows])
    version(folder, NEW)
    shelf = shelved(folder)
    name = {"survey_id": "theme=innovation&edition", "concept": "edition=all&concept"}[column]
    parsed = parse(f"{name}={code}&release={OLD}", shelf.vocabulary)
    assert parsed.ignored == ()
    assert shelf.view(parsed.selection).figures == figures
    assert str(figures) in text(update(shelf, f"{name}={code}&release={OLD}")["messages"])
    # Without a release the newest is asked for something that it does not have: a page and files that say so.
    update(shelf, f"{name}={code}")
    client = served(Site(Settings(), shelf)).test_client()
    for path in ("/data.csv", "/data.xlsx", "/data.json", "/slides.pptx", "/oembed"):
        for more in ("", f"&release={OLD}"):
            asked = f"{name}={code}{more}"
            url = f"url=http%3A%2F%2Flocalhost%2F%3F{asked.replace('&', '%26')}" if path == "/oembed" else asked
            assert client.get(f"{path}?{url}").status_code in {200, 400}, f"{path}?{url}"


# --- Citations and code ---


def codes(shelf: Shelf, query: str) -> dict[str, str]:
    """Heading -> code of the dialog."""
    _, body = answers.embedding(shelf, f"?{query}", "effects", "https://barometer.example")
    return {heading.children: unquote(code.children).replace("&amp;", "&") for heading, code, _ in zip(*[iter(body)] * 3, strict=True)}


@pytest.mark.parametrize(("query", "release"), [(VIEW, NEW), (f"{VIEW}&release={OLD}", OLD)])
def test_pinned_code_names_its_release_and_live_code_none(shelf: Shelf, query: str, release: str) -> None:
    given = codes(shelf, query)
    live = given.pop("Frame that follows new figures")
    assert f'src="https://barometer.example/embed?{VIEW}&lang=en"' in live
    assert len(given) == 4
    assert all(f"release={release}" in code for code in given.values())
    assert f"Data release {release}" in given["Citation"]


@pytest.mark.parametrize(("query", "release"), [(VIEW, NEW), (f"{VIEW}&release={OLD}", OLD)])
def test_the_citation_of_a_figure_names_its_release(shelf: Shelf, query: str, release: str) -> None:
    (value, *_) = shelf.view(parse(query, shelf.vocabulary).selection).sections[0].values
    _, body = answers.card(shelf, f"?{query}", value.observation.position, "https://barometer.example")
    assert f"release={release}" in text(body)
    assert text(body).count("release=") == text(body).count(f"release={release}")


# --- Archives ---


def test_keeping_is_deterministic_and_may_be_repeated(tmp_path: Path) -> None:
    first, second = (published(tmp_path / name) for name in ("a", "b"))
    for file in second.iterdir():
        file.touch()
    made = keep(first)
    assert made == first / "releases" / f"{OLD}.zip"
    kept = made.read_bytes()
    assert keep(second).read_bytes() == keep(first).read_bytes() == kept
    assert archives(first) == {OLD: made}
    assert load_release(made).observations == load(first).observations


def test_what_was_published_under_a_name_stays_as_it_was(tmp_path: Path) -> None:
    folder = published(tmp_path)
    kept = keep(folder).read_bytes()
    edit(folder / "observations.csv", corrected)
    with pytest.raises(FileExistsError, match="give the data a new version first"):
        keep(folder)
    assert [path.name for path in (folder / "releases").iterdir()] == [f"{OLD}.zip"]
    assert (folder / "releases" / f"{OLD}.zip").read_bytes() == kept
    version(folder, NEW)
    keep(folder)
    assert list(archives(folder)) == [OLD, NEW]


def test_the_command_tells_how_it_went(tmp_path: Path) -> None:
    folder = published(tmp_path)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(main, ["release", str(folder)])
        return done.exit_code, done.output

    assert run() == (0, f"kept {folder / 'releases' / OLD}.zip\n")
    edit(folder / "observations.csv", corrected)
    code, said = run()
    assert (code, "new version" in said) == (1, True)
    (folder / "concepts.csv").unlink()
    done = subprocess.run([sys.executable, "-m", "dashboard", "release", str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, "concepts.csv" in done.stdout, done.stderr) == (1, True, "")


def test_a_folder_with_faults_is_not_kept(tmp_path: Path) -> None:
    folder = published(tmp_path)
    (folder / "concepts.csv").unlink()
    with pytest.raises(DataError, match=r"concepts\.csv"):
        keep(folder)
    assert not list(folder.rglob("*.zip"))


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def patched(content: bytes, at: int, value: bytes) -> bytes:
    """The archive with other bytes at a place of each member's entry in its list of contents."""
    entry = content.index(b"PK\1\2") + at
    return content[:entry] + value + content[entry + len(value) :]


def packed_badly() -> bytes:
    content = zipped(("a.csv", b"abcdefgh" * 500))
    return content[:35] + b"\xff" * 8 + content[43:]


PLAIN = zipped(("a.csv", b"x" * 100))
EVIL = {
    "path traversal": zipped(("../evil.csv", b"x")),
    "absolute path": zipped(("/tmp/evil.csv", b"x")),  # noqa: S108 - it must never be written
    "folder": zipped(("inner/evil.csv", b"x")),
    "other kind": zipped(("evil.py", b"x")),
    "too large": zipped(("large.csv", bytes(releases.LARGEST + 1))),
    "larger than it says": patched(PLAIN, 24, struct.pack("<I", 10)),
    "not a zip": b"release,value\n",
    "nothing": b"",
    "cut off": PLAIN[:-10],
    "encrypted": patched(PLAIN, 8, b"\1\0"),
    "unknown packing": patched(PLAIN, 10, b"\x63\0"),
    "packed badly": packed_badly(),
    "without tables": PLAIN,
}


@pytest.mark.parametrize("content", EVIL.values(), ids=EVIL)
def test_an_archive_that_is_none_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "inside" / f"{OLD}.zip"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        load_release(path)
    assert str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_a_site_does_not_start_with_such_an_archive_or_answers_without_an_error(tmp_path: Path) -> None:
    folder = published(tmp_path)
    (folder / "releases").mkdir()
    (folder / "releases" / "2025.1.zip").write_bytes(b"no archive")
    try:
        shelf = shelved(folder)
    except DataError:
        return
    answer = served(Site(Settings(), shelf)).test_client().get(f"/data.csv?{VIEW}&release=2025.1")
    assert answer.status_code != 500


# --- Old shapes of addresses ---


def renamed(pairs: migrations.Pairs) -> migrations.Pairs:
    """An old shape that never was: ``land`` for country."""
    return [("country" if name == "land" else name, value) for name, value in pairs]


def test_a_migration_rewrites_an_old_address(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    known = shelf.vocabulary
    assert migrations.migrated([("land", "DK"), ("theme", "effects")], (renamed,)) == [("country", "DK"), ("theme", "effects")]
    assert [part.parameter for part in parse("land=DK&theme=effects", known).ignored] == ["land"]
    monkeypatch.setattr(sys.modules["dashboard.selection.address"], "migrated", partial(migrations.migrated, migrations=(renamed,)))
    old, new = parse("land=DK&theme=effects", known), parse(VIEW, known)
    assert old == new
    assert old.ignored == ()
    assert query_of(old.selection, known) == VIEW
    assert parse(query_of(old.selection, known), known) == old
