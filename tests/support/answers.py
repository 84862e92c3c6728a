"""What is read in an answer of the site."""

from __future__ import annotations

import html
import json
import re

from tests.support.server import Answer, Site

SCRIPT = "<script>alert(1)</script>"


def title(answer: Answer) -> str:
    return html.unescape(re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)[1])


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
    told = {"search": search, "href": href, "data": width}
    parts = callback["output"].strip(".").split("...")
    outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]
    return {
        "output": callback["output"],
        "outputs": outputs if len(parts) > 1 else outputs[0],
        "inputs": [{**heard, "value": value}],
        "state": [{**part, "value": told[part["property"]]} for part in callback["state"]],
        "changedPropIds": [f"{heard['id']}.{heard['property']}"],
    }
