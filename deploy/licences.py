"""The licences of all that the site is made of, as a list for readers: ``python -m deploy.licences BOM... > licences.md``.

A bill of materials (CycloneDX, JSON) names each package with the licences that its own metadata state, as identifiers, as
expressions, or in the words of the package index.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

READ_BY_HAND: Mapping[str, str] = {"resvg_py": "MIT"}
"""Package that states no licence in its metadata -> the one in the licence file that it brings."""
_WORDS = "License :: OSI Approved :: "
UNKNOWN = "not stated"


class Part(NamedTuple):
    """One package."""

    name: str
    version: str
    licences: str
    kind: str
    """Where it comes from: pypi or npm."""


def parts(bill: Mapping[str, Any]) -> list[Part]:
    """The packages of a bill of materials, by name."""
    found = [
        Part(each["name"], each["version"], _licences(each), _kind(each))
        for each in bill["components"]
    ]
    return sorted(found, key=lambda part: part.name.lower())


def table(listed: Iterable[Part]) -> str:
    """The packages as Markdown."""
    rows = [
        f"| {name} | {version} | {licences} | {kind} |" for name, version, licences, kind in listed
    ]
    head = ["# Licences", "", "| package | version | licence | from |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _kind(component: Mapping[str, Any]) -> str:
    return str(component.get("purl", "pkg:?/")).removeprefix("pkg:").partition("/")[0]


def _licences(component: Mapping[str, Any]) -> str:
    """Identifiers and expressions; the index's words only where there is neither."""
    stated: list[str] = []
    for each in component.get("licenses", []):
        named = each.get("license", {})
        stated.append(each.get("expression") or named.get("id") or named.get("name") or UNKNOWN)
    exact = [each for each in stated if not each.startswith(_WORDS)]
    words = [each.removeprefix(_WORDS) for each in stated]
    return ", ".join(exact or words) or READ_BY_HAND.get(component["name"], UNKNOWN)


def main(bills: Iterable[str]) -> int:
    """Print the list; 1 where a package states no licence, since somebody has to read what it brings."""
    listed = [part for name in bills for part in parts(json.loads(Path(name).read_text("utf-8")))]
    print(table(listed), end="")
    unknown = [part.name for part in listed if part.licences == UNKNOWN]
    if unknown:
        print("No licence stated by:", ", ".join(unknown), file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
