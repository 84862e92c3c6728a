"""Code that shows a chart elsewhere."""

from __future__ import annotations

from html import escape

from dashboard.selection import Selection, Vocabulary, search
from dashboard.selection import format as query_of
from dashboard.text.localizer import Localizer
from dashboard.text.texts import PRODUCT

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-downloads"
HEIGHT = 700
"""CSS pixels of a frame; its content scrolls where it is taller."""


def iframe(address: str, title: str, width: int | str = "100%", height: int = HEIGHT) -> str:
    """The frame that shows a view on another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}" '
        f'style="border:0" loading="lazy" allow="clipboard-write" sandbox="{SANDBOX}"></iframe>'
    )


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
    vocabulary: Vocabulary,
) -> list[tuple[str, str]]:
    """(heading, code) of every way to show or cite a theme; ``live`` and ``pinned`` select it alone.

    Pinned code names the data release and so never changes; live code follows the newest figures.
    """
    t = loc.t
    title = f"{loc.label('theme', theme)} – {t(PRODUCT)}"
    follows, stays = search(live, vocabulary), search(pinned, vocabulary)
    # A picture names its theme even where the canonical address does not.
    picture = f"{site}/chart.png?{query_of(pinned, vocabulary, always=('theme',))}"
    cited = t("{product}. {theme}. Data release {release}. {address}").format(
        product=t(PRODUCT),
        theme=loc.label("theme", theme),
        release=loc.dataset.release,
        address=f"{site}/{stays}",
    )
    return [
        (t("Frame that stays as it is"), iframe(f"{site}/embed{stays}", title)),
        (t("Frame that follows new figures"), iframe(f"{site}/embed{follows}", title)),
        (t("Picture, HTML"), picture_html(picture, f"{site}/{stays}", title)),
        (t("Picture, Markdown"), picture_markdown(picture, f"{site}/{stays}", title)),
        (t("Citation"), cited),
    ]
