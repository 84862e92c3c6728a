"""What the page's own scripts send after a change, and what no answer may give away."""

from __future__ import annotations

import json

from tests.support.server import Answer, Site

SOUND = {
    "search": "",
    "theme": ["effects"],
    "country": ["DK", "SE"],
    "sector": ["all"],
    "level": ["workplace"],
    "edition-mode": "latest",
    "edition": [],
    "split": "",
    "inferred": ["show"],
    "chart": "bars",
    "by": "country",
    "sort": "value",
    "baseline": "",
    "interval": ["show"],
    "only": [],
    "concept": [],
    "width": 900,
    "concept-search": "",
}
"""A value for each control of the page; ``search`` is the address."""


def change(web: Site, changed: str, **values: object) -> dict:
    """The request of the page's own script after a change of one control."""
    callbacks = json.loads(web.ask("/_dash-dependencies").text)
    callback = next(each for each in callbacks if "content.children" in each["output"])
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in callback["output"].strip(".").split("...")
    ]
    given = SOUND | {name.replace("_", "-"): value for name, value in values.items()}

    def filled(part: dict) -> dict:
        name = part["property"] if part["id"] == "location" else part["id"]
        return {**part, "value": given.get(name)}

    # What is typed into the search is told along; another control has changed then.
    changed = "country" if changed == "concept-search" else changed
    prop = next(
        part["property"] for part in callback["inputs"] if changed in (part["id"], part["property"])
    )
    return {
        "output": callback["output"],
        "outputs": outputs,
        "inputs": [filled(part) for part in callback["inputs"]],
        "state": [filled(part) for part in callback["state"]],
        "changedPropIds": [f"{'location' if changed == 'search' else changed}.{prop}"],
    }


def assert_no_trace(answer: Answer) -> None:
    for word in ("Traceback", "File &quot;", 'File "', ".py", "Error:"):
        assert word not in answer.text


def other(
    web: Site,
    output: str,
    value: object,
    search: object = "?theme=effects",
    href: object = "http://site/",
    width: object = 900,
) -> dict:
    """The request behind one of the page's smaller callbacks, found by a part of its output."""
    callbacks = json.loads(web.ask("/_dash-dependencies").text)
    callback = next(
        each for each in callbacks if output in each["output"] and not each["clientside_function"]
    )
    [heard] = callback["inputs"]
    values = {"search": search, "href": href, "data": width}
    parts = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
    return {
        "output": callback["output"],
        "outputs": outputs if len(parts) > 1 else outputs[0],
        "inputs": [{**heard, "value": value}],
        "state": [{**part, "value": values[part["property"]]} for part in callback["state"]],
        "changedPropIds": [f"{heard['id']}.{heard['property']}"],
    }
