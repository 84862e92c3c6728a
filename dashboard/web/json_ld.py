"""A view as a schema.org Dataset, for search engines (JSON-LD)."""

from __future__ import annotations

import json

from dashboard.context import RequestContext
from dashboard.formats import registry


def json_ld(context: RequestContext, title: str, description: str) -> dict[str, object]:
    """The Dataset that describes the view of a request; an empty one has no files."""
    loc, selection = context.loc, context.selection
    dataset = loc.dataset
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": description,
        "url": context.page_url,
        "version": dataset.release,
        "dateModified": dataset.released,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "inLanguage": loc.language,
        "spatialCoverage": [loc.label("country", country) for country in selection.countries],
        "variableMeasured": [loc.label("theme", theme) for theme in selection.themes],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind.media_type,
                "contentUrl": context.url(kind.path),
            }
            for kind in registry.every()
            if kind.in_structured_data and context.view.sections
        ],
    }


def script(value: dict[str, object]) -> str:
    """The script element that holds a description; nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'
