"""Lighthouse's scores of a page, as a desktop and as a phone."""

from __future__ import annotations

import json
import os
from pathlib import Path

from benchmarks import tools
from benchmarks.processes import ended, last_line
from tests.support import chromium

FORMS = ("desktop", "mobile")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 120


class NotScored(Exception):
    """A page that Lighthouse could not judge."""


def scores(address: str, form: str, folder: Path) -> dict[str, float]:
    """Category -> score of 100, and total blocking time in milliseconds; NotInstalled or NotScored says what failed."""
    tools.install()
    program = chromium.find()
    if not program:
        raise tools.NotInstalled("no Chromium on this machine")
    report = folder / "lighthouse.json"
    report.unlink(missing_ok=True)
    command = [
        tools.node(),
        str(tools.FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(chromium.FLAGS)}",
        *(["--preset=desktop"] if form == "desktop" else []),
    ]
    environ = {**os.environ, "CHROME_PATH": program}
    done = ended(command, SECONDS, environ)
    if not report.is_file():
        raise NotScored(f"lighthouse: {last_line(done.err)}")
    told = json.loads(report.read_text(encoding="utf-8"))
    if told.get("runtimeError"):
        raise NotScored(f"lighthouse: {told['runtimeError']['code']}")
    found = {
        name: 100 * told["categories"][name]["score"]
        for name in CATEGORIES
        if told["categories"][name]["score"] is not None
    }
    found["total blocking time"] = told["audits"]["total-blocking-time"]["numericValue"]
    return found
