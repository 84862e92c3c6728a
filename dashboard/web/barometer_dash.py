"""Dash with a document of our own around its components: language, title, meta tags, and the page before any script runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from html import escape
from typing import Any

from dash import Dash
from flask import Response, request

from dashboard.charts import chart_of
from dashboard.context import RequestContext
from dashboard.text import Localizer
from dashboard.web.build_id import build_id
from dashboard.web.meta_tags import meta_tags, title
from dashboard.web.oembed import EMBED
from dashboard.web.static import serve

INDEX = """<!DOCTYPE html>
<html lang="{language}"{colour_scheme}{frame}>
  <head>
    <meta charset="utf-8">{base}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title}</title>
    {meta}
    <link rel="icon" href="{icon}">
    {css}
    {links}
  </head>
  <body class="prerendered" data-build="{build}" data-plotly="{plotly}" data-root="/">
    <div id="react-entry-point"></div>
    <div id="prerendered">{noscript}{prerendered}</div>
    <div hidden>{config}{start}{scripts}{renderer}</div>
  </body>
</html>"""


_OF_ONE_LOAD = frozenset(("end_id", "python_version"))
"""Parts of Dash's configuration that no page of ours needs."""


class BarometerDash(Dash):
    """Dash, whose document shows the view of the request before the app has started."""

    def __init__(
        self,
        name: str,
        *,
        context: Callable[[], RequestContext],
        prerendered: Callable[[RequestContext], str],
        release: str,
        **options: Any,
    ) -> None:
        """``context`` gives that of the present request, ``prerendered`` its page as HTML; ``release`` is that of the
        data, ``options`` are Dash's own."""
        self._context = context
        self._prerendered = prerendered
        self._release = release
        self._plotly = serve.plotly()
        self._icon = serve.own(serve.ICON)
        super().__init__(name, **options)

    @cached_property
    def build(self) -> str:
        """Which build this is, once every callback is registered."""
        return build_id(self.callback_map, self._release)

    def _config(self) -> dict[str, Any]:
        """What the app is told to begin with: without a token for callbacks in the background, of which there are none, and
        without the version of Python. So the page of an address is the same for all."""
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        return {name: value for name, value in config.items() if name not in _OF_ONE_LOAD}

    def _layout_json(self) -> str:
        """What ``/_dash-layout`` answers to the present request."""
        return _text(self.serve_layout())  # type: ignore[no-untyped-call]

    @cached_property
    def _dependencies(self) -> str:
        """What ``/_dash-dependencies`` answers, once every callback is registered."""
        return _text(self.dependencies())

    def interpolate_index(self, *_: str, **parts: str) -> str:
        """The whole document; ``parts`` are the tags that Dash has made for it."""
        context = self._context()
        colour_scheme, framed = context.colour_scheme, request.path == EMBED
        return INDEX.format(
            language=context.language,
            build=self.build,
            colour_scheme=f' data-colour-scheme="{colour_scheme}"' if colour_scheme else "",
            frame=' class="embed"' if framed else "",
            # Nothing of ours but a view may be seen in a frame: its links leave it.
            base='<base target="_blank">' if framed else "",
            title=escape(title(context)),
            meta=meta_tags(context),
            prerendered=self._prerendered(context),
            noscript="" if framed else _noscript(context.loc),
            # A sandboxed frame may never draw; the browser complains of what is loaded ahead and not used.
            plotly=self._plotly,
            icon=self._icon,
            links=serve.head_links(self._plotly) if _draws(context) and not framed else "",
            **{name: parts[name] for name in ("css", "config", "renderer")},
            start=_data("dash-layout", self._layout_json())
            + _data("dash-dependencies", self._dependencies),
            scripts=serve.drop_joined_scripts(parts["scripts"]),
        )


def _text(response: Response) -> str:
    return response.get_data(as_text=True)


def _data(name: str, json: str) -> str:
    """JSON within the page, which the app would ask for; no text in it can end the tag."""
    escaped = json.replace("<", r"\u003c")
    return f'<script type="application/json" id="{name}">{escaped}</script>'


def _noscript(loc: Localizer) -> str:
    said = loc.t(
        "Scripts are off in this browser: charts stand still, and a button below the filters shows what you choose."
    )
    return f'<noscript><p class="inner">{escape(said)}</p></noscript>'


def _draws(context: RequestContext) -> bool:
    """Whether the page of a request has a chart, which needs plotly.js."""
    return any(view.sections and not chart_of(view.selection).is_table for view in context.views)
