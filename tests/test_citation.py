"""Citations of single figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.dataset import Dataset, Observation
from dashboard.text import Localizer
from dashboard.text.citation import apa, bibtex, escaped

DAY = date(2026, 11, 21)
ADDRESS = "https://example.org/?theme=drivers~effects&country=DK"


def _words(dataset: Dataset, **changes: str) -> tuple[Localizer, Observation]:
    """The dataset with one source changed, and a figure that stands in it."""
    row = next(row for row in dataset.observations if row.source_id == "dst-2019")
    sources = {**dataset.sources, "dst-2019": replace(dataset.sources["dst-2019"], **changes)}
    return Localizer(replace(dataset, sources=sources)), row


def _fields(entry: str) -> dict[str, str]:
    lines = entry.strip().split("\n")[1:-1]
    pairs = (line.strip().removesuffix(",").split(" = ", 1) for line in lines)
    return {name: text[1:-1] for name, text in pairs}


def test_apa_names_publication_place_release_and_address(dataset: Dataset) -> None:
    loc, row = _words(dataset, published="2019-11-05")
    assert apa(loc, row, DAY, ADDRESS) == (
        "Danmarks Statistik. (2019). Fire af fem offentlige arbejdssteder er innovative (Nyt fra Danmarks Statistik) [lead paragraph] "
        "(https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=40871). "
        f"As cited in Innovation barometers side by side (data release {dataset.release}). Retrieved 21 November 2026, from {ADDRESS}"
    )


def test_several_publishers_are_several_authors(dataset: Dataset) -> None:
    loc, row = _words(dataset, publisher="Vinnova; SCB; Ramboll Inc.")
    assert apa(loc, row, DAY, ADDRESS).startswith("Vinnova, SCB, & Ramboll Inc. (n.d.). ")
    assert (
        _fields(bibtex(loc, row, DAY, ADDRESS))["author"]
        == "{Vinnova} and {SCB} and {Ramboll Inc.}"
    )


def test_missing_date_and_address(dataset: Dataset) -> None:
    loc, row = _words(dataset, url="", published="")
    text, fields = apa(loc, row, DAY, ADDRESS), _fields(bibtex(loc, row, DAY, ADDRESS))
    assert "(n.d.)" in text
    assert "dst.dk" not in text
    assert fields["year"] == "n.d."
    assert "url" not in fields


def test_missing_place(dataset: Dataset) -> None:
    loc, row = _words(dataset)
    nowhere = replace(row, locator="")
    assert "[" not in apa(loc, nowhere, DAY, ADDRESS)
    assert _fields(bibtex(loc, nowhere, DAY, ADDRESS))["note"].startswith("As cited in ")


def test_bibtex_of_a_figure(dataset: Dataset) -> None:
    loc, row = _words(dataset, published="2019-11-05")
    entry = bibtex(loc, row, DAY, ADDRESS)
    fields = _fields(entry)
    assert entry.startswith("@misc{dst-2019,\n")
    assert entry.endswith("}\n}\n")
    assert fields["year"] == "2019"
    assert (
        fields["url"]
        == "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=40871"
    )
    assert fields["note"] == (
        f"lead paragraph. As cited in Innovation barometers side by side, data release {dataset.release}, "
        r"retrieved 2026-11-21 from https://example.org/?theme=drivers\textasciitilde{}effects\&country=DK"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 % & more", r"50 \% \& more"),
        ("a_b #1 {x} $2", r"a\_b \#1 \{x\} \$2"),
        (r"back\slash ^ ~", r"back\textbackslash{}slash \textasciicircum{} \textasciitilde{}"),
        ("Ísland, æøå ÄÖ", "Ísland, æøå ÄÖ"),
        ("two\nlines", "two lines"),
    ],
)
def test_special_characters_are_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_special_characters_of_a_source(dataset: Dataset) -> None:
    loc, row = _words(
        dataset, title="100 % {æøå} & co_1 #2", url="https://example.org/a_b?c=%C3%A6&d={x}"
    )
    entry = bibtex(loc, row, DAY, ADDRESS)
    fields = _fields(entry)
    assert fields["title"] == r"{100 \% \{æøå\} \& co\_1 \#2}"
    assert fields["url"] == "https://example.org/a_b?c=%C3%A6&d=%7Bx%7D"
    assert "100 % {æøå} & co_1 #2 [lead paragraph] (https://" in apa(loc, row, DAY, ADDRESS)


def test_every_figure_can_be_cited(dataset: Dataset) -> None:
    loc = Localizer(dataset)
    for row in dataset.observations:
        source = dataset.sources[row.source_id]
        entry = bibtex(loc, row, DAY, ADDRESS)
        unescaped = entry.replace(r"\{", "").replace(r"\}", "")
        assert unescaped.count("{") == unescaped.count("}")
        assert entry.startswith(f"@misc{{{source.source_id},\n")
        assert source.title in apa(loc, row, DAY, ADDRESS)
