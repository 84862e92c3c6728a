"""How soon a visitor sees the page with its charts, and when the app takes over.

    make run                                    # in another shell
    .venv/bin/python -m benchmarks.first_view http://127.0.0.1:8050/

Each visit has an empty cache. The line is throttled to what a phone or an office may have; times are milliseconds since the
request, each the median of several visits.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Browser, sync_playwright

from tests.support import chromium

VISITS = 5
LINES = {"10 Mbit/s, 40 ms": (10e6 / 8, 40), "1.6 Mbit/s, 150 ms": (1.6e6 / 8, 150)}
"""Name -> (bytes a second, latency in milliseconds)."""
TIMES = """() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return {answer: performance.getEntriesByType("navigation")[0].responseStart, paint: paint.startTime};
}"""


def visit(browser: Browser, address: str, line: tuple[float, float]) -> dict[str, float]:
    """Times of one visit: first byte, first paint (of the charts in the first response), first chart of the app."""
    page = browser.new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    rate, latency = line
    thresholds = {
        "downloadThroughput": rate,
        "uploadThroughput": rate,
        "latency": latency,
        "offline": False,
    }
    session.send("Network.emulateNetworkConditions", thresholds)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    found: dict[str, float] = {"app": page.evaluate("performance.now()")} | page.evaluate(TIMES)
    page.context.close()
    return found


def main() -> None:
    """Print a line for each kind of connection."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8050/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        for name, line in LINES.items():
            visits = [visit(browser, address, line) for _ in range(VISITS)]
            measured = {
                part: round(statistics.median(each[part] for each in visits))
                for part in ("answer", "paint", "app")
            }
            print(name, measured)
        browser.close()


if __name__ == "__main__":
    main()
