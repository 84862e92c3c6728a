"""How long the site takes for its files: a picture at twice its size, slides, workbook, archive."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.changes import Client

PICTURE = "/chart.png?theme=drivers&view=bars&scale=2"
FILES = {"PPTX": "/slides.pptx?", "XLSX": "/data.xlsx?", "ZIP": "/view.zip?"}
"""Name -> address of the home's file."""
WARM, *LANGUAGES = "en", "da", "nb", "sv", "fi"
"""A file in each language is new; the first one starts what draws it."""


def times(port: int, repetitions: int) -> Iterator[tuple[str, float]]:
    """(what, milliseconds) of each file: in a language that nobody has asked for, of the picture then once more."""
    with Client(port) as client:
        client.get(f"{PICTURE}&lang={WARM}")
        for language in LANGUAGES[:repetitions]:
            for name in ("PNG, new", "PNG, known"):
                yield name, _timed(client, f"{PICTURE}&lang={language}")
        for name, path in FILES.items():
            client.get(f"{path}lang={WARM}")
            for language in LANGUAGES[:repetitions]:
                yield name, _timed(client, f"{path}lang={language}")


def _timed(client: Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path)
    return 1000 * (time.perf_counter() - began)
