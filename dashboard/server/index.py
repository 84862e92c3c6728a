"""The page around the components: language, title, description and previews of each view."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from urllib.parse import quote

from dash import Dash
from flask import request

from dashboard import static
from dashboard.formats import registry
from dashboard.query import View
from dashboard.selection import LANGUAGES, Parsed, Vocabulary, format, one_theme
from dashboard.server.dress import prefix
from dashboard.server.site import Site
from dashboard.wording import texts
from dashboard.wording.summary import summary

INDEX = """<!DOCTYPE html>
<html lang="{language}"{look}{frame}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    {preview}
    {favicon}
    {css}
    {links}
  </head>
  <body class="first">
    <div id="react-entry-point"></div>
    <div id="first"><noscript><p class="inner">{noscript}</p></noscript>{first}</div>
    <div hidden>{config}{scripts}{renderer}</div>
  </body>
</html>"""
EMBED = "/embed"
_ASKED_UNDER = re.compile(r'"requests_pathname_prefix":"[^"]*"')
_DESCRIPTION = 300
"""Characters of a description; previews cut longer ones anyway."""


class Page(Dash):
    """Dash with a page of our own around its components."""

    site: Site
    first: Callable[[], str]
    """What stands on the page until the app takes over, for the present request."""

    def interpolate_index(self, **parts: str) -> str:
        site = self.site
        parsed = site.parsed()
        return INDEX.format(
            language=site.language,
            look=f' data-look="{site.asked.look}"' if site.asked.look else "",
            frame=' class="embed"' if request.path == EMBED else "",
            title=escape(title(site, parsed)),
            preview=preview(site, parsed),
            first=self.first(),
            noscript=escape(
                site.words.t(
                    "Scripts are off in this browser: charts stand still, and a button below the filters shows what you choose."
                )
            ),
            links=static.head_links(),
            config=_asking_under(prefix(site.dress()), parts["config"]),
            **{name: parts[name] for name in ("favicon", "css", "renderer")},
            scripts=static.lean(parts["scripts"]),
        )


def _asking_under(place: str, config: str) -> str:
    """Dash's own configuration of a page, changed so that the page asks for everything under ``place``."""
    return _ASKED_UNDER.sub(lambda _: f'"requests_pathname_prefix":{_embedded(place)}', config)


def title(site: Site, parsed: Parsed) -> str:
    """What a view is about: its themes and the product."""
    words = site.words_of(parsed)
    themes = " · ".join(words.label("theme", theme) for theme in parsed.selection.themes)
    product = words.t(texts.PRODUCT)
    return f"{themes} – {product}" if themes else product


def description(site: Site, parsed: Parsed, shown: View) -> str:
    """The summary of the first theme of a view, cut at a word."""
    if not shown.sections:
        return site.words.t("No figure fits this selection")
    text = " ".join(summary(site.words_of(parsed), shown, shown.sections[0]))
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION].rpartition(" ")[0] + " …"


def preview(site: Site, parsed: Parsed) -> str:
    """Description, canonical address, Open Graph, Twitter card, oEmbed and JSON-LD of a view."""
    shown = site.view(parsed)
    address, told, name = (
        site.address(parsed),
        description(site, parsed, shown),
        title(site, parsed),
    )
    image = picture_address(site, parsed, shown)
    named = [
        ("description", told),
        ("twitter:card", "summary_large_image"),
        ("twitter:title", name),
        ("twitter:description", told),
    ]
    properties = [
        ("og:type", "website"),
        ("og:site_name", site.words.t(texts.PRODUCT)),
        ("og:title", name),
        ("og:description", told),
        ("og:url", address),
    ]
    if image:
        named.append(("twitter:image", image))
        properties += [
            ("og:image", image),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", told),
        ]
    found = quote(address, safe="")
    tags = [f'<meta name="{key}" content="{escape(text)}">' for key, text in named]
    tags += [f'<meta property="{key}" content="{escape(text)}">' for key, text in properties]
    tags += [
        f'<link rel="alternate" hreflang="{code}" href="{escape(site.address(in_language(parsed, named)))}">'
        for code, named in (*((code, code) for code in LANGUAGES), ("x-default", ""))
    ]
    tags.append(f'<link rel="canonical" href="{escape(address)}">')
    tags.append(
        f'<link rel="alternate" type="application/json+oembed" href="{escape(site.url)}/oembed?format=json&amp;url={found}">'
    )
    tags.append(
        f'<script type="application/ld+json">{_embedded(structured(site, parsed, told))}</script>'
    )
    return "\n    ".join(tags)


def in_language(parsed: Parsed, language: str) -> Parsed:
    """The same view in another language; blank for the reader's own."""
    return Parsed(replace(parsed.selection, language=language))


def picture_address(site: Site, parsed: Parsed, shown: View) -> str:
    """Address of the preview picture: the first theme of the view, in the language of the answer; blank where the view is empty."""
    if not shown.sections:
        return ""
    fixed = in_language(parsed, site.words_of(parsed).language)
    return f"{site.url}{picture_of(fixed, shown.sections[0].theme, 'og', site.shelf.vocabulary)}"


def picture_of(parsed: Parsed, theme: str, size: str, vocabulary: Vocabulary) -> str:
    """Path and query of the picture of one theme of a view; a picture names its theme even where the canonical query does not."""
    query = format(one_theme(parsed.selection, theme), vocabulary, always=("theme",))
    return f"/chart.png?{query}&size={size}"


def structured(site: Site, parsed: Parsed, told: str) -> dict:
    """The view as a schema.org Dataset."""
    words = site.words_of(parsed)
    dataset = words.dataset
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title(site, parsed),
        "description": told,
        "url": site.address(parsed),
        "version": dataset.release,
        "dateModified": dataset.released,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "inLanguage": words.language,
        "spatialCoverage": [
            words.label("country", country) for country in parsed.selection.countries
        ],
        "variableMeasured": [words.label("theme", theme) for theme in parsed.selection.themes],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind.media_type,
                "contentUrl": site.address(parsed, kind.path),
            }
            for kind in registry.every()
            if kind.in_structured_data
        ],
    }


def _embedded(value: dict) -> str:
    """JSON that cannot end the script element it stands in."""
    return (
        json.dumps(value, ensure_ascii=False)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
    )
