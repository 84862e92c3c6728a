"""What a browser asks for and gets: the lean Plotly, once, within the budget."""

from __future__ import annotations

import plotly.offline
import pytest

MOST_BYTES = 541_000
MOST_REQUESTS = 8


@pytest.mark.browser
def test_the_lean_plotly_draws_what_the_page_draws(page) -> None:
    page.goto("/")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    drawn = page.evaluate(
        """async () => {
            const spot = document.body.appendChild(document.createElement("div"));
            const count = async (trace, selector) => {
                await Plotly.newPlot(spot, [trace]);
                return spot.querySelectorAll(selector).length;
            };
            return {
                version: Plotly.version,
                bar: await count({type: "bar", y: [1, 2]}, ".barlayer .point"),
                pattern: await count({type: "bar", y: [1, 2], marker: {pattern: {shape: "/"}}}, "pattern"),
                line: await count({type: "scatter", mode: "lines+markers", y: [1, 2]}, ".scatterlayer .point"),
            };
        }"""
    )
    assert drawn.pop("version") == plotly.offline.get_plotlyjs_version()
    assert all(drawn.values()), drawn


@pytest.mark.browser
def test_plotly_is_loaded_once_whatever_the_address_names(page) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "plotly" in request.url else None
    )
    page.goto("/?theme=effects&lang=da&look=dark")
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    assert len(asked) == 1


@pytest.mark.browser
def test_a_first_visit_stays_within_the_budget(page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto("/")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_load_state("networkidle")
    sent = {
        addresses[number]: size
        for number, size in sizes.items()
        if addresses[number].startswith("http")
    }
    report = "\n".join(
        f"{size / 1000:8.1f} kB  {address}"
        for address, size in sorted(sent.items(), key=lambda measure: -measure[1])
    )
    assert len(sent) <= MOST_REQUESTS, report
    assert sum(sent.values()) <= MOST_BYTES, report


@pytest.mark.browser
@pytest.mark.parametrize(
    "address", ["/", "/?theme=effects&lang=da&look=dark", "/embed?theme=drivers"]
)
def test_the_first_view_is_asked_for_once_before_the_app_has_come(page, address: str) -> None:
    held, asked = [], []
    page.route("**/static/dash-renderer.js*", lambda route: held.append(route))
    page.on(
        "request", lambda request: asked.append(request.url) if "/_dash" in request.url else None
    )
    with page.expect_request("**/_dash-update-component*"):
        page.goto(address, wait_until="commit")
    held[0].continue_()
    page.wait_for_selector("body:not(.prerendered) .main-svg")
    assert len([url for url in asked if "plotly" not in url]) == 1
