"""How to cite one figure: the publication it stands in, and where it was met."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import format_date

from dashboard.dataset import COMPUTED, Observation, Source
from dashboard.text.localizer import Localizer
from dashboard.text.texts import PRODUCT

_YEAR = re.compile(r"\d{4}")
_UNKEYED = re.compile(r"[^A-Za-z0-9:-]+")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_{}"},
    }
)
# A url field is read verbatim, so nothing in it is escaped; what would end the field or start a command is percent-encoded.
_VERBATIM = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})


def apa(loc: Localizer, observation: Observation, accessed: date, address: str) -> str:
    """One figure's reference in APA style: publisher, year, title, place, address, then this site as where it was found.

    ``accessed`` is the day the reader saw the figure, ``address`` that of the view.
    """
    t = loc.t
    source = loc.dataset.sources[observation.source_id]
    locator = f" [{observation.locator}]" if observation.locator else ""
    where = (
        t("Computed in {product} (data release {release}). Retrieved {day}, from {address}")
        if observation.status == COMPUTED
        else t("As cited in {product} (data release {release}). Retrieved {day}, from {address}")
    )
    found = where.format(
        product=t(PRODUCT),
        release=loc.dataset.release,
        day=_day(loc, accessed),
        address=address,
    )
    dated = year(source) or t("n.d.")
    address_of = f" ({source.url})" if source.url else ""
    return f"{_joined(loc, source)} ({dated}). {source.title}{locator}{address_of}. {found}"


def bibtex(loc: Localizer, observation: Observation, accessed: date, address: str) -> str:
    """One figure's BibTeX entry, in UTF-8; arguments as of `apa`. Its key is made from the source's id."""
    t = loc.t
    source = loc.dataset.sources[observation.source_id]
    where = (
        t("Computed in {product}, data release {release}, retrieved {day} from {address}")
        if observation.status == COMPUTED
        else t("As cited in {product}, data release {release}, retrieved {day} from {address}")
    )
    found = where.format(
        product=t(PRODUCT), release=loc.dataset.release, day=accessed.isoformat(), address=address
    )
    note = f"{observation.locator}. {found}" if observation.locator else found
    fields = {
        "author": " and ".join(f"{{{escaped(name)}}}" for name in authors(source)),
        "title": f"{{{escaped(source.title)}}}",
        "year": year(source) or t("n.d."),
        "url": source.url.translate(_VERBATIM),
        "note": escaped(note),
    }
    lines = [f"  {name} = {{{text}}}" for name, text in fields.items() if text]
    return "@misc{" + ",\n".join([_UNKEYED.sub("-", source.source_id), *lines]) + "\n}\n"


def year(source: Source) -> str:
    """Year of publication; blank where none is known."""
    found = _YEAR.match(source.published)
    return found[0] if found else ""


def escaped(text: str) -> str:
    """Text as TeX prints it letter by letter; letters such as æ, ø and å stay as they are."""
    return " ".join(text.split()).translate(_TEX)


def authors(source: Source) -> list[str]:
    """The publishers of a source, one by one."""
    return [name.strip() for name in source.publisher.split(";") if name.strip()]


def _joined(loc: Localizer, source: Source) -> str:
    """Publishers as APA lists authors, with the full stop that ends them."""
    *others, last = authors(source)
    names = (
        loc.t("{names}, & {last}").format(names=", ".join(others), last=last) if others else last
    )
    return f"{names.removesuffix('.')}."


def _day(loc: Localizer, day: date) -> str:
    return format_date(day, "long", locale=loc.locale)
