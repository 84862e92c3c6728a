"""The documentation of official tables: its example is imported, and it names every key."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.dataset import check
from dashboard.intake import sections
from dashboard.intake.sections import Section
from dashboard.intake.tables import parsing
from dashboard.intake.tables.codebook import Meaning, Role, Target
from tests.support.folders import records
from tests.support.official import imported
from tests.support.server import ROOT

GUIDE = (ROOT / "docs/import.md").read_text(encoding="utf-8")
[EXAMPLE] = re.findall(r"```toml\n(kind = \"table\".*?)```", GUIDE, re.DOTALL)


def like(book: dict[str, Any]) -> dict[str, Any]:
    """A table with the dimensions and categories that a codebook names."""
    categories = {name: ["2024", code] for name, code in book["select"].items()}
    for name, column in book["columns"].items():
        categories[name] = [*column["codes"], *map(str, column.get("skip", []))]
    measure = book["measure"]
    categories[measure["dimension"]] = [measure["value"], measure["n"]]
    size = [len(codes) for codes in categories.values()]
    cells = 1
    for number in size:
        cells *= number
    values: list[float | None] = [60.5, 210] * (cells // 2)
    values[-2:] = [None, None]
    return {
        "version": "2.0",
        "class": "dataset",
        "id": list(categories),
        "size": size,
        "dimension": {name: {"category": {"index": codes}} for name, codes in categories.items()},
        "value": values,
        "status": {str(cells - 2): ":", str(cells - 1): ":"},
    }


def test_the_example_is_imported(tmp_path: Path) -> None:
    book = tomllib.loads(EXAMPLE)
    (tmp_path / book["from"]["file"]).write_text(json.dumps(like(book)), encoding="utf-8")
    path = tmp_path / "table.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    done = imported(path)
    assert check(done.folder).faults == ()
    held = records(done.folder / "observations.csv")
    assert len(held) == done.figures + done.withheld == 24
    assert {row["value"] for row in held} == {"60.5"}
    assert held[0]["label_in_source_en"] == "Introduced an innovation"


def test_the_documentation_names_every_key_and_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, set[str]] = {}

    class Watched(Section):
        def rest(self) -> None:
            name = re.sub(r"columns\..*", "columns.NAME", self._name.split("]")[0].strip("["))
            asked.setdefault(name, set()).update(self._asked)

    monkeypatch.setattr(sections, "Section", Watched)
    monkeypatch.setattr(parsing, "Section", Watched)
    path = tmp_path / "table.toml"
    parsing.read(path, tomllib.loads(EXAMPLE))
    own = {name: asked[name] for name in ("from", "columns.NAME", "measure")}
    for table, keys in own.items():
        [row] = re.findall(rf"^\| `\[{re.escape(table)}\]` \|.*$", GUIDE, re.MULTILINE)
        assert {key for key in keys if f"`{key}`" not in row} == set(), table
    section = GUIDE.partition("## Official tables")[2].partition("\n## ")[0]
    words = (*Target.__args__, *Role.__args__, *Meaning.__args__, "weighted", "sectors")
    assert [word for word in words if f"`{word}`" not in section] == []
