"""Reads ``imports/<survey_id>.json``, which says how the figures of a survey were computed or where they were read."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.dataset.computed import Provenance
from dashboard.dataset.faults import Fault

FOLDER = "imports"
"""Where a data folder keeps the provenance of computed figures."""
KINDS = ("microdata", "table")
"""What a survey may be imported from."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_imports(folder: Path) -> tuple[Mapping[str, Provenance], tuple[Fault, ...]]:
    """Survey -> provenance, and the faults of those files that cannot be used. A folder may have none."""
    found: dict[str, Provenance] = {}
    faults: list[Fault] = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        reader = _Reader(f"{FOLDER}/{path.name}")
        read = reader.provenance(path)
        faults += reader.faults
        if read:
            found[read.survey_id] = read
    return MappingProxyType(found), tuple(faults)


def import_faults(folder: Path, surveys: Collection[str]) -> tuple[Fault, ...]:
    """What is wrong with the provenance kept in a folder whose surveys are known."""
    found, faults = read_imports(folder)
    unknown = (
        Fault(f"{FOLDER}/{survey}.json", None, "survey_id", survey, "a survey_id of surveys.csv")
        for survey in found
        if surveys and survey not in surveys
    )
    return (*faults, *unknown)


class _Reader:
    """Reads one file and collects its faults."""

    def __init__(self, file: str) -> None:
        self.faults: list[Fault] = []
        self._file = file

    def provenance(self, path: Path) -> Provenance | None:
        """What the file says, None where it cannot be used."""
        document = self._document(path)
        if document is None:
            return None
        held = {name: self._take(document, name, dict) for name in ("file", "codebook", "rules")}
        made = Provenance(
            survey_id=self._take(document, "survey_id", str),
            file=self._take(held["file"], "name", str, "file."),
            file_sha256=self._digest(held["file"], "file."),
            codebook=self._take(held["codebook"], "name", str, "codebook."),
            codebook_sha256=self._digest(held["codebook"], "codebook."),
            engine=self._take(document, "engine", str),
            versions=MappingProxyType(self._take(document, "versions", dict)),
            rows_read=self._take(held["file"], "rows", int, "file."),
            rows_used=self._take(held["file"], "used", int, "file."),
            rules=MappingProxyType(held["rules"]),
            withheld=self._take(document, "withheld", int),
            strata=tuple(self._take(document, "strata", list)),
            synthetic=self._take(document, "synthetic", bool),
            kind=self._kind(document),
        )
        if made.survey_id and made.survey_id != path.stem:
            self._fault("survey_id", made.survey_id, f"{path.stem}, as the file is named")
        return None if self.faults else made

    def _kind(self, document: dict[str, Any]) -> str:
        """microdata where the file says nothing."""
        kind: str = self._take(document, "kind", str) if "kind" in document else KINDS[0]
        if kind and kind not in KINDS:
            self._fault("kind", kind, f"one of {', '.join(KINDS)}")
        return kind

    def _document(self, path: Path) -> dict[str, Any] | None:
        try:
            document = json.loads(path.read_bytes().decode())
        except (OSError, ValueError, RecursionError) as error:
            self._fault("", str(error), "valid JSON in UTF-8")
            return None
        if isinstance(document, dict):
            return document
        self._fault("", type(document).__name__, "an object")
        return None

    def _take(self, parent: dict[str, Any], name: str, kind: type, inside: str = "") -> Any:
        """A property of ``kind``; where it is missing or of another kind a fault, and an empty one."""
        found = parent.get(name)
        # bool is an int in Python, but no number of rows.
        if isinstance(found, kind) and (kind is bool or not isinstance(found, bool)):
            return found
        words = {str: "a text", int: "a whole number", bool: "true or false", list: "a list"}
        shown = None if found is None else json.dumps(found)
        self._fault(f"{inside}{name}", shown, words.get(kind, "an object"))
        return kind()

    def _digest(self, parent: dict[str, Any], inside: str) -> str:
        found: str = self._take(parent, "sha256", str, inside)
        if found and not _SHA256.fullmatch(found):
            self._fault(f"{inside}sha256", found, "64 hexadecimal digits")
        return found

    def _fault(self, column: str, value: str | None, expected: str) -> None:
        self.faults.append(Fault(self._file, None, column, value, expected))
