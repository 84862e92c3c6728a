"""What may be done with the figures: credit the publishers; the tables compiled from them are under CC BY 4.0."""

from __future__ import annotations

from dashboard.text.localizer import Localizer


def of_file(loc: Localizer) -> str:
    """The licence as a file of figures says it, which lists its publications."""
    return loc.t(
        "The figures are facts quoted from the publishers named here, who are to be credited; the tables compiled from them "
        "are licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
    )


def of_picture(loc: Localizer) -> str:
    """The licence as a picture says it, which names its publications as source."""
    return loc.t(
        "The figures are facts quoted from the publishers named as source, who are to be credited; tables compiled from them: CC BY 4.0."
    )
