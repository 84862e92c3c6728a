"""Code that shows a chart elsewhere."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from dashboard.selection import Selection, Vocabulary, search
from dashboard.selection import format as query_of
from dashboard.text.localizer import Localizer
from dashboard.text.texts import PRODUCT

SANDBOX = (
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"
)
"""What a frame may: show cards, and open links in windows that are not bound as it is."""
WIDTH = 700
"""CSS pixels of a column of text, for which the height in the code is meant; the frame tells its own where it is another."""
LISTENER = """<script>
addEventListener("message", function (event) {
  var said = event.data || {};
  if (said.type !== "innovation-barometer:height" || typeof said.height !== "number") return;
  document.querySelectorAll('iframe[src*="/embed?"]').forEach(function (frame) {
    if (frame.contentWindow === event.source)
      frame.style.height = Math.min(Math.max(said.height, 100), 5000) + "px";
  });
});
</script>"""
"""Makes frames on a page as tall as they say that they are; it may stand there several times."""


def iframe(address: str, title: str, width: int | str, height: int) -> str:
    """The frame that shows a view on another page; its content scrolls where it is taller."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        f'frameborder="0" loading="lazy" allow="clipboard-write" sandbox="{SANDBOX}"></iframe>'
    )


def growing(address: str, title: str, height: int) -> str:
    """A frame as wide as its column, and the lines that make it as tall as its content."""
    return f"{iframe(address, title, '100%', height)}\n{LISTENER}"


def picture_html(picture: str, address: str, title: str) -> str:
    """A picture that leads to its view, as HTML."""
    return f'<a href="{escape(address)}"><img src="{escape(picture)}" alt="{escape(title)}" width="800"></a>'


def picture_markdown(picture: str, address: str, title: str) -> str:
    """A picture that leads to its view, as Markdown."""
    plain = title.replace("[", "(").replace("]", ")")
    return f"[![{plain}]({picture})]({address})"


def codes(
    loc: Localizer,
    theme: str,
    site: str,
    live: Selection,
    pinned: Selection,
    heights: tuple[int, int],
    vocabulary: Vocabulary,
) -> list[tuple[str, str]]:
    """(heading, code) of every way to show or cite a theme; ``live`` and ``pinned`` select it alone, in
    frames of ``heights`` CSS pixels.

    Pinned code names the data release and so never changes; live code follows the newest figures.
    """
    t = loc.t
    live_height, pinned_height = heights
    title = f"{loc.label('theme', theme)} – {t(PRODUCT)}"
    follows, stays = search(live, vocabulary), search(pinned, vocabulary)
    # A picture names its theme even where the canonical address does not, and no colours: it is always light.
    light = replace(pinned, colour_scheme="")
    picture = f"{site}/chart.png?{query_of(light, vocabulary, always=('theme',))}"
    page = f"{site}/{search(light, vocabulary)}"
    cited = t("{product}. {theme}. Data release {release}. {address}").format(
        product=t(PRODUCT),
        theme=loc.label("theme", theme),
        release=loc.dataset.release,
        address=page,
    )
    return [
        (t("Frame that stays as it is"), growing(f"{site}/embed{stays}", title, pinned_height)),
        (
            t("Frame that follows new figures"),
            growing(f"{site}/embed{follows}", title, live_height),
        ),
        (t("Picture, HTML"), picture_html(picture, page, title)),
        (t("Picture, Markdown"), picture_markdown(picture, page, title)),
        (t("Citation"), cited),
    ]
