"""Tags in the head of a view: description, canonical address, Open Graph, Twitter card, other languages, oEmbed and JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import quote

from dashboard import cards
from dashboard.context import RequestContext
from dashboard.layout.buttons import picture_of
from dashboard.selection import LANGUAGES, page_query, parse
from dashboard.selection import format as query_of
from dashboard.text import findings, lead, missing, pictures, texts
from dashboard.text.summary import brief
from dashboard.web.json_ld import json_ld, script

_TITLE, _DESCRIPTION = 90, 200
"""Characters of a title and a description; previews cut longer ones anyway."""


def heading(context: RequestContext) -> str:
    """What a page says, asks or is about: the figure that its address opens, else the title of its picture or, where that is too
    long, its subject; the name of the site where it shows nothing."""
    loc, view, opened = context.loc, context.view, cards.quoted(context)
    if opened:
        return opened[0]
    tried = [findings.title_of(loc, view)]
    if view.sections:
        first = view.sections[0]
        tried += () if findings.question_of(loc, view) else pictures.titles(loc, view, first)
        tried += [pictures.subject(loc, view, first)] if len(view.sections) == 1 else []
        tried.append(texts.theme_title(loc, first))
    return next((each for each in tried if len(each) <= _TITLE), tried[-1])


def title(context: RequestContext) -> str:
    """What a page is headed by, and the name of the site."""
    about, product = heading(context), context.loc.t(texts.PRODUCT)
    return f"{about} – {product}" if about else product


def description(context: RequestContext) -> str:
    """The sentence of the figure that the address opens, else what the percentages of the first theme are and its first figures:
    as many whole sentences as there is room for."""
    shown, loc, opened = context.view, context.loc, cards.quoted(context)
    if opened:
        return opened[1]
    if not shown.sections:
        return missing.empty(loc, shown.selection)
    section = shown.sections[0]
    share = [f"{lead.unit(loc, shown, section)}."] if lead.names_bases(section) else []
    first, *others = [*share, *brief(loc, shown, section)] or [f"{lead.unit(loc, shown, section)}."]
    if len(first) > _DESCRIPTION:
        return first[:_DESCRIPTION].rpartition(" ")[0] + " …"
    for sentence in others:
        if len(first) + 1 + len(sentence) > _DESCRIPTION:
            break
        first = f"{first} {sentence}"
    return first


def meta_tags(context: RequestContext) -> str:
    """The tags of a view as HTML; what comes from the address is escaped."""
    address, about, name = context.page_url, description(context), heading(context)
    image = picture_address(context)
    named = [
        ("description", about),
        ("twitter:card", "summary_large_image"),
        ("twitter:title", name),
        ("twitter:description", about),
    ]
    properties = [
        ("og:type", "website"),
        ("og:site_name", context.loc.t(texts.PRODUCT)),
        ("og:title", name),
        ("og:description", about),
        # A preview is of the figure that was opened; search engines know the view without it.
        ("og:url", f"{context.public_url}/{context.opened(*context.figures)}"),
    ]
    if image:
        named.append(("twitter:image", image))
        properties += [
            ("og:image", image),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", about),
        ]
    if not worth_finding(context):
        named.append(("robots", "noindex, nofollow"))
    tags = [f'<meta name="{key}" content="{escape(text)}">' for key, text in named]
    tags += [f'<meta property="{key}" content="{escape(text)}">' for key, text in properties]
    tags += [
        f'<link rel="alternate" hreflang="{code}" href="{escape(in_language(context, language).page_url)}">'
        for code, language in (*((code, code) for code in LANGUAGES), ("x-default", ""))
    ]
    tags.append(f'<link rel="canonical" href="{escape(address)}">')
    oembed = f"{escape(context.public_url)}/oembed?format=json&amp;url={quote(address, safe='')}"
    tags.append(f'<link rel="alternate" type="application/json+oembed" href="{oembed}">')
    tags.append(script(json_ld(context, title(context), about)))
    return "\n    ".join(tags)


def head(context: RequestContext, search: str) -> str:
    """What assets/head.js writes into the head of a page whose address has now this ``search``: the very title and tags that the
    first response has there."""
    told = {"search": search, "title": title(context), "tags": meta_tags(context)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def questions(context: RequestContext) -> Iterator[dict[str, str]]:
    """The views beside the home that search engines are to list, each as its address by language, and under ``x-default``."""
    for question in context.releases.newest.index.dataset.questions:
        view = context.at(replace(parse(question.query, context.vocabulary).selection, language=""))
        if view.search:
            languages = (*((code, code) for code in LANGUAGES), ("x-default", ""))
            yield {code: in_language(view, language).page_url for code, language in languages}


def worth_finding(context: RequestContext) -> bool:
    """Whether search engines are to list a view: the home, and what the data ask and find; no filtered view beside them."""
    if context.framed:
        return False
    bare = replace(context.selection, language="", colour_scheme="")
    asked = (question.query for question in context.releases.newest.index.dataset.questions)
    return not page_query(bare, context.vocabulary) or query_of(bare, context.vocabulary) in asked


def in_language(context: RequestContext, language: str) -> RequestContext:
    """The same view in another language; blank for that of whoever opens it."""
    return context.at(replace(context.selection, language=language))


def picture_address(context: RequestContext) -> str:
    """Address of the preview picture: the first theme of the view, in the language of the answer; blank where the view is empty."""
    sections = context.view.sections
    if not sections:
        return ""
    fixed = in_language(context, context.language).selection
    return f"{context.public_url}{picture_of(fixed, sections[0].theme, 'og', context.vocabulary)}"
